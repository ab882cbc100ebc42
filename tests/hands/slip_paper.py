"""A slip printer beside the lane: emulated, on a pseudo-terminal, with a cover that somebody opens."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import zxingcpp

from drivers.printer.emulator import EmulatedPrinter, png
from drivers.pseudo_terminal import PseudoTerminal

LOOK_S = 0.2


class SlipPaper:
    """A context manager: it is plugged in as long as it is entered."""

    def __init__(self, link: Path) -> None:
        self._line = PseudoTerminal(link)
        self._printer = EmulatedPrinter()
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> SlipPaper:
        self._line.plug()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)
        self._line.unplug()

    def cover(self, *, is_open: bool) -> None:
        """Somebody opens it, or shuts it."""
        with self._lock:
            self._printer.cover_open = is_open

    def slips(self) -> list[bytes]:
        """Those that were cut off, each as PNG, the oldest first."""
        with self._lock:
            return [png(one) for one in self._printer.slips]

    def _work(self) -> None:
        while not self._over.is_set():
            if data := self._line.take(LOOK_S):
                with self._lock:
                    said = self._printer.feed(data)
                self._line.give(said)


def words_on(slip: bytes) -> str:
    """What somebody reads who photographs the code on the paper. Raises `AssertionError`."""
    picture = cv2.imdecode(np.frombuffer(slip, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None, "the slip is no picture"
    found = zxingcpp.read_barcodes(
        cv2.copyMakeBorder(picture, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255)
    )
    assert len(found) == 1, f"the slip has {len(found)} codes that can be read"
    return str(found[0].text)
