"""An officer gives a slip along: shown on the panel, printed once in the traveller's language, recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from cv2 import IMREAD_GRAYSCALE, imdecode
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drivers.printer.emulator import EmulatedPrinter, png
from drivers.printer.owner import OwnedPrinter
from drivers.printer.port import NoPrinter, Printer
from drivers.printer.simulated import EmulatedWire
from kiosk.desk.slip_desk import SlipDesk
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.qr import modules
from kiosk.presenters.slip import Place, at_hand, facts, slip
from kiosk.presenters.slip_texts import DECIDED
from kiosk.reports.slip_roll import roll_picture
from sync.event import Event
from sync.event_types import SlipPrinted
from tests.kiosk.desk.ground import CALM, NAME, START, referred
from tests.kiosk.screens.test_officer_panel import Booth
from verification.reasons import ReasonId
from verification.verdict import Outcome

PLACE = Place("made-up-station", "lane-1")


def waiting(crossing: str, reason: ReasonId = ReasonId.UNKNOWN_SIGNER, language: str = "pt") -> LaneView:
    outcome = Outcome.REFUSE if reason is ReasonId.REVOKED else Outcome.REFER
    view = referred(crossing, reason, outcome=outcome)
    assert view.crossing is not None
    return replace(view, crossing=replace(view.crossing, decided_at=START.utc), language=language)


class SlipBooth(Booth):
    """A panel with a printer of its own."""

    def __init__(self, folder: Path, qtbot: QtBot, printer: Printer | None = None) -> None:
        super().__init__(folder, qtbot)
        self.paper = EmulatedPrinter()
        self.printer = printer or OwnedPrinter(EmulatedWire(self.paper), look_s=0.02)
        self.printer.start(lambda _fault: None)
        self.events: list[Event] = []
        self.slips = SlipDesk(PLACE, self.printer, 384, self.events.append)
        self.panel.slip.attach(self.slips, "zh_HK")
        self.card = self.panel.slip.card

    def print(self) -> None:
        with self.qtbot.waitSignal(self.slips.became, timeout=20_000):
            self.touch(self.card.print)
        self.qtbot.waitUntil(lambda: self.card.print.isEnabled(), timeout=20_000)


@pytest.fixture
def booth(tmp_path: Path, qtbot: QtBot) -> Iterator[SlipBooth]:
    made = SlipBooth(tmp_path, qtbot)
    yield made
    made.printer.stop()
    made.session.stop()


def test_the_slip_of_who_waits_is_shown_in_the_travellers_language_and_printed(booth: SlipBooth) -> None:
    booth.try_pin()
    booth.desk.show_view(waiting("c"))
    booth.touch(booth.panel.slip.key)
    told = facts(waiting("c"))
    assert told is not None
    assert booth.card.lines.text() == slip(told, PLACE, "pt").content
    assert not booth.panel.bar.isVisible()
    booth.print()
    assert booth.card.status.text() == "The slip is printed."
    assert booth.paper.slips == [roll_picture(slip(told, PLACE, "pt"), 384)]
    assert booth.events == [SlipPrinted("c", "O-17", "pt", "done")]
    assert NAME not in booth.card.lines.text()
    booth.press(Qt.Key.Key_Escape)
    assert booth.panel.bar.isVisible(), "and the officer decides"


def test_a_decision_made_meanwhile_stands_on_the_slip(booth: SlipBooth) -> None:
    booth.try_pin()
    booth.desk.show_view(waiting("c"))
    booth.touch(booth.panel.slip.key)
    view = waiting("c")
    assert view.crossing is not None
    refused = replace(view, phase=Phase.REFUSED, crossing=replace(view.crossing, override="refuse"))
    before = booth.card.lines.text().splitlines()
    booth.desk.show_view(refused)
    more = [line for line in booth.card.lines.text().splitlines() if line not in before]
    assert more == [text(DECIDED["refuse"], "pt")]


def test_the_slip_of_the_last_who_was_not_admitted_is_still_at_hand(booth: SlipBooth) -> None:
    booth.try_pin()
    gone = waiting("c").crossing
    assert gone is not None
    admitted = replace(gone, crossing="d", outcome=Outcome.ADMIT, reasons=(ReasonId.ADMITTED,))
    let_in = replace(gone, crossing="e", override="admit")
    booth.desk.show_view(replace(CALM, last=(admitted, let_in, gone)))
    booth.touch(booth.panel.slip.key)
    assert booth.card.told is not None
    assert booth.card.told.crossing == "c"
    assert booth.card.of_slip == "zh_HK", "whose language nobody knows any more"
    booth.touch(booth.card.languages["en"])
    assert "Health code check" in booth.card.lines.text()


def test_it_gives_way_to_the_next_who_waits_and_ends_with_the_session(booth: SlipBooth) -> None:
    booth.try_pin()
    booth.desk.show_view(waiting("c"))
    booth.touch(booth.panel.slip.key)
    booth.desk.show_view(waiting("d"))
    assert booth.card.told is None
    assert booth.panel.bar.isVisible()
    booth.touch(booth.panel.slip.key)
    booth.session.sign_out()
    assert booth.card.told is None
    assert not booth.panel.slip.key.isVisible()


def test_a_slip_that_is_not_printed_is_said_to_be_not_and_recorded_so(booth: SlipBooth) -> None:
    booth.try_pin()
    booth.paper.rows_of_paper = 0
    booth.desk.show_view(waiting("c"))
    booth.touch(booth.panel.slip.key)
    booth.print()
    assert booth.card.status.text() == "The slip is not printed, or not whole: look at the printer."
    assert booth.card.status.property("rank") == "warning"
    assert booth.events == [SlipPrinted("c", "O-17", "pt", "failed")]
    booth.paper.rows_of_paper = 10_000
    booth.print()
    assert booth.card.status.text() == "The slip is printed."


def test_a_printer_that_says_nothing_is_not_said_to_have_printed(booth: SlipBooth) -> None:
    booth.try_pin()
    booth.paper.answers = False
    booth.printer.stop()
    booth.slips._printer = booth.printer = OwnedPrinter(EmulatedWire(booth.paper))
    booth.printer.start(lambda _fault: None)
    booth.desk.show_view(waiting("c"))
    booth.touch(booth.panel.slip.key)
    booth.print()
    assert "does not say whether it is printed" in booth.card.status.text()
    assert booth.events == [SlipPrinted("c", "O-17", "pt", "sent")]


def test_without_a_printer_the_slip_is_there_to_be_photographed(tmp_path: Path, qtbot: QtBot) -> None:
    booth = SlipBooth(tmp_path, qtbot, NoPrinter())
    booth.try_pin()
    booth.desk.show_view(waiting("c"))
    booth.touch(booth.panel.slip.key)
    assert booth.card.code.module_pixels >= 2
    assert not booth.card.print.isVisible()
    booth.session.stop()


def test_nobody_signed_in_opens_no_slip(booth: SlipBooth) -> None:
    booth.desk.show_view(waiting("c"))
    assert not booth.panel.slip.key.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_revoked_codes_printed_slip_is_that_of_any_other_referral(language: str) -> None:
    revoked, other = (at_hand(waiting("c", one)) for one in (ReasonId.REVOKED, ReasonId.UNKNOWN_SIGNER))
    assert revoked is not None
    assert other is not None
    printed = [roll_picture(slip(one, PLACE, language), 384) for one in (revoked, other)]
    assert printed[0] == printed[1]


@pytest.mark.parametrize("dots", [384, 576])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_out_of_the_printer_can_be_read_again(language: str, dots: int) -> None:
    told = at_hand(waiting("c"))
    assert told is not None
    made = slip(told, PLACE, language)
    paper = imdecode(np.frombuffer(png(roll_picture(made, dots)), np.uint8), IMREAD_GRAYSCALE)
    assert paper is not None
    assert paper.shape[1] == dots
    (read,) = zxingcpp.read_barcodes(paper)
    assert read.text == made.content


def test_the_record_of_a_print_names_nobody_but_the_officer() -> None:
    told = SlipPrinted("c", "O-17", "pt", "done").payload()
    assert set(told) == {"crossing", "officer", "language", "became"}


def test_the_symbol_of_a_slip_is_made_before_its_key_is_touched(booth: SlipBooth) -> None:
    booth.try_pin()
    modules.cache_clear()
    booth.desk.show_view(waiting("c-ready"))
    booth.qtbot.waitUntil(lambda: modules.cache_info().misses == 1)
    booth.touch(booth.panel.slip.key)
    assert booth.card.code.module_pixels
    assert modules.cache_info().misses == 1
