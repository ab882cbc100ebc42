"""What a SMART Health Card says in FHIR: doses, results and names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.verification.made import Bench
from tests.verification.made_cards import (
    COVID_TYPE,
    card,
    card_claims,
    card_signer,
    dose,
    result,
)
from verification.evidence import Kind

BENCH = Bench(signers=(card_signer(),))


def says(*resources: dict[str, Any], **vc: Any) -> tuple[Any, list[str]]:
    types = ["https://smarthealth.cards#health-card", *vc.pop("types", [])]
    text = card(card_claims(*resources, vc={"type": types} | vc))
    return BENCH.check(text).evidence, BENCH.reasons(text)


def test_several_doses_are_one_vaccination_dated_by_the_last() -> None:
    evidence, reasons = says(dose("207", "2021-03-01"), dose("229", "2022-02-01"), dose("207", "2021-03-29"))
    assert reasons == []
    assert (evidence.medical.doses, evidence.medical.product, evidence.medical.on.isoformat()) == (
        3,
        "229",
        "2022-02-01",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"status": "not-done"},
        {"status": "entered-in-error"},
        {"status": None},
        {"isSubpotent": True},
        {"patient": {"reference": "resource:1"}},
        {"patient": "resource:0"},
        {"vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}]}},
        {"vaccineCode": {"coding": [{"system": "http://example.org", "code": "207"}]}},
        {"vaccineCode": {"coding": {}}},
        {"vaccineCode": None},
    ],
)
def test_a_dose_that_was_not_given_to_this_person_against_this_disease_counts_for_nothing(
    change: dict[str, Any],
) -> None:
    assert says(dose(**change)) == (None, ["KIND_NOT_ACCEPTED"])
    evidence, reasons = says(dose("207", "2021-03-01"), dose("207", "2022-03-01", **change))
    assert (evidence.medical.doses, reasons) == (1, [])


def test_a_vaccine_that_no_table_knows_counts_where_the_card_says_that_it_is_about_covid() -> None:
    unknown = dose(vaccineCode={"coding": [{"system": "https://www.gs1.org/gtin", "code": "04987"}]})
    assert says(unknown)[1] == ["KIND_NOT_ACCEPTED"]
    evidence, reasons = says(unknown, types=[COVID_TYPE])
    assert (evidence.medical.product, reasons) == ("04987", [])


@pytest.mark.parametrize(
    ("tests", "reasons", "negative"),
    [
        ([result()], [], True),
        ([result("260373001")], ["TEST_POSITIVE"], False),
        ([result("10828004")], ["TEST_POSITIVE"], False),
        ([result("419984006")], ["EVIDENCE_MISSING"], None),
        ([result(valueCodeableConcept=None, valueString="not detected")], ["EVIDENCE_MISSING"], None),
        ([result("260373001", "2022-05-01T08:00:00Z"), result()], [], True),
        ([result("260373001"), result("260415000", "2022-05-01T08:00:00Z")], ["TEST_POSITIVE"], False),
        ([result(), result("260373001")], ["TEST_POSITIVE"], False),
        ([result("260373001"), result()], ["TEST_POSITIVE"], False),
    ],
)
def test_of_several_results_the_latest_counts_and_of_two_at_once_the_worse(
    tests: list[dict[str, Any]], reasons: list[str], negative: bool | None
) -> None:
    evidence, found = says(*tests)
    assert (evidence.kind, evidence.medical.negative, found) == (Kind.TEST, negative, reasons)


def test_a_result_says_when_the_sample_was_taken_only_where_it_gives_a_time_and_zone() -> None:
    evidence, _ = says(result(at="2022-05-31T08:00:00+08:00"))
    assert evidence.medical.sampled_at == datetime(2022, 5, 31, tzinfo=UTC)
    for vague in ("2022-05-31", "2022-05", "2022-05-31T08:00:00", "soon", None):
        evidence, _ = says(result(at=vague))
        assert evidence.medical.sampled_at is None


@pytest.mark.parametrize(
    "change",
    [
        {"status": "preliminary"},
        {"status": "cancelled"},
        {"subject": None},
        {"code": {"coding": [{"system": "http://loinc.org", "code": "58410-2"}]}},
    ],
)
def test_a_result_that_is_not_final_or_of_another_test_counts_for_nothing(change: dict[str, Any]) -> None:
    assert says(result(**change)) == (None, ["KIND_NOT_ACCEPTED"])


def test_doses_and_results_on_one_card_are_not_one_event() -> None:
    assert says(dose(), result()) == (None, ["EVENTS_NOT_ONE"])


@pytest.mark.parametrize(
    ("patient", "name"),
    [
        ({"name": [{"text": "Mia Muster"}]}, "Mia Muster"),
        ({"name": [{"given": ["Mia"]}]}, "Mia"),
        ({"name": [{}, {"family": "Muster"}]}, "Muster"),
        ({"name": [7, {"family": "Muster"}]}, "Muster"),
        ({"name": [{"family": 7, "given": "Mia"}]}, ""),
        ({"name": "Mia"}, ""),
        ({}, ""),
    ],
)
def test_names_are_read_as_far_as_they_are_names(patient: dict[str, Any], name: str) -> None:
    claims = card_claims()
    claims["vc"]["credentialSubject"]["fhirBundle"]["entry"][0]["resource"] = {
        "resourceType": "Patient"
    } | patient
    evidence = BENCH.check(card(claims)).evidence
    assert evidence is not None
    assert evidence.personal.name == name
