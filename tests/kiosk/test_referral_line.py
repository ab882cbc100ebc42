"""The lane's end of the line to its desks, with a hub that says whatever the test wants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.crossing_io import Input, OfficerDecision
from kiosk.desk.lane_control import Action
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.lane_view import LaneView, Phase
from kiosk.referral_content import read_content
from kiosk.referral_line import TELL_EVERY_S, LaneFacts, ReferralLine
from sync.decision import Statement, new_statement, sign_decision
from sync.event import Event
from sync.event_types import DecisionRefused
from sync.exchange import Reply
from sync.line import NoAnswer
from sync.referral import unseal
from sync.signing import SigningKey
from tests.kiosk.desk.ground import NAME, OFFICER, referred
from tests.sync.ground import HandClock, key
from tests.sync.hub.ground import seal_pair
from verification.reasons import ReasonId

DESK = seal_pair()
SIGNING = key()


class SaidHub:
    """In the place of an `Exchange`: answers what it was given, notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.decisions: list[dict[str, object]] = []
        self.here = True
        self.desks = [{"name": "desk-1", "seal": DESK.public.raw.hex()}]

    def ask(self, method: str, path: str, content: dict[str, Any] | None = None, **_: object) -> Reply:
        if not self.here:
            raise NoAnswer("the hub can't be reached")
        self.asked.append((method, path, content or {}))
        decisions = self.decisions if method == "GET" else []
        return Reply(200, {"last": 0, "decisions": decisions, "desks": self.desks, "open": []})

    def carry(self, statement: Statement, signing: SigningKey = SIGNING, crossing: str = "c-1") -> None:
        """A decision on its way to the lane."""
        self.decisions.append(
            {
                "number": len(self.decisions) + 1,
                "crossing": crossing,
                "statement": statement.text(),
                "signature": sign_decision(signing, statement).hex(),
            }
        )


class Bench:
    """One line without threads."""

    def __init__(self) -> None:
        self.clock, self.hub = HandClock(), SaidHub()
        self.posted: list[Input | Event] = []
        self.roster = Roster((replace(OFFICER, public=SIGNING.public),))
        facts = LaneFacts(
            lambda: self.roster, lambda: "to-macao 3", lambda reasons: ReasonId.REVOKED in reasons
        )
        self.line = ReferralLine("lane-1", lambda: self.hub, self.clock, self.posted.append, facts)  # type: ignore[arg-type,return-value]

    def view(self, crossing: str = "c-1", **changes: Any) -> LaneView:
        view = referred(crossing, ReasonId.UNKNOWN_SIGNER)
        assert view.crossing is not None
        shown = replace(view.crossing, **changes)
        return replace(view, crossing=shown, until_mono=self.clock().mono + 100)

    def listen(self) -> None:
        self.line.listen(self.hub, 0.0)  # type: ignore[arg-type]

    def tell(self) -> dict[str, Any]:
        """What the hub was told; nothing where it was told nothing."""
        before = len(self.hub.asked)
        self.line.tell(self.hub)  # type: ignore[arg-type]
        return self.hub.asked[-1][2] if len(self.hub.asked) > before else {}

    def statement(self, **changes: str) -> Statement:
        made = new_statement(
            "lane-1",
            "c-1",
            "admit",
            "DOCUMENT_GENUINE",
            "O-17",
            "desk-1",
            self.clock().utc,
            "nonce-of-desk-01",
        )
        return replace(made, **changes)

    def heard(self) -> list[str]:
        """The words the hub is told of decisions."""
        return [one["word"] for one in self.tell().get("heard", ())]

    @property
    def decided(self) -> list[OfficerDecision]:
        return [one for one in self.posted if isinstance(one, OfficerDecision)]

    @property
    def refused(self) -> list[str]:
        return [one.why for one in self.posted if isinstance(one, DecisionRefused)]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_who_waits_is_told_with_the_evidence_sealed_to_the_desks(bench: Bench) -> None:
    bench.listen()
    bench.line.show_view(bench.view())
    (opened,) = bench.tell()["opened"]
    assert (opened["crossing"], opened["reasons"], opened["left_s"]) == ("c-1", ["UNKNOWN_SIGNER"], 100)
    assert NAME not in str(opened)
    content = read_content(unseal(DESK, "lane-1", "c-1", opened["sealed"]))
    (item,) = content.evidence
    assert (item.personal.masked_name, item.personal.name, item.personal.birth) == (NAME, "", "")
    assert item.content is None
    assert item.holder is None


