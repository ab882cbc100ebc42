"""What is published is accepted by python-tuf's own client, and what was revoked is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.exceptions import ExpiredMetadataError, RepositoryError, UnsignedMetadataError

from sync.bundle.layout import Jurisdiction
from sync.bundle.publishing import proposing
from sync.bundle.publishing.keys import new_key
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal, sign_target
from tests.sync.bundle.publishing.station import Client, Station

HK = Jurisdiction.HONG_KONG
LIST = "hk/trust/signers.json"
POLICY = "station/policy/arrivals.json"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path / "hub")
    station.found()
    yield station


@pytest.fixture
def client(station: Station, tmp_path: Path) -> Client:
    return Client(tmp_path / "client", station.folder / "bundle")


def test_an_empty_bundle_is_accepted(client: Client) -> None:
    assert client.get(POLICY) is None


def test_a_target_of_the_station_arrives(station: Station, client: Client) -> None:
    station.publish(POLICY, b"made up")
    assert client.get(POLICY) == b"made up"


def test_a_jurisdictions_target_arrives_under_its_own_key(station: Station, client: Client) -> None:
    station.delegate(HK)
    station.publish(LIST, b"first")
    assert client.get(LIST) == b"first"
    station.publish(LIST, b"second")
    assert client.get(LIST) == b"second"


def test_a_removed_target_is_gone(station: Station, client: Client) -> None:
    station.publish(POLICY, b"made up")
    assert client.get(POLICY) == b"made up"
    targets = proposing.next_targets(station.state, "targets", station.repository.now)
    proposing.drop_target(targets, POLICY)
    targets.sign(station.targets.signer)
    station.repository.publish(Proposal(roles={"targets": targets}))
    assert client.get(POLICY) is None


def test_a_client_in_the_middle_of_a_download_can_finish_it(station: Station, client: Client) -> None:
    station.publish(POLICY, b"old")
    updater = client.updater()
    updater.refresh()
    target = updater.get_targetinfo(POLICY)
    station.publish(POLICY, b"new")
    assert target is not None
    assert Path(updater.download_target(target)).read_bytes() == b"old"
    assert client.get(POLICY) == b"new"


def test_root_changes_its_keys_and_the_client_follows(station: Station, client: Client) -> None:
    client.get(POLICY)
    fresh = new_key()
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "root", station.roots[2].id, fresh.public)
    station.change_root(root, [station.roots[0], station.roots[1]])
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "root", station.roots[1].id, new_key().public)
    station.change_root(root, [station.roots[0], fresh, station.roots[1]])
    station.publish(POLICY, b"after two roots")
    assert client.get(POLICY) == b"after two roots"
    assert (client.folder / "metadata/root_history/3.root.json").exists()


def test_a_new_root_needs_the_old_and_the_new_threshold(station: Station) -> None:
    fresh = [new_key(), new_key()]
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "root", station.roots[0].id, fresh[0].public)
    proposing.replace_top(root, "root", station.roots[1].id, fresh[1].public)
    for key in fresh:
        root.sign(key.signer, append=True)
    with pytest.raises(NotPublished, match="root lacks 2 signatures"):
        station.repository.publish(Proposal(root))
    root.sign(station.roots[0].signer, append=True)
    with pytest.raises(NotPublished, match="root lacks 1 signature:"):
        station.repository.publish(Proposal(root))
    root.sign(station.roots[1].signer, append=True)
    station.repository.publish(Proposal(root))
    assert station.state.root.signed.version == 2


@pytest.mark.parametrize(("number", "more"), [(3, 2), (1, 0)])
def test_another_number_of_root_keys_signs_and_the_client_follows(
    number: int, more: int, station: Station, client: Client
) -> None:
    """A root that asks for another number needs the old number of the old keys and the new one of its own."""
    assert client.get(POLICY) is None
    fresh = [new_key() for _ in range(more)]
    keys = [*fresh, *station.roots]
    root = proposing.next_root(station.state, station.repository.now)
    proposing.set_threshold(root, "root", number, [key.public for key in fresh])
    with pytest.raises(NotPublished, match="root lacks 1 signature:"):
        station.change_root(root, [*fresh, station.roots[0]])
    station.change_root(root, station.roots[1:])
    station.publish(POLICY, b"under the new number")
    assert client.get(POLICY) == b"under the new number"
    following = proposing.next_root(station.state, station.repository.now)
    if number > 1:
        with pytest.raises(NotPublished, match="root lacks 1 signature:"):
            station.change_root(following, keys[: number - 1])
    station.change_root(following, keys[:number])
    station.publish(POLICY, b"and the one after")
    assert client.get(POLICY) == b"and the one after"


@pytest.mark.parametrize("number", [0, 4])
def test_a_number_of_root_keys_that_there_are_not_is_refused(number: int, station: Station) -> None:
    root = proposing.next_root(station.state, station.repository.now)
    with pytest.raises(NotPublished, match="cannot be asked for"):
        proposing.set_threshold(root, "root", number, [])


def test_a_revoked_targets_key_signs_nothing_any_more(station: Station, client: Client) -> None:
    station.publish(POLICY, b"before")
    fresh = new_key()
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "targets", None, fresh.public)
    station.change_root(root, station.roots[:2], targets=fresh)
    assert client.get(POLICY) == b"before"
    with pytest.raises(NotPublished, match="targets lacks 1 signature"):
        station.publish(POLICY, b"by the old key")
    station.publish(POLICY, b"by the new key", fresh)
    assert client.get(POLICY) == b"by the new key"


@pytest.mark.parametrize("role", ["timestamp", "snapshot"])
def test_the_hubs_own_key_is_replaced_and_the_client_follows(
    role: str, station: Station, client: Client
) -> None:
    client.get(POLICY)
    online = station.repository.online
    fresh = online.make(role)
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, role, None, fresh.public)
    station.change_root(root, station.roots[:2])
    online.forget(role, [fresh.id])
    station.publish(POLICY, b"signed with the new key")
    assert client.get(POLICY) == b"signed with the new key"
    assert len(list(online.folder.glob(f"{role}-*.key"))) == 1


def test_a_client_that_was_fast_forwarded_recovers_when_the_key_is_replaced(
    station: Station, client: Client
) -> None:
    """Somebody stole the timestamp key and signed version 2**31: no later version would be taken."""
    state = station.state
    assert state.timestamp is not None
    stolen = station.repository.online.find("timestamp", state.keys_of("timestamp").keyids)
    honest = (station.folder / "bundle/metadata/timestamp.json").read_bytes()
    state.timestamp.signed.version = 2**31
    state.timestamp.sign(stolen.signer)
    (station.folder / "bundle/metadata/timestamp.json").write_bytes(state.timestamp.to_bytes())
    client.get(POLICY)
    (station.folder / "bundle/metadata/timestamp.json").write_bytes(honest)
    station.publish(POLICY, b"nobody sees this")
    with pytest.raises(RepositoryError):
        client.get(POLICY)
    fresh = station.repository.online.make("timestamp")
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "timestamp", None, fresh.public)
    station.change_root(root, station.roots[:2])
    assert client.get(POLICY) == b"nobody sees this"


def test_a_jurisdictions_revoked_key_signs_nothing_any_more(station: Station, client: Client) -> None:
    station.delegate(HK)
    station.publish(LIST, b"by the stolen key")
    stolen, fresh = station.jurisdictions[HK], new_key()
    targets = proposing.next_targets(station.state, "targets", station.repository.now)
    proposing.delegate(targets, HK, [fresh.public], 1)
    targets.sign(station.targets.signer)
    station.repository.publish(Proposal(roles={"targets": targets}))
    with pytest.raises(UnsignedMetadataError):
        client.get(LIST)
    with pytest.raises(NotPublished, match="hk lacks 1 signature"):
        station.publish(LIST, b"again", stolen)
    station.publish(LIST, b"by the new key", fresh)
    assert client.get(LIST) == b"by the new key"


def test_a_jurisdiction_cannot_sign_for_another(station: Station) -> None:
    station.delegate(HK)
    station.delegate(Jurisdiction.MACAO)
    targets = proposing.next_targets(station.state, "hk", station.repository.now)
    foreign = sign_target(b"made up", "mo/trust/x.json", {})
    with pytest.raises(NotPublished, match="belongs to another role"):
        proposing.put_target(targets, "hk", foreign)
    targets.signed.targets[foreign.path] = foreign
    targets.sign(station.jurisdictions[HK].signer)
    with pytest.raises(NotPublished, match="belongs to another role"):
        station.repository.publish(Proposal(roles={"hk": targets}))


def test_what_was_not_renewed_is_over(station: Station, client: Client) -> None:
    station.late = timedelta(days=-8)
    station.repository.refresh(anyway=True)
    with pytest.raises(ExpiredMetadataError):
        client.get(POLICY)
    station.late = timedelta()
    assert station.repository.refresh()
    assert client.get(POLICY) is None


def test_sixty_missed_roots_are_followed(station: Station, client: Client) -> None:
    client.get(POLICY)
    for _ in range(60):
        root = proposing.next_root(station.state, station.repository.now)
        station.change_root(root, station.roots[:2])
    station.publish(POLICY, b"after sixty")
    assert client.get(POLICY) == b"after sixty"
