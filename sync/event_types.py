"""Every kind of event the journal can hold. Made by `python -m sync.generate`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from sync.event import Event


@dataclass(frozen=True, slots=True)
class LaneStarted(Event):
    """The kiosk program started and its journal was opened."""

    kind: ClassVar[str] = "lane.started"
    version: str
    mode: str
    policy: str


@dataclass(frozen=True, slots=True)
class LaneStopped(Event):
    """The kiosk program ended in an orderly way."""

    kind: ClassVar[str] = "lane.stopped"
    why: str


@dataclass(frozen=True, slots=True)
class LaneOutOfOrder(Event):
    """The lane stopped taking travellers because a part it cannot do without is missing."""

    kind: ClassVar[str] = "lane.out_of_order"
    fault: str
    advice: str


@dataclass(frozen=True, slots=True)
class LaneInOrder(Event):
    """Every part the lane needs is back."""

    kind: ClassVar[str] = "lane.in_order"


@dataclass(frozen=True, slots=True)
class LaneHeld(Event):
    """An officer stopped the lane between two travellers, for a moment. `desk` is the station desk the
    order came from, here and in the events below; empty: the lane's own panel.
    """

    kind: ClassVar[str] = "lane.held"
    officer: str
    desk: str


@dataclass(frozen=True, slots=True)
class LaneFreed(Event):
    """An officer let a held or closed lane go on."""

    kind: ClassVar[str] = "lane.freed"
    officer: str
    desk: str


@dataclass(frozen=True, slots=True)
class LaneClosed(Event):
    """An officer closed the lane: travellers are sent to another one."""

    kind: ClassVar[str] = "lane.closed"
    officer: str
    desk: str


@dataclass(frozen=True, slots=True)
class LaneTurned(Event):
    """An officer turned the lane between two travellers: from here on it judges by the policy of that
    direction, and the gate opens that way. `officer` is empty where the program started and found its
    lane in this direction.
    """

    kind: ClassVar[str] = "lane.turned"
    officer: str
    desk: str
    direction: str
    way: str


@dataclass(frozen=True, slots=True)
class LaneAlarm(Event):
    """An officer raised the alarm, or ended it: meanwhile the screen says leave, and nothing is commanded."""

    kind: ClassVar[str] = "lane.alarm"
    officer: str
    desk: str
    active: bool


@dataclass(frozen=True, slots=True)
class LaneMuted(Event):
    """An officer silenced tones and spoken words, or let them sound again. The screen and the lamp go on."""

    kind: ClassVar[str] = "lane.muted"
    officer: str
    desk: str
    muted: bool


@dataclass(frozen=True, slots=True)
class OrderRefused(Event):
    """An order to the lane that came through the hub was not believed, and nothing was done. `why` is one
    of unreadable, foreign, stranger, ended, forged, untimely, overtaken, replayed.
    """

    kind: ClassVar[str] = "order.refused"
    why: str


@dataclass(frozen=True, slots=True)
class ListsLoaded(Event):
    """A trust list, revocation list or policy was put to use."""

    kind: ClassVar[str] = "lists.loaded"
    list_kind: str
    version: str
    entries: int


@dataclass(frozen=True, slots=True)
class ListsRejected(Event):
    """A list or policy was not put to use; what was in use before stays."""

    kind: ClassVar[str] = "lists.rejected"
    list_kind: str
    why: str


@dataclass(frozen=True, slots=True)
class CrossingOpened(Event):
    """The first code of a traveller was seen."""

    kind: ClassVar[str] = "crossing.opened"
    crossing: str
    direction: str


@dataclass(frozen=True, slots=True)
class CodeAssessed(Event):
    """A code of this crossing was checked. Each check's own answer; the decision is crossing.decided."""

    kind: ClassVar[str] = "crossing.code"
    crossing: str
    fingerprint: str
    format: str
    evidence_kind: str
    scheme: str
    colour: str
    issuer: str
    signature: str
    validity: str
    revocation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossingDecided(Event):
    """The first verdict on a traveller. It stays, whatever an officer decides later. `rules` are the
    identifiers of rules that were not met or gave no answer.
    """

    kind: ClassVar[str] = "crossing.decided"
    crossing: str
    outcome: str
    reasons: tuple[str, ...]
    policy: str
    read_to_verdict_ms: float
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossingClosed(Event):
    """The crossing is over. `how` is one of passed, no_passage, tailgate, unknown, gate_failed, refused,
    desk, timed_out, abandoned, withdrawn, stopped (the lane was stopped meanwhile), interrupted (the
    program was killed meanwhile or the power was cut; recorded at the next start). After the last two
    nobody knows whether anyone passed.
    """

    kind: ClassVar[str] = "crossing.closed"
    crossing: str
    how: str


