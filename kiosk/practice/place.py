"""Where practice keeps its records, and how every command knows them from a lane's."""

from __future__ import annotations

from pathlib import Path

from config.regular import is_there

PLACE = "practice"
"""Folder in the lane's journal folder for everything of practice: authorities, lists, records."""
MARK = ".checkpoint-kiosk-practice"
"""In a journal's folder: these records are of practice, and nobody exports them."""


def practice_folder(journal: Path) -> Path:
    """The place of practice of the lane whose journal's folder this is."""
    return journal / PLACE


def is_practice(journal: Path) -> bool:
    """Whether the records in this folder are of practice."""
    return is_there(journal / MARK)
