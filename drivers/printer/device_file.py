"""A printer behind a device file: a serial port, or the kernel's printer class on USB (`/dev/usb/lp0`)."""

from __future__ import annotations

import os
import select
import time

import serial

from drivers.printer.port import PrinterFault, Wire
from drivers.serial_port import FAILURES, Trouble, let_go, opened, trouble

STUCK_S = 5.0
"""So long without taking a byte is a printer that is off, out of paper, or waits with its buffer full."""
MOST_BEFORE = 16
"""So many reads of what was said before it was opened."""
_OPENING = {
    Trouble.ABSENT: "No printer at {path}: check its cable and that it is switched on, or set printer.path.",
    Trouble.FORBIDDEN: "The printer at {path} may not be opened: have the operator give this user the right.",
    Trouble.BUSY: "Another program has the printer at {path}: have the operator end it.",
}
_OTHERWISE = "The printer at {path} cannot be opened: check its cable, or set printer.kind and printer.path."


class DeviceFile(Wire):
    """One printer by path. Writing never blocks for good: a printer that takes nothing is a fault."""

    def __init__(self, path: str, baud: int = 0, stuck_s: float = STUCK_S) -> None:
        """`baud` 0: a device file that is no serial port."""
        self._path, self._baud, self._stuck_s = path, baud, stuck_s
        self._file = -1
        self._port: serial.Serial | None = None

    def open(self) -> None:
        try:
            if self._baud:
                self._port = opened(self._path, self._baud, lines=True)
                self._port.xonxoff = True
                self._file = self._port.fileno()
            else:
                flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
                self._file = os.open(self._path, flags)
            self._forget()
        except FAILURES as error:
            self.close()
            raise PrinterFault(_OPENING.get(trouble(error), _OTHERWISE).format(path=self._path)) from error

    def send(self, data: bytes) -> None:
        left = memoryview(data)
        try:
            while left:
                if not select.select([], [self._file], [], self._stuck_s)[1]:
                    raise PrinterFault(
                        f"The printer at {self._path} takes nothing: switch it on, look for paper and cover."
                    )
                left = left[os.write(self._file, left[:4096]) :]
        except FAILURES as error:
            raise self._away() from error

    def receive(self, many: int, within_s: float) -> bytes:
        got, until = b"", time.monotonic() + within_s
        try:
            while len(got) < many:
                if not select.select([self._file], [], [], max(0.0, until - time.monotonic()))[0]:
                    return got
                more = os.read(self._file, many - len(got))
                if not more:
                    return got
                got += more
        except FAILURES as error:
            raise self._away() from error
        return got

    def close(self) -> None:
        port, self._port = self._port, None
        file, self._file = self._file, -1
        if port is not None:
            let_go(port)
        elif file >= 0:
            os.close(file)

    def _forget(self) -> None:
        """What it said before; what goes on talking is found out by who asks it something."""
        for _ in range(MOST_BEFORE):
            if not select.select([self._file], [], [], 0)[0] or not os.read(self._file, 4096):
                return

    def _away(self) -> PrinterFault:
        return PrinterFault(f"The printer at {self._path} went away: check its cable.")
