"""The authorisation ids that were used: one pulse each, ever."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 16384
"""Ids are unique by the lane's making; this many of the newest are remembered as a second belt."""


class Used:
    """A bounded memory of ids."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def take(self, authorisation: str) -> bool:
        """Marks the id as used. False when it was used before."""
        if authorisation in self._ids:
            return False
        self._ids[authorisation] = None
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return True
