"""An order from a desk counts once, for its own lane, while it is fresh, and only by its officer's key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk.lane_control import LaneOrder
from sync.canonical import NotCanonical, canonical_json, read_json_object, utc_text
from sync.decision import DECISION, DOCUMENT, Refused
from sync.lane_order import (
    ORDERS,
    SHUTS,
    WINDOW,
    OrderCheck,
    OrderStatement,
    new_order,
    read_order,
    sign_order,
)
from sync.signing import PublicKey
from tests.sync.ground import key

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
LONG = timedelta(hours=5)
KEY = key()


@dataclass(frozen=True)
class MadeUpOfficer:
    public: PublicKey | None = KEY.public
    works: bool = True

    def may_work(self, _at: datetime) -> bool:
        return self.works


OFFICERS = {"O-17": MadeUpOfficer(), "O-18": MadeUpOfficer(works=False), "O-19": MadeUpOfficer(None)}


def order(what: str = "open", **changes: str) -> OrderStatement:
    made = new_order("lane-1", what, "", "O-17", "desk-1", NOW, "nonce-of-an-order-1")
    return replace(made, **changes)


@pytest.fixture
def lane() -> OrderCheck:
    return OrderCheck("lane-1", OFFICERS.get)


def heard(
    lane: OrderCheck,
    said: OrderStatement,
    now: datetime = NOW,
    *,
    running: timedelta = LONG,
    believed: bool = True,
) -> OrderStatement | Refused:
    return lane.check(said.text(), sign_order(KEY, said), now, running, believed=believed)


def test_what_was_signed_is_read_as_it_was_meant() -> None:
    for said in (order("turn", to="to_macao"), order(DOCUMENT, document='{"kind":"test"}')):
        assert read_order(said.text()) == said


def test_an_officers_own_order_is_believed_once(lane: OrderCheck) -> None:
    assert heard(lane, order()) == order()
    assert heard(lane, order()) is Refused.REPLAYED


def test_ending_the_alarm_is_no_order_of_a_desk_and_everything_else_is_a_lanes_order() -> None:
    known = {one.value for one in LaneOrder}
    assert set(ORDERS) == known - {"all_clear"} | {DOCUMENT}
    assert set(SHUTS) < known


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (order(lane="lane-2"), Refused.FOREIGN),
        (order(officer="O-99"), Refused.STRANGER),
        (order(officer="O-19"), Refused.STRANGER),
        (order(officer="O-18"), Refused.ENDED),
        (order(at=utc_text(NOW - WINDOW - timedelta(seconds=1))), Refused.UNTIMELY),
        (order(at=utc_text(NOW + WINDOW + timedelta(seconds=1))), Refused.UNTIMELY),
        (order("all_clear"), Refused.UNREADABLE),
        (order("release_once"), Refused.UNREADABLE),
        (order("turn"), Refused.UNREADABLE),
        (order("hold", to="to_macao"), Refused.UNREADABLE),
        (order(DOCUMENT, to="to_macao", document="{}"), Refused.UNREADABLE),
        (order(DOCUMENT, document="x" * 401), Refused.UNREADABLE),
        (order(nonce="short"), Refused.UNREADABLE),
    ],
)
def test_what_is_not_believed_has_a_word(lane: OrderCheck, said: OrderStatement, why: Refused) -> None:
    assert heard(lane, said) is why


def test_a_forged_order_is_none(lane: OrderCheck) -> None:
    said = order()
    for signature in (
        sign_order(key(), said),
        KEY.sign(DECISION + said.text().encode()),
        sign_order(KEY, order("close")),
        b"",
    ):
        assert lane.check(said.text(), signature, NOW, LONG) is Refused.FORGED
    changed = said.text().replace('"open"', '"mute"')
    assert lane.check(changed, sign_order(KEY, said), NOW, LONG) is Refused.FORGED


def test_one_word_more_or_less_is_no_order() -> None:
    table = read_json_object(order().text())
    for wrong in ({**table, "more": "x"}, {name: table[name] for name in table if name != "nonce"}):
        with pytest.raises(NotCanonical):
            read_order(canonical_json(wrong).decode())
    for wrong in ({**table, DOCUMENT: "{}"}, {**table, "order": DOCUMENT}):
        with pytest.raises(NotCanonical):
            read_order(canonical_json(wrong).decode())
    with pytest.raises(NotCanonical):
        read_order(" " * 1100)


def test_an_order_held_back_until_a_later_one_was_obeyed_opens_nothing(lane: OrderCheck) -> None:
    earlier = NOW - timedelta(seconds=5)
    heard(lane, order("close", nonce="nonce-of-an-order-2"))
    assert heard(lane, order("open", at=utc_text(earlier))) is Refused.OVERTAKEN
    shut = order("alarm", at=utc_text(earlier), nonce="nonce-of-an-order-3")
    assert heard(lane, shut) == shut, "what shuts the lane is never too late for that"


def test_an_order_from_before_the_program_began_is_not_obeyed_again() -> None:
    young = OrderCheck("lane-1", OFFICERS.get)
    said = order(at=utc_text(NOW - timedelta(seconds=20)))
    assert heard(young, said, running=timedelta(seconds=10)) is Refused.OVERTAKEN


def test_a_lane_that_does_not_know_the_time_takes_only_what_shuts_it(lane: OrderCheck) -> None:
    some_day = NOW + timedelta(days=900)
    for number, what in enumerate(ORDERS):
        said = order(what, nonce=f"nonce-of-an-order-{number}", to="to_macao" if what == "turn" else "")
        believed = heard(lane, said, some_day, believed=False)
        assert believed == (said if what in SHUTS else Refused.UNTIMELY), what
