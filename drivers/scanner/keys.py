"""Codes from a scanner that acts as a keyboard: keycodes are read, never characters, so no layout matters.

The scanner is set to the US layout; what the system's layout is makes no difference. `struct input_event` is
that of <linux/input.h>: two longs of time, type, code, value.
"""

from __future__ import annotations

import re
import struct

from drivers.scanner.framing import SILENCE_S
from drivers.scanner.port import LONGEST, Decoder

EVENT = struct.Struct("@llHHi")
EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3
RELEASED, PRESSED = 0, 1
ENTER, KEYPAD_ENTER, TAB = 28, 96, 15
SHIFTS = (42, 54)
CAPS_LOCK = 58
CONTROLS = (29, 97, 56, 100, 125, 126)
"""Control, Alt and Meta: what is typed with one of them is a command to a desktop, not a symbol's text."""
LINE_ENDS = (50, 36)
"""With Control, the keys M and J: a suffix of CR or LF where the scanner types control characters."""

_ROWS = {2: ("1234567890-=", "!@#$%^&*()_+"), 16: ("qwertyuiop[]", "QWERTYUIOP{}")}
_ROWS |= {30: ("asdfghjkl;'`", 'ASDFGHJKL:"~'), 43: ("\\zxcvbnm,./", "|ZXCVBNM<>?"), 57: (" ", " ")}
_KEYPAD = {55: "*", 71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+"}
_KEYPAD |= {79: "1", 80: "2", 81: "3", 82: "0", 83: ".", 98: "/"}
KEYS: dict[int, tuple[str, str]] = {
    first + place: pair
    for first, (plain, shifted) in _ROWS.items()
    for place, pair in enumerate(zip(plain, shifted, strict=True))
}
"""Plain and shifted character of each keycode of <linux/input-event-codes.h> on a US keyboard."""
KEYS |= {code: (character, character) for code, character in _KEYPAD.items()}


class KeyDecoder(Decoder):
    """A code ends with Enter, Tab or silence. Keys without a character are ignored, commands drop all."""

    def __init__(self) -> None:
        self._rest = b""
        self.reset()

    def feed(self, data: bytes, now: float) -> list[bytes]:
        codes = self.silent(now)
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        for _, _, kind, key, value in EVENT.iter_unpack(data[:whole]):
            if kind == EV_SYN and key == SYN_DROPPED:
                self._spoilt, self._last = True, now
                self._held.clear()
            elif kind == EV_KEY:
                codes += self._key(key, value, now)
        return codes

    def due(self) -> float | None:
        return self._last + SILENCE_S if self._typed or self._spoilt else None

    def silent(self, now: float) -> list[bytes]:
        """A scanner holds no key through silence: one whose release was lost is let go."""
        due = self.due()
        if due is None or now < due:
            return []
        self._held.clear()
        return self._ended()

    def reset(self) -> None:
        self._rest = b""
        self._typed = bytearray()
        self._held: set[int] = set()
        self._caps = self._spoilt = False
        self._last = 0.0

    def _key(self, key: int, value: int, now: float) -> list[bytes]:
        self._last = now
        if key in SHIFTS or key in CONTROLS:
            if value == RELEASED:
                self._held.discard(key)
            else:
                self._held.add(key)
            return []
        if value != PRESSED:
            return []  # released, or repeated by a key that is held: a scanner holds none
        if self._held.intersection(CONTROLS):
            if key in LINE_ENDS and self._held.intersection(CONTROLS[:2]):
                return self._ended()
            self._spoilt = True
            return []
        if key == CAPS_LOCK:
            self._caps = not self._caps
            return []
        if key in (ENTER, KEYPAD_ENTER, TAB):
            return self._ended()
        if key in KEYS and not self._spoilt:
            self._typed += self._character(key)
            if len(self._typed) > LONGEST:
                self._spoilt = True
                self._typed.clear()
        return []

    def _character(self, key: int) -> bytes:
        plain, shifted = KEYS[key]
        upper = bool(self._held.intersection(SHIFTS))
        if plain.isalpha():
            upper ^= self._caps
        return (shifted if upper else plain).encode()

    def _ended(self) -> list[bytes]:
        code, spoilt = bytes(self._typed), self._spoilt
        self._typed.clear()
        self._spoilt = False
        return [code] if code and not spoilt else []


_OTHER_LAYOUT = re.compile(rb"[A-Z]{2}(?:[0-9][^:0-9A-Z ]|[^0-9A-Z: ][!-~])[ -~]{40,}|shc[^:][ -~]{40,}")


def typed_for_another_layout(code: bytes) -> bool:
    """Whether a code looks like one whose scanner is set to a layout other than US: `HC1>` is `HC1:`."""
    return _OTHER_LAYOUT.fullmatch(code) is not None
