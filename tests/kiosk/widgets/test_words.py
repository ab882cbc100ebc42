"""How large words are, and in how many lines."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.presenters.line import Line
from kiosk.widgets.words import CALM, Words, level


def said(qtbot: QtBot, text: str, *, bold: bool, width: int) -> Words:
    words = Words(None, most=120, least=40, bold=bold, lines=3)
    qtbot.addWidget(words)
    words.resize(width, 260)
    words.say(Line("en", text))
    assert words.fits
    return words


def lines(words: Words) -> int:
    return round(words.filled()[1] / words.pixels / 1.22)


def test_a_sentence_stays_in_one_line_that_costs_little_and_a_headline_is_as_large_as_may_be(
    qtbot: QtBot,
) -> None:
    quiet = said(qtbot, "The officers there will help you", bold=False, width=1340)
    loud = said(qtbot, "The officers there will help you", bold=True, width=1340)
    assert (lines(quiet), lines(loud)) == (1, 2)
    assert CALM * loud.pixels <= quiet.pixels < loud.pixels


def test_a_sentence_that_would_be_small_in_one_line_has_two(qtbot: QtBot) -> None:
    assert lines(said(qtbot, "The officers there will help you", bold=False, width=900)) == 2


def test_two_sentences_have_a_line_each(qtbot: QtBot) -> None:
    assert lines(said(qtbot, "Please go to the desk now. It helps you", bold=False, width=1800)) == 2


def test_words_that_were_made_level_before_their_page_came_stay_level(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    beside = [Words(page, most=60, least=20) for _ in range(2)]
    for words, text in zip(beside, ("Short", "A line that is longer by far"), strict=True):
        words.say(Line("en", text))
        words.setGeometry(0, 0, 300, 40)
    level(beside)
    page.show()
    assert beside[0].pixels == beside[1].pixels
