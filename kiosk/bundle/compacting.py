"""Compacts large revocation indexes in a process beside the lane: one at a time, at the lowest priority.

The lane answers and news come in meanwhile. The process reads one line of JSON (`folder`, `keys` in PEM) and
makes the parts it can; the end of its pipe ends it.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

STOP_S = 0.5
Job = tuple[Path, str]


class CompactionProcess:
    """A `Compactor` that begins and comes back. What it could not make, or died over, is fetched.

    `finished` is called by one thread; `stop` may come from another.
    """

    def __init__(self, argv: Sequence[str]) -> None:
        """`argv` starts the program up to and including its subcommand, `[..., "index-worker"]`."""
        self.on_end: Callable[[], None] = _nobody_waits
        """Called in a thread of its own when a process has ended."""
        self._argv = list(argv)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._job: Job | None = None
        self._done: set[Job] = set()
        self._stopped = False

    def finished(self, folder: Path, base: str, keys: Sequence[PublicKeyTypes]) -> bool:
        """Whether its process has ended; starts one where none is at work. Returns at once."""
        job = (folder, base)
        with self._lock:
            if self._child is not None and self._child.poll() is not None:
                self._ended()
            if job in self._done:
                return True
            if self._child is not None and self._job is not None and self._job != job:
                if self._job[0] != folder:
                    return False  # another index first
                _end(self._child)  # a newer base has taken the place of the one it makes
                self._ended()
            if self._child is None and not self._stopped:
                self._start(job, keys)
            return self._child is None

    def stop(self) -> None:
        """Ends the process. The parts it made stay."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                _end(self._child)
                self._ended()

    def _start(self, job: Job, keys: Sequence[PublicKeyTypes]) -> None:
        pems = [key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode() for key in keys]
        order = json.dumps({"folder": str(job[0]), "keys": pems}).encode() + b"\n"
        try:
            child = subprocess.Popen(self._argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        except OSError:
            self._done.add(job)  # no process to be had: everything is fetched
            return
        self._child, self._job = child, job
        assert child.stdin is not None
        try:
            child.stdin.write(order)
            child.stdin.flush()
        except OSError:
            pass  # it died already; its end is seen at the next question
        threading.Thread(target=self._wait, args=[child], name="compaction", daemon=True).start()

    def _wait(self, child: subprocess.Popen[bytes]) -> None:
        child.wait()
        if not self._stopped:
            self.on_end()

    def _ended(self) -> None:
        if self._job is not None:
            self._done = {job for job in self._done if job[0] != self._job[0]} | {self._job}
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
        self._child = self._job = None


def _end(child: subprocess.Popen[bytes]) -> None:
    """The end of the pipe, and where that is not heard, the end."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(STOP_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _nobody_waits() -> None:
    """Until somebody asks to be told."""
