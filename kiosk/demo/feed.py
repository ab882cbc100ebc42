"""The lane's views as something a director can wait for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.lane_view import LaneView


class ViewFeed:
    """Keeps the newest view and wakes whoever waits for a particular one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._view: LaneView | None = None
        self._closed = False

    def show(self, view: LaneView) -> None:
        """A new view. Called from the lane's thread."""
        with self._changed:
            self._view = view
            self._changed.notify_all()

    def close(self) -> None:
        """Nobody waits any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def is_closed(self) -> bool:
        """Whether the performance was broken off."""
        return self._closed

    def wait(self, wanted: Callable[[LaneView], bool], seconds: float) -> LaneView | None:
        """The first view that is wanted, or None when none came in time or the feed was closed."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or (self._view is not None and wanted(self._view)), seconds
            )
            view = self._view
        return view if view is not None and not self._closed and wanted(view) else None

    def pause(self, seconds: float) -> None:
        """Lets time pass, unless the feed is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)
