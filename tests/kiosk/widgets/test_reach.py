"""No tail of a letter and no accent is cut off by the height a line is given."""

from __future__ import annotations

import string

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.i18n.texts import LANGUAGES
from kiosk.widgets.letters import EM, outline
from kiosk.widgets.reach import above, below

LATIN = string.ascii_letters + string.digits + "ÀÁÂÃÇÉÊÍÓÔÕÚàáâãçéêíóôõúªº.,:;!?'\"()[]/|+-–…%&=_@"
WIDE = "請请國国鬱鑿（）「」，。？：、"
HAIR = 0.01
"""Of the size: a rounded bottom goes that much over the line, and is seen by nobody."""


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_inside_the_height_of_its_line(qapp: QApplication, language: str, bold: bool) -> None:
    for letter in LATIN + WIDE:
        inked = outline(letter, language, bold).boundingRect()
        assert -inked.top() / EM <= above(letter) + HAIR, letter
        assert inked.bottom() / EM <= below(letter) + HAIR, letter


def test_a_line_reaches_as_far_as_its_furthest_letter() -> None:
    assert above("Último") > above("ultimo") and below("agente") > below("Canal")
    assert below("V|EXP") > below("agente")
