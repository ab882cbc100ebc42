"""What ends when, what is signed anew in time, and lists that shall count no more: `hub publish expire`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from config.moment import Moment, system_clock
from config.settings import load_settings
from kiosk.bundle.ageing import ageing
from kiosk.bundle.keeper import BundleKeeper
from kiosk.bundle.settled import store_of, wanted_of
from kiosk.commands import hub_publish_at, hub_publish_expire
from kiosk.commands.door import main
from sync.bundle.held import load
from sync.bundle.publishing.repository import hub_repository
from tests.kiosk.commands.desk import ARRIVALS, POLICY, Desk, digest, pem, signers
from verification.revocation import station_list as revocation_file
from verification.revocation.memory import Withdrawn
from verification.snapshot import Freshness, RevocationAnswer, RevocationQuery

NOW = datetime.now(UTC)
TRUST, REVOKED = "hk/trust/signers.json", "hk/revocation/small.json"
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A station with Hong Kong's lists, a policy and a notice."""
    desk = Desk(tmp_path, capsys)
    assert desk.init() == 0
    key = desk.jurisdiction()
    lists = ed25519.Ed25519PrivateKey.generate()
    public = pem(lists, tmp_path / "hk/lists.key").with_suffix(".pub.pem")
    small = tmp_path / "small.json"
    entries = [Withdrawn(None, "CTI", frozenset({digest(1)}))]
    small.write_bytes(revocation_file.write(entries, [("HK1", "HK")], "made up", NOW, lists))
    notice = tmp_path / "notice.json"
    until = "2030-01-01T00:00:00.000000Z"
    notice.write_text(json.dumps({"notice": 1, "says": {"en": "Made up."}, "until": until}))
    by_hk, by_office = ["--data", desk.data, *desk.signed(key)], ["--data", desk.data, *desk.signed()]
    for target, file, signed in (
        ("hk/keys/lists.pem", public, by_hk),
        (TRUST, signers(tmp_path, lists, "HK", "HK1"), by_hk),
        (REVOKED, small, by_hk),
        (ARRIVALS, POLICY, by_office),
        ("station/notices/made-up.json", notice, by_office),
    ):
        assert desk("add", target, file, *signed) == 0, desk.said
    return desk


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The hub's clock ahead by so many days."""
    ahead = [0]

    def clock() -> Moment:
        return Moment(0.0, system_clock().utc + timedelta(days=ahead[0]))

    monkeypatch.setattr(hub_publish_at, "system_clock", clock)
    monkeypatch.setattr(hub_publish_expire, "system_clock", clock)
    yield ahead


def by_hk(desk: Desk) -> list[str]:
    return ["--data", str(desk.data), *desk.signed(desk.folder / "hk/hk.key")]


def lane(desk: Desk, stick: str) -> BundleKeeper:
    """A lane that takes what is published from a stick."""
    folder = desk.folder / stick
    folder.mkdir(exist_ok=True)
    settings = desk.folder / "lane.toml"
    settings.write_text(
        f'[journal]\nfolder = "{desk.folder / "lane"}"\n[bundle]\nprofile = "arrivals"\n'
        f'root = "{desk.folder / "office/root.json"}"\n'
        f'folder = "{desk.folder / "lane/bundle"}"\n'
    )
    assert desk("usb", folder, "--data", desk.data, secret=False) == 0
    assert main(["bundle", "--config", str(settings), "update", "--from", str(folder)]) == 0
    return BundleKeeper(load_settings(settings), system_clock)


def answer(keeper: BundleKeeper, number: int, at: datetime) -> RevocationAnswer:
    revocation = keeper.lists.snapshot.revocation
    assert revocation is not None
    return revocation.check(RevocationQuery("HK1", "HK", b"kid", (("CTI", digest(number)),), at=at))


def fresh(keeper: BundleKeeper, at: datetime) -> list[Freshness]:
    return [view.freshness for view in keeper.lists.views(at)]


def warned(desk: Desk, keeper: BundleKeeper, at: datetime) -> str:
    settings = load_settings(desk.folder / "lane.toml")
    held = load(store_of(settings), wanted_of(settings))
    assert held is not None
    return "\n".join(fault.advice for fault in ageing(keeper.lists, held, at))


def test_every_end_is_listed_the_next_first(desk: Desk) -> None:
    assert desk("expire", "--data", desk.data, secret=False) == 0
    rows = [line.split("  ") for line in desk.said.splitlines()]
    named = [next(part for part in row[2:] if part.strip()).strip() for row in rows]
    assert named[:2] == ["timestamp", "snapshot"]
    assert set(named[2:4]) == {"hk", "targets"}
    assert named[4:] == ["root", "station/notices/made-up.json"]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert "the running hub signs it anew" in desk.said
    assert "NOW" not in desk.said


def test_what_is_near_its_end_is_said_with_what_to_do_and_ends_with_1(
    desk: Desk, days_later: list[int]
) -> None:
    days_later[0] = 80
    assert desk("expire", "--data", desk.data, secret=False) == 1
    assert "OVER" in desk.said
    for command in ("refresh", "renew targets", "renew hk"):
        assert f"NOW `hub publish {command}`" in desk.said
    assert "renew root" not in desk.said


