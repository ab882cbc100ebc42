"""Guards against the Qt binding that corrupts reference counts, and against a second Qt in the process."""

from __future__ import annotations

import gc
import sys
from importlib.metadata import version
from pathlib import Path

import cv2
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

ROUNDS = 3000


class Painted(QWidget):
    """A widget painted in Python: the path that lost two references at each paint."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.end()


def drift(rounds: int, widget: QWidget) -> int:
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(rounds):
        widget.update()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents()
    gc.collect()
    return sys.getrefcount(None) - before


def test_the_count_of_none_does_not_fall_while_a_screen_is_painted(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    drift(50, widget)
    assert abs(drift(ROUNDS, widget)) < ROUNDS // 20


def test_the_count_of_none_does_not_fall_while_labels_change(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for at in range(ROUNDS):
        label.setText(str(at))
    assert sys.getrefcount(None) - before > -ROUNDS // 20


def test_the_binding_is_the_one_that_was_measured() -> None:
    assert version("PySide6_Essentials") == "6.11.3"
    assert version("shiboken6") == "6.11.3"


def test_opencv_brings_no_second_qt() -> None:
    assert not (Path(cv2.__file__).parent / "qt").exists()
