"""Reads the .ts files for the tests."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from kiosk.i18n.places import SOURCES, TRANSLATED, source


def messages(language: str, folder: Path = SOURCES) -> dict[tuple[str, str], ElementTree.Element]:
    """The messages of a language by context and source text."""
    tree = ElementTree.parse(source(language, folder))
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in tree.iter("context")
        for message in context.iter("message")
    }


def sources(language: str) -> list[tuple[str, str]]:
    """Context and source text of all that is said; English has those of the others."""
    return list(messages(language if language in TRANSLATED else TRANSLATED[0]))
