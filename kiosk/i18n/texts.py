"""The texts in every language at once: a screen may speak four of them at the same time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from kiosk.i18n.places import BUILT, TRANSLATED, compiled

LANGUAGES = ("zh_HK", "zh_CN", "en", "pt")
TRAVELLER = "Traveller"
"""The context of all that a traveller reads."""


class TranslationsMissing(Exception):
    """The compiled translations are not there. `str()` is one line that says what to run."""


_loaded: dict[str, QTranslator] = {}


def load(folder: Path = BUILT) -> None:
    """Loads the translators of all languages. Raises `TranslationsMissing`."""
    fresh: dict[str, QTranslator] = {}
    for language in TRANSLATED:
        file = compiled(language, folder)
        translator = QTranslator()
        if not translator.load(str(file)):
            raise TranslationsMissing(f"{file} is missing or damaged: run `make setup`")
        fresh[language] = translator
    _loaded.update(fresh)


def text(source: str, language: str, context: str = TRAVELLER) -> str:
    """A source text in a language; the source itself in English or where a translation is not finished."""
    if language not in TRANSLATED:
        return source
    if not _loaded:
        load()
    return _loaded[language].translate(context, source) or source


def speak(language: str) -> None:
    """Makes `QCoreApplication.translate` answer in a language; every open widget gets a LanguageChange."""
    if not _loaded:
        load()
    for translator in _loaded.values():
        QCoreApplication.removeTranslator(translator)
    if language in _loaded:
        QCoreApplication.installTranslator(_loaded[language])