@dataclass(frozen=True, slots=True)
class CrossingExtended(Event):
    """Somebody needed longer than the screen would have stood. `phase` is which; `officer` is who gave it,
    empty: the traveller's own touch.
    """

    kind: ClassVar[str] = "crossing.extended"
    crossing: str
    phase: str
    officer: str


@dataclass(frozen=True, slots=True)
class HelpCalled(Event):
    """A traveller touched the call for an officer. `during` is what the lane was doing. The call becomes a
    referral of its own (reason HELP_ASKED) where nobody's crossing stands in its way; `crossing` is the
    one in front, or empty.
    """

    kind: ClassVar[str] = "help.called"
    crossing: str
    during: str


@dataclass(frozen=True, slots=True)
class HelpWithdrawn(Event):
    """A traveller withdrew the call for an officer before one came. `calls` is how many were withdrawn or
    stayed unanswered one after the other: the next waits the longer for it.
    """

    kind: ClassVar[str] = "help.withdrawn"
    crossing: str
    calls: int


@dataclass(frozen=True, slots=True)
class CodeGivenBack(Event):
    """The gate reported that nobody passed, so the crossing's single-use codes count as unused again."""

    kind: ClassVar[str] = "code.given_back"
    crossing: str
    codes: int


@dataclass(frozen=True, slots=True)
class GateAuthorised(Event):
    """One pulse was authorised. Written to stable storage before the gate is asked."""

    kind: ClassVar[str] = "gate.authorised"
    crossing: str
    authorisation: str
    way: str


@dataclass(frozen=True, slots=True)
class GateAccepted(Event):
    """The pulse left for the gate; `acknowledged` says whether the device itself confirmed."""

    kind: ClassVar[str] = "gate.accepted"
    authorisation: str
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class GateRefused(Event):
    """No pulse was made for this authorisation."""

    kind: ClassVar[str] = "gate.refused"
    authorisation: str
    why: str


@dataclass(frozen=True, slots=True)
class GatePassage(Event):
    """What the gate reported: PASSED, NO_PASSAGE, TAILGATE or UNKNOWN."""

    kind: ClassVar[str] = "gate.passage"
    crossing: str
    authorisation: str
    passage: str


@dataclass(frozen=True, slots=True)
class GateCorrected(Event):
    """Somebody followed close behind: what gate.passage reported of this authorisation as PASSED was
    TAILGATE.
    """

    kind: ClassVar[str] = "gate.corrected"
    crossing: str
    authorisation: str
    passage: str


@dataclass(frozen=True, slots=True)
class GateFire(Event):
    """The fire contact opened or closed. Nothing is commanded while it is open."""

    kind: ClassVar[str] = "gate.fire"
    active: bool


@dataclass(frozen=True, slots=True)
class GateTamper(Event):
    """The gate was forced or its housing opened, or that ended."""

    kind: ClassVar[str] = "gate.tamper"
    active: bool


@dataclass(frozen=True, slots=True)
class GateCommissioned(Event):
    """Somebody tried the gate step by step and a sheet was signed. `verdict` is fit, gaps or unfit;
    `failed` and `left_out` are steps of docs/commissioning.md; `sheet` is the SHA-256 of the file.
    """

    kind: ClassVar[str] = "gate.commissioned"
    protocol: str
    verdict: str
    failed: tuple[str, ...]
    left_out: tuple[str, ...]
    sheet: str


@dataclass(frozen=True, slots=True)
class FaultRaised(Event):
    """A part stopped working."""

    kind: ClassVar[str] = "fault.raised"
    part: str
    code: str
    advice: str


@dataclass(frozen=True, slots=True)
class FaultCleared(Event):
    """A part works again."""

    kind: ClassVar[str] = "fault.cleared"
    part: str
    code: str


@dataclass(frozen=True, slots=True)
class OfficerSignedIn(Event):
    """An officer signed in at this lane."""

    kind: ClassVar[str] = "officer.signed_in"
    officer: str
    method: str


@dataclass(frozen=True, slots=True)
class OfficerSignInFailed(Event):
    """A sign-in failed. `locked_s` is how long the next try has to wait."""

    kind: ClassVar[str] = "officer.sign_in_failed"
    officer: str
    tries: int
    locked_s: int


