"""SMART Health Cards, clause by clause, and everything that only looks like one."""

from __future__ import annotations

import base64
import json
import tracemalloc
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.verification.made import EC_KEY, HOUR, NOW, OTHER_EC_KEY, P256_ORDER, RSA_KEY, Bench, seconds
from tests.verification.made_cards import (
    COVID_TYPE,
    ISSUER,
    b64,
    card,
    card_claims,
    card_signer,
    deflated,
    digits,
    dose,
    jwk,
    jws,
    result,
    twin,
)
from verification.assessment import Signature, Validity
from verification.evidence import Kind

BENCH = Bench(signers=(card_signer(),))
PAYLOAD = json.dumps(card_claims(), separators=(",", ":")).encode()
KID = jwk()["kid"]


def test_a_card_of_a_known_issuer_is_evidence_of_a_vaccination() -> None:
    checked = BENCH.check(card())
    assert (checked.signature, checked.validity) == (Signature.VALID, Validity.VALID)
    assert BENCH.reasons(card()) == []
    says = checked.evidence
    assert says is not None and says.medical is not None
    assert (says.kind, says.scheme, says.issuer) == (Kind.VACCINATION, "SHC", ISSUER)
    assert (says.medical.disease, says.medical.product, says.medical.doses) == ("840539006", "207", 1)
    assert says.personal.name == "Mia M. Muster"
    assert says.personal.masked_name == "M** M* M*****"
    assert "Muster" not in repr(checked)
    assert checked.kid == KID.encode()


def test_without_a_revocation_list_nobody_knows_whether_a_card_was_withdrawn() -> None:
    assert [why.value for why in BENCH.check(card()).reasons] == ["NO_REVOCATION_LIST"]


# --- time ---


def test_the_time_of_issue_may_have_a_fraction_and_a_card_may_never_expire() -> None:
    checked = BENCH.check(card(card_claims(nbf=seconds() - 0.344)))
    assert checked.validity is Validity.VALID
    assert checked.evidence is not None
    assert checked.evidence.issued_at == NOW - timedelta(seconds=0.344)
    assert checked.evidence.expires_at is None
    assert BENCH.check(card(), datetime(2099, 1, 1, tzinfo=UTC)).validity is Validity.VALID


@pytest.mark.parametrize(
    ("claims", "reasons"),
    [
        ({"exp": seconds() + HOUR}, []),
        ({"exp": seconds() - 1}, ["EXPIRED"]),
        ({"nbf": seconds() + 1}, ["NOT_YET_VALID"]),
        ({"nbf": seconds() + 2 * HOUR, "exp": seconds() + HOUR}, ["NOT_YET_VALID"]),
        ({"nbf": seconds() * 1000}, ["VALIDITY_UNKNOWN"]),
        ({"exp": (seconds() + HOUR) * 1000}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": None}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": str(seconds())}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": True}, ["VALIDITY_UNKNOWN"]),
        ({"nbf": -1}, ["VALIDITY_UNKNOWN"]),
        ({"exp": "never"}, ["VALIDITY_UNKNOWN"]),
    ],
)
def test_times_are_numbers_of_seconds(claims: dict[str, Any], reasons: list[str]) -> None:
    assert BENCH.reasons(card(card_claims(**claims))) == reasons


def test_an_expiry_that_is_null_is_no_open_end() -> None:
    payload = PAYLOAD[:-1] + b',"exp":null}'
    assert BENCH.reasons(card(payload)) == ["VALIDITY_UNKNOWN"]


@pytest.mark.parametrize("text", [b"1e999", b"NaN", b"-Infinity"])
def test_a_number_that_is_none_gives_no_valid_card(text: bytes) -> None:
    payload = PAYLOAD[:-1] + b',"exp":' + text + b"}"
    assert BENCH.reasons(card(payload)) in (["MALFORMED"], ["VALIDITY_UNKNOWN"])


# --- issuer and key ---


def test_a_key_counts_only_for_the_issuer_it_is_published_under() -> None:
    assert BENCH.reasons(card(card_claims(iss="https://cards.example/other"))) == ["UNKNOWN_SIGNER"]
    assert BENCH.reasons(card(card_claims(iss=ISSUER + "-evil"))) == ["UNKNOWN_SIGNER"]


def test_two_issuers_may_share_a_key_and_each_is_found() -> None:
    other = "https://cards.example/other"
    bench = Bench(signers=(card_signer(), card_signer(owner=other, issuer=other)))
    for issuer in (ISSUER, other):
        checked = bench.check(card(card_claims(iss=issuer)))
        assert (checked.signature, checked.issuer) == (Signature.VALID, issuer)


