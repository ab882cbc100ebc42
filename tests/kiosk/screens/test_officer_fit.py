"""Nothing on the officer's panel is cut off, in any scene, language or size."""

from __future__ import annotations

import re
from itertools import chain, combinations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kiosk.i18n.texts import LANGUAGES
from kiosk.screens.crossings_shots import crossings_screens
from kiosk.screens.officer_shots import SCENES, officer_screens
from kiosk.widgets.told import Unseen

TIGHT = ((1280, 800), (1080, 1920))
"""1920x1080 has more room for each letter than either of these."""


def cut_off(panel: QWidget) -> list[str]:
    """The texts that do not fit where they stand."""
    bad = []
    for button in panel.findChildren(QPushButton):
        if button.isVisible() and button.width() < button.sizeHint().width():
            bad.append(f"button {button.text()!r}: {button.width()} < {button.sizeHint().width()}")
    for label in panel.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, Unseen):
            continue
        if label.wordWrap():
            needed = label.heightForWidth(label.width())
            wide = max(map(label.fontMetrics().horizontalAdvance, _unbroken(label.text())))
        else:
            needed, wide = label.sizeHint().height(), label.sizeHint().width()
        if label.height() < needed or label.width() < wide:
            bad.append(f"label {label.text()!r}: {label.size()} needs {wide} x {needed}")
    for widget in panel.findChildren(QWidget):
        inside = isinstance(widget, QPushButton | QLabel | QLineEdit) and widget.isVisible()
        if inside and not _scrolled(widget, panel):
            corner = widget.mapTo(panel, widget.rect().bottomRight())
            if not panel.rect().contains(corner):
                bad.append(f"{widget} sticks out")
    return bad + squeezed(panel)


def squeezed(panel: QWidget) -> list[str]:
    """Keys that lie on one another, or beyond the edge of the part they stand in."""
    bad = []
    keys = [key for key in panel.findChildren(QPushButton) if key.isVisible() and not _scrolled(key, panel)]
    for key in keys:
        part = key.parentWidget()
        while part is not None and part is not panel:
            if not part.rect().contains(key.mapTo(part, key.rect().bottomRight())):
                bad.append(f"button {key.text()!r} is cut off")
                break
            part = part.parentWidget()
    for one, other in combinations(keys, 2):
        if one.parentWidget() is other.parentWidget() and one.geometry().intersects(other.geometry()):
            bad.append(f"button {one.text()!r} lies on {other.text()!r}")
    return bad


def _unbroken(words: str) -> list[str]:
    """What no line break divides: words, and each sign of Chinese."""
    return re.findall(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+", words)


def _scrolled(widget: QWidget, panel: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not panel:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("size", TIGHT, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_fits(qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    seen = {}
    for name, panel in chain(officer_screens([language], [size]), crossings_screens([language], [size])):
        panel.show()
        QApplication.processEvents()
        assert (panel.width(), panel.height()) == size
        if found := cut_off(panel):
            seen[name] = found
    assert seen == {}


def test_the_scenes_cover_sign_in_referral_and_every_trouble() -> None:
    assert {"officer-sign-in", "officer-referral", "officer-confirm", "officer-lost-contact"} <= set(SCENES)
