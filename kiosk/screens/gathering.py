"""One more code: the first is read, the picture goes on, and the screen names what is still asked for."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape, TravellerScreen
from kiosk.theme.dress import SYMBOL
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows
from kiosk.widgets.key_pictures import more_time
from kiosk.widgets.page import PageWidget, say_all
from kiosk.widgets.picture_sign import PictureSign
from kiosk.widgets.preview import Preview
from kiosk.widgets.sign import Sign
from kiosk.widgets.steps import Steps
from kiosk.widgets.time_left import TimeLeft
from kiosk.widgets.verdict_page import ECHOES
from kiosk.widgets.words import level


class GatheringScreen(PageWidget):
    """Nothing is wrong: the policy asks for more than one code."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.NEUTRAL)
        self.preview = Preview(self)
        self.other_code = Sign(self, Shape.NOT_A_CODE)
        self.other_code.hide()
        self.sign = Sign(self, Shape.CODE_READ)
        self.clock = PictureSign(self, more_time, SYMBOL)
        """Where more time is asked for: the tick that stands there before would say that all is done."""
        self.clock.hide()
        self.headline = self.words(120, bold=True)
        self.sub = self.quiet_words(56)
        self.sub.centred = False
        self.steps = Steps(self, sizes, numbered=False, most=76)
        self.echoes = [self.quiet_words(46) for _ in range(ECHOES)]
        self.time_left = TimeLeft(self)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        self.headline.say(screen.headline[0])
        self.sub.say(screen.sub[0] if screen.sub else None)
        self.sign.setVisible(not screen.ends_soon)
        self.clock.setVisible(screen.ends_soon)
        self.steps.say(screen.steps)
        self.other_code.setVisible(screen.shape is Shape.NOT_A_CODE)
        say_all(self.echoes, screen.echoes)
        level(self.echoes)
        self.time_left.show_part(screen.progress)

    def arrange(self) -> None:
        """Tall: picture over words. Wide: picture beside words."""
        box = self.body(self.sizes.px(48))
        gap, bar = self.sizes.px(28), self.sizes.px(18)
        self.time_left.setGeometry(box.left(), box.bottom() - bar, box.width(), bar)
        box.setBottom(box.bottom() - bar - self.sizes.px(8))
        foot_share = 0 if self.sizes.large else 16
        if self.sizes.portrait:
            preview, top, headline, steps, foot = rows(box, (42, 9, 17, 16, foot_share), gap)
        elif self.sizes.large:
            above, steps = rows(box, (66, 34), gap)
            preview, right = columns(above, (45, 55), gap)
            top, headline, foot = rows(right, (52, 48, 0), gap)
        else:
            preview, right = columns(box, (52, 48), gap)
            top, headline, steps, foot = rows(right, (14, 31, 27, 28), gap)
        self.preview.setGeometry(preview)
        self.other_code.setGeometry(self.preview.beside_guide())
        sign, sub = columns(top, (top.height(), max(1, top.width() - top.height())), gap)
        self.sign.setGeometry(sign)
        self.clock.setGeometry(sign)
        self.sub.setGeometry(sub)
        self.headline.setGeometry(headline)
        self.steps.setGeometry(steps)
        for label, place in zip(self.echoes, rows(foot, [1] * ECHOES), strict=True):
            label.setGeometry(place)
        level(self.echoes)
