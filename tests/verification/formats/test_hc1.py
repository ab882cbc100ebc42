"""HC1: one event exactly, times believed only when they are times, and the quirks of issued certificates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2
import pytest

from tests.verification.made import (
    HOUR,
    NOW,
    RECOVERY,
    TEST,
    VACCINATION,
    Bench,
    dcc,
    dcc_claims,
    hc1,
    message,
    seconds,
    signer,
    text,
)
from verification.assessment import Signature, Validity
from verification.evidence import Evidence as Says
from verification.evidence import Kind

BENCH = Bench()


def said(certificate: dict[str, Any]) -> Says:
    evidence = BENCH.check(hc1(dcc_claims(certificate))).evidence
    assert evidence is not None
    return evidence


def test_a_good_certificate_of_each_kind_has_nothing_against_it() -> None:
    for name, event, kind in (
        ("v", VACCINATION, "vaccination"),
        ("t", TEST, "test"),
        ("r", RECOVERY, "recovery"),
    ):
        checked = BENCH.check(hc1(dcc_claims(dcc(**{name: [event]}))))
        assert checked.signature is Signature.VALID
        assert checked.validity is Validity.VALID
        assert checked.evidence is not None and checked.evidence.kind == kind
        assert BENCH.reasons(hc1(dcc_claims(dcc(**{name: [event]})))) == []


def test_what_a_vaccination_says_is_read() -> None:
    checked = BENCH.check(hc1())
    assert checked.evidence is not None and checked.evidence.medical is not None
    medical = checked.evidence.medical
    assert (medical.product, medical.doses, medical.doses_of) == ("EU/1/20/1528", 2, 2)
    assert medical.on == date(2022, 1, 17)
    assert checked.issuer == "HK"
    assert checked.evidence.issued_at == NOW - timedelta(hours=1)
    assert checked.evidence.expires_at == NOW + timedelta(hours=1)
    assert checked.evidence.personal.name == "Mia Muster"
    assert checked.evidence.personal.masked_name == "M** M*****"
    assert "Muster" not in repr(checked)


def test_a_positive_test_is_no_pass() -> None:
    assert BENCH.reasons(hc1(dcc_claims(dcc(t=[TEST | {"tr": "260373001"}])))) == ["TEST_POSITIVE"]


@pytest.mark.parametrize("result", ["", "NotDetected", "260385009", 260415000, None])
def test_a_test_that_does_not_say_not_detected_proves_nothing(result: Any) -> None:
    assert BENCH.reasons(hc1(dcc_claims(dcc(t=[TEST | {"tr": result}])))) == ["EVIDENCE_MISSING"]


@pytest.mark.parametrize(
    "events",
    [
        {"v": []},
        {"v": None},
        {"v": [None]},
        {"v": [VACCINATION, VACCINATION]},
        {"v": [VACCINATION], "t": [TEST]},
        {"t": [TEST], "r": [RECOVERY]},
        {"t": [TEST, TEST]},
    ],
)
def test_anything_but_one_event_is_refused(events: dict[str, Any]) -> None:
    assert BENCH.reasons(hc1(dcc_claims(dcc(**events)))) == ["EVENTS_NOT_ONE"]


@pytest.mark.parametrize(
    "events",
    [
        {"v": [VACCINATION], "t": None, "r": None},
        {"v": [VACCINATION], "t": [], "r": []},
        {"v": [VACCINATION, None]},
    ],
)
def test_null_and_empty_lists_beside_the_one_event_are_nothing(events: dict[str, Any]) -> None:
    assert BENCH.reasons(hc1(dcc_claims(dcc(**events)))) == []


def test_texts_are_trimmed() -> None:
    padded = {key: f" {value}\t" if isinstance(value, str) else value for key, value in VACCINATION.items()}
    medical = said(dcc(v=[padded])).medical
    assert medical is not None
    assert (medical.product, medical.on) == ("EU/1/20/1528", date(2022, 1, 17))
    assert BENCH.reasons(hc1(dcc_claims(dcc(t=[TEST | {"tr": " 260415000 "}])))) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [(2, 2), (1.0, 1), (-1, -1), (0, 0), (99, 99), (1.5, None), (float("nan"), None), (float("inf"), None),
     (True, None), ("2", None), (None, None), (cbor2.undefined, None), (10**18, None)],
)  # fmt: skip
def test_any_number_of_doses_is_read_and_nothing_else(written: Any, read: int | None) -> None:
    medical = said(dcc(v=[VACCINATION | {"dn": written}])).medical
    assert medical is not None and medical.doses == read


@pytest.mark.parametrize(
    "written", ["", "2022-13-45", "17.01.2022", 20220117, None, "2022-01", "\u0660" * 10]
)
def test_an_ill_formed_date_refuses_nobody(written: Any) -> None:
    medical = said(dcc(v=[VACCINATION | {"dt": written}])).medical
    assert medical is not None and medical.on is None
    assert BENCH.reasons(hc1(dcc_claims(dcc(v=[VACCINATION | {"dt": written}])))) == []


@pytest.mark.parametrize(
    "written",
    [
        "2022-05-31T08:00:00Z",
        "2022-05-31T10:00:00+02:00",
        "2022-05-31T08:00:00",
        cbor2.CBORTag(0, "2022-05-31T08:00:00Z"),
        cbor2.CBORTag(1, seconds(datetime(2022, 5, 31, 8, tzinfo=UTC))),
    ],
)
def test_the_time_of_a_sample_is_read_however_it_is_written(written: Any) -> None:
    medical = said(dcc(t=[TEST | {"sc": written}])).medical
    assert medical is not None and medical.sampled_at == datetime(2022, 5, 31, 8, tzinfo=UTC)


def test_a_birth_date_of_any_form_is_kept_as_it_is() -> None:
    for written in ("1970-01-01", "1970-01", "1970", "", "01/01/1970"):
        assert said(dcc(dob=written)).personal.birth == written
    assert said(dcc(dob=None)).personal.birth == ""


def test_names_with_quotes_other_scripts_and_turning_marks_do_no_harm() -> None:
    for family, shown in (
        ('O"Brien\\', "O*******"),
        ("陳大文", "陳**"),
        ("\u202eevil\u0000", "e***"),
        ("", ""),
    ):
        personal = said(dcc(nam={"fn": family})).personal
        assert personal.name == family.strip()
        assert personal.masked_name == shown
    assert said(dcc(nam={"fnt": "MUSTER", "gnt": "MIA"})).personal.name == "MIA MUSTER"


@pytest.mark.parametrize(
    ("times", "validity"),
    [
        ({}, "VALID"),
        ({"exp": seconds()}, "VALID"),
        ({"exp": seconds() - 1}, "EXPIRED"),
        ({"iat": seconds()}, "VALID"),
        ({"iat": seconds() + 1}, "NOT_YET_VALID"),
        ({"iat": seconds() - 0.5}, "VALID"),
        ({"exp": float(seconds() + HOUR)}, "VALID"),
        ({"exp": seconds() - 0.5}, "EXPIRED"),
        ({"nbf": seconds() + 1}, "NOT_YET_VALID"),
        ({"nbf": seconds() - 1}, "VALID"),
        ({"nbf": float("nan")}, "UNKNOWN"),
        ({"exp": None}, "UNKNOWN"),
        ({"iat": None}, "UNKNOWN"),
        ({"exp": float("nan")}, "UNKNOWN"),
        ({"exp": float("inf")}, "UNKNOWN"),
        ({"iat": float("-inf")}, "UNKNOWN"),
        ({"exp": True}, "UNKNOWN"),
        ({"iat": False}, "UNKNOWN"),
        ({"exp": -1}, "UNKNOWN"),
        ({"exp": 2**63}, "UNKNOWN"),
        ({"exp": 1e300}, "UNKNOWN"),
        ({"exp": (seconds() + HOUR) * 1000}, "UNKNOWN"),
        ({"exp": str(seconds() + HOUR)}, "UNKNOWN"),
        ({"exp": cbor2.CBORTag(1, seconds() + HOUR)}, "UNKNOWN"),
        ({"exp": [seconds()]}, "UNKNOWN"),
        ({"iat": float("nan"), "exp": seconds() - 1}, "EXPIRED"),
        ({"exp": float("nan"), "iat": seconds() + 1}, "NOT_YET_VALID"),
    ],
)
def test_the_time_of_a_certificate(times: dict[str, Any], validity: str) -> None:
    checked = BENCH.check(hc1(dcc_claims(**times)))
    assert checked.validity == validity
    reason = {"UNKNOWN": "VALIDITY_UNKNOWN"}.get(validity, validity)
    assert (reason in checked.reasons) is (validity != "VALID")


@pytest.mark.parametrize(
    "certificate",
    [None, [], "dcc", {1: None}, {1: []}, {1: {"v": [VACCINATION]}}, {1: dcc() | {"nam": "Mia"}},
     {1: dcc(v={"dn": 1})}, {1: dcc(v="x")}, {1: dcc(v=["x"])}],
)  # fmt: skip
def test_a_payload_that_is_no_certificate_is_malformed(certificate: Any) -> None:
    claims = dcc_claims() | {-260: certificate}
    assert BENCH.reasons(hc1(claims))[0] == "MALFORMED"


def test_claims_without_a_certificate_are_malformed_whoever_signed_them() -> None:
    for payload in (cbor2.dumps({4: 1}), cbor2.dumps([1]), cbor2.dumps("x"), b"", b"\xff", b"{}"):
        checked = BENCH.check(text(message(payload)))
        assert checked.reasons[0] == "MALFORMED"
        assert checked.signature is Signature.VALID


def test_another_health_statement_in_the_same_container_is_not_taken_for_a_certificate() -> None:
    for subclaim in (2, 6, -1, -7, "1"):
        assert BENCH.reasons(hc1(dcc_claims() | {-260: {subclaim: {}}})) == ["KIND_NOT_ACCEPTED"]


def test_the_issuer_is_the_country_of_the_event_where_the_claim_is_missing() -> None:
    assert BENCH.check(hc1(dcc_claims(iss=None))).issuer == "HK"


OLD, NEW = "1.3.6.1.4.1.0.1847.2021.1", "1.3.6.1.4.1.1847.2021.1"


@pytest.mark.parametrize("arc", [OLD, NEW])
@pytest.mark.parametrize(
    ("leaf", "name", "event"), [(1, "t", TEST), (2, "v", VACCINATION), (3, "r", RECOVERY)]
)
def test_a_signer_signs_only_what_its_certificate_allows(arc: str, leaf: int, name: str, event: Any) -> None:
    code = hc1(dcc_claims(dcc(**{name: [event]})))
    for allowed in (1, 2, 3):
        bench = Bench(signers=(signer(usages=frozenset({f"{arc}.{allowed}", "1.3.6.1.5.5.7.3.2"})),))
        assert bench.reasons(code) == ([] if allowed == leaf else ["KEY_USAGE"])


def test_usages_that_say_nothing_of_certificates_restrict_nothing() -> None:
    bench = Bench(signers=(signer(usages=frozenset({"1.3.6.1.5.5.7.3.2"})),))
    assert bench.reasons(hc1()) == []


def test_norway_s_own_context_reads_the_same() -> None:
    bench = Bench(signers=(signer(formats=frozenset({"NO1"})),))
    checked = bench.check("NO1:" + hc1()[4:])
    assert checked.format == "NO1"
    assert checked.evidence is not None and checked.evidence.kind is Kind.VACCINATION
    assert bench.check(hc1()).signature is Signature.UNKNOWN_SIGNER
