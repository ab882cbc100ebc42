"""No run waits at its end for a long file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.order import LONG, TESTS, first_the_long


def test_every_long_file_is_there_and_named_once() -> None:
    assert len(set(LONG)) == len(LONG)
    assert [file for file in LONG if not (TESTS / file).is_file()] == []


def test_long_files_come_first_and_the_others_stay_as_they_were() -> None:
    other, another = TESTS / "z.py", TESTS / "a.py"
    long = [TESTS / file for file in LONG[:2]]
    assert first_the_long([other, long[1], another, long[0]]) == [*long, other, another]


def test_this_run_is_in_that_order(request: pytest.FixtureRequest) -> None:
    files = [item.path for item in request.session.items]
    assert first_the_long(files) == files


def test_no_worker_orders_them_otherwise() -> None:
    assert "--dist loadfile --no-loadscope-reorder" in Path(TESTS.parent, "Makefile").read_text("utf-8")
