"""Any order of travellers, officers, gate reports and broken parts, held against what must never happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from drivers.turnstile.port import (
    FireAlarm,
    GateReport,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Turnstile,
    Way,
)
from kiosk.crossing_io import (
    AskForOfficer,
    DocumentEntered,
    Input,
    NoLongerAsks,
    OfficerDecision,
    Ordered,
    PartFailed,
    PartRecovered,
    ReleaseOnce,
    Seen,
    TakeBack,
    Tick,
)
from kiosk.desk.lane_control import Action, LaneOrder
from kiosk.lane import Lane
from kiosk.lane_view import Fault, LaneView, Phase
from sync.event import Event
from sync.event_types import (
    CrossingClosed,
    CrossingDecided,
    CrossingOpened,
    GateAuthorised,
    GateCorrected,
    GatePassage,
    GateRefused,
    OfficerDecided,
    OfficerReleasedOnce,
    OfficerUndone,
)
from sync.journal import JournalUnavailable
from tests.kiosk.lane_bench import ADMIT, NO_CODE, REFER, REFUSE, LaneBench, assessment
from verification.assessment import Assessment
from verification.entered import Entered
from verification.evidence import Kind, Use
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict

BUSY = (Phase.GATHERING, Phase.ADMITTED, Phase.PASSING, Phase.REFERRED, Phase.GATE_FAILED)
REVOKED = Verdict(Outcome.REFUSE, (ReasonId.REVOKED,))
PAPER = Entered(Kind.TEST, "HK", date(2026, 11, 23))
RELEASE = ReleaseOnce("O-17", "wheelchair")
LONGER_THAN_EVERYTHING_S = 200.0
OFTEN_WELL = st.sampled_from([True, True, True, False])


@dataclass
class Disk:
    """A journal in memory that loses its disk when told to, and checks what it is given."""

    events: list[Event]
    spent: Counter[bytes]
    room: int | None = None
    """How many more transactions it takes; None: any number."""

    def append(
        self,
        events: Sequence[Event],
        at: datetime,
        *,
        spend: Sequence[bytes] = (),
        give_back: Sequence[bytes] = (),
    ) -> int:
        if self.room == 0:
            raise JournalUnavailable("The disk is full: free some space.")
        if self.room is not None:
            self.room -= 1
        if give_back:
            ended = [event.passage for event in events if isinstance(event, GatePassage)]
            undone = any(isinstance(event, OfficerUndone) for event in events)
            assert undone or ended == [Passage.NO_PASSAGE], "given back although somebody may have passed"
            assert not undone or self._last_was_refused(), "taken back although the gate may have moved"
        for use in give_back:
            assert self.spent[use] == 1, "given back what was not spent"
            self.spent[use] -= 1
        for use in spend:
            self.spent[use] += 1
            assert self.spent[use] == 1, "spent twice"
        self.events += events
        return len(self.events)

    def _last_was_refused(self) -> bool:
        asked = [event for event in self.events if isinstance(event, GateAuthorised)]
        told = [
            event for event in self.events if getattr(event, "authorisation", "") == asked[-1].authorisation
        ]
        return [event.kind for event in told] == ["gate.authorised", "gate.refused"]


class WatchedGate(Turnstile):
    """Notes each pulse and what the journal and the lane were like at that moment."""

    def __init__(self, disk: Disk, crossing: Callable[[], LaneView]) -> None:
        self.disk, self.crossing = disk, crossing
        self.asked: list[str] = []
        self.open: list[str] = []
        """Authorisations whose end was not reported yet."""
        self.fire = False
        self.passed: list[str] = []
        """Authorisations that ended in PASSED and may still be corrected, once each."""

    def start(self, report: Callable[[GateReport], None]) -> None: ...

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        assert not self.fire, "a pulse in a fire"
        assert authorisation not in self.asked, "a second pulse for one authorisation"
        self.asked.append(authorisation)
        self.open.append(authorisation)
        record = self.disk.events
        assert self._why(record, authorisation), "a pulse that nobody is entitled to"
        assert not any(
            isinstance(event, GateRefused) and event.authorisation == authorisation for event in record
        ), "a pulse of which the journal says that there was none"

    def stop(self) -> None: ...

    def _why(self, record: Sequence[Event], authorisation: str) -> bool:
        """Whether the journal holds what entitles this pulse: a release, an ADMIT or an officer in time."""
        for place, event in enumerate(record):
            if isinstance(event, OfficerReleasedOnce) and event.authorisation == authorisation:
                return True
            if isinstance(event, GateAuthorised) and event.authorisation == authorisation:
                earlier = [e for e in record[:place] if getattr(e, "crossing", None) == event.crossing]
                admitted = any(isinstance(e, CrossingDecided) and e.outcome == "ADMIT" for e in earlier)
                officer = any(
                    isinstance(e, OfficerDecided) and e.action == "admit" and e.in_time for e in earlier
                )
                over = any(isinstance(e, CrossingClosed) for e in earlier)
                return (admitted or officer) and not over
        return False


class LaneModel(RuleBasedStateMachine):
    """The real crossing in the real lane; everything around it is hostile."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = LaneBench()
        self.disk = Disk([], Counter())
        self.gate = WatchedGate(self.disk, lambda: self.bench.view)
        self.views: list[LaneView] = []
        self.lane = Lane(self.bench.crossing, self.disk, self.gate, lambda: self.bench.now, self.views.append)
        self.referred_at: dict[str, float] = {}
        rules = self.bench.rules
        rules.decision = self._judge
        rules.single_uses = self._unspent  # type: ignore[method-assign]
        self.verdict: Verdict | Gathering = ADMIT
        for number in range(3):
            single = b"single %d" % number
            rules.codes[single] = assessment(single, use=Use.SINGLE)
        rules.codes[b"in another dress"] = assessment(b"in another dress", signed=b"single 0", use=Use.SINGLE)
        rules.codes[b"menu"] = NO_CODE

    def _unspent(self, codes: Sequence[Assessment], at: datetime | None = None) -> tuple[bytes, ...]:
        uses = {code.identity.use for code in codes if code.identity and code.identity.use}
        return tuple(sorted(use for use in uses if not self.disk.spent[use]))

    def _judge(self, codes: Sequence[Assessment]) -> Verdict | Gathering:
        uses = {code.identity.use for code in codes if code.identity and code.identity.use}
        if any(self.disk.spent[use] for use in uses):
            return Verdict(Outcome.REFUSE, (ReasonId.ALREADY_USED,))
        if self.verdict is ADMIT:
            return Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,), spends=tuple(sorted(uses)))
        return self.verdict

    def hear(self, heard: Input) -> None:
        self.lane.step(heard)

    # --- travellers ---

    @rule(
        texts=st.lists(
            st.sampled_from(
                [b"single 0", b"single 1", b"single 2", b"in another dress", b"green", b"other", b"menu"]
            ),
            min_size=1,
            max_size=3,
        ),
        verdict=st.sampled_from([ADMIT, REFER, REFUSE, REVOKED, Gathering((Kind.CUSTOMS_DECLARATION,))]),
    )
    def one_frame(self, texts: list[bytes], verdict: Verdict | Gathering) -> None:
        self.verdict = verdict
        for text in texts:
            self.hear(Seen(text, self.bench.now.mono))

    @rule(seconds=st.sampled_from([0.05, 0.5, 1.1, 2.6, 4.1, 12.5, 20.5, 121.0]), looked=st.booleans())
    def time_passes(self, seconds: float, looked: bool) -> None:
        self.bench.now = self.bench.now.later(seconds)
        if looked:
            self.hear(Tick())

    @rule(touched=st.sampled_from([AskForOfficer(), AskForOfficer(), NoLongerAsks()]))
    def key_of_help_is_touched(self, touched: Input) -> None:
        before = len(self.gate.asked)
        self.hear(touched)
        assert len(self.gate.asked) == before, "a touch of a traveller opened the gate"

    # --- officers ---

    @rule(action=st.sampled_from([Action.ADMIT, *Action]), which=st.sampled_from([0, 0, 0, 0, 1, 5]))
    def officer_decides(self, action: Action, which: int) -> None:
        known = [event.crossing for event in self.disk.events if isinstance(event, CrossingOpened)]
        crossing = known[-1 - which] if which < len(known) else "nobody's"
        in_front = self.bench.view
        overdue = in_front.until_mono is not None and self.bench.now.mono >= in_front.until_mono
        referred = in_front.phase is (Phase.GATHERING if overdue else Phase.REFERRED)
        in_time = referred and in_front.crossing is not None and in_front.crossing.crossing == crossing
        before = len(self.gate.asked)
        self.hear(OfficerDecision(crossing, "O-17", action, "document_seen"))
        if not in_time or action is not Action.ADMIT:
            assert len(self.gate.asked) == before, "a late or other decision opened the gate"

    @rule(officer=st.sampled_from(["O-17", "O-17", "O-18"]), which=st.sampled_from([0, 0, 0, 1]))
    def officer_takes_back(self, officer: str, which: int) -> None:
        known = [event.crossing for event in self.disk.events if isinstance(event, CrossingOpened)]
        before = len(self.gate.asked)
        self.hear(TakeBack(known[-1 - which] if which < len(known) else "nobody's", officer))
        assert len(self.gate.asked) == before, "a second thought opened the gate"

    @rule(ours=OFTEN_WELL)
    def officer_enters_a_document(self, ours: bool) -> None:
        crossing = self.bench.view.crossing
        before = len(self.gate.asked)
        self.hear(DocumentEntered(PAPER, "O-17", crossing.crossing if crossing and ours else ""))
        assert len(self.gate.asked) == before, "a paper opened the gate"

    @rule(
        order=st.sampled_from(
            [
                Ordered(LaneOrder.HOLD, "O-17"),
                Ordered(LaneOrder.OPEN, "O-17"),
                Ordered(LaneOrder.OPEN, "O-17"),
                RELEASE,
                RELEASE,
            ]
        )
    )
    def officer_orders(self, order: Input) -> None:
        self.hear(order)

    # --- the gate ---

    @precondition(lambda self: self.gate.asked)
    @rule(which=st.integers(0, 3))
    def gate_accepts(self, which: int) -> None:
        self.hear(PulseAccepted(self.gate.asked[-1 - which % len(self.gate.asked)], acknowledged=True))

    @precondition(lambda self: self.gate.open)
    @rule(which=st.integers(0, 3), passage=st.sampled_from(Passage))
    def gate_reports(self, which: int, passage: Passage) -> None:
        ended = self.gate.open.pop(-1 - which % len(self.gate.open))
        if passage is Passage.PASSED:
            self.gate.passed.append(ended)
        self.hear(PassageReported(ended, passage))

    @precondition(lambda self: self.gate.passed)
    @rule()
    def gate_corrects(self) -> None:
        self.hear(Tick())  # a step begins with the time: a call that waited for a release is made in it
        before, view, full = len(self.gate.asked), self.bench.view, self.disk.room == 0
        self.hear(PassageCorrected(self.gate.passed.pop(), Passage.TAILGATE))
        assert len(self.gate.asked) == before
        assert full or (self.bench.view.phase, self.bench.view.crossing) == (view.phase, view.crossing)

    @precondition(lambda self: self.gate.open)
    @rule()
    def gate_refuses(self) -> None:
        self.hear(PulseRefused(self.gate.open.pop(), "The gate is not connected."))

    @precondition(lambda self: self.gate.open)
    @rule()
    def gate_reports_are_lost(self) -> None:
        self.gate.open.pop()

    @rule(over=OFTEN_WELL)
    def fire(self, over: bool) -> None:
        self.gate.fire = not over
        self.hear(FireAlarm(not over))

    @rule(active=st.booleans())
    def tampering(self, active: bool) -> None:
        self.hear(Tamper(active))

    # --- parts ---

    @rule(part=st.sampled_from(["camera", "turnstile", "reader"]), works=OFTEN_WELL)
    def part(self, part: str, works: bool) -> None:
        fault = Fault(part, "XX", "Look at it.", stops=True)
        self.hear(PartRecovered(part) if works else PartFailed(fault))

    @rule(room=st.sampled_from([0, 0, 1, 2, 3, None, None, None]))
    def disk_has_room(self, room: int | None) -> None:
        self.disk.room = room

    # --- what must hold ---

    @invariant()
    def each_crossing_is_opened_and_closed_once_and_in_order(self) -> None:
        running: str | None = None
        for event in self.disk.events:
            if isinstance(event, CrossingOpened):
                assert running is None, "two crossings at once"
                running = event.crossing
            elif isinstance(event, CrossingClosed):
                assert running == event.crossing, "closed what was not open"
                running = None

    @invariant()
    def the_journal_never_denies_a_pulse_that_was_asked_for_and_not_refused(self) -> None:
        denied = {
            event.authorisation
            for event in self.disk.events
            if isinstance(event, GateRefused) and "recorded" in event.why
        }
        assert not denied & set(self.gate.asked)

    @invariant()
    def a_correction_follows_the_passage_that_it_corrects(self) -> None:
        passed: dict[str, str] = {}
        for event in self.disk.events:
            if isinstance(event, GatePassage) and event.passage == Passage.PASSED:
                passed[event.authorisation] = event.crossing
            elif isinstance(event, GateCorrected) and event.crossing:
                assert passed.pop(event.authorisation) == event.crossing

    @invariant()
    def nothing_of_a_person_is_shown_once_the_crossing_is_over(self) -> None:
        view = self.bench.view
        assert all(not past.evidence for past in view.last)
        if view.crossing is None:
            assert "E*****E" not in repr(view)
        if view.phase in (Phase.WAITING, Phase.HELD, Phase.OUT_OF_ORDER):
            assert view.crossing is None

    def teardown(self) -> None:
        """However it went: with time, and every part back, the lane is ready and the books are balanced."""
        self.gate.fire = False
        self.disk.room = None
        for heard in (
            FireAlarm(False),
            *map(PartRecovered, ("camera", "turnstile", "reader")),
            Ordered(LaneOrder.OPEN, "O-17"),
        ):
            self.hear(heard)
        for _ in range(8):
            self.bench.now = self.bench.now.later(LONGER_THAN_EVERYTHING_S)
            self.hear(Tick())
        opened = [event.crossing for event in self.disk.events if isinstance(event, CrossingOpened)]
        closed = [event.crossing for event in self.disk.events if isinstance(event, CrossingClosed)]
        assert opened == closed
        self._nothing_is_claimed_of_the_gate_that_was_not_asked()
        assert (self.views[-1].phase, self.views[-1].faults) == (Phase.WAITING, ())
        before = len(self.gate.asked)
        self.verdict = ADMIT
        self.hear(Seen(b"the next traveller", self.bench.now.mono))
        assert len(self.gate.asked) == before + 1

    def _nothing_is_claimed_of_the_gate_that_was_not_asked(self) -> None:
        authorised = [e for e in self.disk.events if isinstance(e, (GateAuthorised, OfficerReleasedOnce))]
        denied = [e.authorisation for e in self.disk.events if isinstance(e, GateRefused)]
        for event in authorised:
            asked = event.authorisation in self.gate.asked
            assert asked or denied.count(event.authorisation) == 1, "nobody says why there was no pulse"


TestLane = LaneModel.TestCase
TestLane.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
