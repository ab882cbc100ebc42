"""All that the traveller's screen says of itself, in English, marked for translation."""

from __future__ import annotations

from drivers.reader.port import Hint
from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from verification.evidence import Kind
from verification.reasons import ReasonId

SHOW_CODE = QT_TRANSLATE_NOOP("Traveller", "Show your health code")
HOW_FAR = QT_TRANSLATE_NOOP("Traveller", "About 15 cm from the camera")
NO_PHONE = QT_TRANSLATE_NOOP("Traveller", "No phone? Staffed lane")

READING = QT_TRANSLATE_NOOP("Traveller", "Reading – hold still")
NOT_A_CODE = QT_TRANSLATE_NOOP("Traveller", "This is not a health code")
LOOKS_LIKE = {
    "link": QT_TRANSLATE_NOOP("Traveller", "This is a web link"),
    "payment": QT_TRANSLATE_NOOP("Traveller", "This is a payment code"),
    "boarding_pass": QT_TRANSLATE_NOOP("Traveller", "This is a boarding pass"),
}
LOOKS_LIKE_OTHER = QT_TRANSLATE_NOOP("Traveller", "Please open your health code")

HINTS: dict[Hint, str] = {
    Hint.CLOSER: QT_TRANSLATE_NOOP("Traveller", "Closer, please"),
    Hint.FARTHER: QT_TRANSLATE_NOOP("Traveller", "A little farther away"),
    Hint.GLARE: QT_TRANSLATE_NOOP("Traveller", "Tilt it: the light is reflected"),
    Hint.TOO_DARK: QT_TRANSLATE_NOOP("Traveller", "Make the phone brighter"),
    Hint.TOO_BRIGHT: QT_TRANSLATE_NOOP("Traveller", "Too bright: turn away"),
    Hint.HOLD_STILL: QT_TRANSLATE_NOOP("Traveller", "Hold still, please"),
    Hint.MORE_OF_THE_CODE: QT_TRANSLATE_NOOP("Traveller", "Show the whole code"),
}

ONE_MORE = QT_TRANSLATE_NOOP("Traveller", "One more code")
CODE_READ = QT_TRANSLATE_NOOP("Traveller", "The first code is read")
KINDS: dict[Kind, str] = {
    Kind.HEALTH_COLOUR: QT_TRANSLATE_NOOP("Traveller", "Now show: health code"),
    Kind.CUSTOMS_DECLARATION: QT_TRANSLATE_NOOP("Traveller", "Now show: customs declaration"),
    Kind.ITINERARY: QT_TRANSLATE_NOOP("Traveller", "Now show: itinerary code"),
    Kind.VACCINATION: QT_TRANSLATE_NOOP("Traveller", "Now show: vaccination record"),
    Kind.TEST: QT_TRANSLATE_NOOP("Traveller", "Now show: test result"),
    Kind.RECOVERY: QT_TRANSLATE_NOOP("Traveller", "Now show: recovery record"),
    Kind.EXEMPTION: QT_TRANSLATE_NOOP("Traveller", "Now show: exemption certificate"),
    Kind.PROPHYLAXIS: QT_TRANSLATE_NOOP("Traveller", "Now show: international vaccination certificate"),
    Kind.LIGHT: QT_TRANSLATE_NOOP("Traveller", "Now show: light certificate"),
}

ONE_MOMENT = QT_TRANSLATE_NOOP("Traveller", "One moment")
GATE_OPENING = QT_TRANSLATE_NOOP("Traveller", "The gate is about to open")
PLEASE_PASS = QT_TRANSLATE_NOOP("Traveller", "Please pass")
WALK: dict[str, str] = {
    "up": QT_TRANSLATE_NOOP("Traveller", "The gate is open: walk straight on"),
    "left": QT_TRANSLATE_NOOP("Traveller", "The gate is open: walk to the left"),
    "right": QT_TRANSLATE_NOOP("Traveller", "The gate is open: walk to the right"),
}
"""By the arrow that is shown above."""

OFFICER_COMES = QT_TRANSLATE_NOOP("Traveller", "Please wait for an officer")
OFFICER_LOOKS = QT_TRANSLATE_NOOP("Traveller", "An officer will look at this with you")
STAY_HERE = QT_TRANSLATE_NOOP("Traveller", "Please stay where you are")
DOCUMENT_READY = QT_TRANSLATE_NOOP("Traveller", "Have your document ready")
REFERRAL_CODE = "R|ASK"
"""The short code of every referral whose reason is the officer's to tell."""

