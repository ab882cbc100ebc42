"""Where the fixed parts of the officer's panel stand: the row at its top, the column at its side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kiosk.widgets.touch_bar import NAMES


def top_row(
    demo: QLabel, languages: Mapping[str, QPushButton], who: QLabel, keys: Sequence[QPushButton]
) -> QHBoxLayout:
    """Whether anything is real, the officer's language, who is signed in, and the ways out."""
    row = QHBoxLayout()
    row.addWidget(demo)
    row.addStretch(1)
    for code, button in languages.items():
        button.setProperty("small", "true")
        button.setAccessibleName(NAMES[code])
        row.addWidget(button)
    row.addWidget(who)
    for button in keys:
        button.setProperty("small", "true")
        row.addWidget(button)
    return row


def side_column(side: QWidget, parts: Sequence[QWidget]) -> None:
    """One part below the other, all room under the last."""
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)


def body_and_side(body: QBoxLayout, side: QWidget, width: int, height: int) -> None:
    """Side by side when wide, one above the other when tall; sizes are the panel's, in pixels."""
    tall = height > width
    body.setDirection(QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight)
    for place, share in enumerate((1, 0) if tall else (65, 35)):
        body.setStretch(place, share)
    side.setMaximumWidth(16_777_215 if tall else max(360, width * 35 // 100))
