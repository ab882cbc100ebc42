"""Times as the commands take them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

import pytest

from kiosk.commands.iso_time import iso_time, iso_time_with_zone

NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2022-06-01T12:00:00Z", "2022-06-01T12:00", "2022-06-01T20:00:00+08:00"])
def test_a_time_is_utc_unless_it_says_its_zone(text: str) -> None:
    assert iso_time(text) == NOON
    assert iso_time(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["noon", "", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time_is_one_line(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no ISO time") as refused:
        iso_time(text)
    assert "\n" not in str(refused.value)


def test_a_roster_s_time_says_its_zone() -> None:
    assert iso_time_with_zone("2022-06-01T20:00:00+08:00") == NOON
    with pytest.raises(argparse.ArgumentTypeError, match="has no zone"):
        iso_time_with_zone("2022-06-01T12:00:00")
    with pytest.raises(argparse.ArgumentTypeError, match="is no ISO time"):
        iso_time_with_zone("0001-01-01T00:00+14:00")
