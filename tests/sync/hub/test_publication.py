"""The hub serves the bundle so that downloads resume, and renews it before it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from prometheus_client import generate_latest
from tuf.ngclient import Updater

from sync.bundle.publishing import proposing
from sync.bundle.publishing.keys import new_key
from sync.hub.publication import Renewal, install
from tests.sync.bundle.publishing.station import Station
from tests.sync.hub.served import raw, served

POLICY = "station/policy/arrivals.json"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    station = Station(tmp_path / "hub")
    station.found()
    station.publish(POLICY, b"made-up words of a policy")
    return station


@pytest.fixture
def url(station: Station) -> Iterator[str]:
    app = FastAPI()
    install(app, station.folder / "bundle")
    with served(app) as url:
        yield f"{url}/bundle"


def file_of(station: Station) -> str:
    return next(name for name in station.repository.tree.files("targets") if name.endswith("arrivals.json"))


def test_the_reference_client_fetches_it_over_http(station: Station, url: str, tmp_path: Path) -> None:
    (tmp_path / "got").mkdir()
    root = (station.folder / "bundle/metadata/1.root.json").read_bytes()
    updater = Updater(
        str(tmp_path / "md"), f"{url}/metadata/", str(tmp_path / "got"), f"{url}/targets/", bootstrap=root
    )
    target = updater.get_targetinfo(POLICY)
    assert target is not None
    assert Path(updater.download_target(target)).read_bytes() == b"made-up words of a policy"


def test_a_download_goes_on_where_it_ended(station: Station, url: str) -> None:
    whole = raw(f"{url}/targets/{file_of(station)}")
    rest = raw(
        f"{url}/targets/{file_of(station)}", headers={"Range": "bytes=8-", "If-Range": whole.headers["ETag"]}
    )
    assert rest.status_code == 206
    assert rest.content == whole.content[8:]
    assert rest.headers["Content-Range"] == f"bytes 8-{len(whole.content) - 1}/{len(whole.content)}"


def test_files_that_never_change_may_be_kept_and_the_timestamp_is_asked_for_again(
    station: Station, url: str
) -> None:
    assert "immutable" in raw(f"{url}/targets/{file_of(station)}").headers["Cache-Control"]
    assert "immutable" in raw(f"{url}/metadata/1.root.json").headers["Cache-Control"]
    timestamp = raw(f"{url}/metadata/timestamp.json")
    assert timestamp.headers["Cache-Control"] == "no-cache"
    same = raw(f"{url}/metadata/timestamp.json", headers={"If-None-Match": timestamp.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_the_next_root_is_not_remembered_as_missing(url: str) -> None:
    answer = raw(f"{url}/metadata/2.root.json")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["../bundle-keys/", "..%2fbundle-keys%2f", "metadata/", "", "metadata/x.new"]
)
def test_nothing_but_published_files_is_served(station: Station, url: str, path: str) -> None:
    (station.folder / "bundle/metadata/x.new").write_bytes(b"half")
    assert raw(f"{url}/{path}").status_code == 404


def test_a_hub_without_a_bundle_has_none_to_serve(tmp_path: Path) -> None:
    app = FastAPI()
    install(app, tmp_path / "nothing")
    with served(app) as url:
        assert raw(f"{url}/bundle/metadata/timestamp.json").status_code == 404
    assert not Renewal(Station(tmp_path).repository).look()


def test_the_timestamp_is_renewed_twice_a_day(station: Station) -> None:
    renewal = Renewal(station.repository)
    assert not renewal.look()
    station.late = timedelta(hours=11)
    assert not renewal.look()
    station.late = timedelta(hours=13)
    assert renewal.look()
    assert not renewal.look()
    state = station.state
    assert state.timestamp is not None
    left = state.timestamp.signed.expires - station.repository.now
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


def test_the_snapshot_is_renewed_in_its_last_third(station: Station) -> None:
    renewal = Renewal(station.repository)
    versions = []
    for day in (1, 19, 21):
        station.late = timedelta(days=day)
        assert renewal.look()
        state = station.state
        assert state.snapshot is not None
        versions.append(state.snapshot.signed.version)
    assert versions[1] == versions[0]
    assert versions[2] == versions[0] + 1


def test_a_lost_key_is_trouble_with_words_for_people(station: Station) -> None:
    for file in (station.folder / "bundle-keys").glob("timestamp-*"):
        file.unlink()
    station.late = timedelta(days=1)
    renewal = Renewal(station.repository)
    assert not renewal.look()
    assert renewal.trouble is not None
    assert "hub publish rotate timestamp" in renewal.trouble


def test_after_a_power_cut_between_root_and_timestamp_the_next_look_finishes_the_change(
    station: Station,
) -> None:
    """The new root and targets are on disk, the timestamp still names the old ones."""
    before = (station.folder / "bundle/metadata/timestamp.json").read_bytes()
    fresh = new_key()
    root = proposing.next_root(station.state, station.repository.now)
    proposing.replace_top(root, "targets", None, fresh.public)
    station.change_root(root, station.roots[:2], targets=fresh)
    (station.folder / "bundle/metadata/timestamp.json").write_bytes(before)
    assert Renewal(station.repository).look()
    state = station.state
    assert not state.signatures_missing("targets", state.roles["targets"])
    assert state.snapshot is not None
    assert state.snapshot.signed.meta["targets.json"].version == state.roles["targets"].signed.version


def test_what_people_must_sign_is_said_in_the_last_third_of_its_life(station: Station) -> None:
    renewal = Renewal(station.repository)
    renewal.look()
    assert renewal.trouble is None
    station.late = timedelta(days=61)
    renewal.look()
    assert renewal.trouble is not None
    assert renewal.trouble.startswith("targets ends on")
    assert "hub publish renew targets" in renewal.trouble
    station.late = timedelta(days=91)
    renewal.look()
    assert "targets is over since" in str(renewal.trouble)
    station.publish(POLICY, b"signed anew")
    renewal.look()
    assert renewal.trouble is None


def test_the_ends_are_numbers_for_prometheus(station: Station, tmp_path: Path) -> None:
    app = FastAPI()
    install(app, tmp_path, Renewal(station.repository))
    text = generate_latest(app.state.numbers).decode()
    found = {line.split('"')[1]: float(line.split()[-1]) for line in text.splitlines() if 'role="' in line}
    assert set(found) == {"root", "targets", "snapshot", "timestamp"}
    assert 6.9 < found["timestamp"] / 86400 <= 7
    assert "checkpoint_hub_bundle_needs_person 0.0" in text


def test_the_thread_ends_when_it_is_told_to(station: Station) -> None:
    renewal = Renewal(station.repository)
    renewal.start()
    renewal.stop()
    assert not renewal._thread.is_alive()
