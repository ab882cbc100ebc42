"""Every attack that the TUF specification names (1.5.2), against a lane that has a good bundle.

Each leaves the set in use untouched, to the last byte, and says what it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sync.bundle.held import load
from sync.bundle.lane import Lane
from sync.bundle.layout import metadata_file, target_file
from sync.bundle.refused import Refused, Why
from sync.bundle.source import PIECE, Source
from sync.bundle.stick import Stick
from sync.bundle.update import update
from tests.sync.bundle.repository import AT, Counting, Repository, lane_of
from tests.sync.bundle.test_update import FILES, files

LATER = AT + timedelta(hours=1)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "published")


@pytest.fixture
def lane(repository: Repository, tmp_path: Path) -> Lane:
    """A lane that took in the first bundle."""
    lane = lane_of(tmp_path / "lane", repository.start(FILES))
    update(lane, repository.mirror(), AT)
    return lane


def in_use(lane: Lane) -> bytes:
    return (lane.store.folder / "IN_USE").read_bytes()


def refused(lane: Lane, source: Source, at: object = LATER) -> Why:
    before = in_use(lane)
    with pytest.raises(Refused) as caught:
        update(lane, source, at)  # type: ignore[arg-type]
    assert in_use(lane) == before
    held = load(lane.store, lane.wanted)
    assert held is not None and files(lane) == FILES
    return caught.value.why


# --- arbitrary software, wrong software ---


def test_a_target_that_was_not_signed_is_not_taken(repository: Repository, lane: Lane) -> None:
    repository.files["hk/trust/a.json"] = b"a new list"
    repository.publish()
    meta = repository.listed("hk")["hk/trust/a.json"]
    (repository.folder / "targets" / target_file(meta.path, meta.hashes["sha256"])).write_bytes(b"a bad list")
    assert refused(lane, repository.mirror()) is Why.DAMAGED


def test_another_target_in_the_place_of_the_wanted_one_is_not_taken(
    repository: Repository, lane: Lane
) -> None:
    repository.files |= {"hk/trust/a.json": b"a new list", "hk/trust/c.json": b"other list"}
    repository.publish()
    listed = repository.listed("hk")
    wanted, other = (listed[path] for path in ("hk/trust/a.json", "hk/trust/c.json"))
    shutil.copy(
        repository.folder / "targets" / target_file(other.path, other.hashes["sha256"]),
        repository.folder / "targets" / target_file(wanted.path, wanted.hashes["sha256"]),
    )
    assert refused(lane, repository.mirror()) is Why.DAMAGED


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", "hk"])
def test_metadata_signed_by_a_stranger_are_not_taken(role: str, repository: Repository, lane: Lane) -> None:
    repository.files["hk/trust/a.json"] = b"a new list"
    repository.sign_with[role] = ["stranger"]
    repository.publish("targets")
    assert refused(lane, repository.mirror()) is Why.FOREIGN


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", "hk"])
@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "no metadata", "nested"])
def test_damaged_metadata_are_not_taken(role: str, harm: str, repository: Repository, lane: Lane) -> None:
    repository.files["hk/trust/a.json"] = b"a new list"
    repository.publish("targets")
    version = None if role == "timestamp" else repository.version[role]
    file = repository.folder / "metadata" / metadata_file(role, version)
    data = file.read_bytes()
    harmed = {
        "cut": data[: len(data) // 2],
        "flipped": data.replace(b'"version":', b'"version":1', 1),
        "empty": b"",
        "no metadata": b"[]",
        "nested": b"[" * 50_000,
    }
    file.write_bytes(harmed[harm])
    assert refused(lane, repository.mirror()) in (Why.DAMAGED, Why.OVERSIZED, Why.FOREIGN)


# --- rollback ---


def test_an_older_timestamp_is_refused(repository: Repository, lane: Lane, tmp_path: Path) -> None:
    old = repository.copy(tmp_path / "old")
    repository.publish(timestamp_only=True)
    update(lane, repository.mirror(), AT)
    assert refused(lane, Stick(old)) is Why.ROLLED_BACK


def test_an_older_list_under_a_new_timestamp_is_refused(repository: Repository, lane: Lane) -> None:
    repository.publish("mo")
    update(lane, repository.mirror(), AT)
    repository.version["mo"] = 1
    repository.put_snapshot()
    repository.put_timestamp()
    assert refused(lane, repository.mirror()) is Why.ROLLED_BACK


def test_a_role_that_is_not_named_any_more_is_refused(repository: Repository, lane: Lane) -> None:
    repository.version["mo"] = 0
    repository.put_snapshot()
    repository.put_timestamp()
    assert refused(lane, repository.mirror()) is Why.ROLLED_BACK


@pytest.mark.parametrize("lost", ["metadata", "IN_USE", "TRUSTED", "truncated IN_USE", "truncated TRUSTED"])
def test_no_lost_file_of_a_lane_lets_an_old_bundle_in(
    lost: str, repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    old = repository.copy(tmp_path / "old")
    repository.publish("hk")
    update(lane, repository.mirror(), AT)
    folder = lane.store.folder
    if lost == "metadata":
        for file in (folder / "metadata").iterdir():
            file.write_bytes(file.read_bytes()[:100])
    elif lost.startswith("truncated"):
        file = folder / lost.split()[1]
        file.write_bytes(file.read_bytes()[:100])
    else:
        (folder / lost).unlink()
    with pytest.raises(Refused) as caught:
        update(lane, Stick(old), LATER)
    assert caught.value.why is Why.ROLLED_BACK
    repository.publish(timestamp_only=True)
    update(lane, repository.mirror(), LATER)
    assert files(lane) == FILES


def test_of_two_records_the_stricter_counts(repository: Repository, lane: Lane, tmp_path: Path) -> None:
    """As after a copy of the disk, or a part of one, was put back."""
    old = repository.copy(tmp_path / "old")
    record = lane.store.folder / "TRUSTED"
    before = record.read_bytes()
    repository.publish("hk")
    update(lane, repository.mirror(), AT)
    record.write_bytes(before)
    assert refused(lane, Stick(old)) is Why.ROLLED_BACK


def test_a_root_that_the_operator_puts_in_place_counts_and_an_old_one_changes_nothing(
    repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    repository.new_root()
    repository.publish(timestamp_only=True)
    assert update(lane, repository.mirror(), LATER).versions["root"] == 2
    assert not update(lane, repository.mirror(), LATER).changed, "its settings still name version 1"
    other = Repository(tmp_path / "other")
    for role in list(other.keys):
        other.keys[role] = [f"other-{key}" for key in other.keys[role]]
    lane.anchor = other.start({"hk/trust/a.json": b"of the new ceremony"})
    assert update(lane, other.mirror(), LATER).versions["root"] == 1
    assert files(lane) == {"hk/trust/a.json": b"of the new ceremony"}


def test_a_damaged_root_on_this_disk_lets_no_old_keys_in(
    repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    stolen = Repository(tmp_path / "stolen")
    stolen.start(FILES)
    stolen.version |= {"timestamp": 50, "snapshot": 50, "targets": 50, "hk": 50, "mo": 50}
    stolen.publish("targets", "hk", "mo")
    repository.keys |= {role: [f"new-{role}"] for role in ("timestamp", "snapshot", "targets")}
    repository.new_root()
    repository.publish("targets")
    update(lane, repository.mirror(), AT)
    assert refused(lane, stolen.mirror()) is Why.FOREIGN
    trusted = lane.store.trusted()
    assert trusted is not None
    (lane.store.folder / "metadata" / trusted.root).write_bytes(b"{")
    for _ in range(2):
        with pytest.raises(Refused) as caught:
            update(lane, stolen.mirror(), LATER)
        assert caught.value.why is Why.ROLLED_BACK
    assert update(lane, repository.mirror(), LATER).versions["root"] == 2
    assert files(lane) == FILES


def test_where_everything_that_was_remembered_is_damaged_nothing_is_taken(
    repository: Repository, lane: Lane
) -> None:
    for name in ("IN_USE", "TRUSTED"):
        (lane.store.folder / name).write_bytes(b"{")
    with pytest.raises(Refused) as caught:
        update(lane, repository.mirror(), LATER)
    assert caught.value.why is Why.STORAGE


# --- fast-forward, and how it is recovered ---


@pytest.mark.parametrize("role", ["timestamp", "snapshot"])
def test_numbers_driven_to_the_sky_are_recovered_by_new_keys(
    role: str, repository: Repository, lane: Lane
) -> None:
    good = dict(repository.version)
    if role == "snapshot":
        repository.version |= {"hk": 2**31 - 1, "snapshot": 2**31 - 1}
        repository.publish("hk")
    else:
        repository.version["timestamp"] = 2**31
        repository.publish(timestamp_only=True)
    update(lane, repository.mirror(), AT)
    repository.version = good
    repository.publish("hk")
    with pytest.raises(Refused) as caught:
        update(lane, repository.mirror(), LATER)
    assert caught.value.why is Why.ROLLED_BACK
    repository.keys |= {"snapshot": ["new-snapshot"], "timestamp": ["new-timestamp"]}
    repository.new_root()
    repository.publish("hk")
    assert update(lane, repository.mirror(), LATER).versions["hk"] == 3


def test_a_new_key_beside_the_old_one_forgets_no_mark(
    repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    repository.publish(timestamp_only=True)
    update(lane, repository.mirror(), AT)
    repository.keys["timestamp"] = ["timestamp", "timestamp-2"]
    repository.new_root()
    repository.version["timestamp"] = 0
    repository.put_timestamp()
    assert refused(lane, repository.mirror()) is Why.ROLLED_BACK


# --- indefinite freeze ---


def test_a_mirror_that_shows_the_same_for_ever_is_found_out(repository: Repository, lane: Lane) -> None:
    assert not update(lane, repository.mirror(), AT + timedelta(days=29)).changed
    assert refused(lane, repository.mirror(), AT + timedelta(days=30)) is Why.FROZEN


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_metadata_past_their_end_are_not_taken(role: str, repository: Repository, lane: Lane) -> None:
    repository.lasts[role] = timedelta(minutes=1)
    if role == "root":
        repository.new_root()
    repository.publish("targets")
    assert refused(lane, repository.mirror()) is Why.FROZEN


def test_the_end_is_judged_by_the_clock_that_is_handed_in(repository: Repository, tmp_path: Path) -> None:
    fresh = lane_of(tmp_path / "fresh", repository.start(FILES))
    with pytest.raises(Refused) as caught:
        update(fresh, repository.mirror(), AT + timedelta(days=365 * 50))
    assert caught.value.why is Why.FROZEN
    assert update(fresh, repository.mirror(), AT - timedelta(days=365 * 50)).changed


# --- endless data, slow retrieval (the latter in test_mirror) ---


class Endless(Source):
    """Sends one file for ever."""

    name = "endless"

    def __init__(self, source: Source, ends_with: str) -> None:
        self._source, self._ends_with = source, ends_with
        self.sent = 0

    def pieces(self, path: str, start: int = 0) -> Iterator[bytes]:
        if not path.endswith(self._ends_with):
            yield from self._source.pieces(path, start)
            return
        while True:
            self.sent += PIECE
            yield b" " * PIECE


@pytest.mark.parametrize(
    "what", ["2.root.json", "timestamp.json", "snapshot.json", "targets.json", "hk.json", "a.json"]
)
def test_endless_data_end_at_a_bound(what: str, repository: Repository, lane: Lane) -> None:
    repository.files["hk/trust/a.json"] = b"a new list"
    repository.publish("targets")
    source = Endless(repository.mirror(), what)
    assert refused(lane, source) is Why.OVERSIZED
    assert source.sent <= 5 * 1024 * 1024
    assert list((lane.store.folder / "partial").iterdir()) == []


def test_more_than_a_role_may_list_is_refused(
    repository: Repository, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.bundle.metadata.MOST_TARGETS", 2)
    repository.files |= {"hk/trust/c.json": b"c", "hk/trust/d.json": b"d"}
    repository.publish()
    assert refused(lane, repository.mirror()) is Why.OVERSIZED


def test_a_target_larger_than_any_may_be_is_never_asked_for(
    repository: Repository, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.bundle.update.MOST_TARGET_BYTES", 20)
    repository.files["hk/trust/a.json"] = b"x" * 21
    repository.publish()
    assert refused(lane, repository.mirror()) is Why.OVERSIZED


# --- mix and match ---


def test_parts_of_two_bundles_are_never_put_together(
    repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    repository.files["hk/trust/a.json"] = b"second"
    repository.publish()
    second = repository.copy(tmp_path / "second") / "metadata"
    repository.files["hk/trust/a.json"] = b"third"
    repository.publish()
    for name in ("2.snapshot.json", "2.hk.json"):
        shutil.copy(second / name, repository.folder / "metadata" / name.replace("2", "3", 1))
    assert refused(lane, repository.mirror()) is Why.DAMAGED


def test_a_snapshot_without_hashes_still_names_the_version(repository: Repository, lane: Lane) -> None:
    def bare(name: str, version: int) -> object:
        from tuf.api.metadata import MetaFile

        return MetaFile(version)

    repository.meta = bare  # type: ignore[method-assign,assignment]
    repository.files["hk/trust/a.json"] = b"second"
    repository.publish()
    folder = repository.folder / "metadata"
    shutil.copy(folder / "1.hk.json", folder / "2.hk.json")
    assert refused(lane, repository.mirror()) is Why.MIXED


@pytest.mark.parametrize("role", ["timestamp", "2.snapshot", "2.targets", "2.hk"])
def test_metadata_of_one_role_do_not_pass_for_another(role: str, repository: Repository, lane: Lane) -> None:
    repository.publish("targets", "hk")
    folder = repository.folder / "metadata"
    (folder / f"{role}.json").write_bytes((folder / "1.root.json").read_bytes())
    assert refused(lane, repository.mirror()) in (Why.MIXED, Why.DAMAGED, Why.OVERSIZED)


# --- malicious mirror, foreign repository ---


def test_a_repository_of_somebody_else_is_refused(repository: Repository, lane: Lane, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    for role in list(other.keys):
        other.keys[role] = [f"other-{key}" for key in other.keys[role]]
    other.start(FILES)
    assert refused(lane, other.mirror()) is Why.FOREIGN


def test_a_mirror_that_lacks_what_the_metadata_name_is_refused(repository: Repository, lane: Lane) -> None:
    repository.files["hk/trust/a.json"] = b"a new list"
    repository.publish()
    for file in (repository.folder / "targets" / "hk" / "trust").iterdir():
        if file.read_bytes() == b"a new list":
            file.unlink()
    assert refused(lane, repository.mirror()) is Why.INCOMPLETE


@pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "2.hk.json"])
def test_a_stick_whose_files_are_links_pipes_or_folders_is_refused(
    name: str, repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    import os

    repository.publish("hk")
    for number, harm in enumerate((os.mkfifo, os.mkdir, lambda file: os.symlink("/dev/zero", file))):
        folder = repository.copy(tmp_path / f"copy-{number}")
        (folder / "metadata" / name).unlink()
        harm(folder / "metadata" / name)
        assert refused(lane, Stick(folder)) in (Why.INCOMPLETE, Why.DAMAGED)


def test_a_stick_whose_folder_is_a_link_is_not_followed(
    repository: Repository, lane: Lane, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "metadata").symlink_to(repository.folder / "metadata")
    assert refused(lane, Stick(stick)) is Why.DAMAGED


# --- key compromise below the threshold ---


def test_one_stolen_root_key_of_two_makes_no_new_root(repository: Repository, lane: Lane) -> None:
    repository.sign_with["root"] = ["root-a"]
    repository.keys["targets"] = ["stolen"]
    repository.new_root()
    assert refused(lane, repository.mirror()) is Why.FOREIGN


def test_a_new_root_needs_the_old_keys_and_its_own(repository: Repository, lane: Lane) -> None:
    repository.keys["root"] = ["new-a", "new-b"]
    repository.new_root()
    assert refused(lane, repository.mirror()) is Why.FOREIGN
    repository.version["root"] = 1
    repository.sign_with["root"] = ["root-a", "root-b"]
    repository.new_root()
    assert refused(lane, repository.mirror()) is Why.FOREIGN
    repository.version["root"] = 1
    repository.sign_with["root"] = ["root-a", "root-b", "new-a", "new-b"]
    repository.new_root()
    repository.publish(timestamp_only=True)
    assert update(lane, repository.mirror(), LATER).versions["root"] == 2


def test_a_root_that_leaves_a_number_out_is_refused(repository: Repository, lane: Lane) -> None:
    repository.version["root"] = 2
    repository.new_root()
    folder = repository.folder / "metadata"
    (folder / "3.root.json").rename(folder / "2.root.json")
    assert refused(lane, repository.mirror()) is Why.MIXED


def test_one_key_under_two_names_signs_once(repository: Repository, tmp_path: Path) -> None:
    """A root that lists the same key twice under different ids gives one thief two signatures."""
    from securesystemslib.signer import SSlibKey
    from tuf.api.metadata import Metadata, Root

    from sync.bundle import metadata
    from tests.sync.bundle.repository import signer

    repository.start(FILES)
    made: Metadata[Root] = Metadata.from_file(str(repository.folder / "metadata" / "1.root.json"))
    key = signer("twin").public_key
    twin = SSlibKey("f" * 64, key.keytype, key.scheme, key.keyval)
    for one in (key, twin):
        made.signed.add_key(one, "timestamp")
    made.signed.roles["timestamp"].keyids = [key.keyid, twin.keyid]
    made.signed.roles["timestamp"].threshold = 2
    made.signatures.clear()
    for name in ("root-a", "root-b"):
        made.sign(signer(name), append=True)
    root = metadata.anchor(made.to_bytes())
    stamp = Metadata.from_file(str(repository.folder / "metadata" / "timestamp.json"))
    stamp.signatures.clear()
    stamp.sign(signer("twin"))
    document = json.loads(stamp.to_bytes())
    document["signatures"].append({"keyid": twin.keyid, "sig": document["signatures"][0]["sig"]})
    from sync.bundle.marks import NO_MARKS

    with pytest.raises(Refused) as caught:
        metadata.timestamp(root, json.dumps(document).encode(), AT, NO_MARKS)
    assert caught.value.why is Why.FOREIGN


def test_a_rotated_out_key_signs_nothing_more(repository: Repository, lane: Lane) -> None:
    repository.keys["hk"] = ["hk-new"]
    repository.publish("hk")
    update(lane, repository.mirror(), AT)
    repository.keys["hk"] = ["hk"]
    repository.version["hk"] += 1
    repository.put_targets("hk")
    repository.put_snapshot()
    repository.put_timestamp()
    assert refused(lane, repository.mirror()) is Why.FOREIGN


# --- who may sign what ---


Harm = Callable[[Repository], None]


def _station_signs_for_hk(repository: Repository) -> None:
    listed = repository.listed

    def more(role: str) -> object:
        found = listed(role)
        if role == "targets":
            found |= listed("hk")
        return found

    repository.listed = more  # type: ignore[method-assign,assignment]
    repository.publish("targets")


def _not_terminating(repository: Repository) -> None:
    repository.terminating["hk"] = False
    repository.publish("targets")


def _strange_path(repository: Repository) -> None:
    repository.files["station/../../etc/passwd"] = b""
    repository.publish("targets")


def _another_path(repository: Repository) -> None:
    repository.paths["hk"] = ["mo/*/*"]
    repository.publish("targets")


@pytest.mark.parametrize("harm", [_station_signs_for_hk, _not_terminating, _strange_path])
def test_delegations_that_nobody_made_are_refused(harm: Harm, repository: Repository, lane: Lane) -> None:
    harm(repository)
    assert refused(lane, repository.mirror()) is Why.UNFIT


def test_a_jurisdiction_that_signs_for_another_is_held_back_alone(repository: Repository, lane: Lane) -> None:
    listed = repository.listed

    def more(role: str) -> object:
        return listed("mo") if role == "hk" else listed(role)

    repository.listed = more  # type: ignore[method-assign,assignment]
    repository.publish("hk")
    outcome = update(lane, repository.mirror(), LATER)
    assert [(one.part, one.refused.why) for one in outcome.held_back] == [("hk", Why.UNFIT)]
    assert files(lane) == FILES


def test_a_delegation_of_other_paths_gives_no_jurisdiction_more(repository: Repository, lane: Lane) -> None:
    _another_path(repository)
    outcome = update(lane, repository.mirror(), LATER)
    assert [one.part for one in outcome.held_back] == ["hk"]


# --- extraneous dependencies ---


def test_a_list_draws_in_nothing_that_its_signer_may_not_sign(repository: Repository, lane: Lane) -> None:
    """A signed file may say that it needs others: no reader follows it, and no other file comes along."""
    asks = b'{"requires": ["mo/trust/evil.json", "station/policy/evil.json"]}'
    repository.files["hk/trust/a.json"] = asks
    repository.custom["hk/trust/a.json"] = {"requires": ["station/policy/evil.json"]}
    for path in ("mo/trust/evil.json", "station/policy/evil.json"):
        there = repository.folder / "targets" / path
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(b"unsigned")
    repository.publish()
    source = Counting(repository.mirror())
    update(lane, source, LATER)
    assert files(lane) == FILES | {"hk/trust/a.json": asks}
    assert not [path for path, _ in source.asked if "evil" in path]
