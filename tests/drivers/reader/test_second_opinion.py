"""The other decoder: rarely asked, never trusted, never able to break anything."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from drivers.reader import second_opinion
from drivers.reader.region import Box
from drivers.reader.second_opinion import SecondOpinion
from tests.drivers.reader.drawn import drawn, drawn_in_parts
from tests.drivers.virtual_time import VirtualTime


def asked(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[bytes]:
    opinion = SecondOpinion(VirtualTime())
    box = Box(0, 0, picture.shape[1], picture.shape[0])
    contents = [symbol.content for symbol in opinion.ask(picture, box)]
    if opinion.fault is not None:
        pytest.skip(opinion.fault)
    return contents


def test_it_is_asked_once_a_second_and_only_about_codes_that_stay_unread() -> None:
    time = VirtualTime()
    opinion = SecondOpinion(time)
    asked_at = []
    for number in range(120):
        if opinion.due(located=True, read=number == 60):
            asked_at.append(number)
        time.wait(1 / 30)
    assert asked_at[0] == 14
    assert all(later - earlier >= 30 for earlier, later in pairwise(asked_at))
    assert not any(60 <= number < 75 for number in asked_at)


def test_it_is_never_asked_about_an_empty_picture() -> None:
    opinion = SecondOpinion(VirtualTime())
    assert not any(opinion.due(located=False, read=False) for _ in range(100))


def test_it_reads() -> None:
    assert asked(drawn(b"HC1:MADE-UP")) == [b"HC1:MADE-UP"]


def test_bytes_that_it_would_guess_at_are_left_alone() -> None:
    assert asked(drawn(b"\xb8\xd6\x90\xaf")) == []


def test_a_code_that_makes_the_library_raise_is_no_code() -> None:
    for part in drawn_in_parts("MADE UP TEXT IN SEVERAL PARTS " * 8, 5):
        assert isinstance(asked(part), list)


def test_without_the_library_it_is_off_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda _: None)
    opinion = SecondOpinion(VirtualTime())
    picture = drawn(b"HC1:MADE-UP")
    assert opinion.ask(picture, Box(0, 0, *picture.shape)) == ()
    assert opinion.fault == second_opinion.NO_LIBRARY
    assert not any(opinion.due(located=True, read=False) for _ in range(100))
