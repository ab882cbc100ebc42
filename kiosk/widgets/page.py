"""What all screens of the traveller share: a ground in the colour of its meaning, and words on it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.line import Line
from kiosk.theme.dress import dress, hush
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.words import Words

if TYPE_CHECKING:
    from kiosk.presenters.traveller_screen import TravellerScreen


class PageWidget(QWidget):
    """One screen. Subclasses lay their parts out in `arrange` and fill them in `show_screen`."""

    def __init__(self, sizes: Sizes, role: Role) -> None:
        super().__init__()
        self.sizes, self.role = sizes, role
        self.setAutoFillBackground(True)
        dress(self, sizes.tones(role))

    @abstractmethod
    def show_screen(self, screen: TravellerScreen) -> None:
        """Says what the presenter decided."""

    @abstractmethod
    def arrange(self) -> None:
        """Gives every part its place in the present size, then levels the letters."""

    def body(self, margin: int) -> QRect:
        """The page without its margins; the rows of keys above and below keep their own distance."""
        near = self.sizes.px(10)
        return self.rect().adjusted(margin, near, -margin, -near)

    def words(self, most: float, *, bold: bool = False, far: bool = False, lines: int = 2) -> Words:
        """A label whose letters are at most `most` (for a short side of 1080) and never too small to read.

        Large letters have one line more.
        """
        least = self.sizes.far if far else self.sizes.smallest
        lines += self.sizes.large
        return Words(self, most=max(least, self.sizes.letters(most)), least=least, bold=bold, lines=lines)

    def quiet_words(self, most: float, *, lines: int = 1) -> Words:
        """Second-rank words."""
        made = self.words(most, lines=lines)
        hush(made, self.sizes.tones(self.role))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out again."""
        super().resizeEvent(event)
        self.arrange()


def say_all(labels: Sequence[Words], lines: Sequence[Line]) -> None:
    """Gives each label its line; labels left over fall silent."""
    for at, label in enumerate(labels):
        label.say(lines[at] if at < len(lines) else None)