def test_of_two_keys_under_one_id_the_right_issuer_s_is_taken() -> None:
    other = "https://cards.example/other"
    bench = Bench(signers=(card_signer(OTHER_EC_KEY, kid=KID.encode(), owner=other), card_signer()))
    assert bench.check(card()).signature is Signature.VALID
    assert bench.reasons(card(card_claims(iss=other))) == ["SIGNATURE_INVALID"]


def test_a_signer_of_another_format_is_none_of_a_card() -> None:
    bench = Bench(signers=(card_signer(formats=frozenset({"HC1", "NZCP"})),))
    assert bench.reasons(card()) == ["UNKNOWN_SIGNER"]
    assert Bench(signers=(card_signer(owner=""),)).reasons(card()) == ["UNKNOWN_SIGNER"]


@pytest.mark.parametrize(
    "kid", [None, "", "key-1", KID[:-1], KID + "A", KID.swapcase(), 7, ["x"]], ids=range(8)
)
def test_a_key_id_that_is_not_the_thumbprint_finds_nobody(kid: Any) -> None:
    assert BENCH.reasons(card(kid=kid)) == ["UNKNOWN_SIGNER"]


@pytest.mark.parametrize(
    "issuer",
    [7, None, "", "http://cards.example", ISSUER + "/", "cards.example", "https://\u202ecards.example",
     "https://" + "a" * 600, "HTTPS://cards.example/made-up"],
)  # fmt: skip
def test_an_issuer_that_is_no_https_url_makes_no_card(issuer: Any) -> None:
    assert BENCH.reasons(card(card_claims(iss=issuer))) == ["MALFORMED"]


# --- signature ---


@pytest.mark.parametrize(
    "alg", ["none", "None", "HS256", "ES384", "PS256", "EdDSA", "es256", None, 7, ["ES256"]]
)
def test_the_header_does_not_choose_the_algorithm(alg: Any) -> None:
    assert BENCH.reasons(card(alg=alg)) == ["ALGORITHM_MISMATCH"]


def test_no_signature_at_all_is_none() -> None:
    assert BENCH.reasons(card(alg="none", signature=b"")) == ["ALGORITHM_MISMATCH"]
    assert BENCH.reasons(card(signature=b"")) == ["SIGNATURE_INVALID"]


def test_a_public_key_is_no_shared_secret() -> None:
    import hmac

    secret = json.dumps(jwk()).encode()
    signed = jws(alg="HS256").rpartition(".")[0]
    forged = f"{signed}.{b64(hmac.digest(secret, signed.encode(), 'sha256'))}"
    assert BENCH.reasons("shc:/" + digits(forged)) == ["ALGORITHM_MISMATCH"]


def test_a_signer_listed_with_an_rsa_key_signs_no_card() -> None:
    rsa = replace(card_signer(), key=RSA_KEY.public_key(), algorithm=-37)
    bench = Bench(signers=(rsa,))
    assert bench.reasons(card(alg="PS256", key=RSA_KEY)) == ["ALGORITHM_MISMATCH"]


ORDER = P256_ORDER.to_bytes(32, "big")


@pytest.mark.parametrize(
    "signature",
    [
        bytes(64),
        b"\xff" * 64,
        ORDER + ORDER,
        bytes(63),
        bytes(65),
        bytes(32) + b"\1" * 32,
        b"\1" * 32 + bytes(32),
    ],
)
def test_a_signature_out_of_range_is_invalid(signature: bytes) -> None:
    assert BENCH.reasons(card(signature=signature)) == ["SIGNATURE_INVALID"]


def test_a_signature_in_der_is_invalid() -> None:
    signed = jws().rpartition(".")[0]
    der = EC_KEY.sign(signed.encode(), ec.ECDSA(SHA256()))
    assert BENCH.reasons("shc:/" + digits(f"{signed}.{b64(der)}")) == ["SIGNATURE_INVALID"]


def test_both_signatures_that_ecdsa_allows_are_one_card_with_one_identity() -> None:
    text = jws()
    first, second = BENCH.check("shc:/" + digits(text)), BENCH.check("shc:/" + digits(twin(text)))
    assert text != twin(text)
    assert first.signature is second.signature is Signature.VALID
    assert first.identity == second.identity


def test_recompressed_and_reheaded_cards_have_one_identity() -> None:
    known = BENCH.check(card()).identity
    assert known is not None
    for changed in (card(packed=deflated(PAYLOAD, 1)), card(typ="JWT"), card(packed=deflated(PAYLOAD, 0))):
        checked = BENCH.check(changed)
        assert checked.signature is Signature.VALID
        assert checked.identity == known


