"""A printer in memory that reads the same bytes as a real one, with the faults people meet."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from drivers.printer.port import Picture


@dataclass(slots=True)
class EmulatedPrinter:
    """Feed it bytes, take its answers. `slips` are the pictures that were cut off, oldest first."""

    rows_of_paper: int = 1_000_000
    cover_open: bool = False
    error: bool = False
    answers: bool = True
    """False: a printer whose line has no way back."""
    slips: list[Picture] = field(default_factory=list)
    paper: list[bytes] = field(default_factory=list)
    _waiting: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> bytes:
        """Takes bytes as they come, however they are cut. Returns what it says."""
        said = bytearray()
        self._waiting += data
        while (used := self._command(said)) > 0:
            del self._waiting[:used]
        return bytes(said) if self.answers else b""

    @property
    def stopped(self) -> bool:
        """Whether it prints nothing until somebody helps."""
        return self.cover_open or self.error or self.rows_of_paper <= 0

    def _command(self, said: bytearray) -> int:
        """How many bytes the next command had; 0: it is not whole yet, or waits until the printer goes on."""
        data = bytes(self._waiting)
        if data[:2] == b"\x10\x04":
            return self._real_time(data, said)
        if self.stopped:
            return self._behind(data, said)
        if len(data) > 1 and b"\x1dv0\x00".startswith(data[:4]):
            return self._picture(data)
        for head, length in ((b"\x1b@", 2), (b"\x1bd", 3), (b"\x1dV", 3), (b"\x1dr", 3)):
            if data[:2] == head and len(data) >= length:
                if head == b"\x1dV":
                    self.slips.append(Picture(tuple(self.paper)))
                    self.paper.clear()
                if head == b"\x1dr":
                    said.append(0)
                return length
        if len(data) >= 3:
            raise ValueError(f"no command of a slip: {data[:8].hex(' ')}")
        return 0

    def _behind(self, data: bytes, said: bytearray) -> int:
        """A question that overtakes what waits."""
        at = data.find(b"\x10\x04")
        if at >= 0 and len(data) >= at + 3:
            self._real_time(data[at:], said)
            del self._waiting[at : at + 3]
        return 0

    def _real_time(self, data: bytes, said: bytearray) -> int:
        if len(data) < 3:
            return 0
        ended = self.rows_of_paper <= 0
        if data[2] == 2:
            said.append(0x12 | 0x04 * self.cover_open | 0x20 * ended | 0x40 * self.error)
        else:
            said.append(0x12 | 0x60 * ended | 0x0C * (self.rows_of_paper < 5000))
        return 3

    def _picture(self, data: bytes) -> int:
        if len(data) < 8:
            return 0
        width, height = struct.unpack("<HH", data[4:8])
        if len(data) < 8 + width * height:
            return 0
        for row in range(min(height, self.rows_of_paper)):
            self.paper.append(data[8 + row * width : 8 + (row + 1) * width])
        self.rows_of_paper -= height
        return 8 + int(width) * int(height)


def png(picture: Picture) -> bytes:
    """The slip as a PNG of one bit a dot, black on white (ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + bytes(byte ^ 0xFF for byte in row) for row in picture.rows)
    head = struct.pack(">IIBBBBB", picture.width * 8, len(picture.rows), 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
