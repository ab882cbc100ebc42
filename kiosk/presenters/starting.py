"""What the first screen says. It imports nothing that takes time: the lane's own words come later."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.i18n.texts import TranslationsMissing, load, text
from kiosk.presenters.line import Line

STARTING = QT_TRANSLATE_NOOP("Traveller", "Starting")
ONE_MOMENT_PLEASE = QT_TRANSLATE_NOOP("Traveller", "One moment, please")


def starting(languages: Sequence[str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Headlines and the lines under them, one for each language.

    Only English where the translations are not there: the start itself says so in a moment.
    """
    try:
        load()
    except TranslationsMissing:
        languages = ("en",)
    headlines = tuple(Line(language, text(STARTING, language)) for language in languages)
    return headlines, tuple(Line(language, text(ONE_MOMENT_PLEASE, language)) for language in languages)
