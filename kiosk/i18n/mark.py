"""Marks a text for translation where it is written, while it is shown elsewhere."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:  # noqa: N802 (the name lupdate looks for)
    """The source text itself. Qt's own function of this name says it returns an `object`."""
    del context
    return source
