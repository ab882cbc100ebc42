"""HID point-of-sale reports, by the layout that the device's own descriptor states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.framing import SILENCE_S
from drivers.scanner.hid_pos import NEWLAND, HidPosDecoder, Layout, layout_of
from drivers.scanner.port import LONGEST, ScannerFault

NUMBERED = bytes.fromhex(
    "05 8C 09 02 A1 01"  # usage page barcode scanner, scanner, application collection
    "09 12 A1 02 85 02 15 00 26 FF 00 75 08"  # scanned data report, id 2, bytes
    "95 01 05 01 09 3B 81 02"  # one byte count
    "95 38 05 8C 09 FE 82 02 01"  # 56 bytes of decoded data, buffered
    "95 03 09 FB 09 FC 09 FD 81 02"  # three bytes of symbology identifier
    "95 02 81 03"  # two bytes of padding
    "75 01 95 01 09 FF 81 02 75 07 81 03"  # the flag, and what fills its byte
    "C0 C0"
)
UNNUMBERED = bytes.fromhex(
    "06 8C 00 09 02 A1 01 15 00 26 FF 00 75 08 95 3F 0B FE 00 8C 00 81 02 75 01 95 08 09 FF 81 02 C0"
)
KEYBOARD = bytes.fromhex("05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 C0")
TEXT = b"HC1:" + b"6BFOXN%TS3DH0YOJ58S" * 10


def report(data: bytes, more: bool = False) -> bytes:
    """One report in the layout of Newland's FM420."""
    return bytes((2, len(data))) + data.ljust(60, b"\0") + b"Q" + bytes((more,))


def reports(content: bytes) -> list[bytes]:
    parts = [content[at : at + 56] for at in range(0, len(content), 56)]
    return [report(part, more=part is not parts[-1]) for part in parts]


def test_the_descriptor_tells_where_everything_is() -> None:
    assert layout_of(NUMBERED) == Layout(2, 16, 56, 8, 8, 63 * 8)
    assert layout_of(NUMBERED) == NEWLAND


def test_a_device_that_numbers_no_reports_has_none_in_them() -> None:
    assert layout_of(UNNUMBERED) == Layout(0, 0, 63, 0, 0, 63 * 8)


def test_a_keyboard_is_no_point_of_sale_scanner() -> None:
    with pytest.raises(ScannerFault, match="set the scanner to HID-POS"):
        layout_of(KEYBOARD)


@given(st.binary(max_size=300))
def test_any_descriptor_is_a_layout_or_a_fault(descriptor: bytes) -> None:
    try:
        layout = layout_of(descriptor)
    except ScannerFault:
        return
    HidPosDecoder(layout).feed(descriptor, 1.0)


def test_a_golden_report_is_its_code() -> None:
    golden = bytes.fromhex("02 05 48 43 31 3A 41") + bytes(57)
    assert len(golden) == 64
    assert HidPosDecoder().feed(golden, 1.0) == [b"HC1:A"]


def test_a_code_in_several_reports_is_one() -> None:
    decoder = HidPosDecoder()
    assert [code for part in reports(TEXT) for code in decoder.feed(part, 1.0)] == [TEXT]


def test_binary_data_is_kept_byte_by_byte_zeros_and_all() -> None:
    content = bytes(range(256)) + b"\0\0"
    decoder = HidPosDecoder()
    assert [code for part in reports(content) for code in decoder.feed(part, 1.0)] == [content]


def test_a_report_of_another_kind_is_ignored() -> None:
    assert HidPosDecoder().feed(b"\x05" + report(b"HC1:A")[1:], 1.0) == []


def test_a_code_that_was_to_go_on_and_does_not_is_none() -> None:
    decoder = HidPosDecoder()
    assert decoder.feed(report(b"HC1:half", more=True), 1.0) == []
    assert decoder.due() == 1.0 + SILENCE_S
    assert decoder.silent(1.0 + SILENCE_S) == []
    assert decoder.feed(report(b"HC1:A"), 2.0) == [b"HC1:A"]


def test_without_a_flag_silence_ends_a_code() -> None:
    decoder = HidPosDecoder(Layout(0, 0, 8, 0, 0, -1))
    assert decoder.feed(b"HC1:ABCD", 1.0) == []
    assert decoder.feed(b"EF\0\0\0\0\0\0", 1.01) == []
    assert decoder.silent(1.01 + SILENCE_S) == [b"HC1:ABCDEF"]


def test_reports_without_end_are_bounded_and_the_next_code_is_read() -> None:
    decoder = HidPosDecoder()
    for _ in range(1000):
        assert decoder.feed(report(b"x" * 56, more=True), 1.0) == []
        assert len(decoder._held) <= LONGEST
    assert decoder.feed(report(b"the end"), 1.0) == []
    assert decoder.feed(report(b"HC1:A"), 1.0) == [b"HC1:A"]


@given(st.binary(max_size=130))
def test_any_report_raises_nothing(data: bytes) -> None:
    HidPosDecoder().feed(data, 1.0)
