"""The rows behind a list of crossings: numbers for all that were reached, contents for those near the eye."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kiosk.desk.crossed import Crossed
from kiosk.desk.crossings_read import CHUNK
from kiosk.desk.crossings_which import Which, belongs
from kiosk.desk.shift import HONG_KONG
from kiosk.presenters.crossed import row
from kiosk.presenters.officer_panel import Past
from kiosk.theme.palette import Role

Index = QModelIndex | QPersistentModelIndex
PAST = Qt.ItemDataRole.UserRole
KEPT = 10 * CHUNK
"""Crossings whose contents are kept. Others are read again when somebody scrolls back to them."""
_NOT_READ = Past("…", "", Role.CLOSED, "", "")


class CrossingsModel(QAbstractListModel):
    """Newest first. The display text is the whole row, for a screen reader.

    It reads nothing: it says what it wants, and is told. Without a journal it takes rows as they are.
    """

    older_wanted = Signal(int)
    """Somebody scrolls to the end: crossings below this number."""
    rows_wanted = Signal(int, int)
    """Somebody looks at rows whose contents were let go: first and last number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plain: list[Past] = []
        self._numbers: list[int] = []
        self._kept: OrderedDict[int, Crossed] = OrderedDict()
        self._words: dict[int, Past] = {}
        self._asked: set[int] = set()
        self._more = self._fetching = False
        self.which = Which.ALL
        """Which crossings stand here: one that is no longer of them is taken out."""
        self._language, self._zone, self._today = "en", HONG_KONG, date.min

    def speak(self, language: str, zone: ZoneInfo, today: date) -> None:
        """In which words rows are told, and which times need no date."""
        if (language, zone, today) != (self._language, self._zone, self._today):
            self._language, self._zone, self._today = language, zone, today
            self._words.clear()
            if self._numbers:
                self.dataChanged.emit(self.index(0), self.index(len(self._numbers) - 1))

    # --- what it is told ---

    def replace(self, rows: Iterable[Past]) -> None:
        """Rows as they are, and no others. Nothing happens while they are the same."""
        new = list(rows)
        if self._numbers or new != self._plain:
            self._anew(plain=new)

    def begin(self, rows: Sequence[Crossed], more: bool) -> None:
        """The newest chunk, in place of everything."""
        self._anew(more=more, rows=rows)

    def add_older(self, rows: Sequence[Crossed], more: bool) -> None:
        """The next chunk, below all others."""
        self._more, self._fetching = more, False
        new = [one for one in rows if not self._numbers or one.sequence < self._numbers[-1]]
        self._insert(len(self._numbers), new)

    def add_new(self, rows: Sequence[Crossed]) -> None:
        """Crossings since, above all others."""
        self._insert(0, [one for one in rows if not self._numbers or one.sequence > self._numbers[0]])

    def add_between(self, rows: Iterable[Crossed]) -> None:
        """Older crossings that belong here from now on, each where it belongs."""
        for one in rows:
            if self._place(one.sequence) is None:
                self._insert(bisect_left(self._numbers, -one.sequence, key=lambda number: -number), [one])

    def take(self, rows: Iterable[Crossed]) -> None:
        """Crossings as they are now, that stand here already."""
        for one in rows:
            self._asked.discard(one.sequence)
            at = self._place(one.sequence)
            if at is not None and not belongs(self.which, one):
                self._remove(at)
            elif at is not None and self._kept.get(one.sequence) != one:
                self._keep(one)
                self.dataChanged.emit(self.index(at), self.index(at))

    def changed(self, names: frozenset[str]) -> None:
        """There is more to tell of these crossings: asks for those whose contents are kept."""
        for number in [number for number, one in self._kept.items() if one.crossing in names]:
            self.rows_wanted.emit(number, number)

    def crossed(self, index: Index) -> Crossed | None:
        """The crossing of a row; None where it is not read just now."""
        if not index.isValid() or not self._numbers:
            return None
        return self._kept.get(self._numbers[index.row()])

    # --- what a view asks ---

    def rowCount(self, parent: Index | None = None) -> int:
        """How many were reached so far."""
        return 0 if parent is not None and parent.isValid() else len(self._numbers) or len(self._plain)

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether the journal has older ones, and they are not on their way."""
        return self._more and not self._fetching

    def fetchMore(self, _parent: Index) -> None:
        """Asks for them; they come when they are read."""
        if self._more and not self._fetching:
            self._fetching = True
            self.older_wanted.emit(self._numbers[-1])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row as words, or as a `Past` for the delegate."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == PAST:
            return self._past(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            past = self._past(index.row())
            said = (past.time, past.verdict, past.why, past.then, past.reference)
            return ", ".join(part for part in said if part)
        return None

    def headerData(
        self,
        _section: int,
        _orientation: Qt.Orientation,
        _role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """None: a screen reader says the row, and no number before it."""
        return None

    def _past(self, at: int) -> Past:
        if not self._numbers:
            return self._plain[at]
        number = self._numbers[at]
        crossed = self._kept.get(number)
        if crossed is None:
            self._ask_around(at)
            return _NOT_READ
        self._kept.move_to_end(number)
        if number not in self._words:
            self._words[number] = row(crossed, self._language, self._zone, self._today)
        return self._words[number]

    def _ask_around(self, at: int) -> None:
        """One question for the rows about this one, once."""
        around = self._numbers[max(0, at - CHUNK // 2) : at + CHUNK // 2]
        if self._numbers[at] not in self._asked:
            self._asked.update(around)
            self.rows_wanted.emit(around[-1], around[0])

    def _anew(self, *, plain: Iterable[Past] = (), more: bool = False, rows: Sequence[Crossed] = ()) -> None:
        self.beginResetModel()
        self._plain, self._numbers = list(plain), [one.sequence for one in rows]
        for kept in (self._kept, self._words, self._asked):
            kept.clear()
        for one in rows:
            self._keep(one)
        self._more, self._fetching = more, False
        self.endResetModel()

    def _insert(self, at: int, rows: Sequence[Crossed]) -> None:
        if not rows:
            return
        if not self._numbers:
            self._anew(more=self._more, rows=rows)
            return
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self._numbers[at:at] = [one.sequence for one in rows]
        for one in rows:
            self._keep(one)
        self.endInsertRows()

    def _remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        number = self._numbers.pop(at)
        self._kept.pop(number, None)
        self._words.pop(number, None)
        self.endRemoveRows()

    def _keep(self, one: Crossed) -> None:
        self._kept[one.sequence] = one
        self._kept.move_to_end(one.sequence)
        self._words.pop(one.sequence, None)
        while len(self._kept) > KEPT:
            number, _ = self._kept.popitem(last=False)
            self._words.pop(number, None)

    def _place(self, number: int) -> int | None:
        at = bisect_left(self._numbers, -number, key=lambda one: -one)
        return at if at < len(self._numbers) and self._numbers[at] == number else None
