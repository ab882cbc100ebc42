"""Where one code ends and the next begins on a serial line, by suffix and by silence. Safe for any bytes."""

from __future__ import annotations

import re

from drivers.scanner.port import LONGEST, Decoder

SILENCE_S = 0.15
"""So much silence ends a code. A scanner sends one without a pause; nobody scans two so close together."""
SUFFIXES = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "none": b""}
_SYMBOLOGY = re.compile(rb"\A\][A-Za-z][0-9A-Za-z]")
"""An AIM identifier before the data, where a scanner is set to send it. No health code begins with one."""


class SerialDecoder(Decoder):
    """Text ends at the suffix. A suffix inside binary data or JSON is data: those end in silence."""

    def __init__(self, suffix: bytes) -> None:
        self._suffix = suffix
        self._held = bytearray()
        self._last = 0.0
        self._overlong = False

    def feed(self, data: bytes, now: float) -> list[bytes]:
        codes = self.silent(now)
        self._last = now
        if self._overlong:
            return codes
        self._held += data
        codes += self._ended_by_suffix()
        if len(self._held) > LONGEST:
            self._held.clear()
            self._overlong = True
        return codes

    def due(self) -> float | None:
        return self._last + SILENCE_S if self._held or self._overlong else None

    def silent(self, now: float) -> list[bytes]:
        due = self.due()
        if due is None or now < due:
            return []
        whole = bytes(self._held)
        self.reset()
        return _told(whole.removesuffix(self._suffix))

    def reset(self) -> None:
        self._held.clear()
        self._overlong = False

    def _ended_by_suffix(self) -> list[bytes]:
        codes: list[bytes] = []
        while self._suffix and (end := self._held.find(self._suffix)) >= 0:
            if end <= LONGEST and not _is_text(self._held[:end]):
                break
            whole = bytes(self._held[:end])
            del self._held[: end + len(self._suffix)]
            if end <= LONGEST:
                codes += _told(whole)
        return codes


def without_symbology(code: bytes) -> bytes:
    """The data of a code that may have an AIM identifier before it."""
    return _SYMBOLOGY.sub(b"", code, count=1)


def _told(code: bytes) -> list[bytes]:
    data = without_symbology(code).strip(b"\r\n") if _is_text(code) else without_symbology(code)
    return [data] if data else []


def _is_text(code: bytes | bytearray) -> bool:
    """One printable line that is no JSON, whose author may have put line ends between the words."""
    data = without_symbology(bytes(code)).strip(b"\r\n")
    return not data.startswith(b"{") and all(0x20 <= byte < 0x7F for byte in data)
