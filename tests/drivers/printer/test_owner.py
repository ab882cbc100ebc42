"""One printer with an owner: a slip is printed once, or it is said why not and what to do."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.printer.device_file import DeviceFile
from drivers.printer.emulator import EmulatedPrinter
from drivers.printer.escpos import ASK_WHEN_DONE
from drivers.printer.owner import COVER, NOT_WHOLE, PAPER, TALKS, OwnedPrinter
from drivers.printer.port import NoPrinter, Picture, Printed, Wire
from drivers.printer.simulated import EmulatedWire, FaultyPrinter, FolderPrinter
from drivers.pseudo_terminal import PseudoTerminal

SLIP = Picture((b"\xf0\x0f",) * 300)


class Hand:
    """Prints on one printer and waits for what becomes of it."""

    def __init__(self, wire: Wire) -> None:
        self.printer = OwnedPrinter(wire, look_s=0.02, done_s=0.05)
        self.faults: queue.Queue[str | None] = queue.Queue()

    def print(self) -> Printed:
        became: queue.Queue[Printed] = queue.Queue()
        assert self.printer.print(SLIP, became.put)
        return became.get(timeout=20)

    def fault(self) -> str | None:
        return self.faults.get(timeout=20)


@contextmanager
def at(wire: Wire) -> Iterator[Hand]:
    hand = Hand(wire)
    hand.printer.start(hand.faults.put)
    try:
        yield hand
    finally:
        hand.printer.stop()


def test_a_slip_is_printed_once_and_known_to_be() -> None:
    wire = EmulatedWire()
    with at(wire) as hand:
        assert hand.print() is Printed.DONE
        assert hand.print() is Printed.DONE
    assert wire.printer.slips == [SLIP, SLIP]


def test_a_printer_that_never_answers_was_sent_it_and_no_more_is_claimed() -> None:
    with at(EmulatedWire(EmulatedPrinter(answers=False))) as hand:
        assert hand.print() is Printed.SENT


def test_an_open_cover_prints_nothing_until_it_is_closed() -> None:
    wire = EmulatedWire(EmulatedPrinter(cover_open=True))
    with at(wire) as hand:
        assert hand.fault() == COVER
        assert hand.print() is Printed.FAILED
        assert wire.printer.slips == []
        wire.printer.cover_open = False
        assert hand.fault() is None
        assert hand.print() is Printed.DONE
    assert wire.printer.slips == [SLIP]


def test_paper_that_ends_half_way_is_said_and_nothing_is_sent_again_by_itself() -> None:
    wire = EmulatedWire(EmulatedPrinter(rows_of_paper=100))
    with at(wire) as hand:
        assert hand.fault() is None
        assert hand.print() is Printed.FAILED
        assert hand.fault() == PAPER
        wire.printer.rows_of_paper = 10_000
        assert hand.fault() is None
    assert len(wire.printer.slips) <= 1, "at most what was left in the printer's own buffer"


def test_a_printer_that_falls_silent_behind_the_last_line_did_not_print_it_whole() -> None:
    class Forgets(EmulatedWire):
        def send(self, data: bytes) -> None:
            if data != ASK_WHEN_DONE:
                super().send(data)

    with at(Forgets()) as hand:
        assert hand.fault() is None
        assert hand.print() is Printed.FAILED
        assert hand.fault() == NOT_WHOLE


def test_a_missing_printer_is_named_and_found_when_it_comes() -> None:
    wire = FaultyPrinter()
    with at(wire) as hand:
        assert "check its cable" in (hand.fault() or "")
        assert hand.print() is Printed.FAILED
        wire.plug()
        assert hand.fault() is None
        assert hand.print() is Printed.DONE


def test_a_cable_pulled_half_way_is_a_failed_slip() -> None:
    wire = FaultyPrinter()
    wire.plug_for(400)
    with at(wire) as hand:
        assert hand.print() is Printed.FAILED
        assert wire.printer.slips == []


def test_one_slip_at_a_time_and_none_before_the_start() -> None:
    held = threading.Event()

    class Slow(EmulatedWire):
        def send(self, data: bytes) -> None:
            if len(data) > 100:
                held.wait(20)
            super().send(data)

    assert not OwnedPrinter(EmulatedWire()).print(SLIP, lambda _became: None)
    assert not NoPrinter().print(SLIP, lambda _became: None)
    with at(Slow()) as hand:
        became: queue.Queue[Printed] = queue.Queue()
        assert hand.printer.print(SLIP, became.put)
        assert not hand.printer.print(SLIP, became.put)
        held.set()
        assert became.get(timeout=20) is Printed.DONE


def test_slips_in_a_folder_are_pictures_and_none_is_written_over(tmp_path: Path) -> None:
    for _ in range(2):
        with at(FolderPrinter(tmp_path / "slips")) as hand:
            assert hand.print() is Printed.DONE
    pictures = sorted(file.name for file in (tmp_path / "slips").iterdir())
    assert pictures == ["slip-0001.png", "slip-0002.png"]


def test_a_folder_that_can_not_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with at(FolderPrinter(tmp_path / "file")) as hand:
        assert "printer.path" in (hand.fault() or "")


def test_a_serial_printer_prints_and_is_found_again_after_its_cable_was_pulled(tmp_path: Path) -> None:
    paper, done = EmulatedPrinter(), threading.Event()
    with PseudoTerminal(tmp_path / "printer") as line:

        def play() -> None:
            while not done.is_set():
                if data := line.take(0.02):
                    line.give(paper.feed(data))

        player = threading.Thread(target=play)
        player.start()
        try:
            with at(DeviceFile(str(line.link), 115_200, stuck_s=1)) as hand:
                hand.printer._done_s = 20
                assert hand.fault() is None
                assert hand.print() is Printed.DONE
                line.unplug()
                assert hand.fault() is not None
                line.plug()
                assert hand.fault() is None
                assert hand.print() is Printed.DONE
        finally:
            done.set()
            player.join()
    assert paper.slips == [SLIP, SLIP]


def test_a_printer_that_takes_nothing_is_a_fault_and_not_a_wait_for_ever(tmp_path: Path) -> None:
    wide = Picture((b"\xff" * 72,) * 3000)
    os.mkfifo(tmp_path / "lp0")
    with at(DeviceFile(str(tmp_path / "lp0"), stuck_s=0.05)) as hand:
        became: queue.Queue[Printed] = queue.Queue()
        assert hand.printer.print(wide, became.put)
        assert became.get(timeout=20) is Printed.FAILED
        said = [hand.fault(), *hand.faults.queue]
        assert any(fault and "takes nothing" in fault for fault in said)


def test_what_can_not_be_opened_is_named_with_what_to_do(tmp_path: Path) -> None:
    with at(DeviceFile(str(tmp_path / "lp0"))) as hand:
        assert "No printer at" in (hand.fault() or "")
    with at(DeviceFile(str(tmp_path))) as hand:
        assert "printer.kind and printer.path" in (hand.fault() or "")


def test_what_talks_without_end_is_no_printer_and_is_not_listened_to() -> None:
    with at(DeviceFile("/dev/zero")) as hand:
        assert hand.fault() == TALKS
        assert hand.print() is Printed.FAILED
