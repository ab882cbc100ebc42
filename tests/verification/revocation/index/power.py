"""Ends of the world: a disk that stops at its k-th system call, and what a power cut leaves of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from verification.revocation.index.disk import Disk


class PowerCut(BaseException):
    """Nothing happens after this."""


class MortalDisk(Disk):
    """Counts its system calls and calls `end` in the place of call number `last` (from 0).

    A write that is the last does half of its work before.
    """

    def __init__(self, last: int, end: Callable[[], None]) -> None:
        self.calls, self._last, self._end = 0, last, end
        self._fresh: dict[Path, int] = {}
        self._names: dict[int, Path] = {}
        self._undo: list[Callable[[], None]] = []

    def create(self, file: Path) -> int:
        self._next()
        descriptor = super().create(file)
        self._names[descriptor], self._fresh[file] = file, 0
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        if self.calls == self._last:
            super().write(descriptor, data[: len(data) // 2])
        self._next()
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self._next()
        super().sync(descriptor)
        self._fresh.pop(self._names[descriptor], None)

    def rename(self, source: Path, target: Path) -> None:
        self._next()
        before = target.read_bytes() if target.exists() else None
        super().rename(source, target)
        if source in self._fresh:
            self._fresh[target] = self._fresh.pop(source)
        self._undo.append(lambda: _put_back(target, before))

    def sync_folder(self, folder: Path) -> None:
        self._next()
        super().sync_folder(folder)
        self._undo.clear()

    def remove(self, file: Path) -> None:
        self._next()
        before = file.read_bytes() if file.exists() else None
        super().remove(file)
        self._undo.append(lambda: _put_back(file, before))

    def lose_what_was_not_flushed(self, but: int = 0) -> None:
        """What a disk may forget in a power cut: bytes without `sync`, names without `sync_folder`.

        Of the names the `but` newest are kept: a disk may write them in any order.
        """
        for file in self._fresh:
            if file.exists():
                os.truncate(file, 0)
        for undo in reversed(self._undo[: len(self._undo) - but]):
            undo()

    def _next(self) -> None:
        if self.calls == self._last:
            self._end()
        self.calls += 1


def cut() -> None:
    """The end as an exception."""
    raise PowerCut


def killed() -> None:
    """The end as SIGKILL of this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def _put_back(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(content)
