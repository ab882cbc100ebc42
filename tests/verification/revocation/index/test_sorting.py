"""What is sorted on disk is what is sorted in memory, whatever the order and the number of runs."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from verification.revocation.index import sorting
from verification.revocation.index.batches import Batch, Gathered, gather
from verification.revocation.index.keys import Scope, week_of
from verification.revocation.index.sorting import gathered_on_disk

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SCOPES = (Scope(None, "UCI"), Scope(b"made up", "CTI"), Scope(b"other", "UCI"))
ENDS = (None, AT + timedelta(days=20), AT + timedelta(days=90), AT - timedelta(days=30))


def digest(number: int) -> bytes:
    """Some begin alike."""
    whole = hashlib.sha256(b"%d" % number).digest()[:16]
    return bytes(8) + whole[8:] if number % 7 == 0 else whole


def some_batches(lot: random.Random) -> list[Batch]:
    return [
        Batch(
            lot.choice(SCOPES),
            [digest(lot.randrange(60)) for _ in range(lot.randrange(12))],
            lot.choice(ENDS),
            AT if lot.random() < 0.1 else None,
        )
        for _ in range(lot.randrange(30))
    ]


def same(one: Gathered, other: Gathered) -> bool:
    if one.timed != other.timed or set(one.entries) != set(other.entries):
        return False
    return all(
        np.array_equal(getattr(own, column), getattr(other.entries[scope], column))
        for scope, own in one.entries.items()
        for column in ("high", "low", "week")
    )


@pytest.mark.parametrize("at_once", [1, 5, 40, 1 << 19])
def test_sorting_on_disk_gives_what_sorting_in_memory_gives(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "_AT_ONCE", at_once)
    lot = random.Random(at_once)
    for _ in range(12):
        batches = some_batches(lot)
        with gathered_on_disk(batches, week_of(AT), tmp_path) as gathered:
            assert same(gathered, gather(batches, week_of(AT)))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_sorting_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "sorting").mkdir()
    (tmp_path / "sorting/run-0").write_bytes(b"half")
    with gathered_on_disk([Batch(SCOPES[0], [digest(1)])], week_of(AT), tmp_path) as gathered:
        assert len(gathered.entries[SCOPES[0]]) == 1
    assert list(tmp_path.iterdir()) == []
