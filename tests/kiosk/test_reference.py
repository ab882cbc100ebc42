"""A crossing's number survives the telephone."""

from __future__ import annotations

import uuid

import pytest

from kiosk.reference import in_groups, read_reference, reference_of

REFERENCE = reference_of("0" * 32)


def test_a_reference_is_nine_digits_in_three_groups() -> None:
    assert in_groups(REFERENCE) == f"{REFERENCE[:3]} {REFERENCE[3:6]} {REFERENCE[6:]}"
    assert len(REFERENCE) == 9 and REFERENCE.isdecimal()


def test_a_crossing_always_has_the_same_one_and_others_have_others() -> None:
    crossings = [uuid.UUID(int=number).hex for number in range(2000)]
    assert len({reference_of(crossing) for crossing in crossings}) == 2000
    assert reference_of(crossings[7]) == reference_of(crossings[7])


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}-{0[1]}", "{0[0]}\u3000{0[1]}"])
def test_it_is_read_however_it_was_written(typed: str) -> None:
    parts = (REFERENCE[:3], REFERENCE[3:])
    assert read_reference(typed.format(REFERENCE if "{}" in typed else parts)) == REFERENCE


def test_digits_of_a_chinese_keyboard_are_digits() -> None:
    assert (
        read_reference(REFERENCE.translate(str.maketrans("0123456789", "０１２３４５６７８９"))) == REFERENCE
    )


def test_one_misheard_digit_is_noticed() -> None:
    for at, right in enumerate(REFERENCE):
        for wrong in set("0123456789") - {right}:
            assert read_reference(REFERENCE[:at] + wrong + REFERENCE[at + 1 :]) is None


def test_two_digits_in_the_wrong_order_are_noticed() -> None:
    digits = reference_of("another")
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        assert swapped == digits or read_reference(swapped) is None


@pytest.mark.parametrize("typed", ["", "12", "47110815a", "1" * 400, "471108153;drop", "²71108153"])
def test_what_is_none_is_none(typed: str) -> None:
    assert read_reference(typed) is None
