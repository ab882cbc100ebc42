"""A paper document: entered by an officer, judged by the same policy, never counted as signed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from drivers.turnstile.port import FireAlarm, PulseAccepted
from kiosk.crossing_io import DocumentEntered, Effect, Tell
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Checked, Phase
from sync.event_types import CrossingDecided, OfficerEnteredDocument
from tests.kiosk.lane_bench import REFER, LaneBench, assessment
from verification.assessment import Revocation, Signature, Validity
from verification.entered import Choice, Entered, Mark, Supposed, choices, evidence, suppose
from verification.evidence import Colour, Kind, Origin
from verification.policy import Policy, load
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome

PAPER = Entered(Kind.TEST, "HK", date(2026, 11, 23), date(2026, 11, 24), None, True, (Mark.ORIGINAL,))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def enter(lane: LaneBench, entered: Entered = PAPER, number: int = 0) -> list[Effect]:
    crossing = lane.view.crossing
    desk = "desk-1" if number else ""
    return lane.hear(DocumentEntered(entered, "O-17", crossing.crossing if crossing else "", desk, number))


def test_a_person_without_a_code_becomes_a_crossing_that_an_officer_decides(lane: LaneBench) -> None:
    enter(lane)
    assert lane.phase is Phase.REFERRED
    assert lane.opened == [], "whatever the policy would say of it"
    assert lane.kinds() == ["crossing.opened", "officer.entered_document", "crossing.decided"]
    entered, decided = lane.events[1:]
    assert isinstance(decided, CrossingDecided)
    assert (decided.outcome, decided.reasons) == (Outcome.REFER, (ReasonId.ENTERED_BY_OFFICER,))
    assert isinstance(entered, OfficerEnteredDocument)
    assert (entered.evidence_kind, entered.issuer, entered.issued, entered.until, entered.negative) == (
        "test",
        "HK",
        "2026-11-23",
        "2026-11-24",
        "yes",
    )
    assert (entered.seen, entered.outcome) == (("original",), "ADMIT")
    assert lane.view.crossing is not None
    (says,) = lane.view.crossing.evidence
    assert says.origin is Origin.ENTERED
    assert lane.view.crossing.checks == ()
    assert lane.view.crossing.supposed == Supposed(Outcome.ADMIT, (ReasonId.ADMITTED,))
    lane.officer(Action.ADMIT)
    assert len(lane.opened) == 1
    lane.hear(PulseAccepted(lane.opened[0].authorisation, acknowledged=True))
    assert lane.phase is Phase.PASSING


def test_the_policy_is_asked_of_all_that_was_entered_beside_the_codes(
    lane: LaneBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def noted(entries: list[Entered], codes: list[object], _at: datetime) -> Supposed:
        asked.append((len(entries), len(codes)))
        return lane.rules.supposed

    monkeypatch.setattr(lane.rules, "suppose", noted)
    lane.rules.decision = REFER
    lane.show()
    enter(lane)
    enter(lane, replace(PAPER, kind=Kind.VACCINATION, negative=None))
    assert asked == [(1, 1), (2, 1)]


def test_while_a_code_is_gathered_the_document_ends_the_gathering(lane: LaneBench) -> None:
    lane.rules.decision = Gathering((Kind.TEST,))
    lane.show()
    enter(lane)
    assert lane.phase is Phase.REFERRED
    assert lane.view.crossing is not None
    assert [says.origin for says in lane.view.crossing.evidence] == [Origin.CODE, Origin.ENTERED]
    assert lane.view.crossing.checks == (Checked(Signature.VALID, Validity.VALID, Revocation.CLEAR),)


def test_beside_a_referral_the_first_verdict_stays_and_time_begins_anew(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.wait(100)
    enter(lane)
    lane.wait(100)
    assert lane.phase is Phase.REFERRED
    assert lane.kinds().count("crossing.decided") == 1
    assert lane.view.crossing is not None
    assert lane.view.crossing.reasons == (ReasonId.UNKNOWN_SIGNER,)


def test_a_red_paper_takes_two_officers_as_a_red_code_does(lane: LaneBench) -> None:
    lane.rules.two_officers = {ReasonId.COLOUR_RED}
    lane.rules.decision = REFER
    lane.rules.supposed = Supposed(Outcome.REFUSE, (ReasonId.COLOUR_RED,))
    lane.show()
    enter(lane)
    assert lane.view.crossing is not None
    assert lane.view.crossing.reasons == (ReasonId.UNKNOWN_SIGNER, ReasonId.COLOUR_RED)
    lane.officer(Action.ADMIT)
    assert lane.opened == []
    assert lane.told[-1] is Notice.SECOND_OFFICER


def test_nothing_is_entered_for_somebody_else_or_where_nobody_may_stand(lane: LaneBench) -> None:
    lane.hear(DocumentEntered(PAPER, "O-17", "another crossing"))
    assert lane.told == [Notice.NOT_NOW]
    lane.show()
    assert lane.phase is Phase.ADMITTED
    enter(lane, number=7)
    lane.gate_accepts()
    enter(lane)
    lane.hear(FireAlarm(active=True))
    lane.hear(DocumentEntered(PAPER, "O-17"))
    assert lane.told == [Notice.NOT_NOW] * 4
    assert "officer.entered_document" not in lane.kinds()


def test_what_came_as_a_desks_order_is_answered_as_an_order(lane: LaneBench) -> None:
    said = DocumentEntered(PAPER, "O-17", desk="desk-1", number=7, ordered=True)
    assert lane.hear(said)[-1] == Tell(Notice.ENTERED, 7, order=True)
    assert lane.hear(said) == [Tell(Notice.NOT_NOW, 7, order=True)], "now somebody is in the lane"


def test_what_has_no_end_cannot_be_entered_without_end(lane: LaneBench) -> None:
    for _ in range(9):
        enter(lane)
    assert lane.kinds().count("officer.entered_document") == 6


def policy(*asked: dict[str, object]) -> Policy:
    document = {
        "name": "made-up",
        "version": 1,
        "direction": "any",
        "formats": ["HK1", "GD1", "HC1"],
        "zone": "Asia/Hong_Kong",
        "evidence": {"any_of": [{"all_of": asked}]},
    }
    return load(json.dumps(document).encode())


def test_the_policy_says_of_it_what_it_would_say_of_a_code() -> None:
    asked = policy({"kind": "health_colour", "schemes": ["HK"], "max_age_h": 24})
    green = Entered(Kind.HEALTH_COLOUR, "HK", date(2026, 11, 23), None, Colour.GREEN)
    assert suppose([green], [], asked, NOON) == Supposed(Outcome.ADMIT, (ReasonId.ADMITTED,))
    for changed, why in (
        ({"colour": Colour.RED}, ReasonId.COLOUR_RED),
        ({"issuer": "GD"}, ReasonId.SCHEME_NOT_ACCEPTED),
        ({"issued": date(2026, 11, 20)}, ReasonId.TOO_OLD),
        ({"until": date(2026, 11, 22)}, ReasonId.EXPIRED),
        ({"issued": date(2026, 12, 22)}, ReasonId.NOT_YET_VALID),
        ({"kind": Kind.TEST}, ReasonId.KIND_NOT_ACCEPTED),
    ):
        values = {name: getattr(green, name) for name in ("kind", "issuer", "issued", "until", "colour")}
        said = suppose([Entered(**(values | changed))], [], asked, NOON)  # type: ignore[arg-type]
        assert said.outcome is not Outcome.ADMIT
        assert why in said.doubts, why


def test_a_paper_beside_a_code_is_referred_because_nobody_knows_they_are_of_one_holder() -> None:
    both = policy({"kind": "health_colour"}, {"kind": "test"})
    assert suppose([PAPER], [], both, NOON).missing == (Kind.HEALTH_COLOUR,)
    green = assessment(b"green")
    assert green.evidence is not None
    green = replace(green, evidence=replace(green.evidence, colour=Colour.GREEN))
    said = suppose([PAPER], [green], both, NOON)
    assert said.outcome is Outcome.REFER
    positive = Entered(Kind.TEST, "HK", date(2026, 11, 23), None, None, negative=False)
    assert suppose([positive], [green], both, NOON).outcome is Outcome.REFUSE


def test_what_can_be_entered_are_the_policys_kinds_and_known_issuers() -> None:
    asked = policy({"kind": "health_colour", "schemes": ["HK", "GD"]})
    assert choices(asked, []) == (Choice(Kind.HEALTH_COLOUR, ("HK", "GD")),)
    assert choices(policy({"kind": "test"}), []) == (), "no list, nobody is known"
    assert choices(None, []) == ()
    assert suppose([PAPER], [], None, NOON) == Supposed(Outcome.REFER, (ReasonId.NO_POLICY,))


def test_a_day_begins_and_ends_where_the_lane_stands() -> None:
    says = evidence(PAPER, policy({"kind": "test"}))
    assert says.issued_at is not None
    assert says.expires_at is not None
    assert says.issued_at.astimezone(UTC) == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert says.expires_at.astimezone(UTC) == datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def lane() -> LaneBench:
    return LaneBench()
