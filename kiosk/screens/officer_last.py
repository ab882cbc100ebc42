"""The last crossings with their reasons in words, as a list that stays quick however long it gets."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kiosk.presenters.officer_panel import Past
from kiosk.theme.palette import MIST, NIGHT, PANEL, ROLES, SKY, WHITE

_Index = QModelIndex | QPersistentModelIndex
PAST = Qt.ItemDataRole.UserRole
PADDING = 10


class LastModel(QAbstractListModel):
    """The crossings, newest first. The display text is the whole row, for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Past, ...] = ()

    def replace(self, rows: tuple[Past, ...]) -> None:
        """Shows other rows. Nothing happens while they are the same."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row as words, or as a `Past` for the delegate."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == PAST:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (row.time, row.verdict, row.why, row.then, row.reference)
            return ", ".join(part for part in said if part)
        return None


class LastDelegate(QStyledItemDelegate):
    """Two lines a row: when and what, then why. All are equally high, so that none has to be measured."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draws one row."""
        row = index.data(PAST)
        box: QRect = option.rect
        metrics = option.fontMetrics
        high = metrics.height()
        painter.save()
        painter.fillRect(box, QColor(PANEL if index.row() % 2 else NIGHT))
        tones = ROLES[row.role]
        painter.fillRect(QRect(box.x(), box.y() + 2, 8, box.height() - 4), QColor(tones.ground))
        left, wide = box.x() + 8 + PADDING, box.width() - 8 - 2 * PADDING
        first = QRect(left, box.y() + PADDING // 2, wide, high)
        second = first.translated(0, high + 2)
        head = "   ".join(part for part in (row.time, row.verdict, row.then, row.reference) if part)
        painter.setPen(QColor(WHITE))
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, _fit(metrics, head, wide))
        painter.setPen(QColor(MIST))
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, _fit(metrics, row.why, wide))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """As high as two lines."""
        return QSize(100, 2 * option.fontMetrics.height() + 2 + PADDING)


class LastCrossings(QListView):
    """The list. It takes the focus for scrolling with keys; nothing in it is touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LastModel()
        self.setModel(self.rows)
        self.setItemDelegate(LastDelegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(f"QListView:focus {{ border: 3px solid {SKY}; }}")


def _fit(metrics: object, words: str, wide: int) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)  # type: ignore[attr-defined,no-any-return]
