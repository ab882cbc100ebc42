"""The printer that the settings ask for."""

from __future__ import annotations

from config.printer import Printer as PrinterSettings
from drivers.printer.device_file import DeviceFile
from drivers.printer.owner import OwnedPrinter
from drivers.printer.port import NoPrinter, Printer, Wire
from drivers.printer.simulated import FolderPrinter


def wire_of(settings: PrinterSettings) -> Wire | None:
    """The line to it, not opened yet; None: this lane has no printer."""
    match settings.kind:
        case "usb":
            return DeviceFile(str(settings.path))
        case "serial":
            return DeviceFile(str(settings.path), settings.baud)
        case "folder":
            return FolderPrinter(settings.path)
        case _:
            return None


def printer_for(settings: PrinterSettings) -> Printer:
    """The printer of this lane, not started yet."""
    wire = wire_of(settings)
    return NoPrinter() if wire is None else OwnedPrinter(wire)
