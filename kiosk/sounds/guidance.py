"""What spoken guidance reads: every sentence of the traveller's screens, and how a machine says it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from kiosk.i18n.places import TRANSLATED, source
from kiosk.i18n.texts import TRAVELLER, text
from verification.reasons import reasons

TABLE = Path(__file__).with_name("pinyin.toml")


@cache
def pinyin() -> dict[str, str]:
    """By the text in simplified Chinese."""
    rows: dict[str, str] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["screen"]
    return rows


def sentences(language: str) -> dict[str, str]:
    """What is read for each text; nothing with a place for a value, and no Mandarin without pinyin."""
    tree = ElementTree.parse(source(TRANSLATED[0]))  # noqa: S314  our own file
    said = {
        text(message.findtext("source", ""), language): ""
        for context in tree.iter("context")
        if context.findtext("name") == TRAVELLER
        for message in context.iter("message")
    }
    said |= {row.traveller[language]: "" for row in reasons().values()}
    read = {words: pinyin().get(words, "") if language == "zh_CN" else words for words in said}
    return {words: sounds for words, sounds in read.items() if sounds and "{" not in words}
