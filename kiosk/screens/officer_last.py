"""The crossings of the day with their reasons in words, as a list that stays quick however long it gets."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kiosk.desk.crossings_desk import Again, CrossingsDesk, Unreadable
from kiosk.desk.crossings_read import Begun, News, Older
from kiosk.desk.crossings_which import Which
from kiosk.presenters import crossed_texts as c
from kiosk.presenters.crossed import beginning
from kiosk.presenters.officer_panel import Past
from kiosk.presenters.officer_texts import say
from kiosk.screens.crossings_model import PAST, CrossingsModel, Index
from kiosk.theme.palette import MIST, NIGHT, PANEL, ROLES, SKY, WHITE

PADDING = 10
LOOK_MS = 2000
TOUCH = 20
"""Pixels a finger may slip while it touches a row."""
STOPS_MS = 150
"""A list that moved so lately runs."""
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class LastDelegate(QStyledItemDelegate):
    """Two lines a row: when and what, then why. All are equally high, so that none has to be measured."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row: Past = index.data(PAST)
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
        head = "   ".join(part for part in (row.time, row.verdict, row.then) if part)
        room = wide - metrics.horizontalAdvance(row.reference) - 2 * PADDING
        painter.setPen(QColor(WHITE))
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, _fit(metrics, head, room))
        painter.setPen(QColor(MIST))
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.reference)
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, _fit(metrics, row.why, wide))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(SKY), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as two lines."""
        return QSize(100, row_height(option.fontMetrics))


class LastCrossings(QTableView):
    """The list. Keys and a finger scroll it, a touch or Enter opens the crossing.

    A table of one column: it knows where a row is. A `QListView` asks the model about every row each time.
    Without a journal to read it shows what the lane itself knows, its last crossings.
    """

    opened = Signal(object)
    """Somebody wants to read this one: a `Crossed`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CrossingsModel(self)
        self._desk: CrossingsDesk | None = None
        self._lane: tuple[Past, ...] = ()
        self._reading = self._follows = self._unreadable = False
        self._value = 0
        self._since: datetime | None = None
        self._language = "en"
        self._pressed: tuple[QPoint, int] | None = None
        """Where a touch that may read a row began, and how far the list was scrolled then."""
        self._ran = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.setModel(self.rows)
        self.setItemDelegate(LastDelegate(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)  # or each row is read as unselected
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(f"QTableView:focus {{ border: 3px solid {SKY}; }}")
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._touched)
        self.rows.rowsAboutToBeInserted.connect(self._before_rows)
        self.rows.rowsInserted.connect(self._after_rows)
        self.verticalScrollBar().valueChanged.connect(self._near_the_end)

    def attach(self, desk: CrossingsDesk) -> None:
        """From now on it goes back as far as the journal is read."""
        self._desk = desk
        self.rows.older_wanted.connect(desk.older)
        self.rows.rows_wanted.connect(desk.again)
        desk.answered.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    def show_lane(self, rows: tuple[Past, ...], language: str, zone: ZoneInfo, now: datetime) -> None:
        """Somebody is signed in. `rows` is what the lane itself knows of its last crossings."""
        self._language = language
        local = now.astimezone(zone)
        self.rows.speak(language, zone, local.date())
        news, self._lane = rows != self._lane, rows
        if self._desk is None:
            self.rows.replace(rows)
        elif not self._follows:
            self._follows = self._reading = True
            self._since = beginning(local)
            self._desk.begin(self._since, self.rows.which)
            self._timer.start()
        elif news:
            self._desk.look()

    def forget(self) -> None:
        """Nobody is signed in: nothing stands here."""
        self._follows = self._unreadable = False
        self._lane = ()
        self.rows.which = Which.ALL
        self._timer.stop()
        self.rows.replace(())

    def choose(self, which: Which) -> None:
        """From now on these alone. They are read on the desk's thread, whatever was asked for before."""
        if which is self.rows.which or self._desk is None:
            return
        self.rows.replace(())
        self.rows.which = which
        if self._follows:
            self._reading = True
            self._begin_anew()
        self.setAccessibleDescription(self.empty())
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger on a list that runs stops it, and reads nothing."""
        ran = self._ran.isValid() and self._ran.elapsed() < STOPS_MS
        self._pressed = None if ran else (event.position().toPoint(), self.verticalScrollBar().value())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The row goes along with the finger that pushes the list: that is no touch on it."""
        if self._pressed is not None:
            moved = (event.position().toPoint() - self._pressed[0]).manhattanLength()
            if moved > TOUCH or self.verticalScrollBar().value() != self._pressed[1]:
                self._pressed = None
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A screen reader is told of the list, then of the row: Qt tells of the row first, unheard."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self._tell_row)

    def _tell_row(self) -> None:
        at = self.currentIndex()
        if QAccessible.isActive() and self.hasFocus() and at.isValid():
            self.setCurrentIndex(at)  # where one is, one has chosen: it is not read as unselected
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild((at.row() + 1) * 2 + 1)  # a header above, and one at the left of each row
            QAccessible.updateAccessibility(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, or opens the row. Other keys are the panel's: nobody searches a list by typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() in _ENDS and self.rows.rowCount():
            last = self.rows.rowCount() - 1 if event.key() == Qt.Key.Key_End else 0
            self.setCurrentIndex(self.rows.index(last))
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Rows are as high as the letters ask."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rows, or why there are none."""
        super().paintEvent(event)
        if not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(MIST))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(20, 20, -20, -20), flags, self.empty())

    def empty(self) -> str:
        """What stands there when there is nothing to list."""
        if self._reading or self._unreadable:
            return say(c.READING if self._reading else c.UNREADABLE, self._language)
        return say(c.NONE if self.rows.which is Which.ALL else c.NONE_SUCH, self._language)

    # --- what the journal says ---

    def _look(self) -> None:
        if self._desk is not None:
            self._desk.look()

    def _heard(self, turn: int, answer: object) -> None:
        if self._desk is None or not self._follows or turn != self._desk.turn:
            return
        match answer:
            case Begun(rows, more):
                self._reading = self._unreadable = False
                self.rows.begin(rows, more)
            case Older(rows, more):
                self.rows.add_older(rows, more)
            case News(rows, names, joined):
                self.rows.add_new(rows)
                self.rows.add_between(joined)
                self.rows.changed(names)
            case Again(rows):
                self.rows.take(rows)
            case Unreadable():
                self._reading, self._unreadable = False, True
                self.rows.replace(self._lane if self.rows.which is Which.ALL else ())
                QTimer.singleShot(LOOK_MS, self, self._begin_anew)
        self.setAccessibleDescription("" if self.rows.rowCount() else self.empty())

    def _before_rows(self) -> None:
        self._value = self.verticalScrollBar().value()

    def _after_rows(self, _parent: QModelIndex, start: int, end: int) -> None:
        """What is read stays where it is when others come above it."""
        high = self.verticalHeader().defaultSectionSize()
        if self._value > 0 and start * high <= self._value:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(self._value + (end + 1 - start) * high)

    def _begin_anew(self) -> None:
        if self._desk is not None and self._follows and self._since is not None:
            self._desk.begin(self._since, self.rows.which)

    def _near_the_end(self, value: int) -> None:
        """The next chunk is asked for before the end is seen."""
        self._ran.start()
        bar = self.verticalScrollBar()
        if value > bar.maximum() - 2 * bar.pageStep() and self.rows.canFetchMore(QModelIndex()):
            self.rows.fetchMore(QModelIndex())

    def _touched(self, index: QModelIndex) -> None:
        if self._pressed is not None:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        crossed = self.rows.crossed(index)
        if crossed is not None:
            self.opened.emit(crossed)


def row_height(metrics: QFontMetrics) -> int:
    """Pixels of a row of two lines."""
    return 2 * metrics.height() + 2 + PADDING


def _fit(metrics: object, words: str, wide: int) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)  # type: ignore[attr-defined,no-any-return]
