"""Text that always fits: as large as its place allows, in even lines, in the letters of its language."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.presenters.line import Line
from kiosk.theme.fonts import font
from kiosk.widgets.letter_pictures import LETTER_PICTURES
from kiosk.widgets.letters import advance, in_rows, outline
from kiosk.widgets.line_breaks import MAY_BREAK, pauses
from kiosk.widgets.reach import above, below

PLAIN = 0
"""Qt.TextFormat.PlainText by its number: `Qt` itself costs 15 ms, a tenth of the time to a first screen."""

CALM = 0.85
"""A sentence that is no headline stays in fewer lines where these leave it so much of its size."""


class Words(QLabel):
    """A label whose letters are between `least` and `most` pixels, in at most `lines` lines.

    The text is a QLabel's text, so that a screen reader finds it; only the setting of the lines is ours
    (Noto Sans CJK asks for a leading of 1.45, which tears a headline apart).
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        most: int,
        least: int,
        bold: bool = False,
        lines: int = 2,
        leading: float = 1.22,
        centred: bool = True,
    ) -> None:
        super().__init__(parent)
        self.most, self.least, self.lines = most, least, lines
        self._bold, self._leading, self.centred = bold, leading, centred
        self._line = Line("en", "")
        self._rows: tuple[str, ...] = ()
        self.pixels = least
        self._set_in = QSize()
        self.setProperty("textFormat", PLAIN)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def line(self) -> Line:
        """What it says, and in which language."""
        return self._line

    @property
    def fits(self) -> bool:
        """Whether every line is inside the label at the present size."""
        width, height = self.filled()
        return width <= self.width() + 0.5 and height <= self.height() + 0.5

    def say(self, line: Line | None) -> None:
        """Shows a line, or nothing."""
        line = line or Line(self._line.language, "")
        if line == self._line:
            return
        self._line = line
        self.setText(line.text)
        self.fit()

    def fit(self) -> None:
        """Takes the largest letters that fit."""
        self.set_pixels(self._largest())

    def make_letters(self) -> None:
        """Makes the outlines of its lines before anybody asks to see them."""
        for row in self._rows:
            outline(row, self._line.language, self._bold)

    def set_pixels(self, pixels: int) -> None:
        """Takes letters of this size, and the fewest lines they fit in."""
        self.pixels, self._set_in = pixels, self.size()
        self.setFont(font(self._line.language, pixels, bold=self._bold))
        self._rows, room = (), self.width() / pixels
        for lines in range(self._at_least(pixels), self.lines + 1):
            self._rows = in_rows(self._line.text, lines, self._line.language, self._bold, room)
            if max(map(self._advance, self._rows)) <= room:
                break
        self.update()

    def filled(self) -> tuple[float, float]:
        """Width and height in pixels of the letters as set."""
        width = max((self._advance(row) * self.pixels for row in self._rows), default=0.0)
        return width, self._height(self._rows, self.pixels)

    def _at_least(self, pixels: int) -> int:
        """So many lines it takes for certain: fewer have not room for all letters, whatever a break drops."""
        whole = self._advance(self._line.text.replace(MAY_BREAK, "").strip()) * pixels
        dropped = 2 * pixels
        enough = int((whole + dropped) / (self.width() + dropped))
        return max(1, min(self.lines, enough))

    def _advance(self, row: str) -> float:
        return advance(row, self._line.language, self._bold)

    def _height(self, rows: tuple[str, ...], pixels: float) -> float:
        if not rows:
            return 0.0
        return pixels * ((len(rows) - 1) * self._leading + above(rows[0]) + below(rows[-1]))

    def _largest(self) -> int:
        if not self._line.text or self.width() < 2 or self.most <= self.least:
            return self.least
        best = 0.0
        for lines in range(1, self.lines + 1):
            rows = in_rows(self._line.text, lines, self._line.language, self._bold)
            by_width = (self.width() - 1) / max(map(self._advance, rows))
            by_height = self.height() / self._height(rows, 1)
            size = min(by_width, by_height, self.most)
            if self._bold or best < self.least or size * CALM > best or pauses(rows[0]):
                best = max(best, size)
            if best >= self.most:
                break
        return max(self.least, min(self.most, int(best)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits again, unless that was done: a page that is not in front hears of its sizes when it comes."""
        super().resizeEvent(event)
        if self._set_in != self.size():
            self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sets the lines, centred upright in the label."""
        painter = QPainter(self)
        colour = self.palette().brush(self.foregroundRole())
        base = (self.height() - self._height(self._rows, self.pixels)) / 2
        base += above(self._rows[0]) * self.pixels if self._rows else 0.0
        for row in self._rows:
            left = (self.width() - self._advance(row) * self.pixels) / 2 if self.centred else 0.0
            LETTER_PICTURES.paint(
                painter, QPointF(left, base), row, self._line.language, self.pixels, colour, bold=self._bold
            )
            base += self._leading * self.pixels
        painter.end()


def level(group: Iterable[Words]) -> None:
    """Gives words that stand beside one another the same size: that of the tightest."""
    speaking = [words for words in group if words.line.text]
    for words in speaking:
        words.fit()
    smallest = min((words.pixels for words in speaking), default=0)
    for words in speaking:
        words.set_pixels(smallest)
