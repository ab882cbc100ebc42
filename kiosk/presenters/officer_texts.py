"""Every sentence of the officer's panel, marked for Qt Linguist (context Officer)."""

from __future__ import annotations

from drivers.turnstile.port import LinkState, Passage
from kiosk.desk.lane_control import Action, LaneOrder, Notice
from kiosk.desk.override_reasons import RELEASE
from kiosk.desk.session import Trouble
from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.i18n.texts import text
from kiosk.lane_view import Phase
from verification.evidence import Colour, Direction, Kind
from verification.verdict import Outcome

OFFICER = "Officer"


def say(source: str, language: str, **values: object) -> str:
    """A text of this page in a language, with its values put in."""
    words = text(source, language, OFFICER)
    return words.format(**values) if values else words


PHASES = {
    Phase.WAITING: QT_TRANSLATE_NOOP("Officer", "Ready for the next traveller"),
    Phase.GATHERING: QT_TRANSLATE_NOOP("Officer", "Waiting for one more code"),
    Phase.ADMITTED: QT_TRANSLATE_NOOP("Officer", "Admitted, asking the gate"),
    Phase.PASSING: QT_TRANSLATE_NOOP("Officer", "The traveller is passing"),
    Phase.REFERRED: QT_TRANSLATE_NOOP("Officer", "A traveller waits for your decision"),
    Phase.REFUSED: QT_TRANSLATE_NOOP("Officer", "Refused"),
    Phase.AT_DESK: QT_TRANSLATE_NOOP("Officer", "Sent to the desk"),
    Phase.GATE_FAILED: QT_TRANSLATE_NOOP("Officer", "Admitted, but the gate stayed shut: open by hand"),
    Phase.HELD: QT_TRANSLATE_NOOP("Officer", "Lane held"),
    Phase.CLOSED: QT_TRANSLATE_NOOP("Officer", "Lane closed: travellers are sent to another one"),
    Phase.OUT_OF_ORDER: QT_TRANSLATE_NOOP("Officer", "Out of order"),
    Phase.EVACUATE: QT_TRANSLATE_NOOP("Officer", "Alarm: send everybody out"),
}
OUTCOMES = {
    Outcome.ADMIT: QT_TRANSLATE_NOOP("Officer", "ADMIT"),
    Outcome.REFER: QT_TRANSLATE_NOOP("Officer", "REFER"),
    Outcome.REFUSE: QT_TRANSLATE_NOOP("Officer", "REFUSE"),
}
KINDS = {
    Kind.HEALTH_COLOUR: QT_TRANSLATE_NOOP("Officer", "Health code"),
    Kind.CUSTOMS_DECLARATION: QT_TRANSLATE_NOOP("Officer", "Customs declaration"),
    Kind.ITINERARY: QT_TRANSLATE_NOOP("Officer", "Itinerary card"),
    Kind.VACCINATION: QT_TRANSLATE_NOOP("Officer", "Vaccination certificate"),
    Kind.TEST: QT_TRANSLATE_NOOP("Officer", "Test certificate"),
    Kind.RECOVERY: QT_TRANSLATE_NOOP("Officer", "Recovery certificate"),
    Kind.EXEMPTION: QT_TRANSLATE_NOOP("Officer", "Exemption"),
    Kind.PROPHYLAXIS: QT_TRANSLATE_NOOP("Officer", "International vaccination certificate"),
    Kind.LIGHT: QT_TRANSLATE_NOOP("Officer", "Light certificate"),
}
COLOURS = {
    Colour.GREEN: QT_TRANSLATE_NOOP("Officer", "green"),
    Colour.YELLOW: QT_TRANSLATE_NOOP("Officer", "yellow"),
    Colour.RED: QT_TRANSLATE_NOOP("Officer", "red"),
}
DIRECTIONS = {
    Direction.TO_MAINLAND: QT_TRANSLATE_NOOP("Officer", "to the mainland"),
    Direction.TO_HONG_KONG: QT_TRANSLATE_NOOP("Officer", "to Hong Kong"),
    Direction.TO_MACAO: QT_TRANSLATE_NOOP("Officer", "to Macao"),
    Direction.ANY: QT_TRANSLATE_NOOP("Officer", "any direction"),
}
PASSAGES = {
    Passage.PASSED: QT_TRANSLATE_NOOP("Officer", "passed"),
    Passage.NO_PASSAGE: QT_TRANSLATE_NOOP("Officer", "nobody passed"),
    Passage.TAILGATE: QT_TRANSLATE_NOOP("Officer", "two passed"),
    Passage.UNKNOWN: QT_TRANSLATE_NOOP("Officer", "passage unknown"),
}
LINKS = {
    LinkState.UP: QT_TRANSLATE_NOOP("Officer", "connected"),
    LinkState.PROBING: QT_TRANSLATE_NOOP("Officer", "being tried"),
    LinkState.DEGRADED: QT_TRANSLATE_NOOP("Officer", "answers badly"),
    LinkState.DOWN: QT_TRANSLATE_NOOP("Officer", "no connection"),
}
STATION_NOTICE = QT_TRANSLATE_NOOP("Officer", "From the station")
LISTS = {
    "trust": QT_TRANSLATE_NOOP("Officer", "Trust list"),
    "revocation": QT_TRANSLATE_NOOP("Officer", "Revocation list"),
    "policy": QT_TRANSLATE_NOOP("Officer", "Policy"),
}
ACTIONS = {
    Action.ADMIT: QT_TRANSLATE_NOOP("Officer", "Admit"),
    Action.REFUSE: QT_TRANSLATE_NOOP("Officer", "Refuse"),
    Action.DESK: QT_TRANSLATE_NOOP("Officer", "Send to the desk"),
    RELEASE: QT_TRANSLATE_NOOP("Officer", "Release the gate once"),
}
WHY = {
    Action.ADMIT: QT_TRANSLATE_NOOP("Officer", "Admit: for what reason?"),
    Action.REFUSE: QT_TRANSLATE_NOOP("Officer", "Refuse: for what reason?"),
    Action.DESK: QT_TRANSLATE_NOOP("Officer", "To the desk: for what reason?"),
    RELEASE: QT_TRANSLATE_NOOP("Officer", "Release once: for what reason?"),
}
CONFIRM = {
    Action.ADMIT: QT_TRANSLATE_NOOP("Officer", "Admit now"),
    Action.REFUSE: QT_TRANSLATE_NOOP("Officer", "Refuse now"),
    Action.DESK: QT_TRANSLATE_NOOP("Officer", "Send to the desk now"),
    RELEASE: QT_TRANSLATE_NOOP("Officer", "Release now"),
}
ORDERS = {
    LaneOrder.CLOSE: QT_TRANSLATE_NOOP("Officer", "Close the lane"),
    LaneOrder.TURN: QT_TRANSLATE_NOOP("Officer", "Turn the lane: {to}"),
    LaneOrder.MUTE: QT_TRANSLATE_NOOP("Officer", "Mute the sound"),
    LaneOrder.UNMUTE: QT_TRANSLATE_NOOP("Officer", "Let it sound again"),
    LaneOrder.ALARM: QT_TRANSLATE_NOOP("Officer", "Alarm: everybody leaves"),
    LaneOrder.ALL_CLEAR: QT_TRANSLATE_NOOP("Officer", "End the alarm"),
}
ALARM_AGAIN = QT_TRANSLATE_NOOP("Officer", "Touch again to raise the alarm")
SOUND = QT_TRANSLATE_NOOP("Officer", "Sound")
MUTED = QT_TRANSLATE_NOOP("Officer", "muted by an officer")
WORKS_TO = QT_TRANSLATE_NOOP("Officer", "Direction: {to}.")
TURNED_TO = QT_TRANSLATE_NOOP("Officer", "Turned by an officer. Direction now: {to}.")
OLDEST = QT_TRANSLATE_NOOP("Officer", "{count} not at the hub yet, the oldest for {minutes} min")
OVERRIDES = {
    "admit": QT_TRANSLATE_NOOP("Officer", "officer admitted"),
    "refuse": QT_TRANSLATE_NOOP("Officer", "officer refused"),
    "desk": QT_TRANSLATE_NOOP("Officer", "officer sent to the desk"),
}
NOTICES = {
    Notice.SECOND_OFFICER: QT_TRANSLATE_NOOP(
        "Officer", "One officer has admitted; another one has to as well."
    ),
    Notice.TAKEN: QT_TRANSLATE_NOOP("Officer", "Done."),
    Notice.CROSSING_OVER: QT_TRANSLATE_NOOP("Officer", "The crossing is already over; the gate stays shut."),
    Notice.SPECIMEN: QT_TRANSLATE_NOOP("Officer", "A specimen code never opens a gate."),
    Notice.GATE_NOT_READY: QT_TRANSLATE_NOOP("Officer", "The gate is not ready; open it by hand."),
    Notice.TOO_LATE: QT_TRANSLATE_NOOP("Officer", "Too late to take it back: the gate may have moved."),
    Notice.ENTERED: QT_TRANSLATE_NOOP("Officer", "Entered: read what the policy says of it, then decide."),
    Notice.UNDONE: QT_TRANSLATE_NOOP("Officer", "Taken back: the traveller waits for your decision again."),
    Notice.NOT_NOW: QT_TRANSLATE_NOOP("Officer", "Not possible just now."),
    Notice.IN_THE_LANE: QT_TRANSLATE_NOOP(
        "Officer", "Somebody is in the lane: turn it when they are through."
    ),
}
TROUBLES = {
    Trouble.NOT_SAVED: QT_TRANSLATE_NOOP(
        "Officer", "Wrong tries cannot be saved. Sign-in works; tell the technician."
    ),
    Trouble.DAMAGED: QT_TRANSLATE_NOOP(
        "Officer", "Saved wrong tries were damaged. Everybody waits 15 seconds once; tell the technician."
    ),
}

