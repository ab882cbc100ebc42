"""An officer at the desk gives a traveller of any lane the slip: to photograph, and printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drivers.printer.emulator import EmulatedPrinter
from drivers.printer.owner import OwnedPrinter
from drivers.printer.simulated import EmulatedWire
from kiosk.desk.crossed import TAKEN_BACK, Crossed, Said
from kiosk.desk.finding import Answer
from kiosk.desk.slip_desk import StationSlips
from kiosk.desk.station import Mine
from kiosk.lane_view import CrossingView
from kiosk.presenters.qr import modules
from kiosk.presenters.slip import Place, facts_of
from kiosk.reference import in_groups, reference_of
from kiosk.referral_content import content_bytes
from sync.event import Event
from sync.event_types import SlipPrinted
from sync.referral import Shown, seal
from tests.kiosk.screens.test_reference_page import AT, CROSSED, Hand
from tests.kiosk.screens.test_station_orders import PIN, AtTheDesk, waiting
from verification.reasons import ReasonId
from verification.verdict import Outcome


class Booth(AtTheDesk):
    """The desk with a look-up and a printer."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(qtbot, folder)
        self.qtbot, self.hand = qtbot, Hand()
        self.recorded: list[Event] = []
        self.printer = OwnedPrinter(EmulatedWire(EmulatedPrinter()), look_s=0.02)
        self.printer.start(lambda _: None)
        slips = StationSlips(Place("shenzhen-bay", "desk-1"), self.printer, 384, self.recorded.append)
        self.window.slip.attach(slips, "en")
        self.window.reference.attach(self.hand)
        self.window.show()

    def takes(self, one: Shown) -> None:
        """The hub says that this one is this officer's."""
        view = CrossingView(
            crossing=one.crossing,
            outcome=Outcome.REFER,
            reasons=(ReasonId.UNKNOWN_SIGNER,),
            decided_at=self.clock().utc,
        )
        sealed = seal([self.desk._seal.public], one.lane, one.crossing, content_bytes(view))
        mine = one.model_copy(update={"sealed": sealed, "officer": "O-17", "desk": "desk-1"})
        self.desk.mine = Mine(one.lane, one.crossing)
        self.sees(waits=(mine,))

    def finds(self, lane: str, crossed: Crossed) -> None:
        """Looks a crossing up, and the hub knows it."""
        self.window.reference.key.click()
        page = self.window.reference.page
        self.qtbot.keyClicks(page.field, reference_of(crossed.crossing))
        next(iter(page.whys.values())).click()
        self.hand.answered.emit(Answer(self.hand.asked[-1][0], ((lane, crossed),)))
        self.qtbot.waitUntil(lambda: page.answer is not None)

    @property
    def said(self) -> list[str]:
        return self.window.slip.card.lines.text().split("\n")


@pytest.fixture
def booth(qtbot: QtBot, tmp_path: Path) -> Iterator[Booth]:
    made = Booth(qtbot, tmp_path)
    yield made
    made.printer.stop()
    made.desk.stop()


def test_who_was_taken_gets_the_slip_of_their_lane_and_it_is_printed_in_the_officers_name(
    booth: Booth,
) -> None:
    one = waiting("c1")
    booth.takes(one)
    window = booth.window
    assert in_groups(reference_of(one.crossing)) in window.slip.key.text()
    window.slip.key.click()
    assert window.slip.card.isVisible()
    assert not window.bar.isVisible(), "no digit decides while a slip is in front"
    told = "\n".join(booth.said)
    assert "shenzhen-bay" in told
    assert "lane-1" in told
    assert "desk-1" not in told
    window.slip.card.print.click()
    booth.qtbot.waitUntil(lambda: bool(booth.recorded))
    assert booth.recorded == [SlipPrinted(one.crossing, "O-17", "en", "done")]
    booth.qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.card.isVisible()
    window.slip.key.click()
    booth.takes(waiting("c2"))
    assert not window.slip.is_open, "the next traveller is in front"


