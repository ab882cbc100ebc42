"""The lane at a glance: the strip that says how it is, and the health of its parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.presenters.officer_panel import Health, State
from kiosk.screens.officer_mark import RoleMark
from kiosk.theme.palette import ROLES, Tones
from kiosk.widgets.line_breaks import is_wide

SHORT = 24
"""Letters that stand beside the name of a part; more is torn into a narrow column."""


class LaneStrip(QFrame):
    """One line across the top, in colour, shape and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._mark = RoleMark(52)
        self._lane, self.headline, self.detail, self._ends_in = QLabel(), QLabel(), QLabel(), QLabel()
        for label in (self._lane, self.headline, self.detail, self._ends_in):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lane.setProperty("rank", "strong")
        self.headline.setProperty("rank", "title")
        self.headline.setWordWrap(True)
        self.detail.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.detail)
        aside = QVBoxLayout()
        aside.setSpacing(0)
        for label in (self._lane, self._ends_in):
            aside.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addLayout(aside)
        self.more_time = QPushButton()
        self.more_time.hide()
        row.addWidget(self.more_time)
        self._shown: State | None = None

    def show_state(self, state: State) -> None:
        """Shows how the lane is."""
        if state == self._shown:
            return
        self._shown = state
        self._lane.setText(state.lane)
        self.headline.setText(state.headline)
        self.detail.setText(state.detail)
        self.detail.setVisible(bool(state.detail))
        self._ends_in.setText(state.ends_in)
        self._ends_in.setVisible(bool(state.ends_in))
        self._mark.set_role(state.role)
        self._dress(ROLES[state.role])

    def _dress(self, tones: Tones) -> None:
        style = (
            f"#strip {{ background: {tones.ground}; border-radius: 12px; }}"
            f"#strip QLabel {{ color: {tones.text}; background: transparent; }}"
            "#strip QWidget { background: transparent; }"
            f"#strip QPushButton {{ color: {tones.text}; border-color: {tones.text}; }}"
        )
        if style != self.styleSheet():
            self.setStyleSheet(style)


class HealthLines(QFrame):
    """One line for each part: a mark, its name, how it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.title = QLabel()
        self.title.setProperty("rank", "strong")
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(6)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(self.title, 0, 0, 1, 3)
        self._lines: list[tuple[RoleMark, QLabel, QLabel, QLabel]] = []
        self._shown: tuple[Health, ...] | None = None

    def show_health(self, lines: tuple[Health, ...]) -> None:
        """Shows the parts, worst ones where they are given first. Long words have a row of their own."""
        if lines == self._shown:
            return
        self._shown = lines
        while len(self._lines) < len(lines):
            self._lines.append(self._line())
        for place, (mark, part, words, detail) in enumerate(self._lines):
            line = lines[place] if place < len(lines) else None
            if line is not None:
                mark.set_role(line.role)
                part.setText(line.part)
                words.setText(line.words)
                detail.setText(line.detail)
                words.setAccessibleName(f"{line.part}: {line.words}")
                self._place(place, (mark, part, words, detail), long=_wide(line.words) > SHORT)
            for widget in (mark, part, words):
                widget.setVisible(line is not None)
            detail.setVisible(line is not None and bool(line.detail))

    def _line(self) -> tuple[RoleMark, QLabel, QLabel, QLabel]:
        """Made once and filled anew: whoever reads the screen is not told of a new one every minute."""
        made = RoleMark(26), QLabel(), QLabel(), QLabel()
        for quiet in (made[1], made[3]):
            quiet.setProperty("rank", "quiet")
        made[1].setProperty("unread", True)  # the words are read with it
        for label in made[1:]:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        return made

    def _place(self, place: int, line: tuple[RoleMark, QLabel, QLabel, QLabel], *, long: bool) -> None:
        mark, part, words, detail = line
        row, top = 3 * place + 1, Qt.AlignmentFlag.AlignTop
        for widget in line:
            self._grid.removeWidget(widget)
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(part, row, 1, 1, 2 if long else 1, top)
        self._grid.addWidget(words, *((row + 1, 1, 1, 2) if long else (row, 2, 1, 1)), top)
        self._grid.addWidget(detail, row + 2, 1, 1, 2)


def _wide(words: str) -> int:
    """Letters, a Chinese one for two."""
    return sum(2 if is_wide(letter) else 1 for letter in words)
