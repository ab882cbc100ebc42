"""The room for records: warned of, then kept for officers' decisions, and never flickering."""

from __future__ import annotations

import pytest

from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.space_watch import MEGABYTE, SpaceWatch
from sync.reserve import Space


class Disk:
    def __init__(self) -> None:
        self.space = Space(5_000 * MEGABYTE, True)
        self.told: list[PartFailed | PartRecovered] = []
        self.watch = SpaceWatch(lambda: self.space, warn_mb=1000, refer_mb=100)

    def has(self, free_mb: int, *, reserved: bool = True) -> str:
        self.space = Space(free_mb * MEGABYTE, reserved)
        self.watch.look_again(self.told.append)
        last = self.told[-1] if self.told else None
        return last.fault.code if isinstance(last, PartFailed) else ""


@pytest.mark.parametrize(
    ("free_mb", "code", "enough"), [(1000, "", True), (999, "SW", True), (100, "SW", True), (99, "SR", False)]
)
def test_little_room_is_warned_of_and_hardly_any_refers(free_mb: int, code: str, enough: bool) -> None:
    disk = Disk()
    assert disk.has(free_mb) == code
    assert disk.watch.enough is enough


def test_a_reserve_that_was_given_free_refers_whatever_the_disk_says() -> None:
    disk = Disk()
    assert disk.has(5000, reserved=False) == "SR"
    assert not disk.watch.enough


def test_nothing_is_told_twice_and_room_at_the_edge_does_not_flicker() -> None:
    disk = Disk()
    for free_mb in (99, 101, 99, 110, 98, 119):
        assert disk.has(free_mb) == "SR"
    assert len(disk.told) == 1
    assert disk.has(121) == "SW"
    assert disk.has(1100) == "SW"
    assert disk.has(1201) == ""
    assert isinstance(disk.told[-1], PartRecovered)
    assert len(disk.told) == 3


def test_a_disk_that_cannot_be_asked_changes_nothing() -> None:
    def broken() -> Space:
        raise OSError

    told: list[PartFailed | PartRecovered] = []
    watch = SpaceWatch(broken, 1000, 100)
    watch.look_again(told.append)
    assert told == []
    assert watch.enough
