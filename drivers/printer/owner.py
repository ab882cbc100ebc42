"""Owns one printer: looks after it, prints one slip at a time, and says when it cannot."""

from __future__ import annotations

import threading

from drivers.printer.escpos import ASK_OFFLINE, ASK_PAPER, State, is_done, slip, state
from drivers.printer.port import OnFault, OnPrinted, Picture, Printed, Printer, PrinterFault, Wire

LOOK_S = 10.0
"""How often it is asked how it is while nothing is printed, and looked for while it is not there."""
ANSWER_S = 0.5
DONE_S = 30.0
"""How long the last line of a slip may take: a slow serial line holds much of it in the printer's buffer."""
COVER = "The printer's cover is open: close it."
PAPER = "The printer has no paper: put in a new roll."
ERROR = "The printer stopped (knife or head): switch it off, take out what is stuck, switch it on."
SILENT = "The printer does not answer any more: check its cable and that it is switched on."
TALKS = "What is connected as the printer talks without being asked, it is none: see to printer.path."
MOST_SAID = 64
NOT_WHOLE = "The last slip was not printed whole: look at the printer, then print it again."


class OwnedPrinter(Printer):
    """One thread opens, asks, writes and closes. Nothing is ever sent twice by itself.

    What a printer has in its buffer when its paper ends it may print by itself when there is paper again.
    """

    def __init__(self, wire: Wire, look_s: float = LOOK_S, done_s: float = DONE_S) -> None:
        self._wire, self._look_s, self._done_s = wire, look_s, done_s
        self._bell = threading.Condition()
        self._job: tuple[Picture, OnPrinted] | None = None
        self._running = self._stopping = False
        self._open = False
        self._answers = False
        """Whether it ever answered since it was opened."""
        self._said: str | None = ""
        self._on_fault: OnFault = lambda _fault: None
        self._thread = threading.Thread(target=self._work, name="printer", daemon=True)

    def start(self, on_fault: OnFault) -> None:
        self._on_fault = on_fault
        self._running = True
        self._thread.start()

    def print(self, picture: Picture, on_printed: OnPrinted) -> bool:
        with self._bell:
            if self._job is not None or not self._running or self._stopping or not picture.rows:
                return False
            self._job = (picture, on_printed)
            self._bell.notify_all()
            return True

    def stop(self) -> None:
        with self._bell:
            self._stopping = True
            self._bell.notify_all()
        if self._thread.is_alive():
            self._thread.join(0.9)

    def _work(self) -> None:
        while True:
            with self._bell:
                job = self._job
            if job is not None:
                picture, on_printed = job
                became = self._print(picture)
                with self._bell:
                    self._job = None
                on_printed(became)
            else:
                self._look()
            with self._bell:
                self._bell.wait_for(lambda: self._stopping or self._job is not None, self._look_s)
                if self._stopping:
                    break
        self._wire.close()

    def _look(self) -> None:
        """Opens it where it is not open, and tells how it is."""
        try:
            self._ready()
            self._say(None)
        except PrinterFault as fault:
            self._say(str(fault))

    def _ready(self) -> None:
        """Raises `PrinterFault` while it cannot print."""
        if not self._open:
            self._answers = False
            self._wire.open()
            self._open = True
        now = self._ask()
        self._answers = self._answers or now is not None
        if now is None and self._answers:
            raise self._gone(
                "The printer does not answer any more: check its cable and that it is switched on."
            )
        for wrong, sentence in _troubles(now):
            if wrong:
                raise PrinterFault(sentence)

    def _ask(self) -> State | None:
        try:
            self._forget()
            self._wire.send(ASK_OFFLINE)
            offline = self._wire.receive(1, ANSWER_S)
            self._wire.send(ASK_PAPER)
            return state(offline, self._wire.receive(1, ANSWER_S))
        except PrinterFault as fault:
            raise self._gone(str(fault)) from fault

    def _forget(self) -> None:
        """What a slip was to be answered with, after new paper let the printer go on."""
        for _ in range(MOST_SAID):
            if not self._wire.receive(64, 0.0):
                return
        raise PrinterFault(TALKS)

    def _print(self, picture: Picture) -> Printed:
        try:
            self._ready()
            for part in slip(picture):
                self._wire.send(part)
            if not self._answers:
                self._say(None)
                return Printed.SENT
            if is_done(self._wire.receive(1, self._done_s)):
                self._say(None)
                return Printed.DONE
            self._ready()
            raise self._gone(NOT_WHOLE)
        except PrinterFault as fault:
            self._wire.close()
            self._open = False
            self._say(str(fault))
            return Printed.FAILED

    def _gone(self, sentence: str) -> PrinterFault:
        self._wire.close()
        self._open = False
        return PrinterFault(sentence)

    def _say(self, fault: str | None) -> None:
        if fault != self._said:
            self._said = fault
            self._on_fault(fault)


def _troubles(now: State | None) -> tuple[tuple[bool, str], ...]:
    if now is None:
        return ()
    return ((now.cover_open, COVER), (now.paper_out, PAPER), (now.error, ERROR))


def looked_at(wire: Wire) -> tuple[str | None, bool]:
    """One look at a printer that nobody owns: what is wrong, if anything, and whether it answers."""
    said: list[str | None] = []
    owner = OwnedPrinter(wire)
    owner._on_fault = said.append
    owner._look()
    wire.close()
    return said[-1], owner._answers
