"""How words are put one beside the other in each language: Chinese has marks of its own width."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.presenters.touch_keys import CHINESE


def listed(words: Iterable[str], language: str) -> str:
    """Things of one kind: names, codes of parts, kinds of document."""
    return ("、" if language in CHINESE else ", ").join(words)


def clauses(words: Iterable[str], language: str) -> str:
    """What happened, one after the other."""
    return ("，" if language in CHINESE else ", ").join(words)


def aside(words: str, language: str) -> str:
    """In brackets, with the space before them where the language has one."""
    return f"（{words}）" if language in CHINESE else f" ({words})"


def colon(language: str) -> str:
    """Between a name and what is said of it."""
    return "：" if language in CHINESE else ": "