@dataclass(frozen=True, slots=True)
class OfficerSignedOut(Event):
    """An officer signed out, or was signed out by idling or by the end of the session."""

    kind: ClassVar[str] = "officer.signed_out"
    officer: str
    why: str


@dataclass(frozen=True, slots=True)
class OfficerDecided(Event):
    """An officer decided a referral (admit, refuse or desk). `in_time` is false when the crossing was
    already over: such a decision never opens the gate. `desk` is the station desk it came from; empty:
    the lane's own panel.
    """

    kind: ClassVar[str] = "officer.decided"
    crossing: str
    officer: str
    action: str
    reason: str
    in_time: bool
    desk: str


@dataclass(frozen=True, slots=True)
class OfficerApproved(Event):
    """The first of two officers admitted, where the policy asks for two. The gate stays shut until another
    officer admits too.
    """

    kind: ClassVar[str] = "officer.approved"
    crossing: str
    officer: str
    reason: str
    desk: str


@dataclass(frozen=True, slots=True)
class OfficerUndone(Event):
    """An officer took a decision back within seconds: before the gate moved, and the referral waits for
    another one; or one that was added after the crossing was over. The decision's own event stays.
    """

    kind: ClassVar[str] = "officer.undone"
    crossing: str
    officer: str
    action: str
    reason: str
    desk: str


@dataclass(frozen=True, slots=True)
class OfficerNoted(Event):
    """An officer's free note to a decision, in the journal of the place where it was written. It leaves
    this device in no batch and in no export.
    """

    kind: ClassVar[str] = "officer.noted"
    local: ClassVar[bool] = True
    crossing: str
    officer: str
    note: str


@dataclass(frozen=True, slots=True)
class NotesRead(Event):
    """A supervisor read the officers' notes kept on this device about one crossing; `found` is how many."""

    kind: ClassVar[str] = "notes.read"
    officer: str
    crossing: str
    found: int


@dataclass(frozen=True, slots=True)
class OfficerEnteredDocument(Event):
    """An officer entered what a paper document says, step by step: its kind, who issued it, its colour or
    result where it has one, its days (as 2026-11-23; empty: none on it), and what the officer saw of
    it. No signature was checked, so it is never enough by itself: `outcome` and `reasons` are what the
    policy would say if it were genuine (empty: it would ask for more). `desk` is the station desk it
    came from; empty: the lane's own panel.
    """

    kind: ClassVar[str] = "officer.entered_document"
    crossing: str
    officer: str
    evidence_kind: str
    issuer: str
    colour: str
    negative: str
    issued: str
    until: str
    seen: tuple[str, ...]
    outcome: str
    reasons: tuple[str, ...]
    desk: str


@dataclass(frozen=True, slots=True)
class DecisionRefused(Event):
    """A decision that came through the hub was not believed, and nothing was done. `why` is one of
    unreadable, foreign, stranger, ended, forged, untimely, replayed.
    """

    kind: ClassVar[str] = "decision.refused"
    crossing: str
    why: str


@dataclass(frozen=True, slots=True)
class OfficerReleasedOnce(Event):
    """An officer released the gate once, outside any crossing."""

    kind: ClassVar[str] = "officer.released_once"
    officer: str
    authorisation: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalCheckpoint(Event):
    """The device key signed the chain up to and including `sequence`."""

    kind: ClassVar[str] = "journal.checkpoint"
    kept: ClassVar[bool] = True
    sequence: int
    head: str
    signature: str


@dataclass(frozen=True, slots=True)
class JournalErased(Event):
    """Payloads older than the retention time were erased; their digests stay. `keys` fingerprint keys were
    destroyed.
    """

    kind: ClassVar[str] = "journal.erased"
    kept: ClassVar[bool] = True
    before: str
    records: int
    keys: int


@dataclass(frozen=True, slots=True)
class JournalContinued(Event):
    """The journal's file was damaged. It is kept in the folder `set_aside`; its records up to `after` were
    saved into a new file, which goes on behind `begins`. `head` is the chain's head after `after`;
    `spent_known` is false where the list of spent codes could not be saved whole; then it is not sure
    either who was let in a moment ago.
    """

    kind: ClassVar[str] = "journal.continued"
    kept: ClassVar[bool] = True
    after: int
    head: str
    begins: int
    set_aside: str
    why: str
    spent_known: bool


@dataclass(frozen=True, slots=True)
class JournalPruned(Event):
    """Records that the hub holds, older than the retention time and erased before, are being taken out of
    this journal: up to `through` and onwards, up to the day `day`.
    """

    kind: ClassVar[str] = "journal.pruned"
    kept: ClassVar[bool] = True
    through: int
    day: str