def ends(booth: Booth, one: Shown, how: str, by: str = "O-17") -> None:
    """The hub says how it ended."""
    booth.sees(waits=(one.model_copy(update={"state": "closed", "how": how, "by": by}),))


def test_who_was_just_sent_away_still_gets_the_slip_and_who_passed_does_not(booth: Booth) -> None:
    one, slip = waiting("c1"), booth.window.slip
    booth.takes(one)
    slip.key.click()
    before = booth.said
    ends(booth, one, "refuse")
    assert slip.is_open, "it was being photographed"
    decided = [line for line in booth.said if line not in before]
    assert len(decided) == 1, "and what was decided is on it"
    slip.card.close_slip()
    assert slip.key.isVisible()
    assert in_groups(reference_of(one.crossing)) in slip.key.text()
    for how, given in (("admit", False), ("timed_out", True), ("stopped", False), ("desk", True)):
        ends(booth, one, how)
        assert slip.key.isVisible() is given, how
    slip.key.click()
    assert "lane-1" in "\n".join(booth.said)
    slip.card.close_slip()
    booth.sees()
    assert slip.key.isVisible(), "the hub tells of an end for seconds only"
    booth.sees(waits=(one,))
    assert not slip.key.isVisible(), "it was taken back, and nobody knows yet"
    ends(booth, one, "desk")
    booth.desk.session.sign_out()
    booth.desk.session.try_pin("O-17", PIN)
    booth.qtbot.waitUntil(lambda: booth.desk.session.key is not None, timeout=30_000)
    booth.sees()
    assert not slip.key.isVisible(), "it was the session's"


def test_without_the_time_of_the_verdict_there_is_no_slip_to_give(booth: Booth) -> None:
    booth.takes(waiting("c0"))
    ends(booth, waiting("c0"), "refuse")
    assert booth.window.slip.key.isVisible()
    booth.desk.mine = Mine("lane-1", waiting("c1").crossing)
    booth.sees(waits=(waiting("c1").model_copy(update={"officer": "O-17", "desk": "desk-1"}),))
    assert booth.window.card.isVisible()
    assert not booth.window.slip.key.isVisible()
    ends(booth, waiting("c1"), "refuse")
    assert not booth.window.slip.key.isVisible()


def test_a_crossing_that_was_looked_up_has_its_slip_and_a_revoked_one_tells_no_more_than_a_referral(
    booth: Booth,
) -> None:
    revoked = replace(CROSSED, said=(), how="timed_out")
    booth.finds("lane-2", revoked)
    (key,) = booth.window.reference.page.slips
    key.click()
    assert booth.window.slip.card.isVisible()
    shown = booth.said
    assert "lane-2" in "\n".join(shown)
    assert "evoked" not in "\n".join(shown)
    private = replace(revoked, outcome="REFER", reasons=("SPECIMEN", "REVOKED"))
    booth.window.slip.open_found("lane-2", private)
    assert booth.said == shown
    booth.desk.session.sign_out()
    assert not booth.window.slip.is_open


def test_a_lane_that_says_nothing_of_itself_has_no_slip_here(booth: Booth) -> None:
    booth.finds("lane-9", replace(CROSSED, said=()))
    assert booth.window.reference.page.slips == []


def test_who_was_admitted_and_a_decision_that_was_taken_back_stand_on_no_slip() -> None:
    assert facts_of(replace(CROSSED, outcome="ADMIT")) is None
    back = Said(10, AT, "O-22", TAKEN_BACK, "")
    undone = facts_of(replace(CROSSED, said=(*CROSSED.said, back), how="desk"))
    assert undone is not None
    assert undone.override == ""


def test_the_symbol_of_who_was_taken_is_made_before_the_key_is_touched(booth: Booth) -> None:
    modules.cache_clear()
    booth.takes(waiting("c7"))
    booth.qtbot.waitUntil(lambda: modules.cache_info().misses == 1)
    booth.window.slip.key.click()
    assert booth.window.slip.card.code.module_pixels
    assert modules.cache_info().misses == 1
