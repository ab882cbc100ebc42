"""A USB lamp through the library: the makers' bytes on the wire, and a lane that goes on without it."""

from __future__ import annotations

import sys

import pytest
from busylight_core import Hardware
from busylight_core.hardware import ConnectionType

from config.settings import Lamp as LampSettings
from drivers.signals.busylight import GONE, NO_LIBRARY, NONE, REFUSED, Busylight
from drivers.signals.from_settings import lamp_for
from drivers.signals.light import Light
from drivers.signals.owned_lamp import LampMissing, OwnedLamp
from drivers.signals.tower import Part

FLAG, BLINK1, TABLET = (0x04D8, 0xF372), (0x27B8, 0x01ED), (0x056A, 0x0357)


class Wire:
    """Stands in for an open HID device: keeps what is written, and can be unplugged or refused."""

    def __init__(self, *, refused: bool = False) -> None:
        self.written: list[bytes] = []
        self.refused, self.plugged, self.opened = refused, True, False

    def open_path(self, path: bytes) -> None:
        if self.refused:
            raise OSError("open failed")
        self.opened = True

    def write(self, data: bytes) -> int:
        if not self.plugged:
            raise OSError("no such device")
        self.written.append(bytes(data))
        return len(data)

    send_feature_report = write

    def close(self) -> None:
        self.opened = False


class Socket:
    """The devices that a search finds, and what kinds were searched for."""

    def __init__(self) -> None:
        self.devices: list[Hardware] = []
        self.searched: list[ConnectionType] = []

    def plug(self, ids: tuple[int, int], wire: Wire, product: str = "LUXAFOR FLAG") -> Wire:
        hardware = Hardware(
            ConnectionType.HID,
            path=b"made-up",
            vendor_id=ids[0],
            product_id=ids[1],
            serial_number="",
            manufacturer_string="made up",
            product_string=product,
            release_number=1,
            usage=0,
            usage_page=0,
            interface_number=0,
            bus_type=1,
        )
        hardware.__dict__["handle"] = wire
        self.devices.append(hardware)
        return wire

    def enumerate(self, by_type: ConnectionType) -> list[Hardware]:
        self.searched.append(by_type)
        return self.devices


@pytest.fixture
def socket(monkeypatch: pytest.MonkeyPatch) -> Socket:
    socket = Socket()
    monkeypatch.setattr(Hardware, "enumerate", socket.enumerate)
    return socket


@pytest.mark.parametrize(
    ("ids", "lit", "sent"),
    [
        (FLAG, Part.RED, "01 ff ff 00 00"),
        (FLAG, Part.GREEN, "01 ff 00 ff 00"),
        (FLAG, Part.YELLOW | Part.BUZZER, "01 ff ff 8c 00"),
        (FLAG, Part(0), "01 ff 00 00 00"),
        (BLINK1, Part.RED, "01 63 ff 00 00 00 0a 00"),
        (BLINK1, Part(0), "01 63 00 00 00 00 0a 00"),
    ],
)
def test_the_bytes_are_the_makers(socket: Socket, ids: tuple[int, int], lit: Part, sent: str) -> None:
    wire = socket.plug(ids, Wire())
    lamp = Busylight()
    lamp.open()
    lamp.light(lit)
    assert wire.written[-1] == bytes.fromhex(sent)
    lamp.close()
    assert not wire.opened


def test_only_hid_devices_are_looked_at_and_others_left_alone(socket: Socket) -> None:
    tablet, flag = socket.plug(TABLET, Wire()), socket.plug(FLAG, Wire())
    Busylight().open()
    assert socket.searched == [ConnectionType.HID], "a serial port may be a gate's"
    assert (tablet.opened, flag.opened) == (False, True)


def test_a_device_without_a_name_is_passed_over(socket: Socket) -> None:
    nameless = socket.plug(FLAG, Wire())
    socket.devices[0].product_string = None
    blink = socket.plug(BLINK1, Wire())
    Busylight().open()
    assert (nameless.opened, blink.opened) == (False, True)


def test_no_lamp_a_refused_one_and_one_that_goes_away_are_each_named(socket: Socket) -> None:
    lamp = Busylight()
    with pytest.raises(LampMissing, match=NONE):
        lamp.open()
    wire = socket.plug(FLAG, Wire(refused=True))
    with pytest.raises(LampMissing, match=REFUSED.format(name="Flag")):
        lamp.open()
    wire.refused = False
    lamp.open()
    wire.plugged = False
    with pytest.raises(LampMissing, match=GONE.format(name="Flag")):
        lamp.light(Part.RED)
    lamp.close()
    lamp.close()


def test_a_program_without_the_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "busylight_core", None)
    with pytest.raises(LampMissing, match=NO_LIBRARY):
        Busylight().open()


def test_the_settings_choose_it_and_it_is_tested_and_made_dark_like_the_tower(socket: Socket) -> None:
    lamp = lamp_for(LampSettings(kind="busylight"))
    assert isinstance(lamp, OwnedLamp)
    lamp.start()
    missing = lamp.self_test()
    assert (missing.works, missing.code, missing.advice) == (False, "LA", NONE)
    wire = socket.plug(FLAG, Wire())
    assert lamp.self_test().works
    lamp.show(Light.CLOSED)
    lamp.stop()
    assert wire.written[-1] == bytes.fromhex("01 ff 00 00 00") and not wire.opened
