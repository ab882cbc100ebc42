"""The reader worker's process: waits for a byte, reads the newest frame, says what it read."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Final

import cv2

from drivers.camera.port import Frame
from drivers.reader.decode import QR, QR_AND_AZTEC
from drivers.reader.messages import READY, encode
from drivers.reader.port import Reader, Reading
from drivers.reader.region import textured
from drivers.reader.second_opinion import SecondOpinion
from drivers.reader.slot import FrameSlot, SlotFrame
from drivers.reader.zxing import ZxingReader

_HANG_S: Final = 5.0
"""An alarm no handler catches ends a decoder that hangs, even when the owner is gone and cannot."""


def serve(slot: FrameSlot, wake_fd: int, out_fd: int, reader: Reader, opinion: SecondOpinion | None) -> None:
    """Reads frames until the owner closes its end of `wake_fd` or of `out_fd`."""
    last = -1
    _say(out_fd, READY)
    while os.read(wake_fd, 4096):
        newest = slot.newest(after=last)
        if newest is None:
            continue
        last = newest.sequence
        signal.setitimer(signal.ITIMER_REAL, _HANG_S)
        reading = reader.read(Frame(newest.pixels, newest.captured_at, newest.sequence))
        _say(out_fd, encode(reading))
        if opinion is not None and opinion.due(reading.located, bool(reading.symbols)):
            second = _second(opinion, newest)
            if second is not None:
                _say(out_fd, encode(second))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _second(opinion: SecondOpinion, frame: SlotFrame) -> Reading | None:
    """Another decoder's reading of the same frame, when it reads anything."""
    for box in textured(frame.pixels)[:1]:
        symbols = opinion.ask(frame.pixels, box)
        if symbols:
            return Reading(frame.sequence, frame.captured_at, symbols, None, True)
    return None


def _say(out_fd: int, line: bytes) -> None:
    while line:
        line = line[os.write(out_fd, line) :]


def main(
    slot_fd: int, second_opinion: bool, aztec: bool = False, clock: Callable[[], float] = time.monotonic
) -> int:
    """Serves on standard input and output. Libraries that print are sent to standard error instead."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the kiosk, which ends its pipe
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    cv2.setNumThreads(1)
    out_fd = os.dup(1)
    os.dup2(2, 1)
    slot = FrameSlot.attach(slot_fd)
    try:
        reader = ZxingReader(formats=QR_AND_AZTEC if aztec else QR)
        serve(slot, 0, out_fd, reader, SecondOpinion(clock) if second_opinion else None)
    except BrokenPipeError:
        return 0
    finally:
        slot.close()
    return 0
