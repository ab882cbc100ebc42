"""The gate on its place: the same process that a lane has, watched, and whatever it tells kept."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType

from drivers.turnstile.client import GateProcess
from drivers.turnstile.commissioning.bench import Bench, Entry, Level
from drivers.turnstile.commissioning.control_line import ControlLine
from drivers.turnstile.port import GateReport, LinkChanged, LinkState, Way
from drivers.turnstile.wire import Noticed

_LOOK_EVERY_S = 0.05


class RealBench(Bench):
    """`argv` starts the watched worker; `line` is a loop-back that the worker cannot see."""

    def __init__(self, argv: Sequence[str], line: ControlLine | None = None, way: Way = Way.FORWARD) -> None:
        self._argv, self._line, self._way = argv, line, way
        self._entries: list[Entry] = []
        self._changed = threading.Condition()
        self._gate: GateProcess | None = None
        self._run = secrets.token_hex(4)
        self._count = itertools.count(1)

    def __enter__(self) -> RealBench:
        """Raises `ControlLineUnusable`."""
        if self._line is not None:
            self._line.start(lambda at, closed: self._keep(Entry(at, Level(closed))))
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self.stop()
        if self._line is not None:
            self._line.stop()

    def start(self) -> None:
        self._gate = GateProcess(self._argv, noticed=self._noticed)
        self._gate.start(self._told)

    def stop(self) -> None:
        gate, self._gate = self._gate, None
        if gate is not None:
            gate.stop()
            self._told(LinkChanged(LinkState.DOWN))

    def crash(self) -> None:
        if self._gate is not None:
            self._gate.crash()

    def authorise(self) -> str:
        name = f"commissioning-{self._run}-{next(self._count)}"
        if self._gate is not None:
            self._gate.authorise(name, self._way)
        return name

    def now(self) -> float:
        return time.monotonic()

    def mark(self) -> int:
        with self._changed:
            return len(self._entries)

    def since(self, mark: int) -> Sequence[Entry]:
        with self._changed:
            return self._entries[mark:]

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        end = self.now() + seconds
        while not until():
            left = end - self.now()
            if left <= 0:
                return False
            with self._changed:
                self._changed.wait(min(left, _LOOK_EVERY_S))
        return True

    def _told(self, report: GateReport) -> None:
        self._keep(Entry(self.now(), report))

    def _noticed(self, noticed: Noticed) -> None:
        self._keep(Entry(noticed.at, noticed))

    def _keep(self, entry: Entry) -> None:
        with self._changed:
            self._entries.append(entry)
            self._changed.notify_all()