LOST = QT_TRANSLATE_NOOP("Officer", "Lost contact with the lane")
LOST_SINCE = QT_TRANSLATE_NOOP("Officer", "Last heard of {seconds} s ago. Look at the lane yourself.")
STARTING = QT_TRANSLATE_NOOP("Officer", "The lane has not reported yet.")
GATE = QT_TRANSLATE_NOOP("Officer", "Gate")
RECORDS = QT_TRANSLATE_NOOP("Officer", "Records")
ALL_SENT = QT_TRANSLATE_NOOP("Officer", "all at the hub")
UNSENT = QT_TRANSLATE_NOOP("Officer", "{count} not at the hub yet")
LIST_NONE = QT_TRANSLATE_NOOP("Officer", "none: every code is referred")
LIST_UNSIGNED = QT_TRANSLATE_NOOP("Officer", "not signed: whoever can write the file decides who passes")
LIST_MINUTES = QT_TRANSLATE_NOOP("Officer", "{age} min old")
LIST_HOURS = QT_TRANSLATE_NOOP("Officer", "{age} h old")
LIST_DAYS = QT_TRANSLATE_NOOP("Officer", "{age} days old")
LIST_AGEING = QT_TRANSLATE_NOOP("Officer", "{age}, ageing")
LIST_STALE = QT_TRANSLATE_NOOP("Officer", "{age}, too old: codes are referred")
HEALTH = QT_TRANSLATE_NOOP("Officer", "Lane health")
WORKS = QT_TRANSLATE_NOOP("Officer", "Works")
READY = QT_TRANSLATE_NOOP("Officer", "The lane is ready for a shift")
NOT_READY = QT_TRANSLATE_NOOP("Officer", "The lane is not ready for a shift: do this first")
LAST = QT_TRANSLATE_NOOP("Officer", "Last crossings (Hong Kong time)")
HOLD = QT_TRANSLATE_NOOP("Officer", "Hold the lane")
FREE = QT_TRANSLATE_NOOP("Officer", "Let the lane go on")

