"""Keys beside each other, in as many rows as they need: a long language pushes nothing else aside."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton


class KeyRows(QLayout):
    """The keys of a row share its width. Hidden ones take no place."""

    def __init__(self, *keys: QPushButton) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        for key in keys:
            self.addWidget(key)

    def addItem(self, item: QLayoutItem) -> None:
        """For Qt."""
        self._items.append(item)

    def count(self) -> int:
        """How many keys there are, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The key at that place; None behind the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """The same, and it is ours no more."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Fewer rows where it is wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """In pixels, of all rows."""
        rows = self._rows(width)
        highs = [max(item.sizeHint().height() for item in row) for row in rows]
        return sum(highs) + self._gap() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """All in one row."""
        hints = [item.sizeHint() for item in self._seen()]
        wide = sum(hint.width() for hint in hints) + self._gap() * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest key alone."""
        least = [item.minimumSize() for item in self._seen()]
        hints = [item.sizeHint().width() for item in self._seen()]
        return QSize(max(hints, default=0), max((one.height() for one in least), default=0))

    def setGeometry(self, place: QRect) -> None:
        """Puts the keys into their rows."""
        super().setGeometry(place)
        top, gap = place.top(), self._gap()
        for row in self._rows(place.width()):
            hints = [item.sizeHint().width() for item in row]
            room = place.width() - gap * (len(row) - 1)
            share = room // len(row)
            more = (room - sum(hints)) // len(row)
            widths = [share] * len(row) if max(hints) <= share else [hint + more for hint in hints]
            high = max(item.sizeHint().height() for item in row)
            left = place.left()
            for item, width in zip(row, widths, strict=True):
                item.setGeometry(QRect(left, top, width, high))
                left += width + gap
            top += high + gap

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        """As few rows as do, evenly filled."""
        seen = self._seen()
        for number in range(1, len(seen) + 1):
            most = -(-len(seen) // number)
            rows = [seen[at : at + most] for at in range(0, len(seen), most)]
            if number == len(seen) or all(self._wide(row) <= width for row in rows):
                return rows
        return []

    def _wide(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + self._gap() * (len(row) - 1)

    def _gap(self) -> int:
        return max(0, self.spacing())
