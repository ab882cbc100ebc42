"""Printers without a device: one that prints into a folder, and one with something wrong."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from drivers.printer.emulator import EmulatedPrinter, png
from drivers.printer.port import PrinterFault, Wire


class EmulatedWire(Wire):
    """The line to an emulated printer."""

    def __init__(self, printer: EmulatedPrinter | None = None) -> None:
        self.printer = printer or EmulatedPrinter()
        self._said: deque[int] = deque()

    def open(self) -> None:
        self._said.clear()

    def send(self, data: bytes) -> None:
        self._said.extend(self.printer.feed(data))

    def receive(self, many: int, within_s: float) -> bytes:
        del within_s  # what it has to say it has said
        return bytes(self._said.popleft() for _ in range(min(many, len(self._said))))

    def close(self) -> None:
        """Nothing to let go."""


class FolderPrinter(EmulatedWire):
    """Each slip becomes a picture in a folder: for demonstrations, training and looking."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def open(self) -> None:
        super().open()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._full(error) from error

    def send(self, data: bytes) -> None:
        super().send(data)
        while self.printer.slips:
            try:
                self._next().write_bytes(png(self.printer.slips.pop(0)))
            except OSError as error:
                raise self._full(error) from error

    def _next(self) -> Path:
        taken = {file.stem for file in self._folder.glob("slip-*.png")}
        return (
            self._folder / f"slip-{next(n for n in range(1, 10_000) if f'slip-{n:04}' not in taken):04}.png"
        )

    def _full(self, error: OSError) -> PrinterFault:
        return PrinterFault(f"{self._folder}: {error.strerror}; see printer.path.")


class FaultyPrinter(EmulatedWire):
    """Absent until `plug`; goes away while it prints when `pull_after` bytes were sent."""

    def __init__(self, printer: EmulatedPrinter | None = None, pull_after: int = 0) -> None:
        super().__init__(printer)
        self._there = False
        self._left = pull_after

    def plug(self) -> None:
        """The cable is in, and stays."""
        self._there, self._left = True, 0

    def plug_for(self, count: int) -> None:
        """The cable is in for so many bytes."""
        self._there, self._left = True, count

    def open(self) -> None:
        if not self._there:
            raise PrinterFault("No printer at /dev/made-up: check its cable and that it is switched on.")
        super().open()

    def send(self, data: bytes) -> None:
        if self._left:
            self._left -= len(data)
            if self._left <= 0:
                self._there, self._left = False, 0
                raise PrinterFault("The printer at /dev/made-up went away: check its cable.")
        super().send(data)
