"""Orders from a desk at the lane's end: what is obeyed, what is not, and what the hub is told of either."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.crossing_io import DocumentEntered, Ordered
from kiosk.desk.entry_text import entry_text
from kiosk.desk.lane_control import LaneOrder
from kiosk.desk.roster import Roster
from sync.event_types import OrderRefused
from sync.exchange import Reply
from sync.lane_order import OrderStatement, new_order, sign_order
from sync.signing import SigningKey
from tests.kiosk.test_referral_line import SIGNING, Bench, SaidHub
from tests.sync.ground import key
from verification.entered import Entered
from verification.evidence import Kind

PAPER = Entered(Kind.TEST, "MO", date(2026, 11, 23), None, None, True)


class OrderingHub(SaidHub):
    """Carries orders, honest ones or not."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[dict[str, object]] = []

    def ask(self, method: str, path: str, content: dict[str, Any] | None = None, **more: object) -> Reply:
        reply = super().ask(method, path, content, **more)
        orders = self.orders if method == "GET" else []
        return replace(reply, table={**reply.table, "orders": orders})

    def carry_order(self, said: OrderStatement, signing: SigningKey = SIGNING) -> None:
        signature = sign_order(signing, said).hex()
        number = len(self.orders) + 1
        self.orders.append({"number": number, "statement": said.text(), "signature": signature})


class OrderBench(Bench):
    """A lane's line that has run for a minute."""

    hub: OrderingHub

    def __init__(self) -> None:
        super().__init__()
        self.hub = OrderingHub()
        self.clock.pass_time(seconds=60)

    def order(self, what: str = "close", number: int = 1, **changes: str) -> OrderStatement:
        nonce = f"nonce-of-an-order-{number}"
        made = new_order("lane-1", what, "", "O-17", "desk-1", self.clock().utc, nonce)
        return replace(made, **changes)

    @property
    def ordered(self) -> list[Ordered]:
        return [one for one in self.posted if isinstance(one, Ordered)]

    @property
    def not_believed(self) -> list[str]:
        return [one.why for one in self.posted if isinstance(one, OrderRefused)]


@pytest.fixture
def bench() -> OrderBench:
    return OrderBench()


def test_an_order_is_handed_to_the_lane_with_the_desks_name_and_answered(bench: OrderBench) -> None:
    bench.hub.carry_order(bench.order())
    bench.listen()
    bench.listen()
    assert bench.ordered == [Ordered(LaneOrder.CLOSE, "O-17", "", "desk-1", 1)]
    bench.line.obeyed(1, "taken")
    assert bench.tell()["obeyed"] == [{"number": 1, "word": "taken"}]
    assert not bench.tell(), "it is told once"
    assert "orders=1" in [path for method, path, _ in bench.hub.asked if method == "GET"][-1]


def test_a_hub_that_lies_orders_nothing(bench: OrderBench) -> None:
    good = bench.order("open")
    bench.hub.carry_order(good, key())
    bench.hub.carry_order(replace(good, lane="lane-2"))
    bench.hub.carry_order(replace(good, officer="O-99"))
    bench.hub.carry_order(replace(good, order="all_clear"))
    bench.clock.pass_time(seconds=31)
    bench.hub.carry_order(good)
    bench.hub.orders.append({"number": 6, "statement": good.text(), "signature": "not hexadecimal"})
    bench.listen()
    assert bench.ordered == []
    assert bench.not_believed == ["forged", "foreign", "stranger", "unreadable", "untimely", "forged"]
    assert [one["word"] for one in bench.tell()["obeyed"]] == bench.not_believed


def test_an_order_carried_twice_is_obeyed_once(bench: OrderBench) -> None:
    bench.hub.carry_order(bench.order())
    bench.hub.carry_order(bench.order())
    bench.listen()
    assert (len(bench.ordered), bench.not_believed) == (1, ["replayed"])


def test_who_is_taken_off_the_roster_orders_nothing_more(bench: OrderBench) -> None:
    bench.roster = Roster()
    bench.hub.carry_order(bench.order())
    bench.listen()
    assert (bench.ordered, bench.not_believed) == ([], ["stranger"])


def test_a_hub_without_orders_is_told_of_none(bench: OrderBench) -> None:
    bench.line.show_view(bench.view())
    assert "obeyed" not in bench.tell()


def test_a_document_of_a_person_without_a_code_is_handed_to_the_lane_as_nobodys_yet(
    bench: OrderBench,
) -> None:
    bench.hub.carry_order(bench.order("document", document=entry_text(PAPER)))
    bench.hub.carry_order(bench.order("document", 2, document='{"name":"made up"}'))
    bench.listen()
    said = [one for one in bench.posted if isinstance(one, DocumentEntered)]
    assert said == [DocumentEntered(PAPER, "O-17", "", "desk-1", 1, ordered=True)]
    assert (bench.ordered, bench.not_believed) == ([], ["unreadable"])


def test_a_document_that_the_hub_changed_is_forged(bench: OrderBench) -> None:
    good = bench.order("document", document=entry_text(PAPER))
    changed = replace(good, document=entry_text(replace(PAPER, negative=False)))
    signature = sign_order(SIGNING, good).hex()
    bench.hub.orders.append({"number": 1, "statement": changed.text(), "signature": signature})
    bench.listen()
    assert bench.not_believed == ["forged"]
