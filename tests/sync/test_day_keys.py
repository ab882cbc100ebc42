"""The station's keys take their turn at midnight only, and no key outlives its day by more than 31 days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sync.day_keys import KEY_BYTES, DayKeys, keep_station_keys

TODAY = date(2026, 3, 1)
TOMORROW = TODAY + timedelta(days=1)
STATION = {TODAY - timedelta(days=1): b"y" * KEY_BYTES, TODAY: b"t" * KEY_BYTES, TOMORROW: b"m" * KEY_BYTES}


def test_a_day_that_has_begun_goes_on_with_its_own_key_and_tomorrow_is_the_stations(tmp_path: Path) -> None:
    keys = DayKeys(tmp_path)
    own = keys.of(TODAY)
    assert keys.of(TOMORROW) != STATION[TOMORROW], "made in advance"
    keep_station_keys(tmp_path, STATION)
    keys.adopt(STATION, TODAY)
    for known in (keys, DayKeys(tmp_path)):
        assert known.of(TODAY) == own
        assert known.is_own(TODAY)
        assert known.of(TOMORROW) == STATION[TOMORROW]
        assert not known.is_own(TOMORROW)
        assert known.of_station() == STATION


def test_the_stations_key_of_a_day_is_used_from_its_first_moment(tmp_path: Path) -> None:
    keep_station_keys(tmp_path, STATION)
    assert DayKeys(tmp_path).of(TODAY) == STATION[TODAY]
    assert not (tmp_path / f"{TODAY}.key").exists()


def test_both_keys_of_a_day_are_destroyed_together(tmp_path: Path) -> None:
    keys = DayKeys(tmp_path)
    keys.of(TODAY)
    keep_station_keys(tmp_path, STATION)
    keys.adopt(STATION, TODAY)
    assert keys.due(TODAY + timedelta(days=30)) == [TODAY - timedelta(days=1)]
    due = keys.due(TODAY + timedelta(days=31))
    assert sorted(due) == [TODAY - timedelta(days=1), TODAY]
    keys.destroy(due)
    assert [file.name for file in tmp_path.rglob("*.key")] == [f"{TOMORROW}.key"]
    assert set(DayKeys(tmp_path).alive()) == {TOMORROW}


def test_keys_that_are_too_old_are_not_taken_up_again(tmp_path: Path) -> None:
    keys = DayKeys(tmp_path)
    keys.adopt(STATION, TODAY + timedelta(days=31))
    assert set(keys.of_station()) == {TOMORROW}


@pytest.mark.parametrize("key", [b"", b"short", bytes(KEY_BYTES + 1)])
def test_what_is_no_key_is_not_written(tmp_path: Path, key: bytes) -> None:
    keep_station_keys(tmp_path, {TODAY: key})
    assert list(tmp_path.rglob("*.key")) == []
