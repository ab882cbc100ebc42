"""Qt's application object, made so that every machine draws the same. Nothing heavy is imported here."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from kiosk.theme.environment import prepare
from kiosk.widgets.told import reader_roles

SWITCH_S = 0.0005
"""How long a thread may keep Python while the window wants it: ten times shorter than usual. A paint asks for
Python a hundred times, and waited each time as long as a busy worker liked."""


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
    second to look through it all, looks only at what comes.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
