"""What a verdict's page makes room for: large letters, a step alone, other languages without a code."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from kiosk.presenters.traveller_screen import Line, Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import LARGE, Sizes
from kiosk.widgets.steps import Steps
from kiosk.widgets.verdict_page import VerdictPage


def _sizes(*, large: bool = False) -> Sizes:
    return Sizes.for_window(1920, 1080, diagonal_mm=686, reading_mm=700, large=large)


def test_large_letters_are_half_as_large_again_in_headlines_and_steps_too(qtbot: QtBot) -> None:
    usual, large = (
        VerdictPage(_sizes(large=wanted), Role.REFER, Shape.HAND_DIAMOND) for wanted in (False, True)
    )
    qtbot.addWidget(usual)
    qtbot.addWidget(large)
    for part in ("headline", "sub", "code"):
        assert getattr(large, part).most == round(getattr(usual, part).most * LARGE)
    assert large.steps.labels[0].most == round(usual.steps.labels[0].most * LARGE)


def test_a_step_alone_has_no_number_and_two_have_theirs(qtbot: QtBot) -> None:
    steps = Steps(page := VerdictPage(_sizes(), Role.REFER, Shape.HAND_DIAMOND), _sizes())
    qtbot.addWidget(page)
    steps.resize(1200, 200)
    alone, left = steps.labels[0], []
    for said in (["Have your document ready"], ["Stay here", "Have your document ready"]):
        steps.say([Line("en", words) for words in said])
        left.append(alone.x())
    assert left[0] < left[1], "a number stands before the first of two"


def test_other_languages_have_the_whole_width_where_no_code_stands_beside_them(qtbot: QtBot) -> None:
    page = VerdictPage(_sizes(), Role.REFER, Shape.DESK)
    qtbot.addWidget(page)
    page.resize(1920, 900)
    for code in ("", "R|ASK", ""):
        page.code.say(Line("en", code))
        page.arrange()
        right = page.width() - 1 - page.echoes[-1].geometry().right()
        assert (right == page.echoes[0].x()) is not bool(code)
