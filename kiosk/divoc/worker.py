"""The DIVOC worker's process: takes documents, says what they state; killed when it does not."""

from __future__ import annotations

import os
import resource
import signal
from typing import Final

from kiosk.divoc.messages import LONGEST_LINE, READY, MessageFault, answer, asked, refusal
from verification.encodings.malformed import Malformed
from verification.formats.divoc_graph import canonical

_HANG_S: Final = 20.0
"""An alarm no handler catches ends a worker that hangs, even when the owner is gone and cannot."""
_MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space; the libraries take a quarter of it before the first document."""


def serve(in_fd: int, out_fd: int) -> None:
    """Answers line by line until the owner closes its end of `in_fd` or of `out_fd`."""
    _say(out_fd, READY)
    with os.fdopen(in_fd, "rb", closefd=False) as lines:
        while line := lines.readline(LONGEST_LINE + 1):
            signal.setitimer(signal.ITIMER_REAL, _HANG_S)
            _say(out_fd, _answer(line))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(line: bytes) -> bytes:
    try:
        return answer([canonical(document) for document in asked(line)])
    except Malformed as malformed:
        return refusal(str(malformed))


def _say(out_fd: int, line: bytes) -> None:
    while line:
        line = line[os.write(out_fd, line) :]


def main() -> int:
    """Serves on standard input and output. Libraries that print are sent to standard error instead."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the kiosk, which ends its pipe
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out_fd = os.dup(1)
    os.dup2(2, 1)
    try:
        serve(0, out_fd)
    except BrokenPipeError:
        return 0
    except (MessageFault, MemoryError):
        return 2
    return 0
