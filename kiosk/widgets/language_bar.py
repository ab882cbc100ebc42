"""The choice of language: four buttons that nobody has to touch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.theme.fonts import font
from kiosk.theme.palette import ROLES, Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns

SHORT = {"zh_HK": "繁", "zh_CN": "简", "en": "EN", "pt": "PT"}
NAMES = {"zh_HK": "繁體中文", "zh_CN": "简体中文", "en": "English", "pt": "Português"}


class LanguageBar(QWidget):
    """Emits the language that was touched."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, sizes: Sizes, languages: Sequence[str]) -> None:
        super().__init__(parent)
        self._sizes = sizes
        self.buttons: dict[str, QPushButton] = {}
        for language in languages:
            button = QPushButton(SHORT[language], self)
            button.setAccessibleName(NAMES[language])
            button.setFont(font(language, sizes.smallest, bold=True))
            button.clicked.connect(lambda _checked=False, named=language: self.chosen.emit(named))
            self.buttons[language] = button

    def wear(self, role: Role, language: str | None) -> None:
        """Takes the colours of the screen; the chosen language is filled."""
        tones = ROLES[role]
        for name, button in self.buttons.items():
            letters, ground = tones.text, tones.ground
            if name == language:
                letters, ground = ground, letters
            edge = f"{self._sizes.px(3)}px solid {tones.text}"
            button.setStyleSheet(
                f"QPushButton {{ color: {letters}; background: {ground}; padding: 0;"
                f" border: {edge}; border-radius: {self._sizes.px(16)}px; }}"
                f" QPushButton:focus {{ border-width: {self._sizes.px(7)}px; }}"
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spreads the buttons evenly."""
        super().resizeEvent(event)
        for button, place in zip(
            self.buttons.values(),
            columns(self.rect(), [1] * len(self.buttons), self._sizes.px(14)),
            strict=True,
        ):
            button.setGeometry(place)
