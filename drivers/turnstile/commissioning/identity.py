"""Which very device hangs at a path, and whether the path still means it when cables were moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo


def usb_identity(path: Path, ports: Callable[[], Iterable[ListPortInfo]] = list_ports.comports) -> str:
    """`1a86:7523` and its serial number, where it has one; empty for what is no USB port, or is not there."""
    try:
        real = str(path.resolve(strict=True))
    except OSError:
        return ""
    for port in ports():
        if port.device == real and port.vid is not None:
            serial = f" {port.serial_number}" if port.serial_number else ""
            return f"{port.vid:04x}:{port.pid:04x}{serial}"
    return ""


def stays(path: Path) -> bool:
    """Whether it is a name such as those below /dev/serial/by-id, and no number of the moment."""
    return path.is_symlink()
