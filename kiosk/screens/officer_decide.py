"""Where an officer decides: first what, then why, then the last touch. Digits, Enter and Esc do it too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.lane_control import Action
from kiosk.desk.note import LONGEST
from kiosk.presenters import deciding_texts as d
from kiosk.presenters import note_texts as n
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_draft import Draft
from kiosk.presenters.officer_referral import Choice
from kiosk.presenters.officer_texts import say
from kiosk.widgets.group import Group
from kiosk.widgets.one_of import OneOf
from kiosk.widgets.touch_field import TouchField
from kiosk.widgets.touch_keyboard import TouchKeyboard, touch_key

_ROLES = {Action.ADMIT: "admit", Action.REFUSE: "refuse", Action.DESK: "closed"}


class DecisionBar(QFrame):
    """The buttons. It decides nothing itself: `decided` carries crossing, decision, reason and note."""

    decided = Signal(str, str, str, str)
    touched = Signal()

    def __init__(self, rest: QWidget, confirm: Mapping[str, str] = t.CONFIRM) -> None:
        """`rest` has the focus when no button here has: an Enter too many then presses nothing.

        `confirm` is what the last touch says, for each decision.
        """
        super().__init__()
        self._rest, self._last_words = rest, confirm
        self.setProperty("panel", "true")
        self._language = "en"
        self._choices: tuple[Choice, ...] = ()
        self._crossing = ""
        self.draft = Draft()
        self._shown: tuple[object, ...] | None = None
        self.buttons: list[QPushButton] = []
        """What the digits 1, 2, … stand for just now."""
        self.back: QPushButton | None = None
        self.confirm: QPushButton | None = None
        self.note: TouchField | None = None
        self.keyboard: TouchKeyboard | None = None
        """Keys on the screen, while a note is written with them."""
        self.keys: QPushButton | None = None
        """Brings them, where a finger on the note does not."""
        self._grid: QGridLayout | None = None
        self._why = QLabel()
        self._column = QVBoxLayout(self)
        self._page: QWidget | None = None

    def show_choices(self, crossing: str, choices: tuple[Choice, ...], language: str) -> None:
        """What can be decided now, about which crossing. A draft about another crossing is dropped."""
        self._crossing, self._choices, self._language = crossing, choices, language
        self.draft = self.draft.when_in_front(crossing)
        self._render()

    def begin_release(self) -> None:
        """The first touch of "release once"."""
        self._move(self.draft.release())

    def drop(self) -> None:
        """Forgets the draft."""
        self.draft = Draft()
        self._render()

    def press_digit(self, digit: int) -> bool:
        """A digit key. Whether it stood for something."""
        if 1 <= digit <= len(self.buttons) and self._at_hand(self.buttons[digit - 1]):
            self.buttons[digit - 1].click()
            return True
        return False

    def step_back(self) -> bool:
        """Esc. Whether there was a step to take back: the keys on the screen first."""
        if self.keyboard is not None:
            self.put_keys_away()
            return True
        if not self.draft.decision:
            return False
        self._move(self.draft.back())
        return True

    def last_touch(self) -> None:
        """Confirms a complete draft."""
        if self.draft.complete:
            draft, self.draft = self.draft, Draft()
            self._render()
            self.decided.emit(draft.crossing, draft.decision, draft.reason, draft.note)

    def _move(self, draft: Draft) -> None:
        self.draft = draft
        self.touched.emit()
        self._render()
        if self.confirm is not None and draft.complete:
            self.confirm.setFocus()
        elif self.buttons:
            next((button for button in self.buttons if button.isEnabled()), self.buttons[0]).setFocus()

    def bring_keys(self) -> None:
        """Keys on the screen, in the place of the reasons: the focus stays in the note."""
        note, grid = self.note, self._grid
        if note is None or grid is None or self.keyboard is not None:
            return
        self.touched.emit()
        self.keyboard = TouchKeyboard(note, self._language)
        self.keyboard.done.connect(self.put_keys_away)
        self._show_reasons(False)
        grid.addWidget(self.keyboard, 1, 0, 1, 2)
        note.setFocus()

    def put_keys_away(self) -> None:
        """The note is written: the reasons again."""
        if self.keyboard is None or self.confirm is None:
            return
        self.keyboard.hide()
        self.keyboard.deleteLater()
        self.keyboard = None
        self._show_reasons(True)
        (self.confirm if self.draft.complete else self.buttons[0]).setFocus()

    def _show_reasons(self, shown: bool) -> None:
        for widget in (*self.buttons, self.back, self.confirm, self.keys, self._why):
            if widget is not None:
                widget.setVisible(shown)
        if self._grid is not None:
            self._grid.setColumnStretch(0, int(shown))

    def _at_hand(self, button: QPushButton) -> bool:
        return button.isEnabled() and self.keyboard is None

    def _render(self) -> None:
        state = (self._crossing, self._choices, self._language, self.draft.noting(""))
        if state == self._shown:
            return
        self._shown = state
        if self._page is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self._page.isAncestorOf(focus):
                self._rest.setFocus()
            self._page.hide()
            self._page.deleteLater()
        self.buttons, self.back, self.confirm = [], None, None
        self.note, self.keyboard, self.keys = None, None, None
        self._page = self._reasons() if self.draft.decision else self._actions()
        self._column.addWidget(self._page)
        self._page.show()
        self.setVisible(bool(self.draft.decision or self._choices))

    def _actions(self) -> QWidget:
        page = QWidget()
        column, row = QVBoxLayout(page), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for number, choice in enumerate(self._choices, start=1):
            button = QPushButton(f"{number}   {choice.words}")
            button.setAccessibleName(choice.words)
            button.setAccessibleDescription(choice.why_not)
            button.setProperty("role", _ROLES[choice.action])
            button.setEnabled(choice.possible)
            button.clicked.connect(partial(self._choose, choice.action))
            self.buttons.append(button)
            row.addWidget(button, 1)
        column.addLayout(row)
        for why_not in dict.fromkeys(choice.why_not for choice in self._choices if choice.why_not):
            label = QLabel(why_not)
            label.setWordWrap(True)
            column.addWidget(label)
        return page

    def _reasons(self) -> QWidget:
        page = Group()
        page.setAccessibleName(say(t.WHY[self.draft.decision], self._language))
        self._grid = grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._why = QLabel(say(t.WHY[self.draft.decision], self._language))
        self._why.setProperty("rank", "strong")
        grid.addWidget(self._why, 0, 0)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        if self.draft.crossing:
            self.note, self.keys = self._note_field(), touch_key("abc", say(n.KEYBOARD, self._language))
            self.keys.clicked.connect(self.bring_keys)
            line = QHBoxLayout()
            line.addWidget(self.note, 1)
            line.addWidget(self.keys)
            grid.addLayout(line, 0, 1)
        for place, row in enumerate(self.draft.choices):
            words = row.words[self._language]
            button = OneOf(f"{place + 1}   {words}")
            button.setAccessibleName(words)
            button.setChecked(row.id == self.draft.reason)
            button.clicked.connect(partial(self._because, row.id))
            self.buttons.append(button)
            grid.addWidget(button, 1 + place // 2, place % 2)
        self.back = QPushButton(f"{say(t.BACK, self._language)}  (Esc)")
        self.back.clicked.connect(self.step_back)
        self.confirm = QPushButton(say(self._last_words[self.draft.decision], self._language))
        self.confirm.setProperty(
            "role", _ROLES.get(Action(self.draft.decision), "") if self.draft.crossing else "refer"
        )
        self.confirm.setEnabled(self.draft.complete)
        self.confirm.clicked.connect(self.last_touch)
        last = 1 + (len(self.draft.choices) + 1) // 2
        grid.addWidget(self.back, last, 0)
        grid.addWidget(self.confirm, last, 1)
        return page

    def _note_field(self) -> TouchField:
        note = TouchField(self.draft.note)
        note.setMaxLength(LONGEST)
        note.setPlaceholderText(say(d.NOTE, self._language))
        note.setAccessibleName(say(d.NOTE, self._language))
        note.textEdited.connect(self._noting)
        note.returnPressed.connect(self.last_touch)
        note.touched.connect(self.bring_keys)
        return note

    def _noting(self, words: str) -> None:
        self.draft = self.draft.noting(words)
        self.touched.emit()

    def _choose(self, action: Action) -> None:
        self._move(self.draft.choose(action, self._crossing))

    def _because(self, reason: str) -> None:
        self._move(self.draft.because(reason))
        for row, button in zip(self.draft.choices, self.buttons, strict=False):
            button.setChecked(row.id == self.draft.reason)
