"""A camera that may not slow down in the dark: asked through the kernel's control, and read back."""

from __future__ import annotations

import errno
import struct
from pathlib import Path

import pytest

from drivers.camera.abilities import G_CTRL
from drivers.camera.steady_rate import EXPOSURE_DYNAMIC_FRAMERATE, S_CTRL, keep_rate, keep_rate_at


class Device:
    """Answers for the one control. `takes`: it obeys; `refuses`: setting is an error."""

    def __init__(self, now: int | None, *, takes: bool = True, refuses: bool = False) -> None:
        self.now, self._takes, self._refuses = now, takes, refuses

    def ioctl(self, request: int, buffer: bytearray) -> int:
        control, value = struct.unpack("=Ii", buffer)
        assert control == EXPOSURE_DYNAMIC_FRAMERATE
        if self.now is None:
            raise OSError(errno.EINVAL, "no such control")
        if request == S_CTRL:
            if self._refuses:
                raise OSError(errno.EACCES, "not now")
            self.now = value if self._takes else self.now
        assert request in (S_CTRL, G_CTRL)
        struct.pack_into("=Ii", buffer, 0, control, self.now)
        return 0


@pytest.mark.parametrize(
    ("device", "kept", "now"),
    [
        (Device(1), True, 0),
        (Device(0), True, 0),
        (Device(1, takes=False), False, 1),
        (Device(1, refuses=True), False, 1),
        (Device(0, refuses=True), True, 0),
        (Device(None), None, None),
    ],
)
def test_the_rate_is_kept_where_the_device_can_and_what_it_does_is_read_back(
    device: Device, kept: bool | None, now: int | None
) -> None:
    assert keep_rate(device.ioctl) is kept
    assert device.now == now


def test_the_requests_are_the_kernels() -> None:
    """_IOWR('V', 27, struct v4l2_control) and _IOWR('V', 28, ...), of eight bytes each."""
    read_and_write_eight_bytes = 3 << 30 | 8 << 16 | ord("V") << 8
    assert read_and_write_eight_bytes | 27 == G_CTRL
    assert read_and_write_eight_bytes | 28 == S_CTRL


def test_what_is_no_camera_has_no_such_control(tmp_path: Path) -> None:
    assert keep_rate_at(tmp_path / "none") is None
    (tmp_path / "file").touch()
    assert keep_rate_at(tmp_path / "file") is None