OUR_VERDICT = QT_TRANSLATE_NOOP("Officer", "Our verdict")
REFERENCE = QT_TRANSLATE_NOOP("Officer", "Reference {crossing}")
ENDS_IN = QT_TRANSLATE_NOOP("Officer", "To the desk by itself in {seconds} s")
MORE_TIME = QT_TRANSLATE_NOOP("Officer", "More time")
WHAT_TO_DO = QT_TRANSLATE_NOOP("Officer", "Do: {next}")
PRIVATE = QT_TRANSLATE_NOOP("Officer", "Not shown to the traveller. Speak about it in private.")
NOTHING_PROVEN = QT_TRANSLATE_NOOP("Officer", "Nothing in this code could be proven. Trust none of it.")
NO_CODE = QT_TRANSLATE_NOOP("Officer", "No health code was shown: go by the documents.")
CLAIM_ONLY = QT_TRANSLATE_NOOP(
    "Officer", "The signature proves nothing here: read it as a claim, not a fact."
)
ISSUERS_COLOUR = QT_TRANSLATE_NOOP("Officer", "Issuer's colour: {colour}")
CLAIMS_TO_BE = QT_TRANSLATE_NOOP("Officer", "It claims to be {what}; nothing of that was verified.")
CLAIMED = {
    "hksar_record": QT_TRANSLATE_NOOP("Officer", "a Hong Kong vaccination record"),
    "online_health_code": QT_TRANSLATE_NOOP("Officer", "a link to an online health code"),
    "newer_certificate": QT_TRANSLATE_NOOP("Officer", "a certificate of a newer kind"),
}
"""What a code that cannot be checked here says it is, by `Assessment.looks_like`."""
SPECIMEN = QT_TRANSLATE_NOOP("Officer", "SPECIMEN")
NAME = QT_TRANSLATE_NOOP("Officer", "Name")
ISSUER = QT_TRANSLATE_NOOP("Officer", "Issuer")
ISSUED = QT_TRANSLATE_NOOP("Officer", "Issued")
VALID_UNTIL = QT_TRANSLATE_NOOP("Officer", "Valid until")
VALID_FOR = QT_TRANSLATE_NOOP("Officer", "Valid for")
SINGLE_USE = QT_TRANSLATE_NOOP("Officer", "one crossing, {direction}")
STATEMENT = QT_TRANSLATE_NOOP("Officer", "Statement")
DOSES = QT_TRANSLATE_NOOP("Officer", "dose {dose} of {of}")
NEGATIVE = QT_TRANSLATE_NOOP("Officer", "negative")
POSITIVE = QT_TRANSLATE_NOOP("Officer", "positive")
NO_NAME = QT_TRANSLATE_NOOP("Officer", "not in this code")
NO_REFERRAL = QT_TRANSLATE_NOOP("Officer", "Nothing to decide")
TWO_NEEDED = QT_TRANSLATE_NOOP("Officer", "To admit takes two officers: you, and another one after you.")
ONE_ADMITTED = QT_TRANSLATE_NOOP(
    "Officer", "{officer} has admitted. The gate opens when another officer does."
)
MISSING = QT_TRANSLATE_NOOP("Officer", "Still missing: {kinds}")
RULE = QT_TRANSLATE_NOOP("Officer", "Rule {rule}")