PLEASE_STOP = QT_TRANSLATE_NOOP("Traveller", "Please stop")
STEP_BACK = QT_TRANSLATE_NOOP("Traveller", "Please step back from the gate")
NEW_CODE = QT_TRANSLATE_NOOP("Traveller", "Show the new code here")
OTHER_CODE = QT_TRANSLATE_NOOP("Traveller", "Show another code here")
OR_DESK = QT_TRANSLATE_NOOP("Traveller", "Or ask at the desk")
_RENEWABLE = (NEW_CODE, OR_DESK)
_OTHER = (OTHER_CODE, OR_DESK)
REFUSED_STEPS: dict[ReasonId, tuple[str, ...]] = {
    ReasonId.EXPIRED: _RENEWABLE,
    ReasonId.TOO_OLD: _RENEWABLE,
    ReasonId.ALREADY_USED: _RENEWABLE,
    ReasonId.MALFORMED: _RENEWABLE,
    ReasonId.SPECIMEN: _OTHER,
    ReasonId.KIND_NOT_ACCEPTED: _OTHER,
    ReasonId.SCHEME_NOT_ACCEPTED: _OTHER,
    ReasonId.FORMAT_NOT_ALLOWED: _OTHER,
    ReasonId.WRONG_DIRECTION: _OTHER,
    ReasonId.EVENTS_NOT_ONE: _OTHER,
    ReasonId.EVIDENCE_MISSING: _OTHER,
}
"""The reason's own text says what is wrong and what to make; these say where to go on."""
REFUSED_OTHERWISE = (STEP_BACK, DOCUMENT_READY)

GO_TO_DESK = QT_TRANSLATE_NOOP("Traveller", "Please go to the desk")
DESK_HELPS = QT_TRANSLATE_NOOP("Traveller", "The officers there will help you")
GATE_STUCK = QT_TRANSLATE_NOOP("Traveller", "The gate did not open")
CODE_IS_GOOD = QT_TRANSLATE_NOOP("Traveller", "Your code is accepted")
OFFICER_OPENS = QT_TRANSLATE_NOOP("Traveller", "An officer will open it for you")

LANE_CLOSED = QT_TRANSLATE_NOOP("Traveller", "Lane closed")
OUT_OF_ORDER = QT_TRANSLATE_NOOP("Traveller", "Out of order")
PLEASE_WAIT = QT_TRANSLATE_NOOP("Traveller", "Please wait")
GOES_ON_SOON = QT_TRANSLATE_NOOP("Traveller", "This lane will reopen shortly")
OTHER_LANE = QT_TRANSLATE_NOOP("Traveller", "Please use another lane")
OTHER_LANE_OR_OFFICER = QT_TRANSLATE_NOOP("Traveller", "Use another lane or ask an officer")
LEAVE_NOW = QT_TRANSLATE_NOOP("Traveller", "Leave now")
FOLLOW_SIGNS = QT_TRANSLATE_NOOP("Traveller", "Follow the exit signs")

PARTS: dict[str, str] = {
    "camera": QT_TRANSLATE_NOOP("Traveller", "Camera"),
    "reader": QT_TRANSLATE_NOOP("Traveller", "Code reader"),
    "gate": QT_TRANSLATE_NOOP("Traveller", "Gate"),
    "turnstile": QT_TRANSLATE_NOOP("Traveller", "Gate"),
    "journal": QT_TRANSLATE_NOOP("Traveller", "Record keeping"),
    "sound": QT_TRANSLATE_NOOP("Traveller", "Sound"),
}
SOME_PART = QT_TRANSLATE_NOOP("Traveller", "A part of this lane")

LANE = QT_TRANSLATE_NOOP("Traveller", "Lane")
DISTANCE = QT_TRANSLATE_NOOP("Traveller", "15 cm")

EASY_TO_READ = QT_TRANSLATE_NOOP("Traveller", "Larger letters and stronger contrast")
SPOKEN_GUIDANCE = QT_TRANSLATE_NOOP("Traveller", "Spoken guidance")
VOLUME = QT_TRANSLATE_NOOP("Traveller", "Volume")
MORE_TIME = QT_TRANSLATE_NOOP("Traveller", "More time")
"""Names of keys, for who cannot see their pictures."""
