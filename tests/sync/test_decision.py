"""A lane believes a decision only from an officer of its roster, about this crossing, now, and once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sync.canonical import NotCanonical, utc_text
from sync.decision import (
    DECISION,
    WINDOW,
    DecisionCheck,
    Refused,
    Statement,
    decision_message,
    new_statement,
    read_statement,
    sign_decision,
)
from sync.signing import PublicKey, SigningKey
from tests.sync.ground import START, key


@dataclass
class Somebody:
    """An officer with a key."""

    signing: SigningKey = field(default_factory=key)
    until: datetime = START + timedelta(days=1)
    has_key: bool = True

    @property
    def public(self) -> PublicKey | None:
        return self.signing.public if self.has_key else None

    def may_work(self, at: datetime) -> bool:
        return at < self.until


SOMEBODY = Somebody()
GOOD = new_statement(
    "lane-1", "c-1", "admit", "DOCUMENT_GENUINE", "O-17", "desk-1", START, "nonce-nonce-nonce"
)


def lane(officer: Somebody | None = SOMEBODY) -> DecisionCheck:
    return DecisionCheck("lane-1", lambda identifier: officer if identifier == "O-17" else None)


def check(
    statement: Statement = GOOD,
    *,
    by: SigningKey = SOMEBODY.signing,
    at: datetime = START,
    at_lane: DecisionCheck | None = None,
    crossing: str = "c-1",
    believed: bool = True,
) -> Statement | Refused:
    text, signature = statement.text(), sign_decision(by, statement)
    return (at_lane or lane()).check(text, signature, crossing, at, believed=believed)


def test_what_the_officer_signed_is_believed() -> None:
    assert check() == GOOD


def test_the_bytes_are_the_domain_and_the_text_as_sent() -> None:
    assert decision_message(GOOD.text()) == b"checkpoint-kiosk/decision/v1\n" + GOOD.text().encode()
    assert DECISION.endswith(b"/v1\n")
    assert GOOD.text() == (
        '{"action":"admit","at":"2026-03-01T08:00:00.000000Z","crossing":"c-1","desk":"desk-1",'
        '"lane":"lane-1","nonce":"nonce-nonce-nonce","officer":"O-17","reason":"DOCUMENT_GENUINE"}'
    )
    assert read_statement(GOOD.text()) == GOOD


def test_another_key_than_the_rosters_is_a_forgery() -> None:
    assert check(by=key()) is Refused.FORGED


@pytest.mark.parametrize("name", ["action", "reason", "at", "nonce", "desk"])
def test_a_word_changed_on_the_way_is_a_forgery(name: str) -> None:
    changed = {"action": "refuse", "reason": "CHILD_OR_CARER", "at": utc_text(START + timedelta(seconds=1))}
    other = replace(GOOD, **{name: changed.get(name, "another-nonce-0001")})
    assert lane().check(other.text(), sign_decision(SOMEBODY.signing, GOOD), "c-1", START) is Refused.FORGED


def test_a_decision_for_another_lane_or_crossing_is_foreign() -> None:
    assert check(replace(GOOD, lane="lane-2")) is Refused.FOREIGN
    assert check(crossing="c-2") is Refused.FOREIGN


def test_whoever_the_roster_does_not_have_is_a_stranger() -> None:
    assert check(replace(GOOD, officer="O-18")) is Refused.STRANGER
    assert check(at_lane=lane(Somebody(has_key=False))) is Refused.STRANGER


def test_an_entry_that_has_ended_decides_nothing() -> None:
    ended = Somebody(until=START)
    assert check(by=ended.signing, at_lane=lane(ended)) is Refused.ENDED


@pytest.mark.parametrize("off", [WINDOW + timedelta(seconds=1), -WINDOW - timedelta(seconds=1)])
def test_a_decision_from_another_time_is_untimely(off: timedelta) -> None:
    assert check(at=START + off) is Refused.UNTIMELY
    assert check(at=START + off, believed=False) == GOOD, "the crossing itself is two minutes old at most"


def test_nothing_counts_twice() -> None:
    one = lane()
    assert check(at_lane=one) == GOOD
    assert check(at_lane=one) is Refused.REPLAYED
    assert check(replace(GOOD, nonce="another-nonce-0001"), at_lane=one) != Refused.REPLAYED


def test_a_forgery_uses_up_no_nonce() -> None:
    one = lane()
    assert check(by=key(), at_lane=one) is Refused.FORGED
    assert check(at_lane=one) == GOOD


@pytest.mark.parametrize(
    "change",
    [
        {"action": "release"},
        {"action": ""},
        {"reason": "because\n"},
        {"officer": "Chan Tai Man"},
        {"officer": "O-17\n"},
        {"at": "2026-03-01T08:00:00Z"},
        {"at": "2026-02-31T08:00:00.000000Z"},
        {"nonce": "short"},
        {"lane": "../lane"},
        {"crossing": "c" * 65},
        {"note": "one key more"},
        {"reason": None},
        {"reason": 7},
    ],
)
def test_what_is_no_statement_is_not_read(change: dict[str, Any]) -> None:
    text = json.dumps(json.loads(GOOD.text()) | change)
    with pytest.raises(NotCanonical):
        read_statement(text)
    assert lane().check(text, b"", "c-1", START) is Refused.UNREADABLE


def test_no_key_twice_and_nothing_endless() -> None:
    for text in (GOOD.text()[:-1] + ',"action":"admit"}', "[" * 1000, "{" + " " * 2000 + "}", "\ud800"):
        assert lane().check(text, b"", "c-1", START) is Refused.UNREADABLE
