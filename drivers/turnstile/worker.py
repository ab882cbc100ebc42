"""The gate's own process: it outlives the kiosk by a fraction of a second, just long enough to send OFF.

It imports nothing heavy, so that it starts at once and a crash elsewhere cannot reach it. JSON lines in on
stdin, reports out on stdout (see `wire`). The end of the pipe, 1.5 s without a sign of life, and SIGTERM all
mean OFF.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import BinaryIO

from drivers.turnstile.commanding import Effect, Send
from drivers.turnstile.gate import Gate
from drivers.turnstile.link import Link, LinkDown, SerialLink
from drivers.turnstile.link_tcp import TcpLink
from drivers.turnstile.port import LinkChanged, LinkState, PulseAccepted
from drivers.turnstile.protocols.catalogue import configured
from drivers.turnstile.protocols.codec import Off, Protocol, Release
from drivers.turnstile.protocols.eth008 import PORT
from drivers.turnstile.setup import Setup
from drivers.turnstile.watchdog import Watchdog
from drivers.turnstile.watched import WatchedGate
from drivers.turnstile.wire import Authorise, Beat, Noticed, Stop, report_line, request_of
from drivers.turnstile.wiring import UnsuitableSetting

_LONGEST_LINE = 4096
_DRAIN_S = 0.05
ORPHANED = 3
"""The exit code when the kiosk fell silent although its end of the pipe is there."""


class Worker:
    """One device, one thread: waits for the kiosk, the device and the next time-out, whichever is first."""

    def __init__(
        self, dialect: Protocol, setup: Setup, link: Link, stdin: int, stdout: int, *, watched: bool = False
    ) -> None:
        self._gate = WatchedGate(dialect, setup, self._note) if watched else Gate(dialect, setup)
        self._link = link
        self._stdin = stdin
        self._stdout = stdout
        self._off = dialect.encode(Off())
        self._idle_off, self._answer_s = idle_off(dialect, setup), dialect.answer_s
        self._gap_s = dialect.min_gap_s
        self._line = bytearray()
        self._stopping = False
        self._opened = False
        self._bell, self._rope = os.pipe()
        os.set_blocking(self._rope, False)
        self._watchdog = Watchdog(self._force_off, self.wake, time.monotonic, setup.longest_on_s(dialect))

    def stop(self) -> None:
        """Ends `run` soon. Safe in a signal handler."""
        self._stopping = True
        self.wake()

    def wake(self) -> None:
        """Makes `run` look round. Safe from any thread and in a signal handler."""
        try:
            os.write(self._rope, b"!")
        except OSError:
            return

    def run(self) -> bool:
        """Returns when told to stop or when the pipe ends (True), or when the kiosk falls silent (False)."""
        self._watchdog.start()
        try:
            while not (self._stopping or self._watchdog.orphaned):
                self._open_if_due()
                self._wait()
                self._perform(self._gate.tick(time.monotonic()))
        finally:
            self._close()
            self._watchdog.end()
        return not self._watchdog.orphaned

    def _open_if_due(self) -> None:
        now = time.monotonic()
        if self._opened or now < self._gate.supervisor.opens_at:
            return
        try:
            self._link.open()
        except LinkDown as error:
            self._perform(self._gate.link_lost(str(error), time.monotonic()))
            return
        self._opened = True
        try:
            self._quieten_idle()
        except LinkDown as error:
            self._lose(str(error))
            return
        self._perform(self._gate.link_opened(time.monotonic()))

    def _quieten_idle(self) -> None:
        """The relay of the other direction goes off as well, whoever left it on. Its answers say nothing."""
        for _ in range(2 if self._idle_off else 0):
            self._link.write(self._idle_off)
            until = time.monotonic() + self._gap_s + self._answer_s
            while (left := until - time.monotonic()) > 0:
                if select.select([self._link.fileno()], [], [], left)[0]:
                    self._link.read()

    def _wait(self) -> None:
        now = time.monotonic()
        due = self._gate.due()
        if not self._opened:
            opens_at = self._gate.supervisor.opens_at
            due = opens_at if due is None else min(due, opens_at)
        waiting = [self._stdin, self._bell, *([self._link.fileno()] if self._opened else [])]
        ready, _, _ = select.select(waiting, [], [], None if due is None else max(0.0, due - now))
        if self._bell in ready:
            os.read(self._bell, 64)
        if self._stdin in ready:
            self._read_requests()
        if len(waiting) > 2 and waiting[2] in ready and self._opened:
            self._read_device()

    def _read_device(self) -> None:
        try:
            data = self._link.read()
        except LinkDown as error:
            self._lose(str(error))
            return
        self._perform(self._gate.feed(data, time.monotonic()))

    def _read_requests(self) -> None:
        data = os.read(self._stdin, 65536)
        if not data:
            self._stopping = True
            return
        self._line += data
        *lines, rest = bytes(self._line).split(b"\n")
        self._line = bytearray(rest[-_LONGEST_LINE:])
        for line in lines:
            match request_of(line):
                case Beat():
                    self._watchdog.beaten()
                    self._tell(report_line(Beat()))
                case Authorise(authorisation, way):
                    self._perform(self._gate.authorise(authorisation, way, time.monotonic()))
                case Stop():
                    self._stopping = True
                    return

    def _perform(self, effects: list[Effect]) -> None:
        broken = ""
        for effect in effects:
            if isinstance(effect, Send):
                broken = broken or self._send(effect)
            elif not (broken and isinstance(effect, PulseAccepted)):
                self._tell(report_line(effect))
        if broken:
            self._lose(broken)

    def _send(self, effect: Send) -> str:
        """Empty, or why the bytes did not leave."""
        if not effect.data:
            return ""
        if isinstance(effect.command, Release):
            self._watchdog.released()
        try:
            self._link.write(effect.data)
        except LinkDown as error:
            return str(error)
        if isinstance(effect.command, Off):
            self._watchdog.off()
        return ""

    def _lose(self, why: str) -> None:
        self._opened = False
        self._link.close()
        self._watchdog.off()
        self._perform(self._gate.link_lost(why, time.monotonic()))

    def _note(self, noticed: Noticed) -> None:
        self._tell(report_line(noticed))

    def _tell(self, line: bytes) -> None:
        try:
            os.write(self._stdout, line)
        except OSError:
            self._stopping = True

    def _close(self) -> None:
        """OFF twice, as far apart as the slowest firmware needs, then lets the device go."""
        self._perform(self._gate.close(time.monotonic()))
        if not self._opened:
            return
        select.select([], [], [], self._gap_s + 0.01)
        self._force_off()
        self._link.close(drain_s=_DRAIN_S)
        self._opened = False

    def _force_off(self) -> None:
        if not self._gate.silenced:
            self._link.force(self._off)


def idle_off(dialect: Protocol, setup: Setup) -> bytes:
    """OFF for the relay of the direction that is not in use; empty: there is none."""
    if not setup.idle_channel:
        return b""
    return type(dialect)(setup.idle_channel, setup.wiring).encode(Off())


def link_to(dialect: Protocol, setup: Setup) -> Link:
    """The wire that this device hangs on."""
    if dialect.over_network:
        return TcpLink(setup.host, setup.port or PORT)
    return SerialLink(setup.path, setup.baud or dialect.baud)


def main(settings_json: str, stdin: BinaryIO, stdout: BinaryIO, *, watched: bool = False) -> int:
    """Runs the worker on these pipes until its end; `watched`: it also tells what it notes (`wire.Noticed`).

    Returns 0, 2 for settings that no device can have, or 3 when the kiosk fell silent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        setup, dialect = configured(settings_json)
    except UnsuitableSetting as error:
        stdout.write(report_line(LinkChanged(LinkState.DOWN, str(error))))
        stdout.flush()
        return 2
    link = link_to(dialect, setup)
    worker = Worker(dialect, setup, link, stdin.fileno(), stdout.fileno(), watched=watched)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    return 0 if worker.run() else ORPHANED
