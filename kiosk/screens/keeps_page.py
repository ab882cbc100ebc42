"""What this kiosk keeps about you: what, for how many days; and a code to read it at home."""

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


class KeepsPage(PageWidget):
    """What is never kept comes first: it is what people ask."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.NEUTRAL)
        self.headline = self.words(84, bold=True)
        self.rows = Sheets(self, sizes, 40)
        self.code = QrPicture(self)
        self.caption = self.quiet_words(40, lines=2)
        self.caption.centred = not sizes.portrait

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        self.headline.say(screen.headline[0])
        self.code.show_code(screen.photograph)
        self.caption.say(screen.photograph.caption if screen.photograph else None)
        self.arrange()
        self.rows.show_entries(_entries(screen))

    def beforehand(self, screen: TravellerScreen, size: QSize) -> Iterator[None]:
        """What takes time on this page at that size, in pieces. Not while it is in front."""
        self.resize(size)
        self.headline.say(screen.headline[0])
        self.caption.say(screen.photograph.caption if screen.photograph else None)
        self.arrange()
        self.headline.make_letters()
        yield
        self.code.show_code(screen.photograph)
        yield
        yield from self.rows.beforehand(_entries(screen))

    def arrange(self) -> None:
        """The code stands in the foot of a tall page, and beside the rows of a wide one."""
        box = self.body(self.sizes.px(48))
        gap = self.sizes.px(20)
        head, below = rows(box, (12 if self.sizes.large else 9, 90), gap)
        self.headline.setGeometry(head)
        table = below
        if self.caption.text() and self.sizes.portrait:
            table, foot = rows(below, (84, 16), gap)
            code, caption = columns(foot, (foot.height(), max(1, foot.width() - foot.height())), gap)
        elif self.caption.text():
            table, foot = columns(below, (77, 23), 2 * gap)
            code, caption = rows(foot, (64, 36), gap)
        if self.caption.text():
            self.code.setGeometry(code)
            self.caption.setGeometry(caption)
        self.rows.setGeometry(table)


def _entries(screen: TravellerScreen) -> list[Entry]:
    told = [Entry(line, bold=True) for line in screen.sub]
    told += [Entry(what, days) for what, days in screen.table]
    return [*told, *(Entry(line) for line in screen.steps)]
