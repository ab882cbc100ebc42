"""Codes from a HID point-of-sale scanner (usage page 0x8C): where its reports hold the data, and the data.

The place of each field is read from the device's own report descriptor (HID 1.11, section 6.2.2), as makers
agree on the usages (HID Point of Sale Usage Tables 1.02) and not on the order.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.scanner.framing import SILENCE_S, without_symbology
from drivers.scanner.port import LONGEST, Decoder, ScannerFault

BYTE_COUNT = 0x0001003B
SCANNER_PAGE = 0x8C
DATA, CONTINUED = 0x008C00FE, 0x008C00FF
LONGEST_DESCRIPTOR = 4096
LONGEST_REPORT = 4096


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of the scanned-data report are, in bits from its first byte, the id included."""

    report_id: int
    """0: the device numbers no reports, and none begins with an id."""
    data_at: int
    data_bytes: int
    count_at: int
    count_bits: int
    """0: the report says no length, and the data ends before trailing zeros."""
    continued_at: int
    """-1: the device never says that a code goes on in the next report; silence ends it."""


NEWLAND = Layout(2, 16, 56, 8, 8, 63 * 8)
"""As Newland's FM420 documents it: id 2, length, 56 bytes of data, symbology in byte 62, flag in byte 63."""


@dataclass(slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report: int = 0


def layout_of(descriptor: bytes) -> Layout:
    """Where a scanner puts its data. Raises `ScannerFault` for a descriptor of anything else."""
    fields, numbered = _input_fields(descriptor[:LONGEST_DESCRIPTOR])
    for report, found in fields.items():
        if DATA not in found:
            continue
        at, bits, count = found[DATA]
        if bits != 8 or at % 8 or not 0 < count <= LONGEST_REPORT:
            continue
        length = found.get(BYTE_COUNT, (0, 0, 0))
        continued = found.get(CONTINUED, (-1, 0, 0))
        return Layout(report if numbered else 0, at, count, length[0], length[1], continued[0])
    raise ScannerFault(
        "This device is no point-of-sale scanner: set the scanner to HID-POS, or change scanner.kind."
    )


def _input_fields(descriptor: bytes) -> tuple[dict[int, dict[int, tuple[int, int, int]]], bool]:
    """Of every input report: bit, size and count of each usage; and whether reports are numbered."""
    state, stack, usages = _Globals(), list[_Globals](), list[int]()
    fields: dict[int, dict[int, tuple[int, int, int]]] = {}
    ends: dict[int, int] = {}
    numbered, at = False, 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == 0xFE:  # a long item: its data is nobody's
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        length = (0, 1, 2, 4)[head & 3]
        value = int.from_bytes(descriptor[at + 1 : at + 1 + length], "little")
        at += 1 + length
        match head & 0xFC:
            case 0x04:  # usage page
                state.page = value
            case 0x74:  # report size
                state.size = value
            case 0x84:  # report id
                state.report, numbered = value, True
            case 0x94:  # report count
                state.count = value
            case 0xA4:  # push
                stack.append(_Globals(state.page, state.size, state.count, state.report))
            case 0xB4 if stack:  # pop
                state = stack.pop()
            case 0x08 | 0x18 | 0x28:  # usage, or the ends of a range
                usages.append(value if length == 4 else state.page << 16 | value)
            case 0x80:  # input
                begin = ends.get(state.report, 8 if numbered else 0)
                _place(fields.setdefault(state.report, {}), usages, begin, state)
                ends[state.report] = begin + state.size * state.count
                usages = []
            case 0xA0 | 0xC0 | 0x90 | 0xB0:  # other main items use up the usages
                usages = []
    return fields, numbered


def _place(found: dict[int, tuple[int, int, int]], usages: list[int], begin: int, state: _Globals) -> None:
    """One usage owns the whole field; several share it out, one element each."""
    if len(usages) == 1:
        found.setdefault(usages[0], (begin, state.size, state.count))
        return
    for place, usage in enumerate(usages[: state.count]):
        found.setdefault(usage, (begin + place * state.size, state.size, 1))


class HidPosDecoder(Decoder):
    """Puts the reports of one code together. Each `feed` is one report, as hidraw gives it."""

    def __init__(self, layout: Layout = NEWLAND) -> None:
        self._layout = layout
        self.reset()

    def feed(self, data: bytes, now: float) -> list[bytes]:
        codes = self.silent(now)
        layout = self._layout
        if layout.report_id and data[:1] != bytes((layout.report_id,)):
            return codes
        part = data[layout.data_at // 8 :][: layout.data_bytes]
        if layout.count_bits:
            part = part[: _bits(data, layout.count_at, layout.count_bits)]
        else:
            part = part.rstrip(b"\0")
        self._last = now
        self._open = True
        if len(self._held) + len(part) > LONGEST:
            self._overlong = True
        if not self._overlong:
            self._held += part
        if layout.continued_at >= 0 and not _bits(data, layout.continued_at, 1):
            codes += self._ended()
        return codes

    def due(self) -> float | None:
        return self._last + SILENCE_S if self._open else None

    def silent(self, now: float) -> list[bytes]:
        """A code that was to go on and did not is no code; without the flag, silence is the end."""
        due = self.due()
        if due is None or now < due:
            return []
        whole = self._layout.continued_at < 0
        codes = self._ended()
        return codes if whole else []

    def reset(self) -> None:
        self._held = bytearray()
        self._last = 0.0
        self._open = self._overlong = False

    def _ended(self) -> list[bytes]:
        code, overlong = bytes(self._held), self._overlong
        self.reset()
        data = without_symbology(code)
        return [data] if data and not overlong else []


def _bits(report: bytes, at: int, count: int) -> int:
    """An unsigned field of a report; what is not there is 0."""
    return int.from_bytes(report, "little") >> at & ((1 << count) - 1)