SIGN_IN = QT_TRANSLATE_NOOP("Officer", "Sign in")
SIGN_OUT = QT_TRANSLATE_NOOP("Officer", "Sign out")
NUMBER = QT_TRANSLATE_NOOP("Officer", "Service number")
PIN = QT_TRANSLATE_NOOP("Officer", "PIN (six digits)")
ERASE = QT_TRANSLATE_NOOP("Officer", "Erase")
CHECKING = QT_TRANSLATE_NOOP("Officer", "Checking …")
WRONG = QT_TRANSLATE_NOOP("Officer", "Number or PIN is wrong.")
WRONG_LEFT = QT_TRANSLATE_NOOP("Officer", "Number or PIN is wrong. {left} more before you have to wait.")
WAIT = QT_TRANSLATE_NOOP("Officer", "Too many wrong tries. Try again in {seconds} s.")
LOCKED = QT_TRANSLATE_NOOP("Officer", "This PIN is locked. A supervisor gives you a new one.")
ENDED = QT_TRANSLATE_NOOP("Officer", "Your entry in the roster has ended. Ask your supervisor.")
NO_ROSTER = QT_TRANSLATE_NOOP("Officer", "This lane has no roster; nobody can sign in. Tell the technician.")
BACK = QT_TRANSLATE_NOOP("Officer", "Back")
LEAVE = QT_TRANSLATE_NOOP("Officer", "Back to the traveller's screen")
DEMO = QT_TRANSLATE_NOOP("Officer", "DEMO: nothing here is real")
PRACTICE = QT_TRANSLATE_NOOP("Officer", "PRACTICE: nothing here is real")
