"""Signing in: service number and PIN, by touch on the pad or by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QHideEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.desk import OfficerDesk
from kiosk.desk.pin import LENGTH
from kiosk.desk.sign_in import Denied, Why
from kiosk.desk.station import StationDesk
from kiosk.presenters import deciding_texts as d
from kiosk.presenters import note_texts as n
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.screens.officer_style import set_rank
from kiosk.widgets.pin_field import PinField
from kiosk.widgets.told import Told, keep_place
from kiosk.widgets.touch_keyboard import NumberLetters, touch_key

FORGET_S = 30.0
"""Digits left in the fields are forgotten after this, lest the next person finds them."""
_PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


class SignIn(QWidget):
    """The form. It says what happened in one sentence and never which of number and PIN was wrong."""

    touched = Signal()

    def __init__(self, desk: OfficerDesk | StationDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, desk.session
        self._language = "en"
        self._denied: Denied | None = None
        self._was_busy = False
        self._denied_at = self._typed_at = 0.0
        self._title, self._number_label, self._pin_label = QLabel(), QLabel(), QLabel()
        self._title.setProperty("rank", "title")
        self.number, self.pin = QLineEdit(), PinField(LENGTH)
        self.number.setMaxLength(10)
        self.number.setValidator(_only("[A-Za-z]{0,3}-?[0-9]{0,6}", self))
        for field, label in ((self.number, self._number_label), (self.pin, self._pin_label)):
            field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
            field.textEdited.connect(self._typed)
            label.setBuddy(field)
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.submit)
        self.message = Told()
        self.message.setWordWrap(True)
        keep_place(self.message)
        self.go, self.erase = QPushButton(), QPushButton()
        self.go.setProperty("role", "admit")
        self.go.clicked.connect(self.submit)
        self.letters, self.abc = NumberLetters(), touch_key("ABC")
        self.letters.typed.connect(self._press_letter)
        self.abc.clicked.connect(self._letters_or_digits)
        self._lay_out()
        self._show_letters(False)
        self._session.denied.connect(self._was_denied)
        self._session.card_read.connect(self._card_read)
        self._card_of = ""
        self._session.changed.connect(self.refresh)
        desk.changed.connect(self.refresh)
        self.setFocusProxy(self.number)

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._language = language
        for label, words in (
            (self._title, t.SIGN_IN),
            (self._number_label, t.NUMBER),
            (self._pin_label, t.PIN),
        ):
            label.setText(say(words, language))
        self.number.setAccessibleName(say(t.NUMBER, language))
        self.pin.setAccessibleName(say(t.PIN, language))
        self.go.setText(say(t.SIGN_IN, language))
        self.erase.setText(say(t.ERASE, language))
        self.abc.setAccessibleName(say(n.LETTERS, language))
        self.refresh()

    def submit(self) -> None:
        """Hands number and PIN to the session and forgets the PIN at once."""
        if not self.number.text():
            self.number.setFocus()
            return
        if len(self.pin.text()) != LENGTH:
            self.pin.setFocus()
            return
        pin = self.pin.text()
        self.pin.clear()
        self._denied = None
        self._session.try_pin(self.number.text(), pin)

    def refresh(self) -> None:
        """Brings the sentence and the fields up to date."""
        now = self._desk.clock().mono
        if (self.number.text() or self.pin.text()) and now - self._typed_at > FORGET_S:
            self._forget()
        if self._session.officer is not None:
            self._denied = None
            self._forget()
        busy = self._session.checking
        usable = self._session.has_roster and not busy
        around = self.parentWidget()
        if busy and around is not None and (self.number.hasFocus() or self.pin.hasFocus()):
            around.setFocus()  # or the next key that can be pressed takes it, and is read
        for widget in (self.number, self.pin, self.go, *self.keys, self.erase, self.letters, self.abc):
            widget.setEnabled(usable)
        if usable and self._was_busy:
            self.pin.setFocus()
        self._was_busy = busy
        words = self._words(now)
        set_rank(self.message, "warning" if words and not busy and not self._read_a_card else "")
        if words:
            self.message.tell(words, self._denied)
        else:
            QLabel.setText(self.message, "")  # its name stays: a reader may only now come to it
        self.message.setVisible(bool(words))

    @property
    def _read_a_card(self) -> bool:
        """Whether a card stands in the place of the number, and nothing went wrong since."""
        return bool(self._denied is None and self._card_of and self._card_of == self.number.text())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing stays in a form that nobody sees."""
        self._forget()
        super().hideEvent(event)

    def _words(self, now: float) -> str:
        language = self._language
        if not self._session.has_roster:
            return say(t.NO_ROSTER, language)
        if self._session.checking:
            return say(t.CHECKING, language)
        if self._denied is not None:
            match self._denied.why:
                case Why.WAIT:
                    left = self._denied.wait_s - (now - self._denied_at)
                    return say(t.WAIT, language, seconds=int(left) + 1) if left > 0 else ""
                case Why.LOCKED:
                    return say(t.LOCKED, language)
                case Why.ENDED:
                    return say(t.ENDED, language)
                case Why.WRONG if self._denied.left:
                    return say(t.WRONG_LEFT, language, left=self._denied.left)
                case Why.WRONG:
                    return say(t.WRONG, language)
        if self._read_a_card:
            return say(d.CARD_READ, language, officer=self._card_of)
        if self._session.card_trouble:
            return say(d.CARD_TROUBLE, language)
        trouble = self._session.trouble
        return "" if trouble is None else say(t.TROUBLES[trouble], language)

    def _lay_out(self) -> None:
        self.keys: list[QPushButton] = []
        pad = QGridLayout()
        pad.setSpacing(8)
        for place, digit in enumerate(_PAD):
            pad.addWidget(self._key(digit), place // 3, place % 3)
        self.erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.erase.clicked.connect(self._erase)
        pad.addWidget(self.erase, 3, 0)
        pad.addWidget(self._key("0"), 3, 1)
        pad.addWidget(self.go, 3, 2)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        number = QHBoxLayout()
        number.addWidget(self.number, 1)
        number.addWidget(self.abc)
        column.addWidget(self._title)
        column.addWidget(self._number_label)
        column.addLayout(number)
        column.addWidget(self._pin_label)
        column.addWidget(self.pin)
        column.addWidget(self.message)
        column.addWidget(self.letters)
        column.addLayout(pad)
        column.addStretch(1)
        self.message.setMinimumHeight(54)
        self.setMaximumWidth(560)

    def _key(self, digit: str) -> QPushButton:
        key = QPushButton(digit)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(lambda: self._press(digit))
        self.keys.append(key)
        return key

    def _field(self) -> QLineEdit:
        return self.pin if self.pin.hasFocus() else self.number

    def _press(self, digit: str) -> None:
        self._field().insert(digit)
        self._typed()

    def _press_letter(self, letter: str) -> None:
        self.number.setFocus()
        self.number.insert(letter)
        self._typed()

    def _letters_or_digits(self) -> None:
        self._show_letters(self.letters.isHidden())
        self.number.setFocus()

    def _show_letters(self, shown: bool) -> None:
        """Letters stand in the place of the first three rows of digits."""
        self.letters.setVisible(shown)
        for key in self.keys[:9]:
            key.setVisible(not shown)
        self.abc.setText("123" if shown else "ABC")

    def _erase(self) -> None:
        self._field().backspace()

    def _typed(self) -> None:
        self._typed_at = self._desk.clock().mono
        self.touched.emit()

    def _forget(self) -> None:
        self._card_of = ""
        self._show_letters(False)
        self.number.clear()
        self.pin.clear()

    def _card_read(self, officer: str) -> None:
        """The card stands for the number: only the PIN is left to type."""
        self._denied = None
        self.number.setText(officer)
        self.pin.clear()
        self._card_of = officer
        self._typed()
        self.pin.setFocus()
        self.refresh()

    def _was_denied(self, denied: Denied) -> None:
        self._denied, self._denied_at = denied, self._desk.clock().mono
        self.refresh()


def _only(pattern: str, parent: QWidget) -> QRegularExpressionValidator:
    return QRegularExpressionValidator(QRegularExpression(pattern), parent)
