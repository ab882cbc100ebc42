"""Power cuts and full disks while publishing: clients see the old bundle or the new one, never a mixture."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tuf.api.exceptions import RepositoryError

from sync.bundle.layout import Jurisdiction
from sync.bundle.publishing import proposing
from sync.bundle.publishing.keys import OnlineKeys, new_key
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal
from sync.bundle.publishing.revocation import IndexBuilder
from sync.bundle.publishing.stick import write_stick
from tests.sync.bundle.publishing.station import Client, Station
from verification.revocation.index.batches import Batch
from verification.revocation.index.disk import Disk
from verification.revocation.index.documents import Stated
from verification.revocation.index.fields import Covers
from verification.revocation.index.keys import Scope

POLICY = "station/policy/arrivals.json"
LIST = "hk/trust/signers.json"
INDEX = "hk/revocation/border/CURRENT"


class PowerCut(BaseException):
    """The world ends here: nothing after it happens, not even tidying up."""


class Cut(Disk):
    """A disk under a machine that loses power after so many calls; or one that is full from then on."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.full = False
        self.calls = 0

    def _count(self) -> None:
        self.calls += 1
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if self.full else PowerCut

    def create(self, file: Path) -> int:
        self._count()
        return super().create(file)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._count()
        return super().write(descriptor, data[: max(1, len(data) // 2)])

    def sync(self, descriptor: int) -> None:
        self._count()
        super().sync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        self._count()
        super().rename(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._count()
        super().sync_folder(folder)

    def remove(self, file: Path) -> None:
        self._count()
        super().remove(file)


class Copies:
    """One founded station, and copies of it that start from the same files and keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first = _founded(folder / "first", Disk())

    def copy(self, name: str) -> tuple[Station, Cut]:
        disk = Cut()
        copy = Station(self.folder / name, disk)
        shutil.copytree(self.first.folder, copy.folder)
        copy.roots, copy.targets = self.first.roots, self.first.targets
        copy.jurisdictions = self.first.jurisdictions
        return copy, disk

    def calls(self, change: Callable[[Station], None]) -> int:
        """How many calls of the disk a change makes."""
        copy, disk = self.copy("counted")
        change(copy)
        return disk.calls


def _founded(folder: Path, disk: Disk) -> Station:
    station = Station(folder, disk)
    station.found()
    station.delegate(Jurisdiction.HONG_KONG)
    station.publish(LIST, b"old")
    return station


@pytest.mark.parametrize("full", [False, True], ids=["power cut", "full disk"])
def test_at_every_call_a_client_gets_the_old_list_or_the_new_one(tmp_path: Path, full: bool) -> None:
    copies = Copies(tmp_path)
    calls = copies.calls(lambda station: station.publish(LIST, b"new"))
    assert calls > 20
    seen = set()
    for after in range(calls):
        station, disk = copies.copy(f"{after}")
        client = Client(tmp_path / f"client{after}", station.folder / "bundle")
        disk.left, disk.full = after, full
        with pytest.raises(NotPublished if full else PowerCut) as ended:
            station.publish(LIST, b"new")
        if full:
            assert "make room" in str(ended.value)
        disk.left = None
        found = client.get(LIST)
        assert found in (b"old", b"new")
        seen.add(found)
        station.publish(LIST, b"newest")
        assert client.get(LIST) == b"newest"
    assert seen == {b"old", b"new"}


def test_a_cut_at_every_call_of_a_rotation_is_mended_by_the_next_renewal(tmp_path: Path) -> None:
    """Between the new root and its timestamp clients are refused; after a renewal they are not."""
    copies = Copies(tmp_path)
    for after in range(copies.calls(rotate_targets)):
        station, disk = copies.copy(f"{after}")
        client = Client(tmp_path / f"client{after}", station.folder / "bundle")
        disk.left = after
        with pytest.raises(PowerCut):
            rotate_targets(station)
        disk.left = None
        station.repository.refresh(anyway=True)
        assert client.get(LIST) == b"old"


@pytest.mark.parametrize("heal", ["renewal", "publish"])
@pytest.mark.parametrize("role", OnlineKeys.ROLES)
def test_a_cut_at_every_call_of_a_rotation_of_the_hubs_keys_is_mended(
    tmp_path: Path, role: str, heal: str
) -> None:
    """By what the hub does by itself within minutes, or by whatever is published next."""
    copies, refused = Copies(tmp_path), 0
    for after in range(copies.calls(lambda station: rotate_online(station, role))):
        station, disk = copies.copy(f"{after}")
        client = Client(tmp_path / f"client{after}", station.folder / "bundle")
        assert client.get(LIST) == b"old"
        disk.left = after
        with pytest.raises(PowerCut):
            rotate_online(station, role)
        disk.left = None
        try:
            assert client.get(LIST) == b"old"
        except RepositoryError:
            refused += 1
        if heal == "renewal":
            station.repository.refresh()
            assert client.get(LIST) == b"old"
        else:
            station.publish(LIST, b"new")
            assert client.get(LIST) == b"new"
    assert refused, "the moment between root and timestamp was among them"


def rotate_online(station: Station, role: str) -> None:
    fresh = station.repository.online.make(role)
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, role, None, fresh.public)
    station.change_root(root, station.roots[:2])
    station.repository.online.forget(role, station.state.root.signed.roles[role].keyids)


def rotate_targets(station: Station) -> None:
    fresh = new_key()
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "targets", None, fresh.public)
    station.change_root(root, station.roots[:2], targets=fresh)


def test_replaced_files_stay_a_week_and_then_go(tmp_path: Path) -> None:
    station = _founded(tmp_path / "hub", Disk())
    tree = station.repository.tree
    station.publish(LIST, b"new")
    assert len([name for name in tree.files("targets") if name.endswith("signers.json")]) == 2
    station.late = timedelta(days=6)
    station.repository.refresh(anyway=True)
    assert len([name for name in tree.files("targets") if name.endswith("signers.json")]) == 2
    station.late = timedelta(days=8)
    station.repository.refresh(anyway=True)
    kept = [name for name in tree.files("targets") if name.endswith("signers.json")]
    assert len(kept) == 1
    assert tree.target(kept[0]) == b"new"
    assert [name for name in tree.files("metadata") if name.endswith(".hk.json")] == ["2.hk.json"]
    assert "1.root.json" in tree.files("metadata")


def test_the_files_of_a_replaced_index_stay_a_week_too(tmp_path: Path) -> None:
    station = _founded(tmp_path / "hub", Disk())
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    station.publish("hk/keys/lists.pem", public)
    builder = IndexBuilder(tmp_path / "work", key)
    parts = []
    for number in (1, 2):
        stated = Stated("hk", station.repository.now, Covers())
        made = builder.publish([Batch(Scope(None, "UCI"), [bytes([number]) * 16])], stated, most_deltas=0)
        station.publish(INDEX, made.current, more=builder.files(INDEX, station.repository.tree))
        parts.append({name for name in station.repository.tree.files("targets") if name.endswith(".part")})
    assert [len(found) for found in parts] == [1, 2]
    station.late = timedelta(days=8)
    station.repository.refresh(anyway=True)
    left = {name for name in station.repository.tree.files("targets") if name.endswith(".part")}
    assert left == parts[1] - parts[0]


def test_an_old_file_that_is_damaged_stops_no_publishing(tmp_path: Path) -> None:
    station = _founded(tmp_path / "hub", Disk())
    (station.folder / "bundle/metadata/1.snapshot.json").write_bytes(b"damaged")
    station.publish(LIST, b"new")
    assert Client(tmp_path / "client", station.folder / "bundle").get(LIST) == b"new"


def test_roots_are_never_removed(tmp_path: Path) -> None:
    station = _founded(tmp_path / "hub", Disk())
    rotate_targets(station)
    station.late = timedelta(days=80)
    station.repository.refresh(anyway=True)
    roots = [name for name in station.repository.tree.files("metadata") if name.endswith(".root.json")]
    assert roots == ["1.root.json", "2.root.json"]


def test_a_stick_that_reads_back_wrong_is_not_called_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = _founded(tmp_path / "hub", Disk())
    stick = tmp_path / "usb"
    stick.mkdir()
    write_stick(station.repository.tree, stick)
    before = sorted(str(file) for file in stick.rglob("*"))
    station.publish(LIST, b"new")

    def worn_out(reading: IO[bytes], writing: IO[bytes], _chunk: int) -> None:
        data = reading.read()
        writing.write(data[:-1] + b"?" if "/targets/" in str(reading.name) else data)

    monkeypatch.setattr("shutil.copyfileobj", worn_out)
    with pytest.raises(NotPublished, match="take another stick"):
        write_stick(station.repository.tree, stick)
    assert set(before) <= {str(file) for file in stick.rglob("*")}
    monkeypatch.undo()
    assert Client(tmp_path / "client", stick / "checkpoint-bundle").get(LIST) == b"old"


def test_two_changes_from_the_same_beginning_do_not_both_count(tmp_path: Path) -> None:
    station = _founded(tmp_path / "hub", Disk())
    proposals = []
    for _ in range(2):
        targets = proposing.next_targets(station.state, "hk", station.repository.now)
        targets.sign(station.jurisdictions[Jurisdiction.HONG_KONG].signer)
        proposals.append(Proposal(roles={"hk": targets}))
    station.repository.publish(proposals[0])
    with pytest.raises(NotPublished, match="begin again from what is published now"):
        station.repository.publish(proposals[1])
