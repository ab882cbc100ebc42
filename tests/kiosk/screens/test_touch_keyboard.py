"""Keys on the screen: all an officer writes can be written with a finger, and nobody else meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.desk.note import LONGEST
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters.touch_keys import ROWS, Layer, first_layer, phrases, with_phrase
from kiosk.widgets.touch_keyboard import TouchKeyboard
from tests.kiosk.desk.ground import PIN, referred
from tests.kiosk.screens.test_officer_panel import Booth


@pytest.fixture
def booth(tmp_path: Path, qtbot: QtBot) -> Iterator[Booth]:
    made = Booth(tmp_path, qtbot)
    yield made
    made.session.stop()


def writing(booth: Booth) -> TouchKeyboard:
    """A referral, two touches, and the key beside the note."""
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.touch(booth.panel.bar.buttons[0])
    booth.touch(booth.panel.bar.buttons[0])
    booth.touch(booth.panel.bar.keys)
    keyboard = booth.panel.bar.keyboard
    assert keyboard is not None
    return keyboard


def spell(booth: Booth, keyboard: TouchKeyboard, letters: str) -> None:
    for letter in letters:
        booth.touch(keyboard.key(letter))


def test_a_note_is_written_with_a_finger_alone_and_goes_with_the_decision(booth: Booth) -> None:
    keyboard = writing(booth)
    assert booth.panel.bar.note is not None
    booth.touch(keyboard.capitals)
    spell(booth, keyboard, "Sx")
    booth.touch(keyboard.erase)
    booth.touch(keyboard.layers[Layer.ACCENTS])
    spell(booth, keyboard, "ãç")
    booth.touch(keyboard.space)
    booth.touch(keyboard.layers[Layer.DIGITS])
    spell(booth, keyboard, "2&1")
    assert booth.panel.bar.note.hasFocus(), "a key never takes the focus from the note"
    assert not any(button.isVisible() for button in booth.panel.bar.buttons)
    booth.touch(keyboard.close_key)
    booth.touch(booth.panel.bar.confirm)
    assert booth.lane.asked == [("decide", "c", "O-17", "admit", "DOCUMENT_GENUINE", "Sãç 2&1")]


def test_a_finger_on_the_note_brings_the_keys_and_a_mouse_does_not(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.touch(booth.panel.bar.buttons[0])
    bar = booth.panel.bar
    assert bar.note is not None
    QApplication.processEvents()
    booth.qtbot.mouseClick(bar.note, Qt.MouseButton.LeftButton)
    assert bar.keyboard is None
    finger: QPointingDevice = QTest.createTouchDevice()
    touch = QTest.touchEvent(bar.note, finger)
    touch.press(1, bar.note.rect().center(), bar.note)
    touch.commit()
    touch.release(1, bar.note.rect().center(), bar.note)
    touch.commit()
    assert bar.keyboard is not None


def test_who_types_on_real_keys_never_meets_them(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_1)
    met = set()
    for _ in range(60):
        booth.press(Qt.Key.Key_Tab)
        met.add(QApplication.focusWidget())
    assert booth.panel.bar.note in met
    assert booth.panel.bar.keys not in met
    assert booth.panel.bar.keyboard is None


def test_digits_of_real_keys_press_no_reason_behind_the_keys(booth: Booth) -> None:
    writing(booth)
    assert not booth.panel.bar.press_digit(2)
    assert booth.panel.bar.draft.reason == "DOCUMENT_GENUINE"


def test_escape_puts_the_keys_away_and_keeps_the_note(booth: Booth) -> None:
    keyboard = writing(booth)
    spell(booth, keyboard, "ok")
    booth.press(Qt.Key.Key_Escape)
    bar = booth.panel.bar
    assert bar.keyboard is None
    assert bar.confirm is not None
    assert bar.confirm.hasFocus()
    assert bar.draft.note == "ok"
    assert bar.draft.complete


def test_a_note_stays_as_short_as_ever_and_no_sentence_is_cut_off(booth: Booth) -> None:
    keyboard = writing(booth)
    note = booth.panel.bar.note
    assert note is not None
    booth.touch(keyboard.layers[Layer.SENTENCES])
    for _ in range(20):
        for key in keyboard.phrases:
            if key.isEnabled():
                booth.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    assert len(note.text()) <= LONGEST
    assert note.text().endswith(tuple(phrases("en")))
    assert not any(key.isEnabled() for key in keyboard.phrases)
    booth.touch(keyboard.layers[Layer.LETTERS])
    for _ in range(LONGEST):
        booth.qtbot.mouseClick(keyboard.key("a"), Qt.MouseButton.LeftButton)
    assert len(note.text()) == LONGEST


def test_a_service_number_with_letters_is_touched_in(booth: Booth) -> None:
    form = booth.panel.sign_in
    booth.touch(form.abc)
    letters = {key.text(): key for key in form.letters.findChildren(QPushButton)}
    booth.touch(letters["O"])
    booth.touch(letters["-"])
    booth.touch(form.abc)
    keys = {key.text(): key for key in form.keys}
    for digit in "17":
        booth.touch(keys[digit])
    form.pin.setFocus()
    for digit in PIN:
        booth.touch(keys[digit])
    booth.touch(form.go)
    booth.settle()
    assert booth.session.officer is not None


def test_every_key_says_its_name_to_a_screen_reader(booth: Booth) -> None:
    keyboard = writing(booth)
    for layer in Layer:
        keyboard.turn(layer)
        keys = [key for key in keyboard.findChildren(QPushButton) if key.isVisible()]
        assert all(key.accessibleName() for key in keys)
        assert len({key.accessibleName() for key in keys}) == len(keys)


def test_portuguese_has_all_its_letters_and_chinese_its_sentences() -> None:
    assert set("áàâãçéêíóôõúü") <= set("".join(ROWS[Layer.ACCENTS]))
    assert {language: first_layer(language) is Layer.SENTENCES for language in LANGUAGES} == {
        "zh_HK": True,
        "zh_CN": True,
        "en": False,
        "pt": False,
    }


def test_sentences_are_set_apart_by_one_blank() -> None:
    assert with_phrase("", "A.") == "A."
    assert with_phrase("A.", "B.") == "A. B."
    assert with_phrase("甲。", "乙。") == "甲。乙。"
