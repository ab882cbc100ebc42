"""What is said of a mistake in the program: where and of which kind, never about what: that may be a name."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType

CRASHED = 3
"""Exit code after a mistake in the program itself: the service manager starts it anew, the gate is OFF."""
_LONGEST_CHAIN = 8


def crash_report(error: BaseException) -> str:
    """The traceback of `error` and of what led to it, without a single message (DESIGN §4 rule 6).

    A message often quotes the value that could not be handled, and at a lane that value is out of a code.
    """
    parts = []
    for link in _chain(error):
        frames = "".join(traceback.format_list(traceback.extract_tb(link.__traceback__)))
        kind = type(link)
        parts.append(f"{frames}{kind.__module__}.{kind.__qualname__} (message left out)\n")
    return "Mistake in the program, innermost cause first:\n" + "which led to:\n".join(parts)


def thread_crashed(args: threading.ExceptHookArgs) -> None:
    """For `threading.excepthook`."""
    if args.exc_value is not None:
        _say(args.exc_value)


def program_crashed(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """For `sys.excepthook`: also what a Qt slot lets out."""
    _say(error)


def _say(error: BaseException) -> None:
    sys.stderr.write(crash_report(error))
    sys.stderr.flush()


def _chain(error: BaseException) -> Iterator[BaseException]:
    links: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in links and len(links) < _LONGEST_CHAIN:
        links.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return reversed(links)
