"""Keeps a camera at its rate in the dark, through the kernel's own control: OpenCV has no name for it."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path

from drivers.camera.abilities import G_CTRL, Ask

S_CTRL = 0xC008561C
EXPOSURE_DYNAMIC_FRAMERATE = 0x009A0903
"""V4L2_CID_EXPOSURE_AUTO_PRIORITY of <linux/v4l2-controls.h>: 1: automatic exposure slows a camera down."""


def keep_rate_at(path: Path) -> bool | None:
    """Forbids the device at `path` to drop its rate. True: it obeys; False: it does not; None: it cannot.

    V4L2 lets a device be opened a second time beside the program that streams, for its controls.
    """
    try:
        fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return keep_rate(lambda request, buffer: fcntl.ioctl(fd, request, buffer))
    finally:
        os.close(fd)


def keep_rate(ask: Ask) -> bool | None:
    """The same through any `ioctl`."""
    buffer = bytearray(struct.pack("=Ii", EXPOSURE_DYNAMIC_FRAMERATE, 0))
    try:
        ask(G_CTRL, buffer)
    except OSError:
        return None
    try:
        ask(S_CTRL, bytearray(struct.pack("=Ii", EXPOSURE_DYNAMIC_FRAMERATE, 0)))
        ask(G_CTRL, buffer)
    except OSError:
        # Where exposure is manual a driver may refuse to set what then has no meaning: what is so decides.
        pass
    return int(struct.unpack_from("=i", buffer, 4)[0]) == 0