@dataclass(frozen=True, slots=True)
class JournalSpaceLow(Event):
    """The disk is full and the reserved space was given free, so that what happens can still be written
    for a while.
    """

    kind: ClassVar[str] = "journal.space_low"
    kept: ClassVar[bool] = True
    free_mb: int
    advice: str


@dataclass(frozen=True, slots=True)
class UplinkLost(Event):
    """The hub could not be reached any more. Records wait here."""

    kind: ClassVar[str] = "uplink.lost"
    why: str


@dataclass(frozen=True, slots=True)
class UplinkRestored(Event):
    """The hub is reachable again."""

    kind: ClassVar[str] = "uplink.restored"
    waiting: int


@dataclass(frozen=True, slots=True)
class UplinkRefused(Event):
    """The hub would not take the payload of one record. It is on the dead-letter list and stays in the
    journal.
    """

    kind: ClassVar[str] = "uplink.refused"
    sequence: int
    why: str


@dataclass(frozen=True, slots=True)
class BundleTaken(Event):
    """A newer bundle was verified whole and put to use. The numbers are versions of its roles."""

    kind: ClassVar[str] = "bundle.taken"
    source: str
    root: int
    timestamp: int
    snapshot: int
    targets: int
    files: int


@dataclass(frozen=True, slots=True)
class BundleRefused(Event):
    """A bundle, or one jurisdiction's part of it, was not put to use; what was in use before stays. `why`
    is one of unreachable, incomplete, slow, damaged, oversized, foreign, rolled_back, frozen, mixed,
    unfit, storage.
    """

    kind: ClassVar[str] = "bundle.refused"
    source: str
    part: str
    why: str
    detail: str


@dataclass(frozen=True, slots=True)
class BundleIndexChanged(Event):
    """A large revocation index came up to what the bundle says."""

    kind: ClassVar[str] = "bundle.index"
    source: str
    index: str


@dataclass(frozen=True, slots=True)
class ClockChanged(Event):
    """What the clock can be believed changed (docs/clock.md). `machine_off_s` is by how much the machine's
    own clock is later than the lane's.
    """

    kind: ClassVar[str] = "clock.changed"
    state: str
    was: str
    source: str
    machine_off_s: float
    uncertain_s: float


@dataclass(frozen=True, slots=True)
class ClockFloor(Event):
    """It is surely later than this. Written once a day, and when the time is confirmed: it stands in for a
    damaged record of the clock.
    """

    kind: ClassVar[str] = "clock.floor"
    kept: ClassVar[bool] = True
    floor: str
    state: str


@dataclass(frozen=True, slots=True)
class ClockReset(Event):
    """Two officers set the clock, the only way for its floor to go down. Not `taken`: what they said can't
    be right.
    """

    kind: ClassVar[str] = "clock.reset"
    kept: ClassVar[bool] = True
    officer: str
    second: str
    to: str
    floor_before: str
    taken: bool


@dataclass(frozen=True, slots=True)
class ClockRecordDamaged(Event):
    """The clock's own record was damaged or an old copy, and the journal's floor stood in for it, or
    nothing did.
    """

    kind: ClassVar[str] = "clock.record"
    kept: ClassVar[bool] = True
    why: str


@dataclass(frozen=True, slots=True)
class CodeSpentTwice(Event):
    """A single-use code that this crossing was admitted on had been used at another lane, which could not
    be asked then. The hub has an alarm.
    """

    kind: ClassVar[str] = "code.spent_twice"
    crossing: str
    lane: str
    at: str


@dataclass(frozen=True, slots=True)
class StationKeysTaken(Event):
    """The station's keys of the days arrived, sealed to this device. They reach until the day named."""

    kind: ClassVar[str] = "keys.taken"
    station: str
    until: str


@dataclass(frozen=True, slots=True)
class StationKeysMissing(Event):
    """The hub gave no keys of the station. Codes of this day are known by a key of this lane's own, and
    codes for one use can't be checked with the other lanes.
    """

    kind: ClassVar[str] = "keys.missing"
    day: str


@dataclass(frozen=True, slots=True)
class ShiftOpened(Event):
    """A supervisor opened a shift. `faults` are the codes of the parts that did not work then, `lists` the
    lists that were not fresh; `ready` is whether the lane could take travellers.
    """

    kind: ClassVar[str] = "shift.opened"
    shift: str
    officer: str
    ready: bool
    faults: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShiftClosed(Event):
    """A supervisor closed a shift. The numbers are the crossings decided in it, by their first verdict."""

    kind: ClassVar[str] = "shift.closed"
    shift: str
    officer: str
    admitted: int
    referred: int
    refused: int


