"""A policy that cannot be used says in one line why; one that is used says what a lane asks for."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.assessed import NOON, code, declaration, vaccination
from verification.evidence import Direction, Kind, Use
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import MAX_BYTES, NOT_KNOWING, Policy, PolicyError, Requirement, built_in, load
from verification.reasons import ReasonId, reason
from verification.snapshot import Freshness
from verification.verdict import Gathering, Outcome, Verdict

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "policies").glob("*.json"))


def document(**changes: Any) -> bytes:
    return json.dumps(built_in().model_dump(mode="json") | changes).encode()


def asking(**changes: Any) -> bytes:
    return document(evidence={"any_of": [{"all_of": [{"kind": "health_colour", **changes}]}]})


def mistake(data: bytes) -> str:
    with pytest.raises(PolicyError) as caught:
        load(data)
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_what_is_written_is_what_is_loaded() -> None:
    assert load(document()) == built_in()
    assert load(document(spot_check_one_in=50)).spot_check_one_in == 50


def test_where_new_codes_are_made_can_be_said() -> None:
    said = {"HK": "https://health-code.example/renew", "CN-GD": "https://yuekang.example/renew"}
    assert load(document(renew_url=said)).renew_url == said
    assert "renew_url.HK" in mistake(document(renew_url={"HK": "javascript:alert(1)"}))
    assert "renew_url" in mistake(document(renew_url={f"S{n}": "https://a.example" for n in range(65)}))


@pytest.mark.parametrize(
    ("data", "key", "value", "allowed"),
    [
        (document(direction="north"), "direction", "'north'", "'to_mainland'"),
        (document(single_use_elsewhere="admit"), "single_use_elsewhere", "'admit'", "'admit_noted'"),
        (document(one_holder="yes"), "one_holder", "'yes'", "true or false"),
        (document(spot_check_one_in=0), "spot_check_one_in", "0", "at least 1"),
        (document(formats=["HK2"]), "formats.0", "'HK2'", "'HK1'"),
        (document(formats=[]), "formats", "[]", "at least 1"),
        (document(formats=["HK1", "HK1"]), "formats", "['HK1', 'HK1']", "each value once"),
        (document(outcomes={"COLOUR_RED": "ADMIT"}), "outcomes.COLOUR_RED", "'ADMIT'", "'REFER' or 'REFUSE'"),
        (document(outcomes={"NOBODY": "REFER"}), "outcomes.NOBODY", "'NOBODY'", "is not known"),
        (document(version=True), "version", "true", "whole number"),
        (
            document(freshness={"trust": {"warn_h": 9, "refer_h": 3}}),
            "freshness.trust.refer_h",
            "3",
            "at least warn_h",
        ),
        (asking(colours=["red"]), "colours.0", "'red'", "'green' or 'yellow'"),
        (asking(same_day="Asia/Atlantis"), "same_day", "'Asia/Atlantis'", "IANA zone"),
        (asking(same_day="../../etc/passwd"), "same_day", "'../../etc/passwd'", "IANA zone"),
        (asking(max_age_h=-1), "max_age_h", "-1", "more than 0"),
        (asking(max_age_h=True), "max_age_h", "true", "number"),
        (asking(schemes=["hk"]), "schemes.0", "'hk'", "capitals"),
        (asking(kind="horoscope"), "kind", "'horoscope'", "'vaccination'"),
    ],
)
def test_a_wrong_value_is_one_line_with_key_value_and_what_is_allowed(
    data: bytes, key: str, value: str, allowed: str
) -> None:
    said = mistake(data)
    assert key in said
    assert f"= {value}:" in said
    assert allowed in said
    assert "more)" not in said, "one mistake is told as one"


def test_keys_that_do_not_exist_and_keys_that_are_missing_are_named() -> None:
    assert mistake(document(clemency=1)) == "clemency: there is no such key"
    assert mistake(asking(colour="green")).endswith("all_of.0.colour: there is no such key")
    without = json.loads(document())
    del without["evidence"]
    assert mistake(json.dumps(without).encode()) == "evidence: is missing"


@pytest.mark.parametrize("why", sorted(NOT_KNOWING))
@pytest.mark.parametrize("outcome", ["ADMIT", "REFUSE"])
def test_not_knowing_always_leads_to_an_officer(why: ReasonId, outcome: str) -> None:
    assert reason(why).outcome == Outcome.REFER
    assert str(why) in mistake(document(outcomes={why: outcome}))


@pytest.mark.parametrize("why", list(ReasonId))
def test_no_policy_turns_any_reason_into_an_admission(why: ReasonId) -> None:
    mistake(document(outcomes={why: "ADMIT"}))
    assert (built_in().outcome(why) is Outcome.ADMIT) == (why in (ReasonId.ADMITTED, ReasonId.ADMITTED_NOTED))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"\xff{}",
        b'"lane"',
        b"null",
        b"NaN",
        b"[" * 60_000,
        b"9" * 6_000,
        b"{}" + b" " * MAX_BYTES,
        b'{"name": "a", "name": "b"}',
        b'{"\\ud800": 1}',
    ],
)
def test_what_is_no_policy_at_all_is_one_line_too(data: bytes) -> None:
    mistake(data)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_bytes_break_the_loader(data: bytes) -> None:
    with pytest.raises(PolicyError):
        load(data)


def test_a_key_written_twice_is_refused() -> None:
    twice = document().replace(b'"one_holder": true', b'"one_holder": true, "one_holder": false')
    assert mistake(twice) == "'one_holder' is written twice, each key is allowed once"


def test_the_thresholds_make_the_age_of_a_list() -> None:
    signed_at = datetime(2026, 11, 20, tzinfo=UTC)
    age = built_in().freshness.revocation.age(signed_at)
    assert age.freshness(signed_at + timedelta(hours=36)) is Freshness.FRESH
    assert age.freshness(signed_at + timedelta(hours=37)) is Freshness.AGEING
    assert age.freshness(signed_at + timedelta(hours=73)) is Freshness.STALE


def test_the_built_in_policy_takes_any_kind_in_any_direction_but_no_specimen() -> None:
    policy = built_in()
    assert policy.direction is Direction.ANY
    assert not policy.accept_specimens
    assert {asked.kind for one in policy.evidence.any_of for asked in one.all_of} == set(Kind)


def shipped(name: str) -> Policy:
    return load(next(file for file in SHIPPED if file.stem == name).read_bytes())


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_policy_loads_and_only_demo_ones_accept_specimens(file: Path) -> None:
    policy = load(file.read_bytes())
    assert policy.name == file.stem
    assert policy.accept_specimens == policy.name.startswith("demo")


def test_to_the_mainland_a_green_code_and_a_declaration_are_needed() -> None:
    policy = shipped("to-mainland")
    assert judge([code()], NOTHING_SPENT, policy, NOON) == Gathering((Kind.CUSTOMS_DECLARATION,))
    for colour in (code(), code("GD1", scheme="GD")):
        answer = judge([colour, declaration()], NOTHING_SPENT, policy, NOON)
        assert isinstance(answer, Verdict)
        assert answer.outcome is Outcome.ADMIT
        assert answer.spends
    macao = judge([code("MO1", scheme="MO"), declaration()], NOTHING_SPENT, policy, NOON)
    assert isinstance(macao, Verdict)
    assert ReasonId.FORMAT_NOT_ALLOWED in macao.reasons


@pytest.mark.parametrize(("days", "outcome"), [(6, Outcome.ADMIT), (8, Outcome.REFUSE)])
def test_pupils_and_drivers_use_one_declaration_for_seven_days(days: int, outcome: Outcome) -> None:
    often = declaration(use=Use.MULTIPLE, issued=NOON - timedelta(days=days))
    answer = judge([code(), often], NOTHING_SPENT, shipped("to-mainland-frequent"), NOON)
    assert isinstance(answer, Verdict)
    assert (answer.outcome, answer.spends) == (outcome, ())


def test_to_hong_kong_its_own_code_or_an_international_certificate_is_enough() -> None:
    policy = shipped("to-hong-kong")
    for one in (code(), vaccination()):
        assert judge([one], NOTHING_SPENT, policy, NOON) == Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,))


def test_to_macao_a_code_of_seven_hours_ago_is_too_old() -> None:
    policy = shipped("to-macao")
    fresh = code("MO1", scheme="MO", issued=NOON - timedelta(hours=5))
    old = code("MO1", scheme="MO", issued=NOON - timedelta(hours=7))
    assert judge([fresh], NOTHING_SPENT, policy, NOON) == Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,))
    assert judge([old], NOTHING_SPENT, policy, NOON) == Verdict(Outcome.REFUSE, (ReasonId.TOO_OLD,))


def test_the_demo_lane_takes_specimens_one_code_at_a_time() -> None:
    policy = shipped("demo")
    for one in (code(specimen=True), code("GD1", scheme="GD", specimen=True), vaccination(specimen=True)):
        assert judge([one], NOTHING_SPENT, policy, NOON) == Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,))
    gathering = judge([code(specimen=True)], NOTHING_SPENT, shipped("demo-declaration"), NOON)
    assert gathering == Gathering((Kind.CUSTOMS_DECLARATION,))


def test_the_page_names_every_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")
    for part in (Policy, Requirement):
        assert not [key for key in part.model_fields if f"`{key}`" not in page]
