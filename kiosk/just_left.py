"""Codes of the crossing before, which count again only once they were out of view for a moment."""

from __future__ import annotations

from collections.abc import Mapping


class JustLeft:
    """Times are monotonic seconds."""

    def __init__(self, rearm_s: float) -> None:
        self._rearm_s = rearm_s
        self._seen: dict[bytes, float] = {}
        """When each was last in view."""

    def still_shows(self, content: bytes, now: float) -> bool:
        """Whether this is a code of the traveller before, still held up; it is in view now."""
        seen = self._seen.get(content)
        if seen is None or now - seen > self._rearm_s:
            return False
        self._seen[content] = now
        return True

    def add(self, contents: Mapping[bytes, float]) -> None:
        """A crossing is over: its codes, and when each was last in view."""
        self._seen.update(contents)

    def forget(self, now: float) -> None:
        """Forgets those that are out of view long enough."""
        for content in [one for one, seen in self._seen.items() if now - seen > self._rearm_s]:
            del self._seen[content]
