"""The kiosk's side of the gate worker: starts it, keeps it, and never asks twice for one pulse."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import threading
from collections.abc import Callable, Sequence

from drivers.turnstile.port import (
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseRefused,
    Turnstile,
    Way,
)
from drivers.turnstile.used import Used
from drivers.turnstile.wire import Authorise, Beat, Noticed, Request, Stop, report_of, request_line

BEAT_S = 0.4
DEAF_S = 1.6
"""A worker that returns no sign of life for this long is killed: it can no longer be trusted with OFF."""
PAUSE_S = 0.2
"""Between the end of one worker and the start of the next."""
STOP_S = 0.5

UNUSABLE = 2
"""The worker's exit code for settings that no device can have; it said so before, and another would too."""

NO_WORKER = "The gate's process stopped; it is being started again."

_log = logging.getLogger(__name__)


class GateProcess(Turnstile):
    """A real gate, behind a child process. `argv` starts the worker, settings included.

    `alive` says whether the lane behind this gate still works; while it does not, the worker gets no sign of
    life and switches the gate off. Reports arrive on this object's own thread.
    """

    def __init__(
        self,
        argv: Sequence[str],
        alive: Callable[[], bool] = lambda: True,
        noticed: Callable[[Noticed], None] = lambda _: None,
    ) -> None:
        """`noticed` gets what a worker that was started with `--watched` tells beside its reports."""
        self._argv = list(argv)
        self._alive = alive
        self._noticed = noticed
        self._report: Callable[[GateReport], None] = lambda _: None
        self._worker: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._used = Used()
        self._flying: dict[str, None] = {}
        """Ids that the worker was given and that have not ended."""
        self._passed = ""
        """The last id that ended in PASSED: somebody may still be reported right behind."""
        self._beats_owed = 0
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, report: Callable[[GateReport], None]) -> None:
        self._report = report
        for work, name in ((self._keep_running, "gate-reports"), (self._keep_beating, "gate-beat")):
            thread = threading.Thread(target=work, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        with self._lock:
            why = ""
            if not self._used.take(authorisation):
                why = "This authorisation was used before."
            elif self._worker is None or self._stopped.is_set():
                why = NO_WORKER
            else:
                # Noted before the bytes leave: if anything breaks from here on, the end is unknown.
                self._flying[authorisation] = None
                self._write(Authorise(authorisation, way))
        if why:
            self._report(PulseRefused(authorisation, why))

    def stop(self) -> None:
        with self._lock:
            if self._stopped.is_set():
                return
            self._stopped.set()
            worker = self._worker
            if worker is not None:
                self._write(Stop())
                _close_quietly(worker)
        if worker is not None:
            try:
                worker.wait(STOP_S)
            except subprocess.TimeoutExpired:
                worker.kill()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(0.2)

    def crash(self) -> None:
        """Ends the worker as a crash would: it has no time for OFF. For commissioning and tests."""
        with self._lock:
            if self._worker is not None:
                self._worker.kill()

    def _write(self, request: Request) -> None:
        worker = self._worker
        if worker is None or worker.stdin is None:
            return
        try:
            worker.stdin.write(request_line(request))
            worker.stdin.flush()
        except (OSError, ValueError):
            return  # the reader thread sees the end of the worker and accounts for what was in hand

    def _keep_running(self) -> None:
        while not self._stopped.is_set():
            if self._alive():
                self._run_one()
            self._stopped.wait(PAUSE_S)

    def _run_one(self) -> None:
        """One life of the worker, from its start until its pipe ends."""
        try:
            worker = subprocess.Popen(
                self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        except OSError as error:
            self._tell(
                LinkChanged(LinkState.DOWN, f"The gate's process cannot be started: {error.strerror}.")
            )
            return
        with self._lock:
            self._worker = worker
            self._beats_owed = 0
            stopped = self._stopped.is_set()
        if stopped:
            _close_quietly(worker)
        assert worker.stdout is not None
        for line in worker.stdout:
            self._hear(line)
        with self._lock:
            self._worker = None
            lost, self._flying = list(self._flying), {}
            _close_quietly(worker)
        worker.stdout.close()
        worker.kill()
        hopeless = worker.wait() == UNUSABLE
        if hopeless:
            self._stopped.set()
        elif not self._stopped.is_set():
            self._tell(LinkChanged(LinkState.DOWN, NO_WORKER))
        for authorisation in lost:
            self._report(PassageReported(authorisation, Passage.UNKNOWN))

    def _hear(self, line: bytes) -> None:
        report = report_of(line)
        if report is None:
            _log.warning("the gate worker wrote a line that is no report")
        elif isinstance(report, Beat):
            with self._lock:
                self._beats_owed = 0
        elif isinstance(report, Noticed):
            self._noticed(report)
        else:
            if isinstance(report, (PulseRefused, PassageReported)):
                with self._lock:
                    known = report.authorisation in self._flying
                    self._flying.pop(report.authorisation, None)
                if not known:
                    return
            if isinstance(report, PassageReported):
                self._passed = report.authorisation if report.passage is Passage.PASSED else ""
            elif isinstance(report, PassageCorrected):
                known, self._passed = self._passed == report.authorisation, ""
                if not known:
                    return
            self._tell(report)

    def _tell(self, report: GateReport) -> None:
        if isinstance(report, LinkChanged):
            _log.info("gate link %s %s", report.state, report.advice)
        self._report(report)

    def _keep_beating(self) -> None:
        while not self._stopped.wait(BEAT_S):
            if not self._alive():
                continue
            with self._lock:
                worker = self._worker
                if worker is None:
                    continue
                if self._beats_owed * BEAT_S >= DEAF_S:
                    _log.warning("the gate worker is deaf and is ended")
                    worker.kill()
                    continue
                self._beats_owed += 1
                self._write(Beat())


def _close_quietly(worker: subprocess.Popen[bytes]) -> None:
    if worker.stdin is not None:
        with contextlib.suppress(OSError, ValueError):
            worker.stdin.close()
