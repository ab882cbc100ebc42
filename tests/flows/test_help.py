"""People who need an officer, and people who object: through the real lane, journal, window and desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drivers.turnstile.port import GateReport, PulseAccepted, Turnstile, Way
from kiosk.crossing_io import Seen, Tick
from kiosk.desk.crossing_found import found_by
from kiosk.desk.lane_control import Action
from kiosk.lane import Lane
from kiosk.lane_view import LaneView
from kiosk.presenters.officer_referral import Referral, referral
from kiosk.presenters.slip import ZONE, slip
from kiosk.presenters.traveller_screen import Page
from kiosk.reference import in_groups
from kiosk.screens.help_shots import ALONG
from kiosk.screens.traveller_shots import LAYOUTS
from kiosk.screens.traveller_window import TravellerWindow
from sync.device_key import device_key
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.lane_bench import LaneBench
from verification.reasons import ReasonId
from verification.verdict import Outcome, Verdict


class WillingGate(Turnstile):
    """Takes every pulse and says so when it is asked to."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def start(self, report: object) -> None: ...

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        self.taken.append(authorisation)

    def stop(self) -> None: ...


class Hall:
    """One lane with its window, a journal on disk, and an officer who looks at the card."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.bench = LaneBench()
        self.journal = Journal(folder, lambda: self.bench.now, device_key(folder), kiosk="3")
        self.gate = WillingGate()
        self.window = TravellerWindow(
            LAYOUTS["portrait"], "3", clock=lambda: self.bench.now, still=True, along=ALONG
        )
        qtbot.addWidget(self.window)
        self.window.show()
        self.lane = Lane(
            self.bench.crossing, self.journal, self.gate, lambda: self.bench.now, self._published
        )
        self.window.help.officer_wanted.connect(self.lane.call_officer)
        self.window.help.officer_not_wanted.connect(self.lane.withdraw_call)
        self.work()

    def _published(self, view: LaneView) -> None:
        self.view = view
        self.window.show_lane(view)

    def hear(self, heard: object) -> None:
        """Something happens at the lane."""
        self.lane.post(heard)  # type: ignore[arg-type]
        self.work()

    def work(self) -> None:
        """The lane does what it was asked."""
        inbox = self.lane._inbox
        self.lane.step(Tick())
        while not inbox.empty():
            heard = inbox.get()
            assert heard is not None
            self.lane.step(heard)

    def touch(self, part: QWidget) -> None:
        """A finger."""
        self.qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        self.work()

    @property
    def card(self) -> Referral | None:
        """What the officer sees of who waits."""
        return referral(self.view, "en", ZONE, self.bench.rules.needs_second_officer, "O-17")

    @property
    def page(self) -> Page:
        return self.window.screen_shown.page

    def decide(self, action: Action) -> None:
        assert self.card is not None
        self.lane.decide(self.card.crossing, "O-17", action, "CHILD_OR_CARER")
        self.work()


@pytest.fixture
def hall(qtbot: QtBot, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(qtbot, tmp_path / "journal")
    yield made
    made.journal.close()


def test_a_grandmother_without_a_phone_gets_an_officer_and_crosses(hall: Hall) -> None:
    bar = hall.window.help.bar
    hall.touch(bar.info)
    assert hall.page is Page.HELP
    hall.touch(bar.call)
    assert hall.page is Page.REFER and bar.said.isVisible()
    assert hall.card is not None
    assert [why.code for why in hall.card.whys] == ["H|ASK"] and hall.card.choices
    hall.decide(Action.ADMIT)
    accepted: GateReport = PulseAccepted(hall.gate.taken[0], acknowledged=True)
    hall.hear(accepted)
    assert hall.page is Page.ADMIT


def test_a_child_that_plays_holds_nobody_up(hall: Hall) -> None:
    bar = hall.window.help.bar
    hall.touch(bar.call)
    hall.touch(bar.cancel)
    assert hall.page is Page.SCAN and hall.card is None
    hall.touch(bar.call)
    assert hall.page is Page.SCAN and bar.said.isVisible()
    hall.touch(bar.cancel)
    assert bar.call.isVisible()


@pytest.mark.parametrize("why", [ReasonId.EXPIRED, ReasonId.REVOKED])
def test_who_objects_takes_a_slip_along_and_is_found_again_by_its_reference(
    hall: Hall, why: ReasonId
) -> None:
    hall.bench.rules.decision = Verdict(Outcome.REFUSE, (why,))
    hall.hear(Seen(b"code A", hall.bench.now.mono))
    hall.touch(hall.window.help.bar.slip)
    assert hall.page is Page.SLIP
    reference = hall.window.screen_shown.steps[0].text
    shown = hall.window.screen_shown.photograph
    assert shown is not None
    hall.bench.now = hall.bench.now.later(200.0)
    for _ in range(3):
        hall.work()
        hall.bench.now = hall.bench.now.later(10.0)
    reader = JournalReader(hall.folder)
    found = found_by(reader.all_records(), reference.split(" ", 1)[1])
    reader.close()
    assert len(found) == 1
    told = found[0].facts()
    assert told is not None and told.reasons == (why,)
    again = slip(told, ALONG.place, "zh_HK")
    assert in_groups(again.reference) in shown.content


def test_after_a_refusal_the_officer_is_called_and_sees_why(hall: Hall) -> None:
    hall.bench.rules.decision = Verdict(Outcome.REFUSE, (ReasonId.EXPIRED,))
    hall.hear(Seen(b"code A", hall.bench.now.mono))
    assert hall.page is Page.REFUSE
    hall.touch(hall.window.help.bar.call)
    assert hall.page is Page.REFER and hall.card is not None
    assert [row.code for row in hall.card.whys] == ["H|ASK", "V|EXP"]
    hall.decide(Action.REFUSE)
    assert hall.page is Page.REFUSE and hall.gate.taken == []
