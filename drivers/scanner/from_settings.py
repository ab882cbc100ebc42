"""The scanner that the settings ask for."""

from __future__ import annotations

from config.settings import Scanner as ScannerSettings
from drivers.scanner.devices import HidPosScanner, KeyboardScanner, SerialScanner
from drivers.scanner.framing import SUFFIXES
from drivers.scanner.owner import OwnedScanner
from drivers.scanner.port import NoScanner, Scanner, Source


def source_of(settings: ScannerSettings) -> Source | None:
    """The device, not opened yet; None: this lane has no scanner."""
    path = str(settings.path)
    match settings.kind:
        case "serial":
            return SerialScanner(path, SUFFIXES[settings.suffix])
        case "hid_pos":
            return HidPosScanner(path)
        case "keyboard":
            return KeyboardScanner(path)
        case _:
            return None


def scanner_for(settings: ScannerSettings) -> Scanner:
    """The scanner of this lane, not started yet."""
    source = source_of(settings)
    return NoScanner() if source is None else OwnedScanner(source)
