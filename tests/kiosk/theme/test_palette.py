"""The colours do their duty in grey and for weak eyes."""

from __future__ import annotations

from itertools import combinations

import pytest

from kiosk.theme.palette import ROLES, Role, contrast, lightness


@pytest.mark.parametrize("role", list(Role))
def test_words_stand_out_from_every_ground_they_are_put_on(role: Role) -> None:
    tones = ROLES[role]
    for letters in (tones.text, tones.quiet):
        for ground in (tones.ground, tones.panel):
            assert contrast(letters, ground) >= 4.5
    assert contrast(tones.symbol, tones.ground) >= 4.5


def test_every_two_verdicts_are_apart_in_lightness() -> None:
    for one, other in combinations((Role.ADMIT, Role.REFER, Role.REFUSE, Role.NEUTRAL), 2):
        assert abs(lightness(ROLES[one].ground) - lightness(ROLES[other].ground)) >= 12, (one, other)


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
