"""AT1 and LT1: prefixes that nothing signs, an exemption that ends, a light certificate that names no end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
import pytest

from tests.verification.made import (
    HOUR,
    NOW,
    VACCINATION,
    Bench,
    dcc,
    dcc_claims,
    message,
    seconds,
    signer,
    text,
)
from verification.assessment import Assessment, Validity
from verification.evidence import Evidence, Kind
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import load
from verification.revocation.memory import RevocationList
from verification.verdict import Outcome, Verdict

BENCH = Bench(signers=(signer(issuer="AT", formats=frozenset({"HC1", "AT1", "LT1"})),))
EXEMPTION = {
    "tg": "840539006",
    "du": "2022-12-31",
    "co": "AT",
    "is": "Made Up",
    "ci": "URN:UVCI:01:AT:MADEUP#9",
}
LIGHT = {"ver": "1.0.0", "dob": "1970-01-01", "nam": {"fn": "Muster", "gn": "Mia"}}


def at1(certificate: Any = None, **claims: Any) -> str:
    body = dcc(v=None, ve=[EXEMPTION], ver="AT-1.0.0") if certificate is None else certificate
    return text(message(cbor2.dumps(dcc_claims(body, **({"iss": "AT"} | claims)))), "AT1")


def lt1(
    light: Any = LIGHT, more: dict[Any, Any] | None = None, tags: tuple[int, ...] = (), **claims: Any
) -> str:
    made = dcc_claims(**({"iss": "CH BAG", "exp": None} | claims))
    del made[-260]
    payload = made | {-250: light} | (more or {})
    return text(message(cbor2.dumps(payload), tags=tags), "LT1")


def said(code: str) -> Evidence:
    evidence = BENCH.check(code).evidence
    assert evidence is not None
    return evidence


def test_an_austrian_exemption_is_an_exemption() -> None:
    assert BENCH.reasons(at1()) == []
    evidence = said(at1())
    assert (evidence.kind, evidence.scheme, evidence.issuer) == (Kind.EXEMPTION, "AT", "AT")
    assert evidence.personal.masked_name == "M** M*****"


def test_an_exemption_ends_with_its_own_last_day_or_with_its_claims() -> None:
    long = {"exp": seconds() + 24 * 400 * HOUR}
    last = datetime(2022, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert BENCH.check(at1(**long), last).validity is Validity.VALID
    assert BENCH.check(at1(**long), last + timedelta(seconds=1)).validity is Validity.EXPIRED
    assert BENCH.check(at1(), NOW + timedelta(hours=2)).validity is Validity.EXPIRED


def test_what_stands_behind_a_prefix_must_be_of_its_context() -> None:
    exemption = dcc_claims(dcc(v=None, ve=[EXEMPTION]))
    assert BENCH.reasons(text(message(cbor2.dumps(exemption)), "HC1")) == ["EVENTS_NOT_ONE"]
    assert BENCH.reasons(at1(dcc(v=[VACCINATION]))) == ["EVENTS_NOT_ONE"]
    assert BENCH.reasons(at1(dcc(v=[VACCINATION], ve=[EXEMPTION]))) == ["EVENTS_NOT_ONE"]
    assert BENCH.reasons(at1(dcc(v=None, ve=[EXEMPTION, EXEMPTION]))) == ["EVENTS_NOT_ONE"]
    assert BENCH.reasons(lt1(more={-260: {1: dcc()}})) == ["MALFORMED"]
    assert BENCH.reasons(text(message(cbor2.dumps(dcc_claims())), "LT1")) == ["MALFORMED"]
    light = dcc_claims() | {-250: LIGHT}
    del light[-260]
    for prefix in ("HC1", "AT1"):
        assert BENCH.reasons(text(message(cbor2.dumps(light)), prefix)) == ["MALFORMED"]


def test_a_signer_for_vaccinations_signs_no_exemptions() -> None:
    usage = frozenset({"1.3.6.1.4.1.0.1847.2021.1.2"})
    bench = Bench(signers=(signer(formats=frozenset({"AT1"}), usages=usage),))
    assert bench.reasons(at1()) == ["KEY_USAGE"]


def test_a_signer_of_the_european_context_alone_is_unknown_in_a_national_one() -> None:
    bench = Bench(signers=(signer(),))
    assert bench.reasons(at1()) == ["UNKNOWN_SIGNER"]
    assert bench.reasons(lt1()) == ["UNKNOWN_SIGNER", "VALIDITY_UNKNOWN"]


@pytest.mark.parametrize(
    "certificate", [{}, {"nam": 1, "ve": []}, {"nam": {}, "ve": 1}, {"nam": {}, "ve": [1]}, 5]
)
def test_an_exemption_built_in_another_way_is_malformed(certificate: Any) -> None:
    assert "MALFORMED" in BENCH.reasons(at1(certificate))


@pytest.mark.parametrize("light", [{}, {"nam": 1}, 5, None])
def test_a_light_certificate_built_in_another_way_is_malformed(light: Any) -> None:
    assert "MALFORMED" in BENCH.reasons(lt1(light))


@pytest.mark.parametrize("tags", [(), (18,), (61, 18)])
def test_a_light_certificate_says_that_there_is_one_and_not_until_when(tags: tuple[int, ...]) -> None:
    checked = BENCH.check(lt1(tags=tags))
    assert BENCH.reasons(lt1(tags=tags)) == ["VALIDITY_UNKNOWN"]
    assert checked.validity is Validity.UNKNOWN
    assert checked.evidence is not None
    assert checked.evidence.kind is Kind.LIGHT
    assert checked.evidence.open_ended


def test_a_light_certificate_with_an_end_is_judged_by_it() -> None:
    assert BENCH.reasons(lt1(exp=seconds() + HOUR)) == []
    assert BENCH.reasons(lt1(exp=seconds() - 1)) == ["EXPIRED"]
    assert not said(lt1(exp=float("nan"))).open_ended


def _judged(code: str, at: datetime, **requirement: Any) -> Verdict:
    policy = load(
        b'{"name":"made-up","version":1,"direction":"any","formats":["LT1"],"one_holder":false,'
        b'"evidence":{"any_of":[{"all_of":[{"kind":"light_certificate"'
        + b"".join(f',"{key}":{value}'.encode() for key, value in requirement.items())
        + b"}]}]}}"
    )
    lists = RevocationList([], [("LT1", "*")])
    bench = Bench(signers=BENCH.signers, revocation=lists)
    checked: Assessment = bench.check(code, at)
    verdict = judge((checked,), NOTHING_SPENT, policy, at)
    assert isinstance(verdict, Verdict)
    return verdict


def test_only_a_policy_that_limits_the_age_admits_a_light_certificate() -> None:
    unlimited = _judged(lt1(), NOW)
    assert (unlimited.outcome, unlimited.reasons[0].value) == (Outcome.REFER, "VALIDITY_UNKNOWN")
    assert _judged(lt1(), NOW, max_age_h=24).outcome is Outcome.ADMIT
    old = _judged(lt1(), NOW + timedelta(hours=24), max_age_h=24)
    assert old.outcome is not Outcome.ADMIT
    assert "TOO_OLD" in [why.value for why in old.reasons]


def test_a_limit_of_age_does_not_help_a_certificate_whose_times_are_no_times() -> None:
    for claims in ({"iat": float("nan")}, {"iat": None}, {"nbf": "soon"}, {"exp": "soon"}):
        assert _judged(lt1(**claims), NOW, max_age_h=24).outcome is Outcome.REFER
