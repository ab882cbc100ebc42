"""Show your code: what people see when nobody is crossing, and the guide while a code is read."""

from __future__ import annotations

from PySide6.QtCore import QRect

from kiosk.presenters.traveller_screen import Shape, TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows
from kiosk.widgets.hold_picture import HoldPicture, StaffedPicture
from kiosk.widgets.page import PageWidget, say_all
from kiosk.widgets.preview import Preview
from kiosk.widgets.qr_picture import QrPicture
from kiosk.widgets.sign import Sign
from kiosk.widgets.words import level


class ScanScreen(PageWidget):
    """Live picture, how to hold the code, four languages at once, and where to go without a phone."""

    def __init__(self, sizes: Sizes, *, still: bool = False) -> None:
        super().__init__(sizes, Role.NEUTRAL)
        self.preview = Preview(self)
        self.picture = HoldPicture(self, sizes, still=still)
        self.staffed_picture = StaffedPicture(self)
        self.venue = QrPicture(self, place=True)
        self.other_code = Sign(self, Shape.NOT_A_CODE)
        self.other_code.hide()
        self.headlines = [self.words(84, bold=True, lines=1) for _ in range(sizes.at_once)]
        self.subs = [self.quiet_words(46) for _ in range(sizes.at_once)]
        self.staffed = [self.quiet_words(42) for _ in range(sizes.at_once)]

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        self.picture.go_back(screen.farther)
        self.other_code.setVisible(screen.shape is Shape.NOT_A_CODE)
        self.venue.show_code(screen.photograph)
        room = self.sizes.portrait or not self.sizes.large
        if self.venue.isHidden() is (screen.photograph is not None and room):
            self.venue.setVisible(self.venue.isHidden())
            self.arrange()
        say_all(self.headlines, screen.headline)
        say_all(self.subs, screen.sub)
        say_all(self.staffed, screen.steps)
        self._level()

    def arrange(self) -> None:
        """Tall: picture over words. Wide: picture beside words."""
        box = self.body(self.sizes.px(48))
        gap = self.sizes.px(28)
        picture = QRect()
        if self.sizes.large:
            words, foot, hold, staffed = self._arrange_large(box, gap)
        elif self.sizes.portrait:
            preview, words, picture, foot = rows(box, (40, 36, 13, 11), gap)
            hold, staffed = columns(picture, (1, 1), gap)
            self.preview.setGeometry(preview)
        else:
            above, foot = rows(box, (83.5, 16.5), gap)
            left, words = columns(above, (54, 46), gap)
            preview, picture = rows(left, (76, 24), gap)
            hold, staffed = columns(picture, (1, 1), gap)
            self.preview.setGeometry(preview)
        if not self.venue.isHidden():
            if self.sizes.portrait and not self.sizes.large:
                hold, staffed, venue = columns(picture, (41, 41, 18), gap)
            else:
                staffed, venue = columns(staffed, (66, 34), gap)
            self.venue.setGeometry(venue)
        self.other_code.setGeometry(self.preview.beside_guide())
        self.picture.setGeometry(hold)
        self.staffed_picture.setGeometry(staffed)
        self._place_words(words)
        cells = [cell for row in rows(foot, (1, 1)) for cell in columns(row, (1, 1), gap)]
        for label, place in zip(self.staffed, [foot] if self.sizes.large else cells, strict=True):
            label.setGeometry(place)
        self._level()

    def _arrange_large(self, box: QRect, gap: int) -> tuple[QRect, QRect, QRect, QRect]:
        """One language has room for large letters: places of words, way without a phone, two pictures."""
        if self.sizes.portrait:
            preview, words, picture, foot = rows(box, (38, 32, 15, 15), gap)
            hold, staffed = columns(picture, (1, 1), gap)
        else:
            above, below = rows(box, (68, 32), gap)
            preview, words = columns(above, (50, 50), gap)
            hold, staffed, foot = columns(below, (36, 25, 39), gap)
        self.preview.setGeometry(preview)
        return words, foot, hold, staffed

    def _place_words(self, box: QRect) -> None:
        for at, row in enumerate(rows(box, [1] * len(self.headlines), self.sizes.px(6))):
            headline, sub = rows(row, (55, 45))
            self.headlines[at].setGeometry(headline)
            self.subs[at].setGeometry(sub)

    def _level(self) -> None:
        for group in (self.headlines, self.subs, self.staffed):
            level(group)
