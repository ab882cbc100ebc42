"""DIVOC's proofs and contexts: what is signed counts, and nothing is believed that is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.verification.made import ED_KEY
from tests.verification.made_divoc import (
    CERTIFICATE,
    METHOD,
    SIGNERS,
    V2,
    check,
    code,
    reasons,
    signed,
    signer,
)
from verification.assessment import Assessment, Signature
from verification.reasons import ReasonId

GOOD = signed()
GOOD_CODE = code(GOOD)
Change = Callable[[dict[str, Any]], Any]


def tampered(change: Change) -> bytes:
    """A signed certificate, changed afterwards."""
    document = json.loads(json.dumps(GOOD))
    change(document)
    return code(document)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["credentialSubject"].update(name="Somebody Else"),
        lambda one: one["credentialSubject"].update(id="did:made-up:0002"),
        lambda one: one["credentialSubject"].update(age="51"),
        lambda one: one["evidence"][0].update(dose=2),
        lambda one: one["evidence"][0].update(dose="1"),
        lambda one: one["evidence"][0].update(vaccine="COVAXIN"),
        lambda one: one["evidence"][0].update(date="2022-05-01"),
        lambda one: one["evidence"][0]["facility"]["address"].update(addressCountry="HK"),
        lambda one: one.update(issuer="https://other.example/"),
        lambda one: one.update(issuanceDate="2022-05-01T10:00:00.000Z"),
        lambda one: one.update(expirationDate="2032-05-01T10:00:00.000Z"),
        lambda one: one.update(nonTransferable="false"),
        lambda one: one["@context"].__setitem__(1, V2) or one["credentialSubject"].update(dob="2000-01-01"),
        lambda one: one["proof"].update(created="2022-05-01T10:00:00Z"),
        lambda one: one["evidence"].append({"type": ["Vaccination"], "vaccine": "COVAXIN"}),
    ],
)
def test_a_changed_signed_field_breaks_the_signature(change: Change) -> None:
    checked = check(tampered(change), signers=(*SIGNERS, signer(owner="https://other.example/")))
    assert checked.signature is Signature.INVALID
    assert ReasonId.SIGNATURE_INVALID in checked.reasons


def everything(checked: Assessment) -> str:
    says = checked.evidence
    assert says is not None
    return repr((says, says.personal.name, says.personal.birth, says.personal.masked_name, says.content))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(fullName="UNSIGNED"),
        lambda one: one["credentialSubject"].update(dob="1999-09-09"),
        lambda one: one["credentialSubject"].update(passport="UNSIGNED", vaccine="UNSIGNED"),
        lambda one: one["evidence"][0].update(prophylaxis="UNSIGNED", name="UNSIGNED"),
        lambda one: one["evidence"][0]["verifier"].update(dose=9),
        lambda one: one.update(name="UNSIGNED", date="1999-09-09", vaccine="UNSIGNED"),
    ],
)
def test_an_unsigned_field_changes_nothing_and_is_not_shown(change: Change) -> None:
    """What has no meaning in the contexts is dropped before signing: it is in the JSON, and worth nothing."""
    checked = check(tampered(change))
    assert checked.signature is Signature.VALID
    assert checked == check(GOOD_CODE)
    assert "UNSIGNED" not in everything(checked) and "1999" not in everything(checked)


def test_values_of_one_meaning_can_be_exchanged_and_are_read_the_same() -> None:
    def exchange(document: dict[str, Any]) -> None:
        dose = document["evidence"][0]
        dose["dose"], dose["totalDoses"] = dose["totalDoses"], dose["dose"]
        dose["date"], dose["effectiveUntil"] = dose["effectiveUntil"], dose["date"]
        dose["batch"], dose["vaccine"] = dose["vaccine"], dose["batch"]

    checked = check(tampered(exchange))
    assert checked.signature is Signature.VALID
    assert checked == check(GOOD_CODE)


@pytest.mark.parametrize(
    ("signers", "expected"),
    [
        ((), ["NO_TRUST_LIST"]),
        ((signer(kid=b"did:other"),), ["UNKNOWN_SIGNER"]),
        ((signer(owner="https://other.example/"),), ["UNKNOWN_SIGNER"]),
        ((signer(formats=frozenset({"HC1"})),), ["UNKNOWN_SIGNER"]),
        ((signer(ED_KEY),), ["ALGORITHM_MISMATCH"]),
        ((signer(rsa.generate_private_key(65537, 2048)),), ["SIGNATURE_INVALID"]),
        ((signer(ED_KEY), signer(rsa.generate_private_key(65537, 2048)), signer()), []),
    ],
)
def test_methods_are_found_on_the_trust_list_for_their_issuer_only(
    signers: tuple[Any, ...], expected: list[str]
) -> None:
    assert reasons(GOOD_CODE, signers=signers) == expected


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "RS256", "b64": False, "crit": ["b64"]},
        {"alg": "none", "b64": False, "crit": ["b64"]},
        {"alg": "EdDSA", "b64": False, "crit": ["b64"]},
        {"alg": "HS256", "b64": False, "crit": ["b64"]},
    ],
)
def test_the_algorithm_is_the_key_s_whatever_the_header_says(header: dict[str, Any]) -> None:
    assert reasons(code(signed(header=header))) == ["ALGORITHM_MISMATCH"]


def test_a_proof_of_one_kind_with_the_other_s_algorithm_agrees_with_no_key() -> None:
    other = signed(key=ED_KEY, type="RsaSignature2018")
    assert reasons(code(other)) == ["ALGORITHM_MISMATCH"]


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "PS256"},
        {"alg": "PS256", "b64": True, "crit": ["b64"]},
        {"alg": "PS256", "b64": 0, "crit": ["b64"]},
        {"alg": "PS256", "b64": False},
        {"alg": "PS256", "b64": False, "crit": ["b64", "exp"]},
        {"alg": "PS256", "b64": False, "crit": ["b64"], "kid": METHOD},
        {"alg": 5, "b64": False, "crit": ["b64"]},
    ],
)
def test_a_header_of_any_other_shape_is_refused(header: dict[str, Any]) -> None:
    assert reasons(code(signed(header=header))) == ["MALFORMED"]


@pytest.mark.parametrize(
    "parts",
    [
        {"jws": ""},
        {"jws": "a.b.c"},
        {"jws": GOOD["proof"]["jws"].replace("..", ".e30.")},
        {"jws": GOOD["proof"]["jws"] + "="},
        {"jws": GOOD["proof"]["jws"] + "."},
        {"jws": 5},
        {"jws": None},
        {"created": None},
        {"created": ["2022-03-01T10:00:00Z"]},
        {"verificationMethod": "_:b0"},
        {"verificationMethod": "did:" + "x" * 300},
        {"verificationMethod": {"id": METHOD}},
        {"verificationMethod": "did:a\u202eb"},
        {"proofPurpose": "authentication"},
        {"@context": "https://w3id.org/security/v1"},
        {"challenge": "x"},
    ],
)
def test_a_proof_is_what_a_proof_is_and_nothing_else(parts: dict[str, Any]) -> None:
    assert reasons(code(signed(**parts))) == ["MALFORMED"]


def test_several_proofs_or_none_are_no_proof() -> None:
    for proof in ([GOOD["proof"]], [GOOD["proof"]] * 2, None, "x", {}):
        assert reasons(code(GOOD | {"proof": proof})) == ["MALFORMED"]
    assert reasons(code(CERTIFICATE)) == ["MALFORMED"]


def test_a_proof_of_an_unknown_kind_may_be_genuine() -> None:
    assert reasons(code(signed(type="BbsBlsSignature2020"))) == ["NOT_VERIFIABLE_OFFLINE"]


@pytest.mark.parametrize(
    "contexts",
    [
        {"name": "https://schema.org/name"},
        [*CERTIFICATE["@context"], {"name": "https://schema.org/other"}],
        [CERTIFICATE["@context"][0], {"@vocab": "https://schema.org/"}],
        [CERTIFICATE["@context"]],
        [None],
        None,
        CERTIFICATE["@context"][0],
    ],
)
def test_a_certificate_does_not_bring_its_own_meanings(contexts: Any) -> None:
    assert reasons(code(GOOD | {"@context": contexts})) == ["MALFORMED"]


@pytest.mark.parametrize(
    "contexts",
    [
        [CERTIFICATE["@context"][0], "https://unknown.example/v1"],
        [CERTIFICATE["@context"][0], "file:///etc/passwd"],
        [CERTIFICATE["@context"][0]],
        list(reversed(CERTIFICATE["@context"])),
        [],
        [*CERTIFICATE["@context"], V2],
    ],
)
def test_unknown_meanings_are_not_fetched_and_not_judged(contexts: list[str]) -> None:
    assert reasons(code(GOOD | {"@context": contexts})) == ["NOT_VERIFIABLE_OFFLINE"]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["credentialSubject"].update({"@context": {"name": "x:y"}}),
        lambda one: one["evidence"][0].update({"@type": "x:y"}),
        lambda one: one.update({"@graph": []}),
        lambda one: one["credentialSubject"].update(name={"@value": "x"}),
        lambda one: one["credentialSubject"].update(name={"@list": ["x"]}),
        lambda one: one.update({"@reverse": {"issuer": {"id": "x:y"}}}),
        lambda one: one["credentialSubject"].update(type="@json"),
        lambda one: one["credentialSubject"].update(id="_:b0"),
        lambda one: one.update({"_:b0": "x"}),
        lambda one: one.update(evidence="_:b0"),
    ],
)
def test_keywords_and_named_blank_nodes_are_refused(change: Change) -> None:
    assert reasons(tampered(change)) == ["MALFORMED"]
