"""What a panel costs when it is shown for the first time, paid before anybody wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


def made_ready(panel: QWidget, size: Callable[[], QSize], dress: Callable[[], None]) -> Iterator[None]:
    """In two pieces: style, then layout and a first drawing, of a hidden panel in its coming size."""
    panel.resize(size())
    dress()
    yield
    if not panel.isVisible():
        panel.grab()
    yield
