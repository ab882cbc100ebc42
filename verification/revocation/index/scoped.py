"""What an index knows of one scope: its table and the exact list above it, weighed together."""

from __future__ import annotations

from collections.abc import Sequence

from verification.revocation.index.keys import NEVER
from verification.revocation.index.overlay import Change, Overlay
from verification.revocation.index.records import ALWAYS
from verification.revocation.index.table import Table


class Scoped:
    """References to hashes, counted: one for each batch that lists a hash."""

    def __init__(self, table: Table | None, overlay: Overlay | None, first_week: int, this_week: int) -> None:
        """Classes of the table count from `first_week`; what ends in `this_week` or before is over."""
        self.table, self.overlay = table, overlay
        self._first_week, self._this_week = first_week, this_week

    def listed(self, key: int, until: list[int]) -> bool:
        """Whether the hash is withdrawn whenever it was issued.

        Adds to `until` the times before which it must have been issued to be withdrawn. Raises
        `IndexUnusable`.
        """
        own = self.overlay.at(key) if self.overlay is not None else ()
        classes = self.table.classes(key) if self.table is not None else b""
        if not (own or classes):
            return False
        for (week, before), count in self._counted(key, own, classes).items():
            if count > 0 and (week == NEVER or week > self._this_week):
                if before == ALWAYS:
                    return True
                until.append(before)
        return False

    def count(self, key: int, week: int, before: int) -> int:
        """References to this hash until this week. Less than 0: the changes do not fit the base."""
        own = self.overlay.at(key) if self.overlay is not None else ()
        classes = self.table.classes(key) if self.table is not None else b""
        return self._counted(key, own, classes).get((week, before), 0)

    def _counted(self, key: int, own: Sequence[Change], classes: bytes) -> dict[tuple[int, int], int]:
        """References by week and time. What the base stores for the prefix may be another hash's."""
        counts: dict[tuple[int, int], int] = {}
        if classes and not self._foreign(key, own):
            for one in classes:
                place = (one + self._first_week if one else NEVER, ALWAYS)
                counts[place] = counts.get(place, 0) + 1
        for change, _, week, before in own:
            counts[week, before] = counts.get((week, before), 0) + change
        return counts

    def _foreign(self, key: int, own: Sequence[Change]) -> bool:
        if any(foreign for _, foreign, _, _ in own):
            return True
        if self.overlay is None or self.table is None:
            return False
        return self.overlay.owned_by_another(key, self.table.loose)
