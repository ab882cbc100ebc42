"""What this kiosk keeps about you: a page made from the table and the settings the journal erases by."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.i18n.texts import text
from kiosk.keeping.table import Days, days, groups
from sync.retention import Keeping

TITLE = QT_TRANSLATE_NOOP("Traveller", "What this kiosk keeps about you")
NEVER = QT_TRANSLATE_NOOP(
    "Traveller", "Never kept: your name, document number, date of birth, picture, voice, or the code itself."
)
SEEN = QT_TRANSLATE_NOOP(
    "Traveller", "An officer who helps you sees a masked name while you stand here. It is not kept."
)
ONE_NUMBER = QT_TRANSLATE_NOOP("Traveller", "{days} days")
ONE_DAY = QT_TRANSLATE_NOOP("Traveller", "1 day")
TWO_NUMBERS = QT_TRANSLATE_NOOP("Traveller", "{least} to {most} days")
THEN_ERASED = QT_TRANSLATE_NOOP("Traveller", "Kept, then erased:")


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the page."""

    what: str
    days: str
    who: str


@dataclass(frozen=True, slots=True)
class KeepsPage:
    """The page in one language."""

    language: str
    title: str
    never: str
    seen: str
    then: str
    rows: tuple[Kept, ...]
    url: str
    """Where to read it at home; empty: nowhere."""


def keeps(keeping: Keeping, language: str, url: str = "") -> KeepsPage:
    """The page for a lane that keeps its records so."""
    rows = []
    for group in groups():
        number = days(group, keeping)
        if group.about == "traveller" and number is not None:
            rows.append(Kept(group.what[language], in_days(number, language), group.who[language]))
    return KeepsPage(
        language=language,
        title=text(TITLE, language),
        never=text(NEVER, language),
        seen=text(SEEN, language),
        then=text(THEN_ERASED, language),
        rows=tuple(rows),
        url=url,
    )


def in_days(number: Days, language: str) -> str:
    """How long, in words."""
    if number.least != number.most:
        return text(TWO_NUMBERS, language).format(least=number.least, most=number.most)
    if number.most == 1:
        return text(ONE_DAY, language)
    return text(ONE_NUMBER, language).format(days=number.most)
