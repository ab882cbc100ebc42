"""Marks: nothing goes back below what would still be believed, and new keys forget stolen numbers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.bundle.marks import MOST_MARKS, NO_MARKS, Authority, Marks, read_marks

KEYS = "abcde"
keysets = st.frozensets(st.sampled_from(KEYS), min_size=1)
statements = st.lists(st.tuples(keysets, st.integers(1, 50)), max_size=12)


def floor(marks: Marks, keys: str, threshold: int = 1) -> int:
    return marks.floor("timestamp", Authority(frozenset(keys), threshold)).get("timestamp", 0)


def raised(*statements: tuple[str, int]) -> Marks:
    marks = NO_MARKS
    for signers, version in statements:
        marks = marks.raised("timestamp", frozenset(signers), {"timestamp": version})
    return marks


def test_the_highest_version_of_a_key_that_is_still_trusted_counts() -> None:
    assert floor(raised(("a", 5), ("a", 3)), "a") == 5
    assert floor(raised(("a", 5)), "ab") == 5


def test_a_key_that_is_not_trusted_any_more_takes_its_numbers_with_it() -> None:
    assert floor(raised(("b", 7), ("a", 1_000_000)), "b") == 7


def test_of_several_signers_as_many_must_be_trusted_as_sign_today() -> None:
    marks = raised(("ab", 9))
    assert floor(marks, "abc", 2) == 9
    assert floor(marks, "bc", 2) == 0
    assert floor(marks, "bc", 1) == 9


@given(statements, keysets, st.integers(1, 3))
def test_the_floor_is_the_highest_statement_that_would_be_believed_today(
    stated: list[tuple[frozenset[str], int]], keys: frozenset[str], threshold: int
) -> None:
    marks = raised(*(("".join(signers), version) for signers, version in stated))
    believed = [version for signers, version in stated if len(signers & keys) >= threshold]
    assert floor(marks, "".join(keys), threshold) == max(believed, default=0)


@given(statements, statements)
def test_two_copies_together_are_as_strict_as_the_stricter(
    first: list[tuple[frozenset[str], int]], second: list[tuple[frozenset[str], int]]
) -> None:
    one, two = (raised(*(("".join(s), v) for s, v in stated)) for stated in (first, second))
    both = one.with_all(two)
    for keys in ("a", "ab", "cde", KEYS):
        assert floor(both, keys) == max(floor(one, keys), floor(two, keys))


@given(statements)
def test_marks_are_written_and_read(stated: list[tuple[frozenset[str], int]]) -> None:
    marks = raised(*(("".join(signers), version) for signers, version in stated))
    read = read_marks(json.loads(json.dumps(marks.written())))
    for keys in ("a", "bc", KEYS):
        assert floor(read, keys) == floor(marks, keys)


def test_marks_do_not_grow_without_end() -> None:
    marks = NO_MARKS
    for number in range(100):
        marks = marks.raised("timestamp", frozenset({f"key-{number}"}), {"timestamp": number + 1})
    assert len(marks.by_role["timestamp"]) == MOST_MARKS
    assert floor(marks, "x") == 0


@pytest.mark.parametrize(
    "harm",
    [
        None,
        [],
        {"timestamp": {}},
        {"timestamp": [{}]},
        {"timestamp": [{"signers": [], "versions": {"a": "1"}}]},
    ],
)
def test_damaged_marks_are_no_marks(harm: object) -> None:
    with pytest.raises(ValueError):
        read_marks(harm)
