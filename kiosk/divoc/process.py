"""Owns the DIVOC worker: one question at a time, each with a time budget, beyond which it is killed."""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kiosk.divoc.messages import LONGEST_LINE, READY, MessageFault, answered, ask
from verification.formats.credential import Format, Unverifiable
from verification.formats.divoc import format_with

NAME = "DIVOC"
BUDGET_S = 0.3
"""From question to answer. A certificate takes a fiftieth of it; a lane must take a step each second."""
START_S = 0.3
"""How long a question waits for a worker that is still starting."""
HOPELESS_S = 20.0
"""No greeting for this long after the start: it will not come up."""
AT_A_DESK_S = 20.0
"""Both, where no gate depends on it."""


class DivocProcess:
    """The worker, started when it is first wanted and kept. Safe to use from several threads, in turn."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        budget_s: float = BUDGET_S,
        start_s: float = START_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`argv` starts the program up to and including its subcommand, `[..., "divoc-worker"]`."""
        self._argv, self._budget, self._start, self._clock = list(argv), budget_s, start_s, clock
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = self._stopped = False
        self._pending = b""
        self._launched_at = 0.0
        self.starts = 0
        """How often a worker was started."""

    @property
    def pid(self) -> int | None:
        """The worker's process id while there is one."""
        child = self._child
        return child.pid if child is not None else None

    def start(self) -> None:
        """Starts the worker and does not wait for it. Without it the first question does."""
        with self._lock:
            self._launch()

    def stop(self) -> None:
        """Ends the worker, for good. Safe more than once."""
        with self._lock:
            self._stopped = True
            self._end()

    def canonicalise(self, documents: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        """The statements of each document. Raises `Malformed` as the worker found it, else `Unverifiable`."""
        with self._lock:
            try:
                return self._ask(documents)
            except (MessageFault, OSError) as fault:
                self._end()
                self._launch()
                raise Unverifiable("divoc: the meaning was not found within the time there is") from fault

    def _ask(self, documents: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        child = self._child if self._child is not None and self._child.poll() is None else self._launch()
        if child is None or child.stdin is None:
            raise MessageFault("the DIVOC worker does not start")
        self._await_greeting(child)
        question = ask(documents)
        if os.write(child.stdin.fileno(), question) != len(question):
            raise MessageFault("the DIVOC worker does not listen")
        return answered(self._line(child, self._clock() + self._budget), len(documents))

    def _await_greeting(self, child: subprocess.Popen[bytes]) -> None:
        """A worker that is still starting is left alone: killed for that, it would never be there."""
        if self._ready:
            return
        now = self._clock()
        if not self._heard(child, now + self._start) and now - self._launched_at < HOPELESS_S:
            raise Unverifiable("divoc: the part that finds the meaning is still being started")
        if self._line(child, now) != READY:
            raise MessageFault("the DIVOC worker greets differently")
        self._ready = True

    def _line(self, child: subprocess.Popen[bytes], until: float) -> bytes:
        """The worker's next line. Raises `MessageFault` when it does not come in time."""
        assert child.stdout is not None
        out = child.stdout.fileno()
        while b"\n" not in self._pending:
            said = os.read(out, 65536) if self._heard(child, until) else b""
            self._pending += said
            if not said or len(self._pending) > LONGEST_LINE:
                raise MessageFault("the DIVOC worker is late, gone or endless")
        line, _, self._pending = self._pending.partition(b"\n")
        return line + b"\n"

    def _heard(self, child: subprocess.Popen[bytes], until: float) -> bool:
        """Whether the worker says something, or ends, until then."""
        assert child.stdout is not None
        return bool(select.select([child.stdout], [], [], max(0.0, until - self._clock()))[0])

    def _launch(self) -> subprocess.Popen[bytes] | None:
        self._end()
        if self._stopped:
            return None
        self.starts += 1
        self._launched_at = self._clock()
        try:
            child = subprocess.Popen(self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError:
            return None
        assert child.stdin is not None
        os.set_blocking(child.stdin.fileno(), False)
        self._child = child
        return child

    def _end(self) -> None:
        """The worker keeps nothing, so it is simply killed; a stopped process dies of this too."""
        child, self._child = self._child, None
        self._ready, self._pending = False, b""
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def divoc_process(
    allowed: frozenset[str], program: Sequence[str], *, at_a_desk: bool = False
) -> DivocProcess | None:
    """A worker of one's own where DIVOC is allowed: no process runs for nobody."""
    if NAME not in allowed:
        return None
    argv = [*program, "divoc-worker"]
    if at_a_desk:
        return DivocProcess(argv, budget_s=AT_A_DESK_S, start_s=AT_A_DESK_S)
    return DivocProcess(argv)


def divoc_formats(process: DivocProcess | None) -> dict[str, Format]:
    """DIVOC for a verifier that has a worker, else nothing."""
    return {} if process is None else {NAME: format_with(process.canonicalise)}
