"""What a station publishes at the command line is what a lane judges by, over the hub and from a stick."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from fastapi import FastAPI

from config.moment import system_clock
from config.settings import load_settings
from kiosk.bundle.keeper import BundleKeeper
from kiosk.commands.door import main
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster, save_roster
from sync.hub.publication import install
from sync.sealing import seal_key
from tests.kiosk.commands.desk import ARRIVALS, POLICY, Desk, digest, line, pem, signers
from tests.sync.hub.served import served
from verification.revocation import station_list as revocation_file
from verification.revocation.memory import Withdrawn
from verification.snapshot import RevocationAnswer, RevocationQuery

NOW = datetime.now(UTC)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    """A station that has published something of every kind."""
    desk = Desk(tmp_path, capsys)
    assert desk.init() == 0
    key = desk.jurisdiction()
    lists = ed25519.Ed25519PrivateKey.generate()
    list_key = pem(lists, tmp_path / "hk/lists.key")
    by_hk = ["--data", str(desk.data), *desk.signed(key)]
    by_office = ["--data", str(desk.data), *desk.signed()]
    small = tmp_path / "small.json"
    entries = [Withdrawn(None, "CTI", frozenset({digest(1000)}))]
    small.write_bytes(revocation_file.write(entries, [("HK1", "HK")], "made up", NOW, lists))
    every = tmp_path / "all.jsonl"
    every.write_text("\n".join(line(number) for number in range(100)))
    keys = tmp_path / "seal-keys"
    keys.mkdir()
    (keys / "lane-1.pem").write_bytes(seal_key(tmp_path / "lane").public.pem)
    roster = tmp_path / "roster.json"
    save_roster(roster, Roster((Officer("O-17", Role.OFFICER, hash_pin("739164")),)))
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps({"notice": 1, "says": {"en": "Made up: lane 3 is closed."}}))
    minimum = tmp_path / "minimum.json"
    minimum.write_text(json.dumps({"minimum": 1, "version": "0.0.1"}))
    for target, file, signed in (
        ("hk/keys/lists.pem", list_key.with_suffix(".pub.pem"), by_hk),
        ("hk/trust/signers.json", signers(tmp_path, lists, "HK", "HK1"), by_hk),
        ("hk/revocation/small.json", small, by_hk),
        (ARRIVALS, POLICY, by_office),
        ("station/notices/lane-3.json", notice, by_office),
        ("station/minimum.json", minimum, by_office),
    ):
        assert desk("add", target, file, *signed) == 0, desk.said
    index = ["revocation", "hk/revocation/border/CURRENT", every, "--list-key", list_key]
    assert desk(*index, "--covers", "HK1:HK", *by_hk) == 0, desk.said
    assert desk("roster", roster, "--station", "north", "--seal-keys", keys, *by_office) == 0, desk.said
    yield desk


def lane(desk: Desk, url: str = "") -> Path:
    """A lane's settings, with the root that was carried to it."""
    settings = desk.folder / "lane.toml"
    settings.write_text(
        f"""[lane]
station = "north"
[journal]
folder = "{desk.folder / "lane"}"
[bundle]
root = "{desk.folder / "office/root.json"}"
folder = "{desk.folder / "lane/bundle"}"
profile = "arrivals"
url = "{url}"
"""
    )
    return settings


def answers(keeper: BundleKeeper, *numbers: int) -> list[RevocationAnswer]:
    revocation = keeper.lists.snapshot.revocation
    assert revocation is not None
    return [
        revocation.check(RevocationQuery("HK1", "HK", b"kid", (("CTI", digest(number)),), at=NOW))
        for number in numbers
    ]


def has_everything(settings: Path) -> BundleKeeper:
    keeper = BundleKeeper(load_settings(settings), system_clock)
    assert keeper.lists.faults == ()
    assert len(keeper.lists.snapshot.trust) == 1
    assert keeper.lists.policy is not None
    assert keeper.lists.policy.name == json.loads(POLICY.read_text())["name"]
    assert keeper.station.roster is not None
    assert keeper.station.roster.find("17") is not None
    assert [notice.says["en"] for notice in keeper.station.notices] == ["Made up: lane 3 is closed."]
    revoked, clear = RevocationAnswer.REVOKED, RevocationAnswer.CLEAR
    assert answers(keeper, 0, 99, 1000, 1001) == [revoked, revoked, revoked, clear]
    return keeper


def test_a_lane_takes_all_of_it_over_the_hub(desk: Desk) -> None:
    app = FastAPI()
    install(app, desk.data / "bundle")
    with served(app) as url:
        settings = lane(desk, f"{url}/bundle")
        assert main(["bundle", "--config", str(settings), "update"]) == 0
        has_everything(settings)


def test_a_lane_takes_all_of_it_from_a_stick_and_what_changed_from_the_next(desk: Desk) -> None:
    stick = desk.folder / "usb"
    stick.mkdir()
    settings = lane(desk)
    bring = ["bundle", "--config", str(settings), "update", "--from", str(stick)]
    assert desk("usb", stick, "--data", desk.data, secret=False) == 0
    assert main(bring) == 0
    has_everything(settings)
    (desk.folder / "all.jsonl").write_text("\n".join(line(number) for number in range(50, 120)))
    by_hk = ["--data", str(desk.data), *desk.signed(desk.folder / "hk/hk.key")]
    index = ["revocation", "hk/revocation/border/CURRENT", desk.folder / "all.jsonl"]
    index += ["--list-key", desk.folder / "hk/lists.key", "--covers", "HK1:HK"]
    assert desk(*index, *by_hk) == 0
    assert desk("remove", "hk/revocation/small.json", *by_hk) == 0
    assert desk("usb", stick, "--data", desk.data, secret=False) == 0
    assert main(bring) == 0
    keeper = BundleKeeper(load_settings(settings), system_clock)
    revoked, clear = RevocationAnswer.REVOKED, RevocationAnswer.CLEAR
    assert answers(keeper, 0, 49, 50, 119, 1000) == [clear, clear, revoked, revoked, clear]


def test_a_lane_follows_a_new_root_and_a_new_key_of_a_jurisdiction(desk: Desk) -> None:
    settings = lane(desk, "")
    stick = desk.folder / "usb"
    stick.mkdir()
    bring = ["bundle", "--config", str(settings), "update", "--from", str(stick)]
    assert desk("usb", stick, "--data", desk.data, secret=False) == 0
    assert main(bring) == 0
    roots = [*desk.signed(desk.root(1)), *desk.signed(desk.root(2))]
    assert desk("rotate", "targets", "--new", desk.folder / "safe", "--data", desk.data, *roots) == 0
    office = desk.signed(next((desk.folder / "safe").glob("targets-*.key")))
    fresh = desk.folder / "hk/next.key"
    assert desk("new-key", fresh) == 0
    assert desk("rotate", "hk", "--key", fresh.with_suffix(".pub.pem"), "--data", desk.data, *office) == 0
    assert desk("renew", "hk", "--data", desk.data, *desk.signed(fresh)) == 0
    assert desk("rotate", "timestamp", "--data", desk.data, *roots) == 0
    assert desk("usb", stick, "--data", desk.data, secret=False) == 0
    assert main(bring) == 0
    has_everything(settings)
