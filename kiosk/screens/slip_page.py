"""Your slip: everything it says in letters, and once more as a code to be photographed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize

from kiosk.presenters.traveller_screen import TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows
from kiosk.widgets.page import PageWidget
from kiosk.widgets.qr_picture import QrPicture
from kiosk.widgets.sheets import Entry, Sheets


class SlipPage(PageWidget):
    """The code is as large as the page allows."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.NEUTRAL)
        self.headline = self.words(72, bold=True)
        self.lines = Sheets(self, sizes, 42)
        self.code = QrPicture(self)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words. The reference stands out: it is what is read over the telephone."""
        self.headline.say(screen.headline[0])
        self.code.show_code(screen.photograph)
        self.lines.show_entries(_entries(screen))

    def beforehand(self, screen: TravellerScreen, size: QSize) -> Iterator[None]:
        """What takes time on this page at that size, in pieces. Not while it is in front."""
        self.resize(size)
        self.headline.say(screen.headline[0])
        self.arrange()
        self.headline.make_letters()
        yield
        self.code.show_code(screen.photograph)
        yield
        yield from self.lines.beforehand(_entries(screen))

    def arrange(self) -> None:
        """Tall: code over lines. Wide: code beside lines."""
        box = self.body(self.sizes.px(48))
        gap = self.sizes.px(20)
        if self.sizes.portrait:
            head, code, lines = rows(box, (9, 45, 46), gap)
        else:
            head, below = rows(box, (12, 88), gap)
            code, lines = columns(below, (44, 56), self.sizes.px(36))
        self.headline.setGeometry(head)
        self.code.setGeometry(code)
        self.lines.setGeometry(lines)


def _entries(screen: TravellerScreen) -> list[Entry]:
    return [Entry(line, bold=not at) for at, line in enumerate(screen.steps)]
