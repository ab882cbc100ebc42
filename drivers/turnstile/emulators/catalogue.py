"""The emulated gates by the name of their dialect: one row for each file in this folder that is a device."""

from __future__ import annotations

from pathlib import Path

from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.lcus import LcusFirmware
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware

FIRMWARES: dict[str, type[Firmware]] = {kind.name: kind for kind in (LcusFirmware, Tx1500Firmware)}


def emulator(name: str, link: Path) -> Emulator:
    """The emulated gate that speaks `name`, not started yet, published at `link`. Raises `KeyError`."""
    return Emulator(FIRMWARES[name](), link)