@dataclass(frozen=True, slots=True)
class ExportMade(Event):
    """Records were saved outside, flushed and read back. `manifest` is the SHA-256 of the archive's
    manifest; `place` is stick or folder.
    """

    kind: ClassVar[str] = "export.made"
    officer: str
    about: str
    first: int
    last: int
    manifest: str
    place: str


@dataclass(frozen=True, slots=True)
class SlipPrinted(Event):
    """An officer had the slip of a crossing printed. `became`: `done` (the printer says so), `sent` (it
    says nothing), `failed` (not, or not whole).
    """

    kind: ClassVar[str] = "slip.printed"
    crossing: str
    officer: str
    language: str
    became: str


@dataclass(frozen=True, slots=True)
class JournalErasedEarly(Event):
    """Two supervisors had the payloads of a period erased before their time, from record `first` to
    `last`; the digests stay. `spent` remembered uses of codes went with them, and the `keys` of the
    days that lie wholly in it. `reason` is a word of `kiosk/desk/erasure.py`, `case` the number of the
    file that holds the why.
    """

    kind: ClassVar[str] = "journal.erased_early"
    kept: ClassVar[bool] = True
    officer: str
    second: str
    reason: str
    case: str
    first: int
    last: int
    records: int
    spent: int
    keys: int


@dataclass(frozen=True, slots=True)
class CrossingRead(Event):
    """An officer at the lane's panel opened one crossing of its list and read the reasons and what became
    of it.
    """

    kind: ClassVar[str] = "crossing.read"
    crossing: str
    officer: str


@dataclass(frozen=True, slots=True)
class ReferenceAsked(Event):
    """An officer looked a crossing up by the reference on a slip or screen: at the lane's panel, or at the
    station desk `desk`. `crossing` is what was found first, `found` how many were; `why` is `traveller`
    (who asks), `objection` or `colleague`.
    """

    kind: ClassVar[str] = "reference.asked"
    officer: str
    desk: str
    reference: str
    crossing: str
    why: str
    found: int


@dataclass(frozen=True, slots=True)
class LookbackAsked(Event):
    """A supervisor asked in which crossings of this lane a code was used. `found` is in how many; `case`
    is the number of the file that holds the why.
    """

    kind: ClassVar[str] = "lookback.asked"
    officer: str
    reason: str
    case: str
    found: int


EVENTS: Mapping[str, type[Event]] = MappingProxyType(
    {
        event.kind: event
        for event in (
            LaneStarted,
            LaneStopped,
            LaneOutOfOrder,
            LaneInOrder,
            LaneHeld,
            LaneFreed,
            LaneClosed,
            LaneTurned,
            LaneAlarm,
            LaneMuted,
            OrderRefused,
            ListsLoaded,
            ListsRejected,
            CrossingOpened,
            CodeAssessed,
            CrossingDecided,
            CrossingClosed,
            CrossingExtended,
            HelpCalled,
            HelpWithdrawn,
            CodeGivenBack,
            GateAuthorised,
            GateAccepted,
            GateRefused,
            GatePassage,
            GateCorrected,
            GateFire,
            GateTamper,
            GateCommissioned,
            FaultRaised,
            FaultCleared,
            OfficerSignedIn,
            OfficerSignInFailed,
            OfficerSignedOut,
            OfficerDecided,
            OfficerApproved,
            OfficerUndone,
            OfficerNoted,
            NotesRead,
            OfficerEnteredDocument,
            DecisionRefused,
            OfficerReleasedOnce,
            JournalCheckpoint,
            JournalErased,
            JournalContinued,
            JournalPruned,
            JournalSpaceLow,
            UplinkLost,
            UplinkRestored,
            UplinkRefused,
            BundleTaken,
            BundleRefused,
            BundleIndexChanged,
            ClockChanged,
            ClockFloor,
            ClockReset,
            ClockRecordDamaged,
            CodeSpentTwice,
            StationKeysTaken,
            StationKeysMissing,
            ShiftOpened,
            ShiftClosed,
            ExportMade,
            SlipPrinted,
            JournalErasedEarly,
            CrossingRead,
            ReferenceAsked,
            LookbackAsked,
        )
    }
)
"""Every class by its kind."""

LOCAL_KINDS = frozenset(kind for kind, event in EVENTS.items() if event.local)
"""Kinds whose payload never leaves the device that wrote it."""
