"""The ordinary life of a bundle at a lane: it arrives, it changes, it is loaded without a network."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sync.bundle.held import load
from sync.bundle.lane import Lane
from sync.bundle.refused import Refused, Why
from sync.bundle.stick import Stick
from sync.bundle.update import update
from tests.sync.bundle.repository import AT, Counting, Repository, lane_of, signer

FILES = {"hk/trust/a.json": b"list of hk", "mo/trust/b.json": b"list of mo", "station/minimum.json": b"{}"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "published")


@pytest.fixture
def lane(repository: Repository, tmp_path: Path) -> Lane:
    return lane_of(tmp_path / "lane", repository.start(FILES))


def files(lane: Lane) -> dict[str, bytes]:
    held = load(lane.store, lane.wanted)
    assert held is not None
    return {
        path: lane.store.target(file.sha256) for role in held.roles() for path, file in role.files.items()
    }


def test_a_lane_takes_in_everything_that_the_bundle_has_for_it(repository: Repository, lane: Lane) -> None:
    outcome = update(lane, repository.mirror(), AT)
    assert outcome.changed and outcome.files == 3 and not outcome.held_back
    assert files(lane) == FILES


def test_a_second_look_asks_for_two_files_and_changes_nothing(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    stamp = lane.store.stamp()
    source = Counting(repository.mirror())
    assert not update(lane, source, AT + timedelta(hours=1)).changed
    assert [path for path, _ in source.asked] == ["metadata/2.root.json", "metadata/timestamp.json"]
    assert lane.store.stamp() == stamp


def test_what_changed_is_fetched_and_nothing_else(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    repository.files["hk/trust/a.json"] = b"another list"
    repository.publish()
    source = Counting(repository.mirror())
    assert update(lane, source, AT).files == 1
    assert sum(path.startswith("targets/") for path, _ in source.asked) == 1
    assert [path for path, _ in source.asked if path.endswith("mo.json")] == []
    assert files(lane)["hk/trust/a.json"] == b"another list"


def test_files_of_other_lanes_are_left_where_they_are(repository: Repository, lane: Lane) -> None:
    repository.files |= {
        "station/policy/lane.json": b"mine",
        "station/policy/other.json": b"not mine",
        "station/roster/elsewhere.sealed": b"not mine either",
    }
    repository.publish()
    update(lane, repository.mirror(), AT)
    assert [path for path in files(lane) if path.startswith("station/")] == [
        "station/minimum.json",
        "station/policy/lane.json",
    ]


def test_what_is_in_use_loads_without_a_network_long_after_its_end(
    repository: Repository, lane: Lane
) -> None:
    update(lane, repository.mirror(), AT)
    held = load(lane.store, lane.wanted)
    assert held is not None and held.timestamp.expires < AT + timedelta(days=400)
    assert held.top.state.confirmed_at == AT


def test_a_list_that_did_not_change_is_confirmed_by_every_new_timestamp(
    repository: Repository, lane: Lane
) -> None:
    update(lane, repository.mirror(), AT)
    repository.at = AT + timedelta(days=3)
    repository.publish(timestamp_only=True)
    assert update(lane, repository.mirror(), AT + timedelta(days=4)).files == 0
    held = load(lane.store, lane.wanted)
    assert held is not None
    assert {role.state.confirmed_at for role in held.roles()} == {AT + timedelta(days=3)}


def test_a_frozen_mirror_confirms_nothing(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    update(lane, repository.mirror(), AT + timedelta(days=5))
    held = load(lane.store, lane.wanted)
    assert held is not None and held.top.state.confirmed_at == AT


def test_files_that_nothing_leads_to_are_removed(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    repository.files["hk/trust/a.json"] = b"another list"
    repository.publish()
    update(lane, repository.mirror(), AT)
    assert len(list((lane.store.folder / "targets").iterdir())) == 3
    assert len(list((lane.store.folder / "metadata").iterdir())) == 6


def test_a_lane_that_missed_sixty_roots_follows_them_all(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    for number in range(60):
        before = repository.keys["root"]
        repository.keys["root"] = [*before[1:], f"root-{number}"]
        repository.new_root(also=before[:2])
    repository.publish(timestamp_only=True)
    assert update(lane, repository.mirror(), AT).versions["root"] == 61


def test_roots_that_were_reached_are_kept_when_the_rest_fails(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    repository.new_root()
    repository.keys["timestamp"] = ["new-timestamp"]
    repository.new_root()
    with pytest.raises(Refused) as refused:
        update(lane, repository.mirror(), AT)
    assert refused.value.why is Why.FOREIGN
    trusted = lane.store.trusted()
    assert trusted is not None and len(trusted.roots) == 3
    assert files(lane) == FILES


def test_a_jurisdiction_that_let_its_list_end_holds_back_itself_alone(
    repository: Repository, lane: Lane
) -> None:
    update(lane, repository.mirror(), AT)
    repository.lasts["hk"] = timedelta(days=1)
    repository.files |= {"hk/trust/a.json": b"ends soon", "mo/trust/b.json": b"newer"}
    repository.publish()
    outcome = update(lane, repository.mirror(), AT + timedelta(days=2))
    assert [(one.part, one.refused.why) for one in outcome.held_back] == [("hk", Why.FROZEN)]
    assert files(lane) == FILES | {"mo/trust/b.json": b"newer"}
    held = load(lane.store, lane.wanted)
    assert held is not None and held.jurisdictions["hk"].state.confirmed_at == AT
    repository.publish("hk")
    repository.at = AT + timedelta(days=2)
    repository.publish("hk")
    assert not update(lane, repository.mirror(), AT + timedelta(days=2)).held_back
    assert files(lane)["hk/trust/a.json"] == b"ends soon"


def test_a_jurisdiction_whose_keys_were_taken_away_is_not_kept(repository: Repository, lane: Lane) -> None:
    update(lane, repository.mirror(), AT)
    repository.keys["hk"] = ["hk-new"]
    repository.lasts["hk"] = timedelta(seconds=1)
    repository.publish("hk")
    outcome = update(lane, repository.mirror(), AT + timedelta(days=1))
    assert [one.part for one in outcome.held_back] == ["hk"]
    assert [path for path in files(lane) if path.startswith("hk/")] == []


def test_a_stick_without_a_bundle_is_said_to_be_none(lane: Lane, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        update(lane, Stick(tmp_path / "nowhere"), AT)
    assert refused.value.why is Why.UNREACHABLE


def test_keys_of_tests_are_stable() -> None:
    assert signer("hk") is signer("hk")