def test_everything_near_its_end_is_signed_anew_in_one_go_with_the_keys_at_hand(
    desk: Desk, days_later: list[int]
) -> None:
    days_later[0] = 80
    renew = ["expire", "--renew", "--data", desk.data]
    assert desk(*renew, *desk.signed()) == 1
    assert "targets is signed anew" in desk.said
    assert "hk is near its end: bring a key of it" in desk.said
    assert desk(*renew, *desk.signed(desk.folder / "hk/hk.key")) == 0
    assert desk("expire", "--data", desk.data, secret=False) == 0
    state = hub_repository(desk.data, system_clock).state()
    for role in ("timestamp", "snapshot", "targets", "hk"):
        assert state.ends()[role] > NOW + timedelta(days=80), role
    assert desk(*renew, *desk.signed()) == 0
    assert "Nothing else is near its end" in desk.said


def test_a_root_near_its_end_is_signed_by_two_sticks(desk: Desk, days_later: list[int]) -> None:
    days_later[0] = 300
    renew = ["expire", "--renew", "--data", desk.data]
    hk, office = desk.signed(desk.folder / "hk/hk.key"), desk.signed()
    assert desk(*renew, *hk, *office, *desk.signed(desk.root(1))) == 1
    assert "root: 1 more signature needed" in desk.said
    assert desk("drop", "root", "--data", desk.data, secret=False) == 0
    assert desk(*renew, *desk.signed(desk.root(1)), *desk.signed(desk.root(3))) == 0
    assert hub_repository(desk.data, system_clock).state().root.signed.version == 2


def test_a_list_that_is_ended_refers_at_every_lane_and_clears_nobody(desk: Desk) -> None:
    keeper = lane(desk, "usb")
    assert answer(keeper, 1, NOW) is RevocationAnswer.REVOKED
    assert answer(keeper, 2, NOW) is RevocationAnswer.CLEAR
    assert desk("expire", REVOKED, "--now", *by_hk(desk)) == 0
    assert "lanes refer" in desk.said
    keeper = lane(desk, "usb")
    soon = datetime.now(UTC) + timedelta(seconds=1)
    assert answer(keeper, 2, soon) is not RevocationAnswer.CLEAR
    assert fresh(keeper, soon) == [Freshness.FRESH, Freshness.STALE]
    assert "are referred since" in warned(desk, keeper, soon)
    assert desk("expire", REVOKED, "--never", *by_hk(desk)) == 0
    assert answer(lane(desk, "usb"), 2, NOW) is RevocationAnswer.CLEAR


def test_an_end_at_a_time_is_kept_by_a_lane_that_hears_no_more(desk: Desk) -> None:
    assert desk("expire", "hk", "--at", LATER.isoformat(), *by_hk(desk)) == 0
    assert desk.said.count("also without a network") == 2
    keeper = lane(desk, "usb")
    before, after = LATER - timedelta(minutes=1), LATER + timedelta(minutes=1)
    assert fresh(keeper, before) == [Freshness.FRESH, Freshness.FRESH]
    assert "lets this list end at" in warned(desk, keeper, before)
    assert fresh(keeper, after) == [Freshness.STALE, Freshness.STALE]
    assert desk("expire", "--data", desk.data, secret=False) == 0
    first, second, third = [line for line in desk.said.splitlines() if " UTC  " in line][:3]
    assert (REVOKED in first, TRUST in second, "timestamp" in third) == (True, True, True)
    assert "the end that hk gave it" in first
    assert desk("show", "--data", desk.data, secret=False) == 0
    assert f"signed by hk, ends {LATER:%Y-%m-%d %H:%M} UTC" in desk.said
    assert desk("renew", "hk", *by_hk(desk)) == 0
    assert fresh(lane(desk, "usb"), after) == [Freshness.STALE, Freshness.STALE], "renewing forgot the end"
    assert desk("add", TRUST, desk.folder / "HK-HK1.json", *by_hk(desk)) == 0
    assert fresh(lane(desk, "usb"), after)[0] is Freshness.FRESH, "published anew it has no end any more"


def test_a_jurisdiction_ends_its_lists_on_its_own_machine(desk: Desk) -> None:
    request = desk.folder / "request"
    hub = ["--data", desk.data]
    assert desk("request", "hk", request, *hub, secret=False) == 0
    apart = ["--folder", request, *desk.signed(desk.folder / "hk/hk.key")]
    assert desk("expire", TRUST, "--at", LATER.isoformat(), *apart) == 0
    assert desk("expire", TRUST, "--now", *apart) == 1
    assert "a signed list already" in desk.said
    assert desk("take", request, *hub, secret=False) == 0
    assert fresh(lane(desk, "usb"), LATER + timedelta(hours=1)) == [Freshness.STALE, Freshness.FRESH]


WRONG = [
    (["timestamp", "--now"], "no news reaches any lane"),
    (["targets", "--now"], "no news reaches any lane"),
    ([ARRIVALS, "--now"], "hub publish remove"),
    (["mo", "--now"], "has signed nothing"),
    (["hk/trust/other.json", "--now"], "is no list that is published"),
    (["hk/keys/lists.pem", "--now"], "hub publish remove"),
    ([TRUST, "--at", "2020-01-01T00:00:00Z"], "is over already"),
    ([TRUST], "Say when"),
    (["--now"], "Say what shall end"),
]


def test_what_cannot_end_is_one_sentence_and_changes_nothing(desk: Desk) -> None:
    before = hub_repository(desk.data, system_clock).state().ends()
    for what, words in WRONG:
        assert desk("expire", *what, *by_hk(desk)) == 1, what
        assert words in desk.said
    assert hub_repository(desk.data, system_clock).state().ends() == before
