"""The lane's shell: what is done, in which order, and what is done when the journal is not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from drivers.reader.port import Reading, Symbol
from drivers.turnstile.port import GateReport, Turnstile, Way
from kiosk.crossing_io import OfficerDecision, ReleaseOnce, Seen, Tick
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane import Lane, Surroundings
from kiosk.lane_view import LaneView, Phase
from sync.event import Event
from sync.event_types import OfficerSignedIn
from sync.journal import JournalUnavailable
from tests.kiosk.lane_bench import REFER, REFUSE, LaneBench


class Book:
    """A journal that can be taken away."""

    def __init__(self, diary: list[str]) -> None:
        self.diary = diary
        self.full = False
        self.takes: list[str] = []
        """What a full disk still has room for: records that begin with one of these."""
        self.events: list[Event] = []

    def append(
        self,
        events: Sequence[Event],
        at: datetime,
        *,
        spend: Sequence[bytes] = (),
        give_back: Sequence[bytes] = (),
    ) -> int:
        if self.full and events[0].kind not in self.takes:
            raise JournalUnavailable("The disk is full: free some space.")
        self.events += events
        self.diary += [event.kind for event in events]
        return len(self.events)


class Gate(Turnstile):
    def __init__(self, diary: list[str]) -> None:
        self.diary = diary

    def start(self, report: Callable[[GateReport], None]) -> None: ...

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        self.diary.append("pulse")

    def stop(self) -> None: ...


class Shell(LaneBench):
    def __init__(self) -> None:
        super().__init__()
        self.diary: list[str] = []
        self.book = Book(self.diary)
        self.views: list[LaneView] = []
        self.notices: list[str] = []
        self.around = Surroundings()
        self.lane = Lane(
            self.crossing,
            self.book,
            Gate(self.diary),
            lambda: self.now,
            self.views.append,
            lambda: self.around,
        )
        self.lane.on_notice = self.notices.append


@pytest.fixture
def shell() -> Shell:
    return Shell()


def test_the_pulse_comes_after_the_record_is_on_stable_storage(shell: Shell) -> None:
    shell.lane.step(Seen(b"code A", shell.now.mono))
    assert shell.diary == [
        "crossing.opened",
        "crossing.code",
        "crossing.decided",
        "gate.authorised",
        "pulse",
    ]


def test_no_record_no_pulse_and_the_screen_names_the_fault(shell: Shell) -> None:
    shell.book.full = True
    shell.lane.step(Seen(b"code A", shell.now.mono))
    assert "pulse" not in shell.diary
    assert shell.views[-1].phase is Phase.GATE_FAILED
    assert [fault.code for fault in shell.views[-1].faults] == ["JR"]


def test_nothing_is_lost_when_the_journal_comes_back_and_the_pulse_is_not_made_up_for(shell: Shell) -> None:
    shell.book.full = True
    shell.lane.step(Seen(b"code A", shell.now.mono))
    shell.book.full = False
    shell.now = shell.now.later(5)
    shell.lane.step(Tick())
    assert shell.diary[:4] == ["crossing.opened", "crossing.code", "crossing.decided", "gate.authorised"]
    assert "gate.refused" in shell.diary and "pulse" not in shell.diary
    assert shell.diary[-2:] == ["fault.cleared", "lane.in_order"]
    assert shell.views[-1].faults == ()


def test_records_keep_their_order_while_the_journal_is_away(shell: Shell) -> None:
    shell.book.full = True
    for officer in ("O-1", "O-2", "O-3"):
        shell.lane.step(OfficerSignedIn(officer, "pin"))
    shell.book.full = False
    shell.now = shell.now.later(5)
    shell.lane.step(Tick())
    signed_in = [event.officer for event in shell.book.events if isinstance(event, OfficerSignedIn)]
    assert signed_in == ["O-1", "O-2", "O-3"]


def test_a_code_held_in_view_without_a_pause_keeps_the_screen_but_not_without_end(shell: Shell) -> None:
    shell.rules.decision = REFUSE
    for _ in range(400):
        shell.lane.step(Seen(b"code A", shell.now.mono))
        shell.now = shell.now.later(0.2)
    assert shell.views[-1].phase is Phase.WAITING
    assert shell.diary[-1] == "crossing.closed"


def test_a_decision_that_comes_after_the_time_ran_out_is_late_even_if_nobody_looked_at_the_clock(
    shell: Shell,
) -> None:
    shell.rules.decision = REFER
    shell.lane.step(Seen(b"code A", shell.now.mono))
    shell.now = shell.now.later(121)
    shell.lane.step(OfficerDecision("id-1", "O-17", Action.ADMIT, "document_seen"))
    assert "pulse" not in shell.diary
    assert shell.notices == [Notice.CROSSING_OVER]


def test_a_record_lost_after_the_pulse_does_not_say_that_there_was_none(shell: Shell) -> None:
    shell.lane.step(Seen(b"code A", shell.now.mono))
    shell.book.full = True
    shell.lane.step(OfficerSignedIn("O-1", "pin"))
    assert shell.views[-1].phase is Phase.ADMITTED
    shell.book.full = False
    shell.now = shell.now.later(2.1)
    shell.lane.step(Tick())
    assert "pulse" in shell.diary and "gate.refused" not in shell.diary


def test_a_disk_that_fills_up_again_after_the_verdict_was_written_does_not_say_that_it_was_not(
    shell: Shell,
) -> None:
    shell.rules.decision = REFER
    shell.lane.step(Seen(b"code A", shell.now.mono))
    shell.book.full = True
    shell.lane.step(OfficerSignedIn("O-1", "pin"))
    shell.book.takes = ["officer.signed_in", "fault.raised", "lane.out_of_order", "officer.decided"]
    shell.lane.step(OfficerDecision("id-1", "O-17", Action.ADMIT, "document_seen"))
    shell.book.full, shell.book.takes = False, []
    shell.now = shell.now.later(2.1)
    shell.lane.step(Tick())
    assert ("pulse" in shell.diary) is not ("gate.refused" in shell.diary)
    assert shell.diary.index("gate.authorised") < shell.diary.index("pulse")


def test_an_officer_is_told_when_a_release_could_not_be_recorded(shell: Shell) -> None:
    shell.book.full = True
    shell.lane.step(ReleaseOnce("O-17", "wheelchair"))
    assert shell.notices == [Notice.GATE_NOT_READY]
    assert "pulse" not in shell.diary


def test_a_view_is_published_after_every_change_and_at_least_once_a_second(shell: Shell) -> None:
    shell.lane.step(Tick())
    shell.lane.step(Tick())
    assert len(shell.views) == 1
    shell.now = shell.now.later(1.0)
    shell.lane.step(Tick())
    assert len(shell.views) == 2
    shell.around = Surroundings(unsent=3)
    shell.lane.step(Tick())
    assert shell.views[-1].unsent == 3


def test_readings_are_dropped_while_the_lane_is_busy(shell: Shell) -> None:
    for sequence in range(100):
        shell.lane.read(Reading(sequence, 0.0, (Symbol(b"code A"),), None, True))
    assert shell.lane._inbox.qsize() <= 4


def test_the_thread_takes_what_is_posted_and_ends_when_it_is_stopped(shell: Shell) -> None:
    shell.rules.decision = REFER
    shell.lane.start()
    shell.lane.post(Seen(b"code A", shell.now.mono))
    shell.lane.decide("id-1", "O-17", Action.DESK, "other")
    shell.lane.stop()
    assert shell.diary[-1] == "officer.decided"
    assert not shell.lane._thread.is_alive()
