"""Show your code: what people see when nobody is crossing, and the guide while a code is read."""

from __future__ import annotations

from PySide6.QtCore import QRect

from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters.traveller_screen import TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, inset, rows
from kiosk.widgets.hold_picture import HoldPicture, StaffedPicture
from kiosk.widgets.page import PageWidget, say_all
from kiosk.widgets.preview import Preview
from kiosk.widgets.words import level


class ScanScreen(PageWidget):
    """Live picture, how to hold the code, four languages at once, and where to go without a phone."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.NEUTRAL)
        self.preview = Preview(self)
        self.picture = HoldPicture(self, sizes)
        self.staffed_picture = StaffedPicture(self)
        self.headlines = [self.words(84, bold=True, lines=1) for _ in LANGUAGES]
        self.subs = [self.quiet_words(46) for _ in LANGUAGES]
        self.staffed = [self.quiet_words(42) for _ in LANGUAGES]

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        say_all(self.headlines, screen.headline)
        say_all(self.subs, screen.sub)
        say_all(self.staffed, screen.steps)
        self._level()

    def arrange(self) -> None:
        """Tall: picture over words. Wide: picture beside words."""
        box = inset(self.rect(), self.sizes.px(48))
        gap = self.sizes.px(28)
        if self.sizes.portrait:
            preview, words, picture, foot = rows(box, (40, 36, 13, 11), gap)
        else:
            above, foot = rows(box, (83, 17), gap)
            left, words = columns(above, (54, 46), gap)
            preview, picture = rows(left, (76, 24), gap)
        self.preview.setGeometry(preview)
        hold, staffed = columns(picture, (1, 1), gap)
        self.picture.setGeometry(hold)
        self.staffed_picture.setGeometry(staffed)
        self._place_words(words)
        cells = [cell for row in rows(foot, (1, 1)) for cell in columns(row, (1, 1), gap)]
        for label, place in zip(self.staffed, cells, strict=True):
            label.setGeometry(place)
        self._level()

    def _place_words(self, box: QRect) -> None:
        for at, row in enumerate(rows(box, [1] * len(self.headlines), self.sizes.px(12))):
            headline, sub = rows(row, (60, 40))
            self.headlines[at].setGeometry(headline)
            self.subs[at].setGeometry(sub)

    def _level(self) -> None:
        for group in (self.headlines, self.subs, self.staffed):
            level(group)
