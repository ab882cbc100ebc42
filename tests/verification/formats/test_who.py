"""WHO payloads in the container of HC1: what each is, how long it holds, and what is never opened."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.verification.made import HOUR, NOW, Bench, dcc, dcc_claims, hc1, seconds, signer
from verification.assessment import Assessment, Signature, Validity
from verification.evidence import Evidence, Kind
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import built_in, load
from verification.revocation.memory import RevocationList
from verification.verdict import Outcome, Verdict

BENCH = Bench()
VS: dict[str, Any] = {
    "name": "Mia Muster",
    "birthDate": "1970-01-01",
    "disease": {"code": "840539006", "system": "http://snomed.info/sct"},
    "vaccine": {"code": "1119349007"},
    "brand": {"code": "MADEUP"},
    "dose": 2,
    "total_doses": 3,
    "date": "2022-01-17",
    "hcid": "MADEUP-1",
}
TR: dict[str, Any] = {
    "name": "Mia Muster",
    "birthDate": "1970-01-01",
    "test": {
        "date": "2022-06-01T06:15:00Z",
        "pathogen": {"code": "XN109"},
        "type": {"code": "LP6464-4"},
        "result": {"code": "260415000"},
    },
}
ICVP: dict[str, Any] = {
    "n": "Mia Muster",
    "dob": "1970-01-01",
    "v": {"tg": "1D47", "vp": "MadeUpProduct", "dt": "2022-01-17", "bo": "MADEUP", "vls": "2022-01-27"},
}


def check(key: Any, payload: Any, at: datetime = NOW, **claims: Any) -> Assessment:
    return BENCH.check(hc1(dcc_claims(**claims) | {-260: {key: payload}}), at)


def said(key: int, payload: Any, **claims: Any) -> Evidence:
    evidence = check(key, payload, **claims).evidence
    assert evidence is not None
    return evidence


def reasons(key: Any, payload: Any, **claims: Any) -> list[str]:
    return BENCH.reasons(hc1(dcc_claims(**claims) | {-260: {key: payload}}))


@pytest.mark.parametrize("wrapped", [False, True], ids=["alone", "in a list of one"])
def test_each_payload_is_read_as_what_it_is(wrapped: bool) -> None:
    for key, payload, kind, scheme in (
        (3, VS, Kind.VACCINATION, "DDCC"),
        (4, TR, Kind.TEST, "DDCC"),
        (-6, ICVP, Kind.PROPHYLAXIS, "ICVP"),
    ):
        given = [payload] if wrapped else payload
        assert reasons(key, given) == []
        evidence = said(key, given)
        assert (evidence.kind, evidence.scheme) == (kind, scheme)
        assert evidence.personal.name == "Mia Muster"
        assert evidence.personal.masked_name == "M** M*****"


def test_the_medical_statement_is_that_of_the_payload() -> None:
    vaccination, test, prophylaxis = (said(key, one).medical for key, one in ((3, VS), (4, TR), (-6, ICVP)))
    assert vaccination is not None and test is not None and prophylaxis is not None
    assert (vaccination.doses, vaccination.doses_of, vaccination.product) == (2, 3, "MADEUP")
    assert test.negative is True
    assert test.sampled_at == datetime(2022, 6, 1, 6, 15, tzinfo=UTC)
    assert (prophylaxis.disease, prophylaxis.on) == ("1D47", date(2022, 1, 17))


def test_a_vaccination_against_another_disease_is_no_covid_vaccination() -> None:
    assert said(3, VS | {"disease": {"code": "1D47"}}).kind is Kind.PROPHYLAXIS
    assert said(3, VS | {"disease": "RA01.0"}).kind is Kind.VACCINATION


def test_a_positive_test_is_told_and_one_without_a_result_is_no_evidence() -> None:
    positive = TR | {"test": TR["test"] | {"result": {"code": "260373001"}}}
    assert reasons(4, positive) == ["TEST_POSITIVE"]
    assert reasons(4, TR | {"test": {"date": "2022-06-01"}}) == ["EVIDENCE_MISSING"]


def test_a_health_link_is_recognised_and_never_opened() -> None:
    links: list[Any] = [[{"u": "shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUuY29tIn0"}], "shlink:/eyJ1", {}, False]
    for link in links:
        checked = check(5, link)
        assert checked.signature is Signature.VALID
        assert checked.evidence is None
        assert reasons(5, link) == ["NOT_VERIFIABLE_OFFLINE"]


def test_two_payloads_or_two_entries_are_not_one_event() -> None:
    assert BENCH.reasons(hc1(dcc_claims() | {-260: {3: VS, 4: TR}})) == ["EVENTS_NOT_ONE"]
    assert BENCH.reasons(hc1(dcc_claims() | {-260: {-6: ICVP, 5: "shlink:/x"}})) == ["EVENTS_NOT_ONE"]
    assert reasons(3, [VS, VS]) == ["EVENTS_NOT_ONE"]
    assert reasons(3, []) == ["EVENTS_NOT_ONE"]
    assert reasons(-6, ICVP | {"v": [ICVP["v"], ICVP["v"]]}) == ["EVENTS_NOT_ONE"]
    assert reasons(-6, {"n": "Mia Muster"}) == ["EVENTS_NOT_ONE"]


@pytest.mark.parametrize("key", [3, 4, -6])
@pytest.mark.parametrize("payload", ["text", 7, {}, [7], {"name": 7, "n": 7}])
def test_a_payload_that_is_none_is_malformed(key: int, payload: Any) -> None:
    assert "MALFORMED" in reasons(key, payload)


def test_an_unknown_payload_is_genuine_and_nothing_that_is_asked_for() -> None:
    for key in (2, 6, 7, -1, -7, "3"):
        assert reasons(key, VS) == ["KIND_NOT_ACCEPTED"]


def test_the_days_of_an_international_certificate_narrow_its_claims() -> None:
    dose = ICVP["v"] | {"vls": "2022-06-02", "vle": "2022-06-03"}
    year = {"iat": seconds() - 1000 * HOUR, "exp": seconds() + 10000 * HOUR}
    window = {
        datetime(2022, 6, 1, 23, 59, 59, tzinfo=UTC): Validity.NOT_YET_VALID,
        datetime(2022, 6, 2, tzinfo=UTC): Validity.VALID,
        datetime(2022, 6, 3, 23, 59, 59, tzinfo=UTC): Validity.VALID,
        datetime(2022, 6, 4, tzinfo=UTC): Validity.EXPIRED,
    }
    for at, validity in window.items():
        assert check(-6, ICVP | {"v": dose}, at, **year).validity is validity
    short = {"exp": seconds() + HOUR}
    assert check(-6, ICVP, datetime(2022, 6, 1, 13, 0, 1, tzinfo=UTC), **short).validity is Validity.EXPIRED


def test_without_any_end_the_validity_is_unknown_and_the_policy_may_set_one() -> None:
    checked = check(-6, ICVP, exp=None)
    assert checked.validity is Validity.UNKNOWN
    assert checked.evidence is not None and checked.evidence.open_ended
    ended = check(-6, ICVP | {"v": ICVP["v"] | {"vle": "2022-07-01"}}, exp=None)
    assert ended.validity is Validity.VALID


@pytest.mark.parametrize("exp", [float("nan"), "soon", True])
def test_an_end_that_is_no_time_is_not_replaced_by_another(exp: Any) -> None:
    checked = check(-6, ICVP | {"v": ICVP["v"] | {"vle": "2022-07-01"}}, exp=exp)
    assert checked.validity is Validity.UNKNOWN
    assert checked.evidence is not None and not checked.evidence.open_ended


def test_signers_restricted_to_tests_sign_no_vaccinations() -> None:
    bench = Bench(signers=(signer(usages=frozenset({"1.3.6.1.4.1.1847.2021.1.1"})),))
    assert bench.reasons(hc1(dcc_claims() | {-260: {4: TR}})) == []
    for key, payload in ((3, VS), (-6, ICVP)):
        assert bench.reasons(hc1(dcc_claims() | {-260: {key: payload}})) == ["KEY_USAGE"]


def test_an_eu_certificate_beside_a_payload_is_still_the_eu_certificate() -> None:
    assert BENCH.check(hc1(dcc_claims(dcc()))).evidence is not None


def test_a_yellow_fever_certificate_is_a_kind_of_its_own_that_a_policy_can_ask_for() -> None:
    asked = {"any_of": [{"all_of": [{"kind": "prophylaxis"}]}]}
    rule = {
        "id": "YF",
        "says": "Against yellow fever.",
        "kinds": ["prophylaxis"],
        "logic": {"===": [{"var": "payload.medical.disease"}, "1D47"]},
    }
    document = built_in().model_dump(mode="json", exclude_defaults=True) | {
        "evidence": asked,
        "rules": [rule],
    }
    policy = load(json.dumps(document).encode())

    def outcome(key: int, payload: Any) -> Any:
        bench = Bench(revocation=RevocationList([], [("HC1", "*")], signed_at=NOW))
        code = hc1(dcc_claims() | {-260: {key: payload}})
        found = judge([bench.check(code)], NOTHING_SPENT, policy, NOW)
        return found.outcome if isinstance(found, Verdict) else found

    assert said(-6, ICVP).kind is Kind.PROPHYLAXIS
    assert outcome(-6, ICVP) is Outcome.ADMIT
    assert outcome(-6, ICVP | {"v": ICVP["v"] | {"tg": "1C81"}}) is Outcome.REFER, "against polio"
    assert outcome(3, VS) is Outcome.REFER, "a vaccination against COVID-19 is another kind"
