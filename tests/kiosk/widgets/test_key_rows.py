"""Keys in as many rows as they need, and pages of which only the one in front takes room."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.widgets.front_page import FrontPage
from kiosk.widgets.key_rows import KeyRows


def rows(qtbot: QtBot, width: int, *words: str) -> list[list[QRect]]:
    """Where keys with these words stand, row by row; an empty word is a hidden key."""
    window = QWidget()
    qtbot.addWidget(window)
    box = QWidget(window)
    keys = [QPushButton(word) for word in words]
    box.setLayout(KeyRows(*keys))
    for key in keys:
        key.setVisible(bool(key.text()))
    box.resize(width, 300)
    window.resize(800, 300)
    window.show()
    seen = [key.geometry() for key in keys if key.isVisible()]
    return [[one for one in seen if one.y() == top] for top in sorted({one.y() for one in seen})]


def test_keys_that_fit_share_one_row(qtbot: QtBot) -> None:
    (row,) = rows(qtbot, 600, "one", "two", "", "three")
    assert len({one.width() for one in row}) == 1


def test_keys_that_do_not_fit_take_a_second_row_and_never_lie_on_each_other(qtbot: QtBot) -> None:
    found = rows(qtbot, 400, *["a key with many words"] * 4)
    assert [len(row) for row in found] == [2, 2]
    assert all(one.right() < other.left() for row in found for one, other in pairwise(row))
    assert all(one.right() <= 400 for row in found for one in row)


def test_a_hidden_page_takes_no_height_from_the_one_in_front(qtbot: QtBot) -> None:
    pages = FrontPage()
    qtbot.addWidget(pages)
    low, high = QWidget(), QWidget()
    high.setMinimumSize(300, 500)
    for page in (low, high):
        page.setLayout(QVBoxLayout())
        pages.addWidget(page)
    high.layout().addWidget(QPushButton("made up"))
    assert pages.minimumSizeHint().height() < 100
    pages.setCurrentWidget(high)
    assert pages.minimumSizeHint().height() >= high.minimumSizeHint().height() > 0
