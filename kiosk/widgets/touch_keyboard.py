"""A keyboard on the screen for panels that have no other: it never takes the focus from what is typed in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.presenters import note_texts as n
from kiosk.presenters import officer_texts as o
from kiosk.presenters.officer_texts import say
from kiosk.presenters.touch_keys import (
    FACES,
    NAMES,
    NUMBER_ROWS,
    ROWS,
    Layer,
    first_layer,
    phrases,
    with_phrase,
)

GAP = 4
PHRASES_ABREAST = 2


def touch_key(words: str, name: str = "") -> QPushButton:
    """A key that leaves the focus where it is. A screen reader says its name, where its face is a sign."""
    key = QPushButton(words)
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    key.setProperty("key", "true")
    key.setAccessibleName(name or words)
    return key


class NumberLetters(QWidget):
    """The letters of a service number, for the place of the digits' pad."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for row in NUMBER_ROWS:
            line = QHBoxLayout()
            line.setSpacing(GAP)
            for letter in row:
                key = touch_key(letter)
                key.clicked.connect(partial(self.typed.emit, letter))
                line.addWidget(key, 1)
            column.addLayout(line)


class TouchKeyboard(QWidget):
    """Types into one field: letters, digits and signs, accents, and whole sentences."""

    done = Signal()

    def __init__(self, field: QLineEdit, language: str) -> None:
        super().__init__()
        self._field, self._language = field, language
        self.layer, self.upper = Layer.LETTERS, False
        self.phrases = [touch_key(phrase) for phrase in phrases(language)]
        names = {layer: say(NAMES[layer], language) for layer in Layer}
        self.layers = {layer: touch_key(FACES.get(layer, name), name) for layer, name in names.items()}
        self.capitals = touch_key("Aa", say(n.CAPITALS, language))
        self.space = touch_key(say(n.SPACE, language))
        self.erase = touch_key(say(o.ERASE, language))
        self.close_key = touch_key(say(n.WRITTEN, language))
        self.letters: list[list[QPushButton]] = []
        self._lay_out()
        self._connect()
        self.turn(first_layer(language))
        self._look_at_room(field.text())

    def turn(self, layer: Layer) -> None:
        """Shows another face."""
        self.layer, self.upper = layer, False
        self._show()

    def type(self, words: str) -> None:
        """Types at the cursor, in place of what is selected, as keys would. Capitals are for one letter."""
        self._field.setFocus()
        self._field.insert(words)
        if self.upper:
            self.upper = False
            self._show()

    def key(self, letter: str) -> QPushButton | None:
        """The key that types this letter, where one is to be seen."""
        keys = (key for row in self.letters for key in row if not key.isHidden())
        return next((key for key in keys if key.text() == letter.replace("&", "&&")), None)

    def _add_phrase(self, phrase: str) -> None:
        self._field.setFocus()
        after = with_phrase(self._field.text(), phrase)
        self._field.end(False)
        self._field.insert(after[len(self._field.text()) :])

    def _look_at_room(self, words: str) -> None:
        """A sentence that would be cut off is not offered."""
        for key in self.phrases:
            key.setEnabled(len(with_phrase(words, key.accessibleName())) <= self._field.maxLength())

    def _erase(self) -> None:
        self._field.setFocus()
        self._field.backspace()

    def _capitals(self) -> None:
        self.upper = not self.upper
        self._show()

    def _press(self, key: QPushButton) -> None:
        self.type(key.accessibleName())

    def _show(self) -> None:
        for row, letters in zip(self.letters, ROWS[self.layer], strict=True):
            for place, key in enumerate(row):
                letter = letters[place] if place < len(letters) else ""
                letter = letter.upper() if self.upper else letter
                key.setText(letter.replace("&", "&&"))
                key.setAccessibleName(letter)
                key.setVisible(bool(letter))
        for layer, key in self.layers.items():
            key.setVisible(layer is not self.layer)
        self._sentences.setVisible(self.layer is Layer.SENTENCES)
        self._letters.setVisible(self.layer is not Layer.SENTENCES)
        self.capitals.setVisible(self.layer is not Layer.DIGITS)
        self.capitals.setText("ABC" if self.upper else "Aa")

    def _connect(self) -> None:
        for key in self.phrases:
            key.clicked.connect(partial(self._add_phrase, key.accessibleName()))
        for layer, key in self.layers.items():
            key.clicked.connect(partial(self.turn, layer))
        self.capitals.clicked.connect(self._capitals)
        self.space.clicked.connect(partial(self.type, " "))
        self.erase.clicked.connect(self._erase)
        self.erase.setAutoRepeat(True)
        self.close_key.clicked.connect(self.done)
        self._field.textChanged.connect(self._look_at_room)

    def _lay_out(self) -> None:
        self._sentences, self._letters = QWidget(), QWidget()
        sentences, rows = QGridLayout(self._sentences), QVBoxLayout(self._letters)
        for place, key in enumerate(self.phrases):
            sentences.addWidget(key, place // PHRASES_ABREAST, place % PHRASES_ABREAST)
        for row in range(3):
            keys = [touch_key("") for _ in range(max(len(layer[row]) for layer in ROWS.values()))]
            for key in keys:
                key.clicked.connect(partial(self._press, key))
            self.letters.append(keys)
            rows.addLayout(_row([self.capitals, *keys] if row == 2 else keys))
        column = QVBoxLayout(self)
        for layout in (sentences, rows, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(GAP)
        column.addWidget(self._sentences)
        column.addWidget(self._letters)
        last = [*self.layers.values(), self.space, self.erase, self.close_key]
        column.addLayout(_row(last, wide=self.space))


def _row(keys: list[QPushButton], wide: QWidget | None = None) -> QBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for key in keys:
        row.addWidget(key, 4 if key is wide else 1)
    return row
