"""All that people read is there in all four languages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.i18n import texts
from kiosk.i18n.build import build, update
from kiosk.i18n.places import TRANSLATED, source
from kiosk.i18n.texts import LANGUAGES, TranslationsMissing, speak, text
from kiosk.presenters import phrases
from tests.kiosk.i18n.sources import messages
from verification.reasons import reasons

HAN = re.compile("[一-鿿]")


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_unfinished(language: str) -> None:
    unfinished = [
        key
        for key, message in messages(language).items()
        if (translation := message.find("translation")) is None
        or translation.get("type")
        or not translation.text
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_places_for_values_are_the_same_in_every_language(language: str) -> None:
    for (_, english), message in messages(language).items():
        translated = message.findtext("translation", "")
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", translated)), english


def test_collecting_the_texts_again_finds_nothing_new(tmp_path: Path) -> None:
    for language in TRANSLATED:
        shutil.copy(source(language), source(language, tmp_path))
    update(tmp_path)
    for language in TRANSLATED:
        assert messages(language, tmp_path).keys() == messages(language).keys()


def test_one_text_is_said_in_four_languages_at_once() -> None:
    said = {language: text(phrases.PLEASE_PASS, language) for language in LANGUAGES}
    assert len(set(said.values())) == 4
    assert said["en"] == "Please pass"
    assert HAN.search(said["zh_HK"])
    assert HAN.search(said["zh_CN"])


@pytest.mark.parametrize("language", ["zh_HK", "zh_CN"])
def test_every_reason_is_told_to_the_traveller_in_chinese(language: str) -> None:
    assert all(HAN.search(row.traveller[language]) for row in reasons().values())


def test_missing_translations_are_one_line_that_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TranslationsMissing) as caught:
        texts.load(tmp_path)
    assert "make setup" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_translations_are_built_from_their_sources_alone(tmp_path: Path) -> None:
    made = build(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(file.name for file in made)


class Listening(QLabel):
    """Counts how often it was told that the language changed."""

    told = 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.told += 1
        super().changeEvent(event)


def test_the_language_changes_while_the_window_is_open(qtbot: QtBot) -> None:
    label = Listening()
    qtbot.addWidget(label)
    label.show()
    try:
        speak("pt")
        QCoreApplication.processEvents()
        assert label.told
        assert QCoreApplication.translate("Traveller", "Please pass") == text("Please pass", "pt")
    finally:
        speak("en")
    assert QCoreApplication.translate("Traveller", "Please pass") == "Please pass"
