"""The bytes of a slip, byte by byte, and what a printer answers to them."""

from __future__ import annotations

import io

import numpy as np
from cv2 import IMREAD_GRAYSCALE, imdecode
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer.emulator import EmulatedPrinter, png
from drivers.printer.escpos import ASK_OFFLINE, ASK_PAPER, BAND, State, is_done, slip, state
from drivers.printer.port import Picture

TWO_ROWS = Picture((b"\xf0\x01", b"\x00\xff"))


def test_a_slip_is_a_picture_then_fed_and_cut_and_asked_about() -> None:
    assert b"".join(slip(TWO_ROWS)) == bytes.fromhex(
        "1b40"  # ESC @
        "1d7630 00 0200 0200 f001 00ff"  # GS v 0, normal size, 2 bytes wide, 2 rows high
        "1b6404 1d5601"  # ESC d 4, GS V 1
        "1d7201"  # GS r 1
    )


def test_a_long_slip_goes_in_bands() -> None:
    parts = list(slip(Picture((b"\xaa",) * (BAND + 1))))
    assert [len(part) for part in parts] == [2, 8 + BAND, 8 + 1, 6, 3]


@given(st.lists(st.binary(min_size=3, max_size=3), min_size=1, max_size=300), st.data())
def test_what_is_printed_is_what_was_sent_however_the_line_cuts_it(
    rows: list[bytes], data: st.DataObject
) -> None:
    printer, sent = EmulatedPrinter(), io.BytesIO(b"".join(slip(Picture(tuple(rows)))))
    said = b""
    while piece := sent.read(data.draw(st.integers(1, 700))):
        said += printer.feed(piece)
    assert printer.slips == [Picture(tuple(rows))]
    assert is_done(said)


def test_the_answers_name_cover_paper_and_error() -> None:
    assert state(b"\x12", b"\x12") == State()
    assert state(b"\x16", b"\x12") == State(cover_open=True)
    assert state(b"\x32", b"\x7e") == State(paper_out=True, paper_low=True)
    assert state(b"\x52", b"\x12") == State(error=True)
    assert state(b"\x12", b"\x1e") == State(paper_low=True)


def test_noise_and_silence_are_no_answer() -> None:
    assert state(b"", b"\x12") is None
    assert state(b"\xff", b"\x12") is None
    assert state(b"\x12", b"\x00") is None
    assert not is_done(b"")
    assert not is_done(b"\x12")


def test_a_printer_out_of_paper_answers_at_once_and_never_says_done() -> None:
    printer = EmulatedPrinter(rows_of_paper=10)
    said = b"".join(map(printer.feed, slip(Picture((b"\xff",) * 300))))
    assert said == b""
    assert printer.slips == []
    now = state(printer.feed(ASK_OFFLINE), printer.feed(ASK_PAPER))
    assert now is not None
    assert now.paper_out


def test_a_picture_is_black_where_its_bits_are() -> None:
    seen = imdecode(np.frombuffer(png(TWO_ROWS), np.uint8), IMREAD_GRAYSCALE)
    assert seen is not None
    assert (seen == 0).astype(int).tolist() == [[1] * 4 + [0] * 11 + [1], [0] * 8 + [1] * 8]
