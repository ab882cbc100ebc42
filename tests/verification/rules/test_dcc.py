"""Which business rules apply to a certificate, and what comes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.verification.rules.made_rules import NOW, certificate, rule
from verification.evidence import Kind
from verification.rules.dcc import Certificate, Result, Rule, RuleBook

TRUE = {"===": [1, 1]}


def answers(
    *rules: Rule, of: Certificate | None = None, country: str = "XA", **more: Any
) -> dict[str, Result]:
    book = RuleBook(rules, more.pop("value_sets", {}))
    told = book.check(of or certificate(), country, more.pop("region", ""), more.pop("at", NOW))
    return {answer.rule.identifier: answer.result for answer in told}


def test_a_rule_of_the_country_of_arrival_is_asked() -> None:
    assert answers(rule()) == {"VR-XA-0001": Result.PASSED}
    assert answers(rule(), of=certificate(v=[{"dn": 1, "sd": 2}])) == {"VR-XA-0001": Result.FAILED}


def test_a_rule_of_another_country_is_not_asked() -> None:
    assert answers(rule(), country="XC") == {}


def test_a_rule_is_asked_of_its_kind_of_certificate_only_and_a_general_one_of_all() -> None:
    general = rule(Identifier="GR-XA-0001", CertificateType="General", Logic=TRUE)
    test = rule(Identifier="TR-XA-0001", CertificateType="Test", Logic=TRUE)
    recovery = rule(Identifier="RR-XA-0001", CertificateType="Recovery", Logic=TRUE)
    everything = (general, test, recovery, rule())
    assert set(answers(*everything)) == {"GR-XA-0001", "VR-XA-0001"}
    assert set(answers(*everything, of=certificate(Kind.TEST))) == {"GR-XA-0001", "TR-XA-0001"}
    assert set(answers(*everything, of=certificate(Kind.RECOVERY))) == {"GR-XA-0001", "RR-XA-0001"}


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (datetime(2021, 12, 31, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2022, 1, 1, tzinfo=UTC), True),
        (datetime(2023, 1, 1, tzinfo=UTC), True),
        (datetime(2023, 1, 1, 0, 0, 1, tzinfo=UTC), False),
    ],
)
def test_a_rule_is_asked_while_it_is_in_force(at: datetime, asked: bool) -> None:
    assert bool(answers(rule(), at=at)) is asked


def test_of_several_versions_in_force_the_latest_is_asked() -> None:
    old, new = rule(Version="1.9.0", Logic=TRUE), rule(Version="1.10.0", Logic={"===": [1, 2]})
    coming = rule(Version="2.0.0", ValidFrom="2022-12-01T00:00:00Z", Logic=TRUE)
    for order in ((old, new, coming), (coming, new, old)):
        assert answers(*order) == {"VR-XA-0001": Result.FAILED}


def test_rules_of_a_region_are_asked_there_beside_those_of_the_country() -> None:
    national, regional = rule(), rule(Identifier="VR-XA-0002", Region="XA-1")
    assert set(answers(national, regional)) == {"VR-XA-0001"}
    assert set(answers(national, regional, region="XA-1")) == {"VR-XA-0001", "VR-XA-0002"}
    assert set(answers(national, regional, region="XA-2")) == {"VR-XA-0001"}


def test_rules_of_invalidation_are_those_of_the_issuer() -> None:
    withdrawn = rule(Identifier="IR-XB-0001", Type="Invalidation", Country="XB", Logic={"===": [1, 2]})
    assert answers(withdrawn) == {"IR-XB-0001": Result.FAILED}
    assert answers(withdrawn, of=certificate(issuer="XA"), country="XB") == {}


@pytest.mark.parametrize("ver", ["0.9.0", "2.0.0", "1.2.0", None, "", "1.3", 1.3, "1.3.x"])
def test_a_rule_for_another_schema_of_certificates_is_open(ver: Any) -> None:
    assert answers(rule(SchemaVersion="1.3.0"), of=certificate(ver=ver)) == {"VR-XA-0001": Result.OPEN}


@pytest.mark.parametrize("newer", ["1.3.4", "1.4.0", "2.0.0"])
def test_a_rule_for_a_newer_engine_is_open(newer: str) -> None:
    assert answers(rule(EngineVersion=newer)) == {"VR-XA-0001": Result.OPEN}
    assert answers(rule(EngineVersion="1.3.3")) == {"VR-XA-0001": Result.PASSED}


@pytest.mark.parametrize(
    ("logic", "result"),
    [
        ({"var": "payload.nothing"}, Result.FAILED),
        ({"var": "payload.ver"}, Result.OPEN),
        ({"plusTime": ["2022-01-01", 0, "day"]}, Result.OPEN),
        ({"in": ["x", {"var": "external.valueSets.unknown-set"}]}, Result.OPEN),
        ({">": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.missing"}]}, Result.OPEN),
    ],
)
def test_only_true_passes_and_what_has_no_answer_is_open(logic: Any, result: Result) -> None:
    assert answers(rule(Logic=logic)) == {"VR-XA-0001": result}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("countryCode", "XA"),
        ("issuerCountryCode", "XB"),
        ("region", "XA-1"),
        ("kid", "a2lka2lka2k="),
        ("validationClock", "2022-06-01T12:00:00.000+00:00"),
        ("iat", "2022-06-01T12:00:00.000+00:00"),
        ("exp", "2022-06-01T12:00:00.000+00:00"),
        ("valueSets.colours.1", "blue"),
    ],
)
def test_a_rule_is_told_what_the_specification_names(path: str, value: str) -> None:
    asked = rule(Logic={"===": [{"var": f"external.{path}"}, value]})
    sets = {"colours": ["red", "blue"]}
    assert answers(asked, region="XA-1", value_sets=sets) == {"VR-XA-0001": Result.PASSED}


def test_a_certificate_shows_nothing_of_its_content() -> None:
    assert "Geheim" not in repr(certificate(nam={"fn": "Geheim"}))
