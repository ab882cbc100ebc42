"""Exposures change only when a code is seen that this one does not show well."""

from __future__ import annotations

from drivers.camera.bracket import RETURNS_S, TRIED_S, Exposure, ExposureBracket


def changes(bracket: ExposureBracket, unread: bool, begin: float, seconds: float) -> list[Exposure]:
    """What it changed to over some seconds at 30 frames a second."""
    made = (bracket.frame(unread, begin + number / 30) for number in range(round(seconds * 30)))
    return [exposure for exposure in made if exposure is not None]


def test_a_code_that_is_seen_and_not_read_is_tried_at_every_exposure_in_turn() -> None:
    bracket = ExposureBracket((2.0, 6.0, "auto"))
    assert changes(bracket, True, 0.0, 4 * TRIED_S) == [6.0, "auto", 2.0]


def test_the_exposure_that_helped_stays_while_codes_come() -> None:
    bracket = ExposureBracket((2.0, 6.0))
    changes(bracket, True, 0.0, 1.5 * TRIED_S)
    assert bracket.now == 6.0
    assert changes(bracket, False, 1.0, RETURNS_S / 2) == []
    assert bracket.now == 6.0


def test_with_nothing_in_view_it_begins_again_with_the_first() -> None:
    bracket = ExposureBracket((2.0, 6.0))
    changes(bracket, True, 0.0, 1.5 * TRIED_S)
    assert changes(bracket, False, 1.0, RETURNS_S + 1) == [2.0]


def test_one_exposure_is_never_changed() -> None:
    assert changes(ExposureBracket((4.0,)), True, 0.0, 5.0) == []
    assert changes(ExposureBracket(("auto",)), False, 5.0, 5.0) == []


def test_a_single_unread_frame_changes_nothing() -> None:
    bracket = ExposureBracket((2.0, 6.0))
    for number in range(60):
        assert bracket.frame(number % 3 == 0, number / 30) is None
