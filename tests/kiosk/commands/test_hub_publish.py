"""A small station publishes from the command line: three sticks, a targets key, a jurisdiction elsewhere."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
)

from config.moment import system_clock
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster, load_roster, save_roster
from sync.bundle.layout import target_file
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.keys import load_key
from sync.bundle.publishing.repository import Proposal, hub_repository, sign_target
from sync.device_key import device_key
from sync.hub.acts import CONSOLE
from sync.hub.devices import Devices
from sync.hub.server import hub_key, open_ledger
from sync.sealing import ROSTER, NotOpened, SealKey, recipients_of, seal_key
from tests.kiosk.commands.desk import ARRIVALS, PASSPHRASE, POLICY, Desk, digest, line, pem, signers
from tests.sync.bundle.publishing.station import Client
from verification.revocation.index.opening import open_index
from verification.snapshot import RevocationAnswer, RevocationQuery


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    assert desk.init() == 0
    return desk


def test_the_ceremony_leaves_root_keys_on_sticks_under_a_passphrase_and_none_on_the_hub(desk: Desk) -> None:
    for number in (1, 2, 3):
        data = desk.root(number).read_bytes()
        assert b"ENCRYPTED" in data
        load_pem_private_key(data, PASSPHRASE.encode())
        assert desk.root(number).stat().st_mode & 0o777 == 0o600
    assert not [file for file in desk.data.rglob("*.key") if file.name.startswith(("root", "targets"))]
    for file in (desk.data / "bundle-keys").glob("*.key"):
        assert file.stat().st_mode & 0o777 == 0o600
    assert (desk.folder / "stick1/root.json").read_bytes() == desk.client().bootstrap
    assert desk.client().get(ARRIVALS) is None


def test_a_ceremony_is_not_held_twice(desk: Desk) -> None:
    before = desk.root(1).read_bytes()
    assert desk.init() == 1
    assert "rotate" in desk.said
    assert desk.root(1).read_bytes() == before


@pytest.mark.parametrize(
    ("roots", "more", "words"),
    [
        (["one", "one"], [], "on one stick"),
        (["one"], [], "2 of 1 root keys"),
        (["one", "hub/two"], [], "lies on the hub"),
        (["one", "two"], ["--threshold", "0"], "0 of 2 root keys"),
    ],
)
def test_a_wrong_ceremony_leaves_nothing_behind(
    roots: list[str], more: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys)
    folders = [text for root in roots for text in ("--root", str(tmp_path / root))]
    assert desk("init", "--data", desk.data, *folders, "--targets", tmp_path / "office", *more) == 1
    assert words in desk.said
    assert not list(tmp_path.rglob("*.key"))


def test_a_short_passphrase_is_refused_and_the_ceremony_can_begin_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys)
    (tmp_path / "pw").write_text("short\n")
    assert desk.init() == 2
    assert "12 characters" in desk.said
    (tmp_path / "pw").write_text(PASSPHRASE)
    assert desk.init() == 0


def test_a_passphrase_is_never_read_where_there_is_no_terminal(desk: Desk) -> None:
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed(), secret=False) == 2
    assert "work at a terminal" in desk.said


def test_a_policy_is_published_shown_and_removed(desk: Desk) -> None:
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 0
    assert desk.client().get(ARRIVALS) == POLICY.read_bytes()
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert ARRIVALS in desk.said
    assert "root: 2 of 3 keys sign" in desk.said
    assert desk("remove", ARRIVALS, "--data", desk.data, *desk.signed()) == 0
    assert desk.client().get(ARRIVALS) is None
    assert desk("remove", ARRIVALS, "--data", desk.data, *desk.signed()) == 1
    assert "is not published" in desk.said


def test_what_lanes_could_not_use_is_not_published(desk: Desk) -> None:
    wrong = desk.folder / "wrong.json"
    wrong.write_text('{"name": "made up"}')
    for path in (ARRIVALS, "station/minimum.json", "station/notices/a.json", "station/roster/north.sealed"):
        assert desk("add", path, wrong, "--data", desk.data, *desk.signed()) == 1
        assert path in desk.said
    assert hub_repository(desk.data, system_clock).state().roles["targets"].signed.targets == {}


def test_notices_and_the_minimum_version_are_published(desk: Desk) -> None:
    notice, minimum = desk.folder / "notice.json", desk.folder / "minimum.json"
    notice.write_text(json.dumps({"notice": 1, "says": {"en": "Made up: lane 3 is closed."}}))
    minimum.write_text(json.dumps({"minimum": 1, "version": "0.2.0"}))
    assert desk("add", "station/notices/lane-3.json", notice, "--data", desk.data, *desk.signed()) == 0
    assert desk("add", "station/minimum.json", minimum, "--data", desk.data, *desk.signed()) == 0
    assert desk.client().get("station/minimum.json") == minimum.read_bytes()


def test_a_path_that_nobody_signs_is_told_how_to_be_written(desk: Desk) -> None:
    assert desk("add", "elsewhere/x.json", POLICY, "--data", desk.data, *desk.signed()) == 1
    assert "write it as hk/trust/NAME" in desk.said


def test_the_wrong_key_and_the_wrong_passphrase_are_named(desk: Desk) -> None:
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed(desk.root(1))) == 1
    assert "does not sign targets" in desk.said
    (desk.folder / "pw").write_text("another made-up passphrase")
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 2
    assert "not its passphrase" in desk.said
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data) == 1
    assert "--sign-with" in desk.said


def test_a_jurisdictions_list_is_believed_from_its_own_key_and_speaks_for_itself_only(desk: Desk) -> None:
    key = desk.jurisdiction()
    lists = ed25519.Ed25519PrivateKey.generate()
    public = pem(lists, desk.folder / "hk/lists.key").with_suffix(".pub.pem")
    own, foreign = (signers(desk.folder, lists, *who) for who in (("HK", "HK1"), ("MO", "MO1")))
    by_hk = ["--data", str(desk.data), *desk.signed(key)]
    assert desk("add", "hk/trust/signers.json", own, *by_hk) == 1
    assert "not made by a key that is trusted" in desk.said
    assert desk("add", "hk/keys/lists.pem", public, *by_hk) == 0
    assert desk("add", "hk/trust/signers.json", foreign, *by_hk) == 1
    assert "MO" in desk.said
    assert desk("add", "hk/trust/signers.json", own, *by_hk) == 0
    assert desk.client().get("hk/trust/signers.json") == own.read_bytes()
    assert desk("add", "mo/trust/signers.json", foreign, *by_hk) == 1
    assert "hub publish delegate" in desk.said


def test_a_jurisdiction_signs_on_its_own_machine(desk: Desk) -> None:
    key = desk.jurisdiction()
    lists = ed25519.Ed25519PrivateKey.generate()
    public = pem(lists, desk.folder / "hk/lists.key").with_suffix(".pub.pem")
    own = signers(desk.folder, lists, "HK", "HK1")
    foreign = signers(desk.folder, lists, "DE", "HC1")
    for version, files in enumerate(([public], [own]), start=1):
        stick = desk.folder / f"request{version}"
        assert desk("request", "hk", stick, "--data", desk.data, secret=False) == 0
        there = desk.folder / f"there{version}"
        shutil.move(stick, there)  # to a machine that has no hub
        adds = [f"hk/{'keys/lists.pem' if version == 1 else 'trust/signers.json'}={file}" for file in files]
        assert desk("take", there, "--data", desk.data, secret=False) == 1
        assert "hub publish sign" in desk.said
        if version == 2:
            wrong = f"hk/trust/others.json={foreign}"
            assert desk("sign", "hk", "--key", key, "--folder", there, "--add", wrong) == 1
            assert "DE" in desk.said
        assert desk("sign", "hk", "--key", key, "--folder", there, "--add", *adds) == 0
        assert f"hk version {version}" in desk.said
        assert desk("take", there, "--data", desk.data, secret=False) == 0
    assert desk.client().get("hk/trust/signers.json") == own.read_bytes()
    assert desk("take", there, "--data", desk.data, secret=False) == 1
    assert "version 2 and 3 comes next" in desk.said


def test_two_of_two_sign_a_jurisdictions_list_one_after_the_other(desk: Desk) -> None:
    keys = [desk.folder / f"mo/{name}.key" for name in ("a", "b")]
    publics = []
    for key in keys:
        assert desk("new-key", key) == 0
        publics += ["--key", str(key.with_suffix(".pub.pem"))]
    assert desk("delegate", "mo", *publics, "--threshold", "2", "--data", desk.data, *desk.signed()) == 0
    public = pem(ed25519.Ed25519PrivateKey.generate(), desk.folder / "mo/lists.key").with_suffix(".pub.pem")
    stick = desk.folder / "request"
    assert desk("request", "mo", stick, "--data", desk.data, secret=False) == 0
    assert desk("sign", "mo", "--key", keys[0], "--folder", stick, "--add", f"mo/keys/l.pem={public}") == 0
    assert desk("take", stick, "--data", desk.data, secret=False) == 1
    assert "mo lacks 1 signature" in desk.said
    assert desk("sign", "mo", "--key", keys[1], "--folder", stick) == 0
    assert desk("take", stick, "--data", desk.data, secret=False) == 0
    assert desk.client().get("mo/keys/l.pem") == public.read_bytes()


def test_a_root_key_is_replaced_stick_by_stick(desk: Desk) -> None:
    desk.client().get(ARRIVALS)
    assert desk("show", "--data", desk.data, secret=False) == 0
    old = desk.said.split("(")[1].split(")")[0].split(", ")[2]
    new = ["--old", old, "--new", str(desk.folder / "stick4")]
    assert desk("rotate", "root", *new, "--data", desk.data, *desk.signed(desk.root(1))) == 0
    fresh = next((desk.folder / "stick4").glob("root-*.key"))
    assert desk("rotate", "root", *new, "--data", desk.data, *desk.signed(desk.root(1))) == 1
    assert "waits for signatures" in desk.said
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert "version 1" in desk.said.splitlines()[0]
    assert desk("sign", "root", "--key", desk.root(2), "--data", desk.data) == 0
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert old not in desk.said
    assert fresh.stem.removeprefix("root-") in desk.said
    assert desk("renew", "root", "--data", desk.data, *desk.signed(fresh), *desk.signed(desk.root(1))) == 0
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 0
    assert desk.client().get(ARRIVALS) == POLICY.read_bytes()


def test_three_of_five_root_keys_sign_where_two_of_three_did(desk: Desk) -> None:
    desk.client().get(ARRIVALS)
    new = [str(desk.folder / "stick4"), str(desk.folder / "stick5")]
    asked = ["threshold", "root", "3", "--new", new[0], "--new", new[1], "--data", str(desk.data)]
    assert desk(*asked, *desk.signed(desk.root(1))) == 0
    assert "root: 1 more signature needed" in desk.said
    assert desk("sign", "root", "--key", desk.root(2), "--data", desk.data) == 0
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert "root: 3 of 5 keys sign" in desk.said
    fourth = next((desk.folder / "stick4").glob("root-*.key"))
    renew = ["renew", "root", "--data", str(desk.data), *desk.signed(desk.root(1)), *desk.signed(fourth)]
    assert desk(*renew) == 0
    assert "root: 1 more signature needed" in desk.said
    assert desk("sign", "root", "--key", desk.root(3), "--data", desk.data) == 0
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 0
    assert desk.client().get(ARRIVALS) == POLICY.read_bytes()
    assert desk("threshold", "root", "6", "--data", desk.data, *desk.signed(fourth)) == 1
    assert "6 of 5 root keys cannot be asked for" in desk.said
    assert desk("threshold", "root", "3", "--data", desk.data, *desk.signed(fourth)) == 1
    assert "needs 3 signatures already" in desk.said


def test_two_office_keys_sign_where_one_did(desk: Desk) -> None:
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 0
    signing = [key for one in (desk.root(1), desk.root(2), desk.targets) for key in desk.signed(one)]
    asked = ["threshold", "targets", "2", "--new", str(desk.folder / "office2")]
    assert desk(*asked, "--data", desk.data, *signing) == 0
    second = next((desk.folder / "office2").glob("targets-*.key"))
    assert desk("remove", ARRIVALS, "--data", desk.data, *desk.signed()) == 0
    assert desk.client().get(ARRIVALS) == POLICY.read_bytes()
    assert desk("sign", "targets", "--key", second, "--data", desk.data) == 0
    assert desk.client().get(ARRIVALS) is None


def test_a_change_that_waits_can_be_given_up(desk: Desk) -> None:
    assert desk("rotate", "timestamp", "--data", desk.data, *desk.signed(desk.root(1))) == 0
    assert desk("drop", "root", "--data", desk.data, secret=False) == 0
    assert desk("drop", "root", "--data", desk.data, secret=False) == 1
    assert desk("refresh", "--data", desk.data, secret=False) == 0
    assert desk.client().get(ARRIVALS) is None


@pytest.mark.parametrize("role", ["timestamp", "snapshot"])
def test_the_hubs_key_is_replaced_by_two_sticks_at_once(desk: Desk, role: str) -> None:
    before = {file.name for file in (desk.data / "bundle-keys").glob(f"{role}-*.key")}
    roots = [*desk.signed(desk.root(1)), *desk.signed(desk.root(3))]
    assert desk("rotate", role, "--data", desk.data, *roots) == 0
    after = {file.name for file in (desk.data / "bundle-keys").glob(f"{role}-*.key")}
    assert len(after) == 1
    assert not after & before
    assert desk.client().get(ARRIVALS) is None


def test_a_stolen_targets_key_is_replaced(desk: Desk) -> None:
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 0
    stolen = desk.targets
    roots = [*desk.signed(desk.root(1)), *desk.signed(desk.root(2))]
    assert desk("rotate", "targets", "--data", desk.data, *roots) == 1
    assert "--new FOLDER" in desk.said
    safe = desk.folder / "safe"
    assert desk("rotate", "targets", "--new", safe, "--data", desk.data, *roots) == 0
    assert desk("remove", ARRIVALS, "--data", desk.data, *desk.signed(stolen)) == 1
    assert desk.client().get(ARRIVALS) == POLICY.read_bytes()
    fresh = next(safe.glob("targets-*.key"))
    assert desk("remove", ARRIVALS, "--data", desk.data, *desk.signed(fresh)) == 0


def test_the_last_keys_of_a_role_are_not_revoked(desk: Desk) -> None:
    assert desk("show", "--data", desk.data, secret=False) == 0
    identity = desk.said.splitlines()[1].split("(")[1].split(")")[0]
    roots = [*desk.signed(desk.root(1)), *desk.signed(desk.root(2))]
    assert desk("revoke", "targets", identity, "--data", desk.data, *roots) == 1
    assert "hub publish rotate targets" in desk.said
    assert desk("revoke", "targets", "ffffffff", "--data", desk.data, *roots) == 1
    assert "is no key here" in desk.said


def test_a_jurisdictions_stolen_key_is_revoked_and_the_next_one_signs(desk: Desk) -> None:
    stolen = desk.jurisdiction()
    public = pem(ed25519.Ed25519PrivateKey.generate(), desk.folder / "hk/lists.key").with_suffix(".pub.pem")
    path = "hk/keys/lists.pem"
    assert desk("add", path, public, "--data", desk.data, *desk.signed(stolen)) == 0
    fresh = desk.folder / "hk/next.key"
    assert desk("new-key", fresh) == 0
    new = fresh.with_suffix(".pub.pem")
    assert desk("rotate", "hk", "--key", new, "--data", desk.data, *desk.signed()) == 0
    assert "until hk signs anew" in desk.said
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert "hk: 1 of 1" in desk.said
    assert "must sign anew" in desk.said
    assert desk("renew", "hk", "--data", desk.data, *desk.signed(stolen)) == 1
    assert desk("renew", "hk", "--data", desk.data, *desk.signed(fresh)) == 0
    assert desk.client().get(path) == public.read_bytes()


def test_the_roster_travels_sealed_to_the_lanes_only(desk: Desk) -> None:
    lanes = [seal_key(desk.folder / f"lane-{number}") for number in (1, 2)]
    keys = desk.folder / "keys"
    keys.mkdir()
    for number, lane in enumerate(lanes):
        (keys / f"lane-{number}.pem").write_bytes(lane.public.pem)
    roster = desk.folder / "roster.json"
    save_roster(roster, Roster((Officer("O-17", Role.OFFICER, hash_pin("739164")),)))
    more = ["--station", "north", "--data", str(desk.data), *desk.signed()]
    assert desk("roster", roster, "--seal-keys", keys, *more) == 0
    sealed = desk.client().get("station/roster/north.sealed")
    assert sealed is not None
    assert b"O-17" not in sealed
    for lane in lanes:
        opened = desk.folder / "opened.json"
        opened.write_bytes(lane.open_shared(ROSTER, sealed))
        opened.chmod(0o600)
        assert load_roster(opened).find("17") is not None
    with pytest.raises(NotOpened):
        SealKey.of(X25519PrivateKey.generate()).open_shared(ROSTER, sealed)
    assert desk("roster", roster, "--seal-keys", desk.folder / "office", *more) == 2
    assert "seal.pub.pem" in desk.said
    assert desk("roster", roster, *more) == 1
    assert "No enrolled kiosk of north" in desk.said


def test_a_large_list_is_published_as_an_index_with_deltas(desk: Desk) -> None:
    key = desk.jurisdiction()
    lists = ed25519.Ed25519PrivateKey.generate()
    file = pem(lists, desk.folder / "hk/lists.key")
    by_hk = ["--data", str(desk.data), *desk.signed(key)]
    withdrawn = desk.folder / "all.jsonl"
    lines = [line(number) for number in range(300)]
    withdrawn.write_text("\n".join(lines[:200]))
    index = "hk/revocation/border/CURRENT"
    command = ["revocation", index, withdrawn, "--list-key", file, "--covers", "HK1:HK", *by_hk]
    assert desk(*command) == 1
    assert "hk/keys/lists.pem" in desk.said
    assert desk("add", "hk/keys/lists.pem", file.with_suffix(".pub.pem"), *by_hk) == 0
    assert desk(*command) == 0
    assert "a new base, 200 came" in desk.said
    withdrawn.write_text("\n".join(lines[50:]))
    assert desk(*command) == 0
    assert "delta 1 of its base, 100 came and 50 went" in desk.said
    assert [answer(desk, index, lists, number) for number in (0, 49, 50, 299, 300)] == [
        RevocationAnswer.CLEAR,
        RevocationAnswer.CLEAR,
        RevocationAnswer.REVOKED,
        RevocationAnswer.REVOKED,
        RevocationAnswer.CLEAR,
    ]
    assert desk(*command[:-4], "--covers", "MO1:MO", *by_hk) == 1
    assert "does not speak for these codes" in desk.said
    withdrawn.write_text('{"kid": "x"}')
    assert desk(*command) == 1
    assert "line 1" in desk.said


def answer(desk: Desk, index: str, key: ed25519.Ed25519PrivateKey, number: int) -> RevocationAnswer:
    """What a lane would be told that has fetched what the index target leads to."""
    folder = desk.folder / "lane-index"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree((desk.data / "bundle/targets" / index).parent, folder)
    current = desk.client().get(index)
    assert current is not None
    (folder / "CURRENT").write_bytes(current)
    query = RevocationQuery("HK1", "HK", b"kid", (("CTI", digest(number)),), at=datetime.now(UTC))
    return open_index(folder, key.public_key()).check(query)


def test_the_bundle_goes_to_a_stick_and_is_read_back(desk: Desk) -> None:
    assert desk("add", ARRIVALS, POLICY, "--data", desk.data, *desk.signed()) == 0
    stick = desk.folder / "usb"
    stick.mkdir()
    for _ in range(2):
        assert desk("usb", stick, "--data", desk.data, secret=False) == 0
        assert "Saved: you may remove the stick." in desk.said
        assert [entry.name for entry in stick.iterdir()] == ["checkpoint-bundle"]
        client = Client(desk.folder / "offline", stick / "checkpoint-bundle")
        assert client.get(ARRIVALS) == POLICY.read_bytes()
    assert desk("usb", desk.folder / "nowhere", "--data", desk.data, secret=False) == 1
    assert "where the stick is mounted" in desk.said


def test_before_the_ceremony_every_action_says_to_begin_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, capsys)
    for action in (["show"], ["refresh"], ["usb", str(tmp_path)], ["request", "hk", str(tmp_path / "r")]):
        assert desk(*action, "--data", desk.data, secret=False) == 1
        assert "hub publish init" in desk.said


def test_a_large_list_is_signed_on_the_jurisdictions_machine_and_brings_only_what_is_new(desk: Desk) -> None:
    key = desk.jurisdiction()
    lists = ed25519.Ed25519PrivateKey.generate()
    file = pem(lists, desk.folder / "hk/lists.key")
    public = file.with_suffix(".pub.pem")
    assert desk("add", "hk/keys/lists.pem", public, "--data", desk.data, *desk.signed(key)) == 0
    index = "hk/revocation/border/CURRENT"
    every = desk.folder / "all.jsonl"
    carried = []
    for number, numbers in enumerate((range(100), range(50, 120))):
        every.write_text("\n".join(map(line, numbers)))
        stick = desk.folder / f"request{number}"
        assert desk("request", "hk", stick, "--data", desk.data, secret=False) == 0
        command = ["revocation", index, every, "--list-key", file, "--covers", "HK1:HK", "--folder", stick]
        assert desk(*command, *desk.signed(key)) == 1
        assert "--work" in desk.said
        assert desk(*command, "--work", desk.folder / "hk/work", *desk.signed(key)) == 0, desk.said
        carried.append({one.suffix for one in stick.rglob("*") if len(one.stem) == 64})
        assert desk("take", stick, "--data", desk.data, secret=False) == 0, desk.said
    assert {".json", ".part", ".records"} <= carried[0]
    assert ".part" not in carried[1]
    revoked, clear = RevocationAnswer.REVOKED, RevocationAnswer.CLEAR
    assert [answer(desk, index, lists, number) for number in (49, 50, 119)] == [clear, revoked, revoked]


def test_the_root_is_renewed_by_two_people_in_two_places(desk: Desk) -> None:
    stick = desk.folder / "request"
    assert desk("request", "root", stick, "--data", desk.data, secret=False) == 0
    assert desk("sign", "root", "--key", desk.targets, "--folder", stick) == 1
    assert "does not sign root" in desk.said
    assert desk("sign", "root", "--key", desk.root(3), "--folder", stick) == 0
    assert desk("take", stick, "--data", desk.data, secret=False) == 1
    assert "root lacks 1 signature" in desk.said
    assert desk("sign", "root", "--key", desk.root(2), "--folder", stick) == 0
    assert desk("take", stick, "--data", desk.data, secret=False) == 0
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert "version 2" in desk.said.splitlines()[0]
    assert desk.client().get(ARRIVALS) is None


def test_a_list_that_lanes_could_not_use_is_refused_at_the_hub_whoever_signed_it(desk: Desk) -> None:
    """A jurisdiction may have another program: what comes back is looked into once more."""
    key = desk.jurisdiction()
    hub = hub_repository(desk.data, system_clock)
    targets = proposing.next_targets(hub.state(), "hk", hub.now)
    target = sign_target(b"no list at all", "hk/trust/signers.json", {})
    proposing.put_target(targets, "hk", target)
    targets.sign(load_key(key, lambda _: PASSPHRASE.encode()).signer)
    files = {target_file(target.path, target.hashes["sha256"]): b"no list at all"}
    handing.write_proposal(desk.folder / "back", Proposal(roles={"hk": targets}, files=dict(files)))
    assert desk("take", desk.folder / "back", "--data", desk.data, secret=False) == 1
    assert "hk/trust/signers.json" in desk.said
    assert "hk" not in hub.state().roles


def test_an_index_that_comes_without_its_parts_is_refused(desk: Desk) -> None:
    key = desk.jurisdiction()
    file = pem(ed25519.Ed25519PrivateKey.generate(), desk.folder / "hk/lists.key")
    public = file.with_suffix(".pub.pem")
    assert desk("add", "hk/keys/lists.pem", public, "--data", desk.data, *desk.signed(key)) == 0
    every, stick = desk.folder / "all.jsonl", desk.folder / "request"
    every.write_text("\n".join(map(line, range(100))))
    assert desk("request", "hk", stick, "--data", desk.data, secret=False) == 0
    index = ["revocation", "hk/revocation/border/CURRENT", every, "--list-key", file, "--covers", "HK1:HK"]
    work = ["--work", desk.folder / "hk/work"]
    assert desk(*index, "--folder", stick, *work, *desk.signed(key)) == 0
    part = next(stick.rglob("*.part"))
    whole = part.read_bytes()
    part.unlink()
    assert desk("take", stick, "--data", desk.data, secret=False) == 1
    assert "hk/revocation/border/CURRENT" in desk.said
    assert desk.client().get("hk/revocation/border/CURRENT") is None
    part.write_bytes(whole)
    assert desk("take", stick, "--data", desk.data, secret=False) == 0


def test_the_roster_is_sealed_to_the_enrolled_kiosks_of_the_station_and_to_no_revoked_one(desk: Desk) -> None:
    lanes = {name: seal_key(desk.folder / name) for name in ("lane-1", "lane-2", "south-1")}
    devices = Devices(open_ledger(desk.data, system_clock).engine, system_clock)
    hub = hub_key(desk.data).public
    for name, lane in lanes.items():
        station = "south" if name.startswith("south") else "north"
        device = device_key(desk.folder / name).public
        devices.enrol(name, device, station=station, hub=hub, seal_key=lane.public.raw)
    roster = desk.folder / "roster.json"
    save_roster(roster, Roster((Officer("O-17", Role.OFFICER, hash_pin("739164")),)))
    command = ["roster", roster, "--station", "north", "--data", desk.data, *desk.signed()]
    assert desk(*command) == 0, desk.said
    assert "sealed to 2 lanes" in desk.said
    devices.revoke("lane-2", "stolen", CONSOLE)
    assert desk(*command) == 0
    sealed = desk.client().get("station/roster/north.sealed")
    assert sealed is not None
    assert recipients_of(sealed) == (lanes["lane-1"].public.fingerprint,)


def test_what_a_list_lasts_is_a_number_of_days(desk: Desk) -> None:
    command = ["renew", "targets", "--data", desk.data, *desk.signed(), "--days"]
    for wrong in ("0", "-1", "99999999999", "soon"):
        with pytest.raises(SystemExit):
            desk(*command, wrong)
    assert desk(*command, "10") == 0
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert re.search(r"\((9|10) days\) - soon over: `hub publish renew targets`", desk.said)


def test_wrong_files_are_one_sentence_each(desk: Desk) -> None:
    wrong = desk.folder / "wrong"
    wrong.write_text("no key, no list")
    wrong.chmod(0o600)
    at_hub = ["--data", desk.data]
    for code, words, command in (
        (2, "not a public key", ["delegate", "hk", "--key", wrong, *at_hub, *desk.signed()]),
        (2, "put the stick", ["renew", "targets", *at_hub, *desk.signed(desk.folder / "none.key")]),
        (2, "no private key", ["renew", "targets", *at_hub, *desk.signed(wrong)]),
        (1, "can be read", ["add", ARRIVALS, desk.folder / "none", *at_hub, *desk.signed()]),
        (1, "is no request", ["sign", "hk", "--folder", desk.folder / "none", "--key", desk.targets]),
        (1, "run `hub publish sign`", ["take", desk.folder / "none", *at_hub]),
        (1, "may sign nothing here", ["request", "hk", desk.folder / "request", *at_hub]),
        (1, "may sign nothing here", ["renew", "hk", *at_hub, *desk.signed()]),
        (1, "is no key here", ["revoke", "targets", "12", *at_hub, *desk.signed(desk.root(1))]),
        (
            1,
            "write it as TARGET=FILE",
            ["sign", "targets", "--folder", _request(desk), "--key", desk.targets, "--add", "x"],
        ),
    ):
        secret = command[0] not in ("take", "request")
        assert desk(*command, secret=secret) == code, (command, desk.said)
        assert words in desk.said
        assert len(desk.said.strip().splitlines()) == 1, desk.said


def _request(desk: Desk) -> Path:
    folder = desk.folder / "targets-request"
    assert desk("request", "targets", folder, "--data", desk.data, secret=False) == 0
    return folder


def test_a_list_with_its_signature_beside_it_travels_and_goes_with_it(desk: Desk) -> None:
    key = desk.jurisdiction("world")
    lists = ed25519.Ed25519PrivateKey.generate()
    public = pem(lists, desk.folder / "world/lists.key").with_suffix(".pub.pem")
    by_world = ["--data", str(desk.data), *desk.signed(key)]
    assert desk("add", "world/keys/lists.pem", public, *by_world) == 0
    cards, right, wrong = (desk.folder / name for name in ("cards.json", "right.sig", "wrong.sig"))
    cards.write_text(json.dumps({"kid": "made-up", "method": "rid", "ctr": 1, "rids": ["made-up-rid"]}))
    right.write_bytes(lists.sign(cards.read_bytes()))
    wrong.write_bytes(ed25519.Ed25519PrivateKey.generate().sign(cards.read_bytes()))
    add = ["add", "world/revocation/cards.json", cards, *by_world, "--signature"]
    assert desk(*add, wrong) == 1
    assert "not made by a key that is trusted" in desk.said
    assert desk(*add, right) == 0, desk.said
    assert desk.client().get("world/revocation/cards.json.sig") == right.read_bytes()
    assert desk("remove", "world/revocation/cards.json", *by_world) == 0
    assert desk.client().get("world/revocation/cards.json.sig") is None
