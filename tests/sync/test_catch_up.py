"""A small piece of `make soak`'s thirty days: everything arrives, and nothing is left out by who is quick."""

from __future__ import annotations

from pathlib import Path

from tests.sync.catch_up import CaughtUp, catch_up


def test_days_without_a_hub_are_brought_to_it_whole(tmp_path: Path, postgres_url: str) -> None:
    done = catch_up(tmp_path, 3, 250, postgres_url, limit_s=120)
    assert done.complete
    assert done.crossings == 750
    assert done.records >= 750 * 8


def test_memory_that_grows_with_what_is_sent_is_not_called_flat() -> None:
    sizes = tuple(60.0 + step * 5 for step in range(11))
    level = (50.0, *[70.0] * 10)
    assert CaughtUp(1, 8, 1.0, 1.0, 1.0, level, level, True).flat
    assert not CaughtUp(1, 8, 1.0, 1.0, 1.0, sizes, level, True).flat
    assert not CaughtUp(1, 8, 1.0, 1.0, 1.0, level, sizes, True).flat
