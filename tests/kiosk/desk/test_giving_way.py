"""Who counts long beside the lane rests as long as it works."""

from __future__ import annotations

from kiosk.desk.giving_way import LONGEST_S, PIECE, giving_way


def rests(count: int, each_s: float) -> list[float]:
    """The rests of a count of so many things that take so long each."""
    taken, rested = list[int](), list[float]()
    for one in giving_way(range(count), rested.append, lambda: len(taken) * each_s):
        taken.append(one)
    assert taken == [*range(count)]
    return [round(rest, 6) for rest in rested]


def test_each_piece_is_followed_by_a_rest_as_long_as_it_took() -> None:
    assert rests(3 * PIECE + 1, 1e-6) == [round(PIECE * 1e-6, 6)] * 3


def test_a_machine_that_stood_still_is_not_waited_for_as_long_again() -> None:
    assert rests(PIECE, 1.0) == [LONGEST_S]


def test_what_is_short_has_no_rest() -> None:
    assert rests(PIECE - 1, 1e-6) == []