def test_no_desk_no_evidence(bench: Bench) -> None:
    bench.hub.desks = []
    bench.line.show_view(bench.view())
    assert bench.tell()["opened"][0]["sealed"] == ""
    bench.hub.desks = [{"name": "desk-1", "seal": DESK.public.raw.hex()}]
    bench.listen()
    assert bench.tell()["opened"][0]["sealed"] != "", "a desk that came later gets it then"


def test_it_is_told_once_and_again_now_and_then(bench: Bench) -> None:
    bench.listen()
    bench.line.show_view(bench.view())
    assert bench.tell()
    bench.line.show_view(bench.view())
    assert not bench.tell()
    bench.clock.pass_time(seconds=TELL_EVERY_S)
    assert bench.tell()["opened"][0]["left_s"] == 90


@pytest.mark.parametrize(
    ("after", "how", "by"),
    [
        ({"override": "admit", "decided_by": "O-18"}, "admit", "O-18"),
        ({"override": "desk", "decided_by": "O-18"}, "desk", "O-18"),
        ({}, "timed_out", ""),
    ],
)
def test_how_it_ended_is_told(bench: Bench, after: dict[str, str], how: str, by: str) -> None:
    bench.line.show_view(bench.view())
    bench.tell()
    bench.line.show_view(replace(bench.view(**after), phase=Phase.AT_DESK))
    assert bench.tell()["closed"] == [{"crossing": "c-1", "how": how, "by": by}]
    assert not bench.tell()


def test_what_the_hub_did_not_hear_is_told_again(bench: Bench) -> None:
    bench.line.show_view(bench.view())
    bench.line.show_view(replace(bench.view(), phase=Phase.WAITING, crossing=None))
    bench.hub.here = False
    with pytest.raises(NoAnswer):
        bench.tell()
    bench.hub.here = True
    assert [one["how"] for one in bench.tell()["closed"]] == ["stopped"]


def test_an_officers_decision_is_handed_to_the_crossing(bench: Bench) -> None:
    bench.hub.carry(bench.statement())
    bench.listen()
    assert bench.decided == [OfficerDecision("c-1", "O-17", Action.ADMIT, "DOCUMENT_GENUINE", "desk-1", 1)]
    bench.line.answer(1, "taken")
    assert bench.heard() == ["taken"]


def test_the_same_number_is_handed_over_once(bench: Bench) -> None:
    bench.hub.carry(bench.statement())
    bench.listen()
    bench.listen()
    assert len(bench.decided) == 1


def test_a_hub_that_lies_opens_nothing(bench: Bench) -> None:
    good = bench.statement()
    bench.hub.carry(good, key())
    bench.hub.carry(replace(good, officer="O-99"))
    bench.hub.carry(replace(good, lane="lane-2"))
    bench.hub.carry(good, crossing="c-2")
    bench.hub.carry(replace(good, reason="NOT_THE_HOLDER"))
    bench.hub.carry(replace(good, at="2026-03-01T07:00:00.000000Z"))
    bench.listen()
    assert bench.decided == []
    assert bench.refused == ["forged", "stranger", "foreign", "foreign", "unreadable", "untimely"]
    assert bench.heard() == bench.refused


def test_a_decision_said_twice_counts_once(bench: Bench) -> None:
    bench.hub.carry(bench.statement())
    bench.hub.carry(bench.statement())
    bench.listen()
    assert len(bench.decided) == 1
    assert bench.refused == ["replayed"]


def test_who_is_taken_off_the_roster_decides_nothing_more(bench: Bench) -> None:
    bench.roster = Roster((Officer("O-18", Role.OFFICER, OFFICER.pin_hash),))
    bench.hub.carry(bench.statement())
    bench.listen()
    assert bench.refused == ["stranger"]


def test_an_old_roster_without_keys_leaves_the_lanes_own_panel(bench: Bench) -> None:
    bench.roster = Roster((OFFICER,))
    bench.hub.carry(bench.statement())
    bench.listen()
    assert (bench.decided, bench.refused) == ([], ["stranger"])


def test_a_signature_that_is_none_is_a_forgery(bench: Bench) -> None:
    bench.hub.carry(bench.statement())
    bench.hub.decisions[0]["signature"] = "not hexadecimal"
    bench.listen()
    assert bench.refused == ["forged"]


def test_the_first_of_two_officers_is_told_to_the_desks(bench: Bench) -> None:
    bench.line.show_view(bench.view(reasons=(ReasonId.REVOKED,)))
    assert bench.tell()["opened"][0]["second"] is True
    bench.line.show_view(bench.view(reasons=(ReasonId.REVOKED,), approved_by="O-17"))
    assert bench.tell()["opened"][0]["approved_by"] == "O-17"
    assert "closed" not in bench.hub.asked[-1][2] or bench.hub.asked[-1][2]["closed"] == []
