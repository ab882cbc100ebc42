"""What a page will need, made in small pieces while nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Beforehand(QObject):
    """One piece at each turn of the event loop, after whatever else there is to do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[object] = iter(())
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._one)

    @property
    def busy(self) -> bool:
        """Whether there is something left to make."""
        return self._turn.isActive()

    def begin(self, pieces: Iterator[object]) -> None:
        """Takes one after the other; what was left of others is not made."""
        self._pieces = pieces
        self._turn.start()

    def stop(self) -> None:
        """Makes nothing any more."""
        self._pieces = iter(())
        self._turn.stop()

    def _one(self) -> None:
        done = object()
        if next(self._pieces, done) is done:
            self.stop()
