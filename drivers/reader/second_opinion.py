"""Another decoder's view of a code that stays unread: rare, off the hot path, its failures contained."""

from __future__ import annotations

import ctypes.util
from collections.abc import Callable
from typing import Any

from drivers.reader.picture import Grey
from drivers.reader.port import Symbol
from drivers.reader.region import Box

NO_LIBRARY = "The second decoder is off: install libzbar0."
_UNREAD_FRAMES = 15
_EVERY_S = 1.0
_WIDEST = 900


class SecondOpinion:
    """Decides when zbar is asked, and asks it. Owned by the reader worker's thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives monotonic seconds. zbar is loaded on first use; see `fault` after it."""
        self._clock = clock
        self._decode: Callable[[Grey], list[Any]] | None = None
        self._unread = 0
        self._asked_at = float("-inf")
        self.fault: str | None = None
        """One sentence when the library is missing; then it is never asked again."""

    def due(self, located: bool, read: bool) -> bool:
        """Told about every frame: True when a code was seen but not read for half a second, once a second."""
        self._unread = self._unread + 1 if located and not read else 0
        if self.fault or self._unread < _UNREAD_FRAMES or self._clock() - self._asked_at < _EVERY_S:
            return False
        self._asked_at = self._clock()
        return True

    def ask(self, grey: Grey, box: Box) -> tuple[Symbol, ...]:
        """What zbar reads in the box: ASCII only, because it re-codes other bytes by guessing."""
        if self._decode is None:
            self._load()
        region = box.cut(grey)
        if self._decode is None or max(region.shape) > _WIDEST:
            return ()
        try:
            found = self._decode(region)
        except (ValueError, ZeroDivisionError, TypeError, UnicodeError, OSError):
            # A structured-append code raises ValueError (pyzbar #139), an empty region ZeroDivisionError.
            return ()
        symbols = []
        for item in found:
            content = bytes(item.data)
            if content and content.isascii():
                corners = tuple(
                    (float(point.x + box.left), float(point.y + box.top)) for point in item.polygon
                )
                symbols.append(Symbol(content, corners if len(corners) == 4 else ()))
        return tuple(symbols)

    def _load(self) -> None:
        if ctypes.util.find_library("zbar") is None:
            self.fault = NO_LIBRARY
            return
        try:
            from pyzbar import pyzbar
        except (ImportError, OSError):
            self.fault = NO_LIBRARY
            return
        self._decode = lambda region: list(pyzbar.decode(region, symbols=[pyzbar.ZBarSymbol.QRCODE]))
