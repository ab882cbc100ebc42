"""The row of keys: language, letters, headphones, more time. Nobody has to touch one to cross."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.i18n.texts import text
from kiosk.presenters import phrases
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns
from kiosk.widgets.key_pictures import easy_to_read, headphones, loudness, more_time
from kiosk.widgets.touch_key import TouchKey

SHORT = {"zh_HK": "繁", "zh_CN": "简", "en": "EN", "pt": "PT"}
NAMES = {"zh_HK": "繁體中文", "zh_CN": "简体中文", "en": "English", "pt": "Português"}
LEVELS = 4
"""Steps of the loudness."""
_ONE_OF, _ON_OR_OFF = QAccessible.Role.RadioButton, QAccessible.Role.CheckBox


class TouchBar(QWidget):
    """Every key has its place whether it is shown or not, so that nothing jumps under a finger."""

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget, sizes: Sizes, languages: Sequence[str], *, spoken: bool) -> None:
        """`spoken`: the lane has words to say to who cannot see."""
        super().__init__(parent)
        self._sizes, self._languages = sizes, tuple(languages)
        self.languages: dict[str, TouchKey] = {}
        for language in languages:
            key = TouchKey(
                self, sizes, NAMES[language], letters=SHORT[language], language=language, role=_ONE_OF
            )
            key.clicked.connect(lambda _on=False, named=language: self.language_chosen.emit(named))
            self.languages[language] = key
        self.look = TouchKey(self, sizes, phrases.EASY_TO_READ, picture=easy_to_read, role=_ON_OR_OFF)
        self.guide = TouchKey(self, sizes, phrases.SPOKEN_GUIDANCE, picture=headphones, role=_ON_OR_OFF)
        self.louder = TouchKey(self, sizes, phrases.VOLUME, picture=loudness(2, LEVELS))
        self.more_time = TouchKey(self, sizes, phrases.MORE_TIME, picture=more_time)
        self.keys = [*self.languages.values(), self.look]
        if spoken:
            self.keys += [self.guide, self.louder]
        self.keys.append(self.more_time)
        for key in (self.guide, self.louder, self.more_time):
            key.hide()
        self.guide.setVisible(spoken)

    def speak(self, language: str, chosen: str | None) -> None:
        """Names the keys in a language, and shows which one was chosen."""
        for name, key in self.languages.items():
            key.setChecked(name == chosen)
        for key, name in (
            (self.look, phrases.EASY_TO_READ),
            (self.guide, phrases.SPOKEN_GUIDANCE),
            (self.louder, phrases.VOLUME),
            (self.more_time, phrases.MORE_TIME),
        ):
            key.setAccessibleName(text(name, language))

    def show_state(self, *, eased: bool, guided: bool, loud: int, timed: bool) -> None:
        """Lights and shows what holds now; `loud` is a step from 1 to `LEVELS`."""
        self.look.setChecked(eased)
        self.guide.setChecked(guided)
        self.louder.show_picture(loudness(loud, LEVELS))
        self.louder.setVisible(guided and self.louder in self.keys)
        self.more_time.setVisible(timed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spreads the keys evenly."""
        super().resizeEvent(event)
        places = columns(self.rect(), [1] * len(self.keys), self._sizes.px(14))
        for key, place in zip(self.keys, places, strict=True):
            key.setGeometry(place)
