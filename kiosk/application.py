"""Qt's application object, made so that every machine draws the same. Nothing heavy is imported here."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.theme.environment import prepare
from kiosk.widgets.told import reader_roles

SWITCH_S = 0.0005
"""How long a thread may keep Python while the window wants it: ten times shorter than usual. A paint asks for
Python a hundred times, and waited each time as long as a busy worker liked."""

COLLECT_MS = 200


def qt_application(arguments: Sequence[str] = ()) -> QApplication:
    """The process's one QApplication."""
    prepare()
    sys.setswitchinterval(SWITCH_S)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([sys.argv[0], *arguments])
    application.setApplicationName("Checkpoint Kiosk")
    reader_roles()
    return application


@contextmanager
def settled() -> Iterator[None]:
    """What was made so far stays while this lasts: Python's collector, which stops everybody for a tenth of a
    second to look through it all, looks only at what comes. It does so in the thread that calls this, between
    two turns of its event loop: Python's own choice is any thread, and a window that is destroyed in another
    one takes the program with it.
    """
    looking = QTimer()
    looking.setInterval(COLLECT_MS)
    looking.timeout.connect(collect_due)
    gc.freeze()
    gc.disable()
    looking.start()
    try:
        yield
    finally:
        looking.stop()
        gc.enable()
        gc.unfreeze()


def collect_due() -> None:
    """The collection that Python would have made by itself, if one is due."""
    due = [
        n
        for n, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if made > most
    ]
    if due:
        gc.collect(due[-1])
