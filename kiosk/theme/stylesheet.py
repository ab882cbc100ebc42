"""The style sheet for what is touched or typed into; the traveller's screens paint with the palette."""

from __future__ import annotations

from kiosk.theme.palette import INK, LINE, MIST, NIGHT, PANEL, ROLES, SKY, WHITE, Role


def officer_stylesheet(letters: int = 18) -> str:
    """Style of the officer's widgets. `letters` is the pixel size of body text.

    Set the property `role` of a QPushButton or QLabel to a `Role` value (`admit`, `refer`, `refuse`) to
    give it the colours of that verdict, `rank` of a QLabel to `title` or `quiet` for its place in the text.
    """
    touch = max(48, round(letters * 2.7))
    return f"""
    QWidget {{ background: {NIGHT}; color: {WHITE}; font-size: {letters}px; }}
    QLabel {{ background: transparent; }}
    QLabel[rank="title"] {{ font-size: {round(letters * 1.6)}px; font-weight: bold; }}
    QLabel[rank="quiet"] {{ color: {MIST}; }}
    QFrame[panel="true"] {{ background: {PANEL}; border-radius: 12px; }}
    QPushButton {{
        background: {PANEL}; color: {WHITE}; border: 2px solid {LINE}; border-radius: 10px;
        min-height: {touch}px; padding: 0 {letters}px; font-weight: bold;
    }}
    QPushButton:hover {{ border-color: {WHITE}; }}
    QPushButton:focus {{ border: 4px solid {SKY}; }}
    QPushButton:pressed {{ background: {LINE}; }}
    QPushButton:checked {{ background: {WHITE}; color: {NIGHT}; border-color: {WHITE}; }}
    QPushButton:disabled {{ color: {LINE}; border-color: {PANEL}; }}
    {_roles()}
    QLineEdit, QPlainTextEdit, QComboBox {{
        background: {WHITE}; color: {INK}; border: 2px solid {LINE}; border-radius: 8px;
        min-height: {touch}px; padding: 0 {letters // 2}px;
    }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 4px solid {SKY}; }}
    QListView, QTableView, QTreeView {{
        background: {PANEL}; alternate-background-color: {NIGHT}; border: none; gridline-color: {LINE};
        selection-background-color: {SKY}; selection-color: {INK};
    }}
    QHeaderView::section {{ background: {NIGHT}; color: {MIST}; border: none; padding: 6px; }}
    QScrollBar:vertical {{ background: {NIGHT}; width: 18px; }}
    QScrollBar::handle:vertical {{ background: {LINE}; border-radius: 8px; min-height: 48px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    """


def _roles() -> str:
    rules = []
    for role in (Role.ADMIT, Role.REFER, Role.REFUSE, Role.CLOSED):
        tones = ROLES[role]
        rules.append(
            f'QPushButton[role="{role}"], QLabel[role="{role}"] '
            f"{{ background: {tones.ground}; color: {tones.text}; border-color: {tones.text}; }}"
        )
    return "\n    ".join(rules)
