"""The row of help: call an officer, the slip, and what else a traveller may want to know."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.i18n.texts import text
from kiosk.lane_view import Help
from kiosk.presenters import help_texts as t
from kiosk.presenters.traveller_screen import Line
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns
from kiosk.widgets.help_pictures import back, information, officer, slip
from kiosk.widgets.touch_key import TouchKey
from kiosk.widgets.word_key import WordKey
from kiosk.widgets.words import Words

SHARES = (58, 9, 33)
SAID = {Help.NONE: "", Help.NOTED: t.BEING_CALLED, Help.CALLED: t.CALLED}


class HelpBar(QWidget):
    """Every key has its place. Once an officer is called, that place says so, and one key cancels."""

    def __init__(self, parent: QWidget, sizes: Sizes) -> None:
        super().__init__(parent)
        self._sizes = sizes
        self.call = WordKey(self, sizes, officer)
        self.said = Words(self, most=round(sizes.smallest * 1.15), least=sizes.smallest, bold=True, lines=1)
        self.slip = TouchKey(self, sizes, t.SLIP, picture=slip)
        self.info = WordKey(self, sizes, information)
        self.cancel = WordKey(self, sizes)
        self.home = WordKey(self, sizes, back)
        self.keys: tuple[WordKey | TouchKey, ...] = (
            self.call, self.slip, self.info, self.cancel, self.home
        )  # fmt: skip

    def show_state(self, language: str, called: Help, *, slip: bool, aside: bool, slip_open: bool) -> None:
        """`slip`: there is one to take along; `aside`: a page of the traveller's own is open."""
        asked = called is not Help.NONE
        for key, words in (
            (self.call, t.CALL),
            (self.info, t.HELP),
            (self.cancel, t.CANCEL),
            (self.home, t.BACK),
        ):
            key.say(Line(language, text(words, language)))
        self.slip.setAccessibleName(text(t.SLIP, language))
        self.slip.setChecked(slip_open)
        self.said.say(Line(language, text(SAID[called], language)) if asked else None)
        self.call.setVisible(not asked)
        self.said.setVisible(asked)
        self.slip.setVisible(slip)
        self.home.setVisible(aside)
        self.cancel.setVisible(asked and not aside)
        self.info.setVisible(not asked and not aside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The call left, the slip in the middle, the rest right."""
        super().resizeEvent(event)
        left, middle, right = columns(self.rect(), SHARES, self._sizes.px(14))
        self.call.setGeometry(left)
        self.said.setGeometry(left)
        self.slip.setGeometry(middle)
        for key in (self.info, self.cancel, self.home):
            key.setGeometry(right)
