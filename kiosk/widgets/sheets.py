"""Much to read, in letters that are never too small: lines that flow over as many sheets as they need."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.i18n.texts import text
from kiosk.presenters import help_texts as t
from kiosk.presenters.traveller_screen import Line
from kiosk.theme.sizes import Sizes
from kiosk.widgets.letters import advance
from kiosk.widgets.line_breaks import breakable
from kiosk.widgets.word_key import WordKey
from kiosk.widgets.words import Words

LINES = 8
ROOM = 4000
"""Pixels: higher than any entry."""
RIGHT = 0.24
"""Part of the width that may be kept for what stands at the right of a line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, and a word or two at its right."""

    line: Line
    right: Line | None = None
    bold: bool = False


class Sheets(QWidget):
    """Shows one sheet; its key, which is there only when it is needed, turns to the next and round again."""

    turned = Signal()

    def __init__(self, parent: QWidget, sizes: Sizes, most: float) -> None:
        super().__init__(parent)
        self._sizes = sizes
        self._pixels = max(sizes.smallest, sizes.px(most))
        self._entries: tuple[Entry, ...] = ()
        self._labels: list[list[Words]] = []
        self._sheets: list[list[int]] = []
        self._right = 0
        self.at = 0
        self.more = WordKey(self, sizes)
        self.more.clicked.connect(self.turn)
        self.more.hide()

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self._sheets)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Shows other lines, from the first sheet."""
        if tuple(entries) == self._entries:
            return
        self._entries, self.at = tuple(entries), 0
        for labels in self._labels:
            for label in labels:
                label.hide()
                label.deleteLater()
        self._right = self._at_the_right(self._entries)
        self._labels = [self._made(entry) for entry in self._entries]
        self._flow()

    def beforehand(self, entries: Sequence[Entry]) -> Iterator[None]:
        """Finds the lines of each entry in the present width, and their letters; shows nothing."""
        self._right = self._at_the_right(entries)
        for entry in entries:
            labels = self._made(entry)
            self._height(labels)
            for label in labels:
                label.make_letters()
                label.deleteLater()
            yield

    def rewind(self) -> None:
        """The first sheet again: somebody else reads it."""
        if self.at:
            self.at = 0
            self._place()

    def turn(self) -> None:
        """The next sheet."""
        self.at = (self.at + 1) % max(1, self.count)
        self._place()
        self.turned.emit()

    def _made(self, entry: Entry) -> list[Words]:
        made = [
            Words(self, most=self._pixels, least=self._pixels, bold=entry.bold, lines=LINES, centred=False)
        ]
        if entry.right is not None:
            made.append(Words(self, most=self._pixels, least=self._pixels, bold=True, lines=2, centred=False))
            made[1].resize(self._right, ROOM)
            made[1].say(entry.right)
        made[0].resize(self.width(), ROOM)
        made[0].say(entry.line)
        return made

    def _at_the_right(self, entries: Sequence[Entry]) -> int:
        """Pixels for what stands at the right: as wide as the widest of it, the rest is for the lines."""
        wide = (advance(one.right.text, one.right.language, True) for one in entries if one.right)
        needed = math.ceil(max(wide, default=0.0) * self._pixels) + 1
        return min(needed, round(self.width() * RIGHT))

    def _flow(self) -> None:
        """Cuts the entries into sheets by the heights they need."""
        self._right = self._at_the_right(self._entries)
        heights = [self._height(labels) for labels in self._labels]
        gap, key = self._sizes.px(14), round(self._sizes.smallest * 1.5)
        self._sheets = _cut(heights, gap, self.height())
        if len(self._sheets) > 1:
            self._sheets = _cut(heights, gap, self.height() - key - gap)
        self.at = min(self.at, max(0, self.count - 1))
        self.more.setGeometry(0, self.height() - key, self.width(), key)
        self._place()

    def _height(self, labels: list[Words]) -> int:
        right = self._right if len(labels) > 1 else 0
        high = 0
        for label, wide in zip(
            labels, (self.width() - right - bool(right) * self._sizes.px(20), right), strict=False
        ):
            label.resize(wide, ROOM)
            if label.filled()[0] > wide:
                label.setAccessibleName(label.line.text)
                label.say(Line(label.line.language, breakable(label.line.text)))
            label.fit()
            high = max(high, math.ceil(label.filled()[1]))
        return high

    def _place(self) -> None:
        gap, y = self._sizes.px(14), 0
        shown = self._sheets[self.at] if self._sheets else []
        for number, labels in enumerate(self._labels):
            for label in labels:
                label.setVisible(number in shown)
        for number in shown:
            labels = self._labels[number]
            high = self._height(labels)
            for place, label in enumerate(labels):
                left = self.width() - label.width() if place else 0
                label.setGeometry(left, y, label.width(), high)
            y += high + gap
        self.more.setVisible(self.count > 1)
        if self._entries:
            language = self._entries[0].line.language
            words = text(t.MORE, language).format(at=self.at + 1, of=self.count)
            self.more.say(Line(language, words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flows again."""
        super().resizeEvent(event)
        self._flow()


def _cut(heights: Sequence[int], gap: int, room: int) -> list[list[int]]:
    sheets: list[list[int]] = [[]]
    used = 0
    for number, high in enumerate(heights):
        if sheets[-1] and used + high > room:
            sheets.append([])
            used = 0
        sheets[-1].append(number)
        used += high + gap
    return sheets if heights else []
