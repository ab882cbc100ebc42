"""The colours do their duty in grey and for weak eyes."""

from __future__ import annotations

from itertools import combinations

import pytest

from kiosk.theme.palette import ROLES, STRONG, Role, Tones, contrast, lightness


@pytest.mark.parametrize("role", list(Role))
def test_words_stand_out_from_every_ground_they_are_put_on(role: Role) -> None:
    tones = ROLES[role]
    for letters in (tones.text, tones.quiet):
        for ground in (tones.ground, tones.panel):
            assert contrast(letters, ground) >= 4.5
    assert contrast(tones.symbol, tones.ground) >= 4.5


@pytest.mark.parametrize("role", list(Role))
def test_in_high_contrast_every_word_stands_out_seven_times(role: Role) -> None:
    tones = STRONG[role]
    for letters in (tones.text, tones.quiet):
        for ground in (tones.ground, tones.panel):
            assert contrast(letters, ground) >= 7, (letters, ground)
    assert contrast(tones.symbol, tones.ground) >= 7
    assert contrast(tones.symbol, tones.on_symbol) >= 7
    assert tones.quiet == tones.text


@pytest.mark.parametrize("roles", [ROLES, STRONG], ids=["usual", "high contrast"])
def test_every_two_verdicts_are_apart_in_lightness(roles: dict[Role, Tones]) -> None:
    for one, other in combinations((Role.ADMIT, Role.REFER, Role.REFUSE, Role.NEUTRAL), 2):
        assert abs(lightness(roles[one].ground) - lightness(roles[other].ground)) >= 12, (one, other)


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
