"""A folder with a large revocation index at a lane: opened, changed, damaged, beside a list in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.settings import Trust
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.list_keeper import ListKeeper
from kiosk.lists import Lists
from sync.event import Event
from sync.event_types import ListsLoaded
from tests.verification.revocation.index.publisher import HASTY, KEY, PUBLIC, START, Publisher, uci
from verification.revocation import station_list
from verification.revocation.index.receiving import apply_delta
from verification.snapshot import RevocationQuery

A, B = b"A" * 16, b"B" * 16


class Lane:
    """The publisher's own folder is the lane's."""

    def __init__(self, folder: Path) -> None:
        self.publisher = Publisher(folder / "index")
        self.publisher.add(uci(A))
        self.publisher.new_base()
        self.key, self.other = folder / "key.pem", folder / "other.json"
        self.key.write_bytes(PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        self.other.write_bytes(station_list.write([], [("HC1", "*")], "other", START, KEY))
        self.told: list[Event | PartFailed | PartRecovered] = []

    def keeper(self, *beside: Path) -> ListKeeper:
        settings = Trust(key=(self.key,), revocation=(self.publisher.folder, *beside))
        return ListKeeper(settings, None)

    def look(self, keeper: ListKeeper) -> list[str]:
        """What was told of parts."""
        self.told.clear()
        keeper.look_again(self.told.append)
        parts = [one for one in self.told if isinstance(one, PartFailed | PartRecovered)]
        return [
            f"{type(one).__name__} {one.fault.part if isinstance(one, PartFailed) else one.part}"
            for one in parts
            if "trust" not in str(one)
        ]

    def change(self) -> None:
        apply_delta(self.publisher.folder, *self.publisher.delta([uci(B)], [uci(A)]), PUBLIC, disk=HASTY)

    def part(self) -> Path:
        return next(self.publisher.folder.glob("*.part"))


def says(lists: Lists, *digests: bytes) -> list[str]:
    index = lists.snapshot.revocation
    assert index is not None
    return [
        index.check(RevocationQuery("HC1", "DE", b"k1", (("UCI", digest),), at=START)).value
        for digest in digests
    ]


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    return Lane(tmp_path)


def test_a_folder_is_opened_as_an_index_with_its_own_age(lane: Lane) -> None:
    keeper = lane.keeper()
    assert says(keeper.lists, A, B) == ["REVOKED", "CLEAR"]
    assert [one.age and one.age.signed_at for one in keeper.lists.revocation] == [START]
    assert ListsLoaded("revocation", START.isoformat(), 1) in keeper.lists.events


def test_a_change_of_the_index_is_seen_at_the_next_look(lane: Lane) -> None:
    keeper = lane.keeper()
    before = keeper.lists
    lane.change()
    assert lane.look(keeper) == []
    assert says(keeper.lists, A, B) == ["CLEAR", "REVOKED"]
    assert says(before, A, B) == ["REVOKED", "CLEAR"], "a scan that began before goes on undisturbed"


def test_what_is_only_stored_beside_the_index_is_no_change(lane: Lane) -> None:
    keeper = lane.keeper()
    (lane.publisher.folder / "notes").write_text("?")
    assert not keeper.look_again(lane.told.append)


def test_an_index_that_cannot_be_opened_leaves_the_one_before(lane: Lane) -> None:
    keeper = lane.keeper()
    manifest = lane.publisher.folder / "CURRENT"
    good = manifest.read_bytes()
    manifest.write_bytes(b"?")
    assert lane.look(keeper) == ["PartFailed revocation list"]
    assert says(keeper.lists, A, B) == ["REVOKED", "CLEAR"]
    manifest.write_bytes(good)
    assert lane.look(keeper) == ["PartRecovered revocation list"]


def test_an_index_that_was_never_opened_clears_nobody(lane: Lane) -> None:
    (lane.publisher.folder / "CURRENT").unlink()
    keeper = lane.keeper(lane.other)
    assert says(keeper.lists, A, B) == ["NO_LIST", "NO_LIST"]
    assert keeper.lists.snapshot.revocation is not None


def test_a_damaged_part_is_named_before_a_traveller_meets_it_and_clears_nobody(lane: Lane) -> None:
    part = lane.part()
    good = part.read_bytes()
    part.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    keeper = lane.keeper(lane.other)
    assert lane.look(keeper) == ["PartFailed revocation list index"]
    assert lane.look(keeper) == []
    assert says(keeper.lists, A, B) == ["STALE", "STALE"], "the other list, which clears B, does not count"
    part.write_bytes(good)
    lane.change()
    assert lane.look(keeper) == ["PartRecovered revocation list index"]
    assert says(keeper.lists, A, B) == ["CLEAR", "REVOKED"]
