"""A large revocation index in the bundle of a lane: asked like any list, as old as it was confirmed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.bundle.keeper import BundleKeeper
from sync.bundle.layout import TARGETS, index_file
from tests.kiosk.bundle.town import Town
from verification.assessment import Revocation
from verification.revocation.hashes import CTI, truncated
from verification.revocation.index.batches import Batch, gather
from verification.revocation.index.documents import Stated
from verification.revocation.index.fields import Covers
from verification.revocation.index.keys import Scope, week_of
from verification.revocation.index.manifest import CURRENT
from verification.revocation.index.publishing import publish_base
from verification.snapshot import Freshness

INDEX = "hk/revocation/border/CURRENT"
FOLDER = Path(INDEX).parent


def publish(town: Town, *hashes: bytes, sequence: int = 1) -> None:
    """An index of hk in the place of its one-file list."""
    town.repository.files.pop("hk/revocation/list.json", None)
    at, folder = town.repository.at, town.folder / f"index-{sequence}"
    gathered = gather([Batch(Scope(None, CTI), list(hashes), None)], week_of(at))
    stated = Stated("hk", at, Covers(frozenset({("HK1", "HK")})))
    publish_base(folder, gathered, stated, sequence, town.list_keys["hk"])
    town.repository.files[INDEX] = (folder / CURRENT).read_bytes()
    for file in folder.iterdir():
        if file.name != CURRENT:
            there = town.repository.folder / TARGETS / index_file(INDEX, file.name)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(file.read_bytes())
    town.publish(hours=1)


@pytest.fixture
def keeper(town: Town) -> BundleKeeper:
    publish(town, b"x" * 16)
    town.worker.look()
    return town.keeper()


def age(town: Town, keeper: BundleKeeper) -> Freshness:
    return next(one.freshness(town.clock.at) for one in keeper.lists.revocation if one.file == FOLDER)


def test_the_index_is_asked(town: Town, keeper: BundleKeeper) -> None:
    assert keeper.lists.faults == ()
    assert town.check(keeper, town.code()).revocation is Revocation.CLEAR
    publish(town, b"x" * 16, truncated(bytes(16)), sequence=2)
    town.worker.look()
    assert keeper.look_again(town.told.append)
    assert town.check(keeper, town.code()).revocation is Revocation.REVOKED
    assert town.check(keeper, town.code("mo")).revocation is Revocation.CLEAR


def test_an_index_that_did_not_change_is_confirmed_by_new_timestamps(
    town: Town, keeper: BundleKeeper
) -> None:
    town.repository.at += timedelta(days=20)
    town.clock.at = town.repository.at
    town.repository.publish(timestamp_only=True)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert age(town, keeper) is Freshness.FRESH


def test_an_index_that_could_not_be_brought_up_is_as_old_as_its_own_document(
    town: Town, keeper: BundleKeeper
) -> None:
    town.repository.at += timedelta(days=2)
    publish(town, b"y" * 16, sequence=2)
    for file in (town.repository.folder / TARGETS).rglob("*.part"):
        file.write_bytes(b"nonsense")
    town.clock.at = town.repository.at
    town.worker.look()
    keeper.look_again(town.told.append)
    assert f"-bundle {INDEX}" in town.faults()
    assert age(town, keeper) is Freshness.AGEING
    assert {view.freshness for view in keeper.lists.views(town.clock.at) if view.kind == "trust"} == {
        Freshness.FRESH
    }


def test_a_damaged_block_is_found_named_and_fetched_again(town: Town, keeper: BundleKeeper) -> None:
    part = next((town.folder / "bundle" / "index" / "hk.border").glob("*.part"))
    data = part.read_bytes()
    part.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    fresh = town.keeper()
    for _ in range(3):
        fresh.look_again(town.told.append)
    assert f"-revocation list {FOLDER}" in town.faults()
    town.worker.look()
    assert part.read_bytes() == data
    assert fresh.look_again(town.told.append)
    assert f"+revocation list {FOLDER}" in town.faults()
    assert town.check(fresh, town.code()).revocation is Revocation.CLEAR