def test_other_content_is_another_identity() -> None:
    assert BENCH.check(card()).identity != BENCH.check(card(card_claims(dose("208")))).identity


# --- the container ---


@pytest.mark.parametrize(
    "text",
    [
        "shc:/",
        "shc:/5",
        "shc:/567",
        "shc:/78" + digits(jws())[2:],
        "shc:/99",
        card() + "0",
        card() + "00",
        card() + "\n",
        card().replace("shc:/", "shc://"),
        "shc:/" + digits(jws()).replace("5", "٥", 1),
        "shc:/" + jws(),
        "shc:/" + digits(jws().rpartition(".")[0]),
        "shc:/" + digits(jws() + ".AA"),
        "shc:/" + digits("." + jws()),
        "shc:/" + digits(jws() + "="),
        "shc:/" + digits(jws(header=b"{}")),
        card(zip=None),
        card(zip="GZ"),
        card(zip=["DEF"]),
        card(crit=["x"]),
        card(b64=False),
        card(header=b"[]"),
        card(header=b"\xff"),
        card(header=b'{"alg":"ES256","alg":"none","zip":"DEF"}'),
        card(header=b'{"zip":"DEF","alg":"ES256","x":"' + b"y" * 2000 + b'"}'),
        card(packed=PAYLOAD),
        card(packed=zlib.compress(PAYLOAD)),
        card(packed=deflated(PAYLOAD)[:-1]),
        card(packed=deflated(PAYLOAD) + b"\0"),
        card(packed=deflated(bytes(3_000_000))),
        card(packed=b""),
        card(b""),
        card(b"[]"),
        card(b"null"),
        card(b"\xef\xbb\xbf" + PAYLOAD),
        card(PAYLOAD + b"{}"),
        card(PAYLOAD.decode().encode("utf-16")),
        card(PAYLOAD[:-1] + b',"iss":"https://evil.example"}'),
        card(PAYLOAD.replace(b'"status"', b'"status":"completed","status"')),
        card(b'{"iss":"' + ISSUER.encode() + b'","x":' + b"[" * 2000 + b"]" * 2000 + b"}"),
        card(b'{"iss":"https://a\\ud800"}'),
        card(b'{"iss":"https://cards.example/made-up","nbf":' + b"9" * 5000 + b"}"),
    ],
    ids=range(42),
)
def test_a_container_that_is_not_one_is_malformed_and_nothing_is_checked(text: str) -> None:
    checked = BENCH.check(text)
    assert checked.format == "SHC" or text.startswith("shc://")
    assert [why.value for why in checked.reasons] == ["MALFORMED"]
    assert checked.signature is Signature.UNCHECKED


def test_a_bomb_is_never_unpacked() -> None:
    bomb = card(packed=deflated(bytes(6_000_000)))
    tracemalloc.start()
    assert BENCH.reasons(bomb) == ["MALFORMED"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_the_last_character_of_the_signature_has_one_way_to_be_written() -> None:
    text = jws()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = text[:-1] + alphabet[alphabet.index(text[-1]) + 1]
    padded = [base64.urlsafe_b64decode(one.rpartition(".")[2] + "==") for one in (text, same_bytes)]
    assert padded[0] == padded[1]
    assert BENCH.reasons("shc:/" + digits(same_bytes)) == ["MALFORMED"]


@pytest.mark.parametrize(
    "vc",
    [
        {"type": None},
        {"type": "https://smarthealth.cards#health-card"},
        {"type": [COVID_TYPE]},
        {"credentialSubject": None},
        {"credentialSubject": {"fhirBundle": None}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "Bundle"}}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "List", "entry": []}}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "Bundle", "entry": [7]}}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "Bundle", "entry": [{"resource": 7}]}}},
        {"rid": ""},
        {"rid": "not base64url!"},
        {"rid": "a" * 25},
        {"rid": 7},
        {"rid": None},
    ],
)
def test_a_signed_content_that_is_no_card_is_malformed_whoever_signed_it(vc: dict[str, Any]) -> None:
    checked = BENCH.check(card(card_claims(vc=vc)))
    assert checked.signature is Signature.VALID
    assert checked.reasons[0].value == "MALFORMED"
    assert checked.evidence is None


def test_a_card_about_two_people_is_malformed() -> None:
    second = {"resourceType": "Patient", "name": [{"family": "Other"}]}
    assert BENCH.reasons(card(card_claims(dose(), second)))[0] == "MALFORMED"


# --- what it says ---


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
