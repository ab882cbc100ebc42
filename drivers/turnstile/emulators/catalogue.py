"""The emulated gates by the name of their dialect: one row for each class in this folder that is a device."""

from __future__ import annotations

from pathlib import Path

from drivers.turnstile.emulators.bytewise import (
    DevantechFirmware,
    Eth008Firmware,
    GenericFirmware,
    Hw667Firmware,
    KMtronic2Firmware,
    KMtronic4Firmware,
    KMtronic8Firmware,
)
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.k8090 import K8090Firmware
from drivers.turnstile.emulators.lcus import LcusFirmware
from drivers.turnstile.emulators.modbus import (
    LcTechFirmware,
    NoNameAFirmware,
    NoNameBFirmware,
    R421A08Firmware,
    WaveshareFirmware,
    WirenBoardFirmware,
)
from drivers.turnstile.emulators.numato import NumatoFirmware
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.running import Running
from drivers.turnstile.emulators.tcp import NetworkEmulator
from drivers.turnstile.emulators.tpw321 import Tpw321Firmware
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from drivers.turnstile.protocols.catalogue import PROTOCOLS

FIRMWARES: dict[str, type[Firmware]] = {
    kind.name: kind
    for kind in (
        LcusFirmware,
        Hw667Firmware,
        KMtronic2Firmware,
        KMtronic4Firmware,
        KMtronic8Firmware,
        NumatoFirmware,
        DevantechFirmware,
        Eth008Firmware,
        K8090Firmware,
        WaveshareFirmware,
        LcTechFirmware,
        R421A08Firmware,
        NoNameAFirmware,
        NoNameBFirmware,
        WirenBoardFirmware,
        Tx1500Firmware,
        Tpw321Firmware,
        GenericFirmware,
    )
}


def emulator(name: str, link: Path) -> Emulator:
    """The emulated gate that speaks `name`, not started yet, published at `link`. Raises `KeyError`."""
    return Emulator(FIRMWARES[name](), link)


def emulated(name: str, link: Path) -> Running:
    """The same on the wire that it really has: at `link`, or at a port of this machine."""
    if PROTOCOLS[name].over_network:
        return NetworkEmulator(FIRMWARES[name]())
    return emulator(name, link)
