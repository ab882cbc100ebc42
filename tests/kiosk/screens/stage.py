"""A traveller's window on a stage where time stands still."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from config.moment import Moment
from config.settings import Display
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.aside import Along
from kiosk.screens.traveller_shots import AT, LAYOUTS, Story, stories
from kiosk.screens.traveller_window import TravellerWindow

STORIES: dict[str, Story] = {story.name: story for story in stories()}


class Stage:
    """One window, shown; its clock moves only when `now` is changed."""

    def __init__(
        self,
        qtbot: QtBot,
        display: Display,
        *,
        demo: bool = False,
        still: bool = True,
        spoken: bool = False,
        along: Along | None = None,
        practice: bool = False,
    ) -> None:
        self.now: Moment = AT
        self.window = TravellerWindow(
            display,
            "3",
            demo,
            clock=lambda: self.now,
            still=still,
            spoken=spoken,
            along=along,
            practice=practice,
        )
        qtbot.addWidget(self.window)
        self.window.show()

    def tell(self, name: str, language: str | None = None) -> None:
        """Shows a story."""
        story = STORIES[name]
        if story.view.phase is Phase.WAITING:
            self.window.show_lane(LaneView(Phase.HELD, "3"))
        self.window.show_lane(replace(story.view, language=language))
        for later in (0.0, 2.0, 4.0):
            self.now = AT.later(later)
            self.window.show_sight(story.sight)
        self.now = AT

    def picture(self) -> QImage:
        """What is on the screen."""
        return self.window.grab().toImage()


def portrait(**more: object) -> Display:
    """The usual display, with changes."""
    return LAYOUTS["portrait"].model_copy(update=more)


def nobody() -> LaneView:
    """A lane that waits."""
    return LaneView(Phase.WAITING, "3")


def pixels(image: QImage) -> NDArray[np.uint8]:
    """Pixels of a picture, height x width x 3, RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def grey(image: QImage) -> NDArray[np.uint8]:
    """The picture as a grey printer sees it."""
    return np.asarray(cv2.cvtColor(pixels(image), cv2.COLOR_RGB2GRAY), np.uint8)
