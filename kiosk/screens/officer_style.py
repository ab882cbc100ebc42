"""What the officer's panel adds to the theme's style sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from kiosk.theme.fonts import FAMILIES
from kiosk.theme.palette import DEMO_GROUND, DEMO_STRIPE, INK, LINE, MIST, PANEL, ROLES, SKY, Role
from kiosk.theme.stylesheet import officer_stylesheet


def set_rank(label: QLabel, rank: str) -> None:
    """What a label is from now on: a `warning` stands out, an empty rank is plain words."""
    if label.property("rank") != rank:
        label.setProperty("rank", rank)
        label.style().polish(label)


def dress(window: QWidget, letters: int, language: str) -> None:
    """Gives a window its style. The same once more costs nothing; another is 10 ms and more."""
    style = panel_stylesheet(letters, language)
    if style != window.styleSheet():
        window.setStyleSheet(style)


def panel_stylesheet(letters: int, language: str) -> str:
    """The whole style of the panel for body text of so many pixels."""
    families = ", ".join(f'"{family}"' for family in FAMILIES[language])
    refer = ROLES[Role.REFER]
    small = max(40, letters * 2)
    key = max(44, round(letters * 2.2))
    return f"""{officer_stylesheet(letters)}
    QWidget {{ font-family: {families}; }}
    QLabel[rank="strong"] {{ font-weight: bold; }}
    QLabel[rank="code"] {{ font-weight: bold; color: {SKY}; }}
    QLabel[rank="demo"] {{
        background: {DEMO_GROUND}; color: {DEMO_STRIPE}; font-weight: bold;
        border: 3px solid {DEMO_STRIPE}; border-radius: 6px; padding: 4px {letters}px;
    }}
    QLabel[rank="warning"] {{
        background: {refer.ground}; color: {refer.text}; font-weight: bold; border-radius: 8px; padding: 8px;
    }}
    QFrame[panel="true"] QWidget {{ background: transparent; }}
    QFrame[panel="true"] QLabel[rank="demo"] {{ background: {DEMO_GROUND}; }}
    QFrame[panel="true"] QLineEdit {{ background: white; color: {INK}; }}
    QFrame[panel="true"] QPushButton {{ background: {PANEL}; }}
    QFrame[panel="true"] QPushButton:checked {{ background: white; color: {INK}; }}
    QFrame[panel="true"] QPushButton[role="admit"] {{ background: {ROLES[Role.ADMIT].ground}; }}
    QFrame[panel="true"] QPushButton[role="refuse"] {{ background: {ROLES[Role.REFUSE].ground}; }}
    QFrame[panel="true"] QPushButton[role="refer"] {{ background: {refer.ground}; color: {refer.text}; }}
    QFrame[panel="true"] QPushButton:disabled, QPushButton[role]:disabled {{
        background: {PANEL}; color: {MIST}; border: 2px dashed {LINE};
    }}
    QPushButton[role]:focus, QFrame[panel="true"] QPushButton:focus {{ border: 5px solid {SKY}; }}
    QPushButton[small="true"] {{ min-height: {small}px; }}
    QPushButton[key="true"] {{ min-height: {key}px; padding: 0 5px; border-radius: 6px; }}
    QScrollArea {{ border: none; }}
    """
