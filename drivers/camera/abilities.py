"""What a V4L2 device says it can do: asked with the kernel's own questions, nothing is changed."""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Ask = Callable[[int, bytearray], object]
"""`ioctl` on the open device: a request and a buffer the answer is written to. Raises OSError."""

# Requests of <linux/videodev2.h> for the layouts below (the same on all 64-bit machines).
QUERYCAP = 0x80685600
ENUM_FMT = 0xC0405602
ENUM_FRAMESIZES = 0xC02C564A
ENUM_FRAMEINTERVALS = 0xC034564B
QUERYCTRL = 0xC0445624
G_CTRL = 0xC008561B
_CAPTURE = 1
_DISCRETE = 1
_NEXT = 0x80000000
_DISABLED = 0x0001
_GROUP = 6
_MOST = 64
"""No list is longer than this: a device that goes on is broken."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A picture format, size, and the frames a second it is offered at, most first."""

    fourcc: str
    width: int
    height: int
    rates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be set, in the camera's own units."""

    name: str
    least: int
    most: int
    default: int
    now: int | None
    """None when it cannot be asked."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """A whole device. Parts it does not answer for are empty."""

    card: str
    driver: str
    modes: tuple[Mode, ...]
    controls: tuple[Control, ...]


def abilities_at(path: Path) -> Abilities | None:
    """Asks the device at `path`; None when it is no camera or may not be opened."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return abilities(lambda request, buffer: fcntl.ioctl(fd, request, buffer))
    finally:
        os.close(fd)


def abilities(ask: Ask) -> Abilities | None:
    """The same through any `ioctl`; None when the device does not even name itself."""
    head = _answer(ask, QUERYCAP, bytearray(104))
    if head is None:
        return None
    modes = tuple(mode for fourcc in _formats(ask) for mode in _sizes(ask, fourcc))
    return Abilities(_text(head[16:48]), _text(head[:16]), modes, tuple(_controls(ask)))


def _answer(ask: Ask, request: int, buffer: bytearray) -> bytearray | None:
    try:
        ask(request, buffer)
    except OSError:
        return None
    return buffer


def _formats(ask: Ask) -> Iterator[int]:
    for index in range(_MOST):
        buffer = _answer(ask, ENUM_FMT, bytearray(struct.pack("=III32sII12x", index, _CAPTURE, 0, b"", 0, 0)))
        if buffer is None:
            return
        yield int(struct.unpack_from("=I", buffer, 44)[0])


def _sizes(ask: Ask, fourcc: int) -> Iterator[Mode]:
    for index in range(_MOST):
        buffer = _answer(ask, ENUM_FRAMESIZES, bytearray(struct.pack("=II36x", index, fourcc)))
        if buffer is None:
            return
        kind, width, height = struct.unpack_from("=III", buffer, 8)
        if kind != _DISCRETE:
            # A range of sizes: its largest is what matters here (min, max, step of width, then of height).
            width, height = struct.unpack_from("=I", buffer, 16)[0], struct.unpack_from("=I", buffer, 28)[0]
        yield Mode(_letters(fourcc), width, height, tuple(_rates(ask, fourcc, width, height)))
        if kind != _DISCRETE:
            return


def _rates(ask: Ask, fourcc: int, width: int, height: int) -> Iterator[float]:
    for index in range(_MOST):
        asked = bytearray(struct.pack("=IIII36x", index, fourcc, width, height))
        buffer = _answer(ask, ENUM_FRAMEINTERVALS, asked)
        if buffer is None:
            return
        kind, numerator, denominator = struct.unpack_from("=III", buffer, 16)
        if numerator:
            yield denominator / numerator
        if kind != _DISCRETE:
            return


def _controls(ask: Ask) -> Iterator[Control]:
    identity = 0
    for _ in range(_MOST):
        buffer = _answer(ask, QUERYCTRL, bytearray(struct.pack("=I64x", identity | _NEXT)))
        if buffer is None:
            return
        identity, kind, name, least, most, _, default, flags = struct.unpack_from("=II32siiiiI", buffer)
        if kind == _GROUP or flags & _DISABLED:
            continue
        value = _answer(ask, G_CTRL, bytearray(struct.pack("=Ii", identity, 0)))
        now = None if value is None else int(struct.unpack_from("=i", value, 4)[0])
        yield Control(_text(name), least, most, default, now)


def _text(raw: bytes | bytearray) -> str:
    """A device's text is anybody's: only what can be printed is kept."""
    text = bytes(raw).split(b"\0")[0].decode("ascii", "replace")
    return "".join(character if character.isprintable() else "?" for character in text)


def _letters(fourcc: int) -> str:
    return _text(struct.pack("=I", fourcc)).strip()
