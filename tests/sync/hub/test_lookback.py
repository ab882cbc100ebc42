"""Where a code was used: found by fingerprint only, for a reason, written down before it is answered."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import sync.hub
from sync.fingerprint import CODE
from sync.hub.acts import Acts
from sync.hub.devices import Devices
from sync.hub.follower import Follower
from sync.hub.lookback import Lookback, NoSuchCrossing, TooOften
from sync.hub.shown_code import fingerprints_of
from sync.hub.station_keys import StationKeys
from tests.sync.ground import HandClock, key
from tests.sync.hub.desk_ground import Desk, crossing

WHY = "case 12: contact tracing"
ONE, OTHER = "ab" * 16, "cd" * 16


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock, database)) as desk:
        yield desk


def ask(desk: Desk, *fingerprints: str) -> list[tuple[str, str, str]]:
    Follower(desk.engine).catch_up()
    who = desk.people.known("sam", "a long made-up password")
    found = Lookback(desk.engine, desk.clock).ask(who, [bytes.fromhex(one) for one in fingerprints], WHY)  # type: ignore[arg-type]
    return [(use.kiosk, use.crossing, use.outcome) for use in found]


def test_a_code_is_found_at_every_lane_newest_first_with_its_verdict(desk: Desk) -> None:
    desk.person()
    desk.lane("lane-1")
    desk.lane("lane-2")
    desk.write("lane-1", *crossing("c1", ONE, "REFER"))
    desk.clock.pass_time(hours=3)
    desk.write("lane-2", *crossing("c2", OTHER), *crossing("c3", ONE, "REFUSE"))
    assert ask(desk, ONE) == [("lane-2", "c3", "REFUSE"), ("lane-1", "c1", "REFER")]
    assert ask(desk, OTHER) == [("lane-2", "c2", "ADMIT")]


def test_what_is_older_than_21_days_is_not_told(desk: Desk) -> None:
    desk.person()
    desk.lane()
    desk.write("lane-1", *crossing("c1", ONE))
    desk.clock.pass_time(days=20)
    assert len(ask(desk, ONE)) == 1
    desk.clock.pass_time(days=2)
    assert ask(desk, ONE) == []


def test_the_question_is_on_record_before_it_is_answered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    who = desk.person()
    lookback = Lookback(desk.engine, desk.clock)

    def broken(_fingerprints: object) -> None:
        raise RuntimeError("the answer never comes")

    monkeypatch.setattr(lookback, "_uses", broken)
    with pytest.raises(RuntimeError):
        lookback.ask(who, [bytes(16)], WHY)
    last = list(Acts(desk.engine).all())[-1]
    assert (last.what, last.login, last.full_name, last.reason) == ("looked_back", "sam", "Sam Made-Up", WHY)


def test_the_eleventh_question_in_an_hour_is_refused_and_that_is_on_record_too(desk: Desk) -> None:
    who = desk.person()
    lookback = Lookback(desk.engine, desk.clock)
    for _ in range(10):
        lookback.ask(who, [bytes(16)], WHY)
    with pytest.raises(TooOften):
        lookback.ask(who, [bytes(16)], WHY)
    assert [act.what for act in Acts(desk.engine).all()].count("looked_back") == 10
    assert list(Acts(desk.engine).all())[-1].what == "lookback_refused"
    desk.clock.pass_time(hours=1)
    lookback.ask(who, [bytes(16)], WHY)


def test_a_crossing_leads_to_the_other_uses_of_its_codes_on_that_day(desk: Desk) -> None:
    who = desk.person()
    desk.lane("lane-1")
    desk.lane("lane-2")
    desk.write("lane-1", *crossing("c1", ONE))
    desk.write("lane-2", *crossing("c2", ONE), *crossing("c3", OTHER))
    Follower(desk.engine).catch_up()
    found = Lookback(desk.engine, desk.clock).ask_crossing(who, "c1", WHY)
    assert {use.crossing for use in found} == {"c1", "c2"}
    with pytest.raises(NoSuchCrossing):
        Lookback(desk.engine, desk.clock).ask_crossing(who, "c9", WHY)


def test_a_shown_code_is_found_on_every_day_though_its_fingerprint_changes_daily(desk: Desk) -> None:
    desk.person()
    hub = key()
    Devices(desk.engine, desk.clock).enrol("lane-0", key().public, station="shenzhen-bay", hub=hub.public)
    keys = StationKeys(desk.engine, desk.clock)
    desk.lane()
    signed = b"HK\x00what was signed"
    known_as = []
    for number in range(20):
        day_key = keys.alive("shenzhen-bay")[desk.clock().utc.date()]
        known_as.append(hmac.digest(day_key, CODE + signed, "sha256")[:16].hex())
        desk.write("lane-1", *crossing(f"c{number}", known_as[-1]))
        desk.clock.pass_time(days=1)
    assert len(set(known_as)) == 20
    fingerprints = fingerprints_of(signed, desk.engine, desk.clock)
    assert len(fingerprints) == 22
    assert len(ask(desk, *(one.hex() for one in fingerprints))) == 20


def test_hostile_payloads_are_followed_without_harm(desk: Desk) -> None:
    desk.person()
    desk.lane()
    desk.write(
        "lane-1",
        ("crossing.code", {"crossing": ["x"], "fingerprint": 5}),
        ("crossing.code", {"crossing": "c" * 65, "fingerprint": ONE}),
        ("crossing.code", {"crossing": "c1", "fingerprint": "zz" * 16}),
        ("crossing.code", {"crossing": "c1\x00", "fingerprint": ONE}),
        ("crossing.decided", {"crossing": "c1", "outcome": {"a": 1}}),
        ("lane.started", {"version": {"a": "\x00"}}),
        ("crossing.code", {"crossing": "c2", "fingerprint": ONE}),
    )
    assert [use[1] for use in ask(desk, ONE)] == ["c2"]


def test_nothing_else_searches_people() -> None:
    """Who asks the table of sightings, or reads what a record says, has to stand here."""
    room = Path(sync.hub.__file__).parent
    texts = {
        file.relative_to(room).as_posix(): file.read_text(encoding="utf-8") for file in room.rglob("*.py")
    }
    reads = {
        "sightings": re.compile(r"select\([^)]*\bSighting\b|FROM sightings", re.IGNORECASE),
        "payloads": re.compile(
            r"select\([^)]*\bStored\.payload\b|SELECT[^;\"]*\bpayload\b[^;\"]*FROM records"
        ),
    }
    found = {
        what: {name for name, text in texts.items() if read.search(text)} for what, read in reads.items()
    }
    assert found["sightings"] == {"lookback.py"}
    by_reference = "lookup.py"  # one crossing, whose slip somebody holds: an act is written first there, too
    assert found["payloads"] <= {"follower.py", "lookback.py", by_reference}
    knows = {name for name, text in texts.items() if re.search(r"\bSighting\b", text)}
    assert knows == {"picture_models.py", "follower.py", "retention.py", "lookback.py"}
    asked = [name for name, text in texts.items() if re.search(r"\bLookback\(", text)]
    assert asked == ["web/lookback.py"], "and a page asks it, which names the person and the reason"
