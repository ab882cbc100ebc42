"""Keys that answer one question: a screen reader says the question when it comes among them."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


class Group(QWidget):
    """Its accessible name is the question."""

    reader_role = QAccessible.Role.Grouping
