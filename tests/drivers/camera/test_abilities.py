"""What a device says of itself, from a device that answers the kernel's questions as real ones do."""

from __future__ import annotations

import errno
import struct
from pathlib import Path
from typing import TypeVar

from drivers.camera import abilities
from drivers.camera.abilities import Control, Mode

_Thing = TypeVar("_Thing")
_MJPG, _YUYV = (struct.unpack("=I", name)[0] for name in (b"MJPG", b"YUYV"))
_SIZES = {_MJPG: [(1280, 720), (640, 480)], _YUYV: [(640, 480)]}
_RATES = {_MJPG: [(1, 30), (1, 15)], _YUYV: [(1, 5)]}
_CONTROLS = {
    0x00980900: (b"Brightness", 1, -64, 64, 0, 0, 5),
    0x009A0001: (b"Camera Controls", 6, 0, 0, 0, 0, None),
    0x009A0902: (b"Exposure Time, Absolute", 1, 1, 5000, 156, 0x10, 40),
    0x009A090A: (b"Focus, Absolute", 1, 0, 1023, 0, 0, None),
    0x009A090B: (b"Switched off", 1, 0, 1, 0, 1, 0),
}


class Device:
    """Answers `ioctl`; with `broken` it goes on for ever, as no sound driver does."""

    def __init__(self, name: bytes = b"A Camera", *, broken: bool = False) -> None:
        self.name = name
        self.broken = broken
        self.asked = 0

    def ioctl(self, request: int, buffer: bytearray) -> int:
        self.asked += 1
        index, second = struct.unpack_from("=II", buffer)
        if request == abilities.QUERYCAP:
            struct.pack_into("=16s32s", buffer, 0, b"uvcvideo", self.name)
        elif request == abilities.ENUM_FMT:
            struct.pack_into("=I", buffer, 44, _MJPG if self.broken else _entry([_MJPG, _YUYV], index))
        elif request == abilities.ENUM_FRAMESIZES:
            width, height = (640, 480) if self.broken else _entry(_SIZES[second], index)
            struct.pack_into("=III", buffer, 8, 1, width, height)
        elif request == abilities.ENUM_FRAMEINTERVALS:
            struct.pack_into("=III", buffer, 16, 1, *_entry(_RATES[second], index))
        elif request == abilities.QUERYCTRL:
            after = index & 0x7FFFFFFF
            identity = _entry(sorted(key for key in _CONTROLS if key > after), 0)
            name, kind, least, most, default, flags, _ = _CONTROLS[identity]
            struct.pack_into("=II32siiiiI", buffer, 0, identity, kind, name, least, most, 1, default, flags)
        elif request == abilities.G_CTRL:
            value = _CONTROLS[index][-1]
            if value is None:
                raise OSError(errno.EACCES, "it will not say")
            struct.pack_into("=i", buffer, 4, value)
        return 0


def _entry(things: list[_Thing], index: int) -> _Thing:
    if index >= len(things):
        raise OSError(errno.EINVAL, "no more")
    return things[index]


def test_name_modes_and_controls_are_read_from_the_device() -> None:
    able = abilities.abilities(Device().ioctl)
    assert able is not None
    assert (able.card, able.driver) == ("A Camera", "uvcvideo")
    assert able.modes == (
        Mode("MJPG", 1280, 720, (30.0, 15.0)),
        Mode("MJPG", 640, 480, (30.0, 15.0)),
        Mode("YUYV", 640, 480, (5.0,)),
    )
    assert able.controls == (
        Control("Brightness", -64, 64, 0, 5),
        Control("Exposure Time, Absolute", 1, 5000, 156, 40),
        Control("Focus, Absolute", 0, 1023, 0, None),
    )


def test_a_name_that_is_no_text_harms_no_terminal() -> None:
    able = abilities.abilities(Device(b"\x1b[2J\xffcam").ioctl)
    assert able is not None and able.card.isprintable()


def test_a_device_whose_lists_never_end_is_asked_a_bounded_number_of_times() -> None:
    device = Device(broken=True)
    assert abilities.abilities(device.ioctl) is not None
    assert device.asked < 64 * 64 * 5


def test_what_is_no_camera_has_no_abilities(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert abilities.abilities_at(tmp_path / "file") is None
    assert abilities.abilities_at(tmp_path / "gone") is None
    assert abilities.abilities_at(Path("/dev/null")) is None
