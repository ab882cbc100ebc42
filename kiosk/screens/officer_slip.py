"""A slip on the officer's panel: to be photographed from it, and printed where there is a printer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from drivers.printer.port import Printed
from kiosk.desk.slip_desk import SlipDesk
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters import officer_texts as o
from kiosk.presenters import slip_card_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.slip import Facts
from kiosk.presenters.traveller_screen import Line, Photograph
from kiosk.theme.fonts import FAMILIES
from kiosk.theme.palette import SKY
from kiosk.widgets.group import Group
from kiosk.widgets.one_of import OneOf
from kiosk.widgets.qr_picture import QrPicture
from kiosk.widgets.told import Told

NAMES = {"zh_HK": "繁體", "zh_CN": "简体", "en": "English", "pt": "Português"}
CODE_PIXELS = 250


class SlipCard(Group):
    """One slip in the language of who takes it along. What it tells is `kiosk.presenters.slip`'s."""

    left = Signal()
    touched = Signal()
    wanted = Signal(str)
    """Print it, in this language."""

    def __init__(self) -> None:
        super().__init__()
        self.slips: SlipDesk | None = None
        self._language = "en"
        self.told: Facts | None = None
        """Whose slip is open; None: none is."""
        self.of_slip = "en"
        self._printing = False
        self._last: Printed | None = None
        self.title, self.hint, self.status = QLabel(), QLabel(), Told()
        self.lines = QLabel()
        self.lines.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.code = QrPicture(self)
        self.languages = {code: OneOf(NAMES[code]) for code in LANGUAGES}
        self.print, self.back = QPushButton(), QPushButton()
        self._lay_out()

    def attach(self, slips: SlipDesk) -> None:
        """Gives it the lane's slips."""
        self.slips = slips
        slips.became.connect(self._became)

    def set_language(self, language: str) -> None:
        """Speaks another language. The slip keeps its own."""
        self._language = language
        self._fill()

    def open(self, told: Facts, language: str) -> None:
        """Shows a slip, first in the language its traveller is spoken to."""
        self.told, self.of_slip, self._last = told, language, None
        self._fill()

    def follow(self, told: Facts | None) -> None:
        """What is decided about who has the slip stands on it at once."""
        if told is not None and self.told is not None and told.crossing == self.told.crossing:
            if told != self.told:
                self._last = None
            self.told = told
            self._fill()

    def close_slip(self) -> None:
        """Nobody's slip is open any more."""
        if self.told is not None:
            self.told = None
            self.left.emit()

    def printing(self, begun: bool) -> None:
        """Whether the printer took it."""
        self._printing, self._last = begun, None if begun else Printed.FAILED
        self._fill()

    def _became(self, crossing: str, what: Printed) -> None:
        self._printing = False
        if self.told is not None and self.told.crossing == crossing:
            self._last = what
        self._fill()

    def _choose(self, language: str) -> None:
        self.touched.emit()
        self.of_slip = language
        self._last = None
        self._fill()

    def _fill(self) -> None:
        if self.told is None or self.slips is None:
            return
        language = self._language
        made = self.slips.slip(self.told, self.of_slip)
        self.title.setText(say(t.SLIP, language))
        self.hint.setText(say(t.SHOW, language))
        self.setAccessibleName(f"{self.title.text()}. {self.hint.text()}")
        self.lines.setStyleSheet(
            f'QLabel {{ font-family: "{FAMILIES[self.of_slip][0]}"; }}'
            f"QLabel:focus {{ border: 2px solid {SKY}; }}"
        )
        self.lines.setText("\n".join(made.lines))
        self.code.show_code(Photograph(made.content, Line(language, say(t.CODE, language))))
        for code, button in self.languages.items():
            button.setChecked(code == self.of_slip)
        self.print.setText(say(t.AGAIN if self._last is Printed.DONE else t.PRINT, language))
        self.print.setVisible(self.slips.can_print)
        self.print.setEnabled(not self._printing)
        said = "" if self._last is None else say(t.BECAME[self._last], language)
        self.status.setText(say(t.PRINTING, language) if self._printing else said)
        wrong = self._last in (Printed.FAILED, Printed.SENT) and not self._printing
        self.status.setProperty("rank", "warning" if wrong else "strong")
        self.status.style().polish(self.status)
        self.status.setVisible(bool(self.status.text()))
        self.hint.setVisible(not self.status.text())
        self.back.setText(f"{say(o.BACK, language)}  (Esc)")

    def _lay_out(self) -> None:
        self.title.setProperty("rank", "title")
        self.hint.setProperty("rank", "quiet")
        for label in (self.title, self.hint, self.lines, self.status):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.code.setMinimumSize(CODE_PIXELS, CODE_PIXELS)
        self.print.setProperty("role", "refer")
        tongues, shown, keys = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for code, button in self.languages.items():
            button.setProperty("small", "true")
            button.clicked.connect(partial(self._choose, code))
            tongues.addWidget(button)
        tongues.addStretch(1)
        shown.addWidget(self.code, 1)
        shown.addWidget(self.lines, 1)
        keys.addWidget(self.back, 1)
        keys.addWidget(self.print, 1)
        self.back.clicked.connect(self.close_slip)
        self.print.clicked.connect(lambda: self.wanted.emit(self.of_slip))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.status)
        column.addLayout(tongues)
        column.addLayout(shown, 1)
        column.addLayout(keys)
