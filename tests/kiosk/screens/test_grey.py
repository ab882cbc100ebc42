"""A grey print of a screen still says which verdict it is: by its ground, its sign's shape, and contrast."""

from __future__ import annotations

from itertools import combinations, pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from kiosk.presenters.traveller_screen import Shape
from kiosk.screens.traveller_shots import LAYOUTS, MODES
from kiosk.widgets.boxes import square
from kiosk.widgets.sign import Sign
from kiosk.widgets.waiting import Waiting
from tests.kiosk.screens.stage import Stage, grey

VERDICTS = ("waiting", "passing", "referred-unknown-signer", "refused-expired")
SIGNS = ("admitted", "passing", "referred-unknown-signer", "refused-expired", "at-desk", "closed",
         "out-of-order-camera", "evacuate", "gathering-test", "not-a-code-link")  # fmt: skip
APART = 18
"""Steps of 256 between the grounds of two verdicts: patches of a grey print are told apart at ten."""
STANDS_OUT = 90
"""Steps of 256 between a sign and its ground."""


def picture_of_sign(stage: Stage) -> NDArray[np.uint8]:
    """The sign of the page in front in grey, 200 by 200."""
    signs = (*stage.window.page.findChildren(Sign), *stage.window.page.findChildren(Waiting))
    (sign,) = [one for one in signs if one.isVisible()]
    picture = grey(sign.grab(square(sign.rect())).toImage())
    return np.asarray(cv2.resize(picture, (200, 200), interpolation=cv2.INTER_AREA), np.uint8)


def shape_alone(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the sign is not ground, whatever is darker."""
    level = picture.astype(int)
    return np.asarray(np.abs(level - level[0, 0]) > 40)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_grounds_of_the_verdicts_are_apart_in_grey(qtbot: QtBot, layout: str, mode: str) -> None:
    stage = Stage(qtbot, LAYOUTS[layout].model_copy(update=MODES[mode]))
    grounds: list[int] = []
    for name in VERDICTS:
        stage.tell(name, "en")
        picture = grey(stage.window.page.grab().toImage())
        corners = {int(picture[y, x]) for y in (1, -2) for x in (1, -2)}
        assert len(corners) == 1, name
        grounds += corners
    grounds.sort()
    assert all(later - earlier >= APART for earlier, later in pairwise(grounds)), grounds


@pytest.mark.parametrize("mode", MODES)
def test_every_sign_is_told_by_its_shape_alone_and_stands_out_from_its_ground(
    qtbot: QtBot, mode: str
) -> None:
    stage = Stage(qtbot, LAYOUTS["small"].model_copy(update=MODES[mode]))
    shapes = {}
    for name in SIGNS:
        stage.tell(name, "en")
        picture = picture_of_sign(stage)
        shapes[name] = shape_alone(picture)
        signed, ground = picture[shapes[name]], int(picture[0, 0])
        assert shapes[name].mean() > 0.1, name
        assert abs(float(np.median(signed)) - ground) >= STANDS_OUT, name
    for one, other in combinations(SIGNS, 2):
        assert np.mean(shapes[one] != shapes[other]) > 0.05, (one, other)


def test_every_shape_but_the_phone_is_among_the_signs(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LAYOUTS["small"])
    shown = set()
    for name in SIGNS:
        stage.tell(name, "en")
        shown.add(stage.window.screen_shown.shape)
    assert shown == set(Shape) - {Shape.PHONE}


@pytest.mark.parametrize("mode", MODES)
def test_a_revoked_code_is_drawn_to_the_pixel_as_any_other_referral(qtbot: QtBot, mode: str) -> None:
    stage = Stage(qtbot, LAYOUTS["small"].model_copy(update=MODES[mode]))
    stage.tell("referred-revoked", "zh_HK")
    revoked = stage.picture()
    stage.tell("referred-unknown-signer", "zh_HK")
    assert stage.picture() == revoked
