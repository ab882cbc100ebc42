"""DIVOC certificates: what is signed counts, what is not signed is not there, nothing is believed early."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made import ED_KEY, NOW, RSA_KEY
from tests.verification.made_divoc import (
    CERTIFICATE,
    DIVOC,
    ISSUER,
    METHOD,
    SIGNERS,
    V2,
    archive,
    as_text,
    changed,
    check,
    code,
    reasons,
    signed,
    signer,
)
from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.encodings.malformed import Malformed
from verification.evidence import Kind
from verification.formats.credential import Unverifiable
from verification.formats.divoc import format_with, read
from verification.reasons import ReasonId
from verification.revocation.memory import RevocationList
from verification.signed_lists import ListRejected
from verification.snapshot import Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.station_list import Entry, write
from verification.trust.store import TrustList
from verification.verifier import Verifier

GOOD = signed()
GOOD_CODE = code(GOOD)
Change = Callable[[dict[str, Any]], Any]


def tampered(change: Change) -> bytes:
    """A signed certificate, changed afterwards."""
    document = json.loads(json.dumps(GOOD))
    change(document)
    return code(document)


@pytest.mark.parametrize("key", [RSA_KEY, ED_KEY], ids=["PS256", "EdDSA"])
def test_a_certificate_of_a_known_method_is_read(key: Any) -> None:
    checked = check(code(signed(key=key)))
    assert (checked.format, checked.signature) == ("DIVOC", Signature.VALID)
    assert (checked.issuer, checked.kid) == (ISSUER, METHOD.encode())
    says = checked.evidence
    assert says is not None and says.medical is not None
    assert (says.kind, says.scheme, says.issuer) == (Kind.VACCINATION, "DIVOC", ISSUER)
    assert says.issued_at == datetime(2022, 3, 1, 10, tzinfo=UTC)
    assert (says.personal.name, says.personal.masked_name) == ("Mia Muster", "M** M*****")
    assert (says.medical.product, says.medical.disease) == ("COVISHIELD", "840539006")
    assert (says.medical.doses, says.medical.doses_of, says.medical.on) == (1, 2, date(2022, 2, 1))


def test_the_text_form_and_the_bytes_are_one_certificate() -> None:
    assert check(as_text(GOOD_CODE)) == check(GOOD_CODE)
    assert reasons(as_text(GOOD_CODE)) == []


def test_a_lane_that_does_not_name_the_format_leaves_it_alone() -> None:
    assert reasons(GOOD_CODE, allowed=frozenset({"HC1"})) == ["FORMAT_NOT_ALLOWED"]


def test_without_anybody_who_finds_the_meaning_nothing_is_said_of_it() -> None:
    snapshot = Snapshot(TrustList(SIGNERS), None)
    bare = Verifier(lambda: snapshot, DIVOC).verify(GOOD_CODE, NOW)
    assert bare.reasons == (ReasonId.NOT_VERIFIABLE_OFFLINE,)

    def nobody(_: Any) -> Any:
        raise Unverifiable("not here")

    tried = Verifier(lambda: snapshot, DIVOC, {"DIVOC": format_with(nobody)}).verify(GOOD_CODE, NOW)
    assert (tried.reasons, tried.evidence) == ((ReasonId.NOT_VERIFIABLE_OFFLINE,), None)


# --- the signature ---


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


# --- contexts ---


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


# --- what it says ---


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda one: one.pop("issuer"), "MALFORMED"),
        (lambda one: one.update(issuer=[ISSUER, "https://other.example/"]), "MALFORMED"),
        (lambda one: one.update(issuer={"id": "relative"}), "MALFORMED"),
        (lambda one: one.update(type=["ProofOfVaccinationCredential"]), "MALFORMED"),
        (lambda one: one.pop("credentialSubject"), "MALFORMED"),
        (lambda one: one["credentialSubject"].pop("name"), "MALFORMED"),
        (lambda one: one["credentialSubject"].update(name=["Mia Muster", "Max Muster"]), "MALFORMED"),
        (lambda one: one["credentialSubject"].update(name="x" * 300), "MALFORMED"),
        (lambda one: one["credentialSubject"].update(type="Animal"), "MALFORMED"),
        (lambda one: one["credentialSubject"].update(id=""), "MALFORMED"),
        (lambda one: one.pop("evidence"), "EVENTS_NOT_ONE"),
        (lambda one: one["evidence"].append({"type": ["Vaccination"], "batch": "2"}), "EVENTS_NOT_ONE"),
        (lambda one: one["evidence"][0].update(type=["Test"]), "KIND_NOT_ACCEPTED"),
    ],
)
def test_a_well_signed_certificate_must_still_be_one(change: Change, expected: str) -> None:
    checked = check(code(signed(changed(change))))
    assert expected in [why.value for why in checked.reasons]
    assert checked.evidence is None


def test_a_birth_date_is_shown_where_its_context_signs_it() -> None:
    def born(document: dict[str, Any]) -> None:
        document["@context"][1] = V2
        document["credentialSubject"]["dob"] = "1972-01-31"

    says = check(code(signed(changed(born)))).evidence
    assert says is not None and says.personal.birth == "1972-01-31"


def medical(**dose: Any) -> Any:
    checked = check(code(signed(changed(lambda one: one["evidence"][0].update(dose)))))
    assert checked.signature is Signature.VALID and checked.evidence is not None
    return checked.evidence.medical


def test_dates_numbers_and_names_that_cannot_be_told_apart_are_read_with_caution() -> None:
    dates = ("date", "effectiveStart", "effectiveUntil")
    assert medical(date="20220110").on == date(2022, 1, 10)
    assert medical(effectiveUntil="").on == date(2022, 2, 1)
    assert medical(effectiveUntil="in a year").on is None
    assert medical(**dict.fromkeys(dates, "")).on is None
    assert (medical(dose="2").doses, medical(dose=2).doses_of) == (2, 2)
    assert (medical(dose="", totalDoses="").doses, medical(dose=-1, totalDoses=1e9).doses) == (None, None)
    assert medical(dose=3).doses == 2, "the third of two is at least the second"
    assert medical(vaccine="Made up").product == ""
    assert medical(vaccine="Made up").disease == ""
    assert medical(manufacturer="AstraZeneca").product == "", "two names: which is the vaccine's?"
    assert medical(manufacturer="AstraZeneca").disease == "840539006"


@pytest.mark.parametrize(
    ("members", "validity", "open_ended"),
    [
        ({}, Validity.UNKNOWN, True),
        ({"expirationDate": "2022-06-02T00:00:00Z"}, Validity.VALID, False),
        ({"expirationDate": "2022-05-02T00:00:00+08:00"}, Validity.EXPIRED, False),
        ({"issuanceDate": "2022-07-01T00:00:00Z"}, Validity.NOT_YET_VALID, True),
        ({"expirationDate": "soon"}, Validity.UNKNOWN, False),
        ({"expirationDate": "2022-06-02T00:00:00"}, Validity.UNKNOWN, False),
        ({"issuanceDate": "9999-12-31T23:59:59-23:00"}, Validity.UNKNOWN, False),
        ({"issuanceDate": 1646128800}, Validity.UNKNOWN, False),
    ],
)
def test_time_is_what_the_credential_itself_says(
    members: dict[str, Any], validity: Validity, open_ended: bool
) -> None:
    checked = check(code(signed(changed(lambda one: one.update(members)))))
    assert checked.signature is Signature.VALID and checked.evidence is not None
    assert (checked.validity, checked.evidence.open_ended) == (validity, open_ended)


def test_nobody_lists_withdrawn_certificates_and_none_is_called_clear() -> None:
    for index in (None, RevocationList([], [("HC1", "*")])):
        snapshot = Snapshot(TrustList(SIGNERS), index)
        form = {"DIVOC": format_with(_in_this_process)}
        checked = Verifier(lambda held=snapshot: held, DIVOC, form).verify(GOOD_CODE, NOW)
        assert checked.revocation is Revocation.NOT_APPLICABLE


def _in_this_process(documents: Any) -> list[str]:
    from verification.formats.divoc_graph import canonical

    return [canonical(document) for document in documents]


# --- one code in many dresses ---


def test_twins_of_one_certificate_have_one_identity() -> None:
    turned = json.loads(json.dumps(GOOD, sort_keys=True))
    turned["evidence"] = turned["evidence"][0]
    turned["type"].reverse()
    unsigned = GOOD | {"note": "not signed"}
    again = signed(created="2022-03-01T10:00:00Z")
    twins = [
        GOOD_CODE,
        as_text(GOOD_CODE),
        archive(json.dumps(GOOD), method=zipfile.ZIP_STORED),
        archive(json.dumps(GOOD), "../../elsewhere"),
        code(GOOD, indent=3),
        code(turned),
        code(unsigned),
        code(again),
        code(signed(key=ED_KEY)),
    ]
    assert len(set(twins)) == len(twins)
    found = {(one.signature, one.identity) for one in map(check, twins)}
    assert len(found) == 1 and next(iter(found))[1] is not None
    other = check(code(signed(changed(lambda one: one.update(nonTransferable="false")))))
    assert other.identity not in {identity for _, identity in found}


# --- hostile ---


@pytest.mark.parametrize(
    "text",
    [
        b"B64:",
        b"B64:!!!!",
        b"B64:" + b"AAAA",
        as_text(GOOD_CODE)[:-4],
        as_text(GOOD_CODE) + b"\n",
        GOOD_CODE[:-1],
        GOOD_CODE + b"\0",
        archive(b""),
        archive(b"[]"),
        archive(b"null"),
        archive(b"\xff"),
        archive(b'{"a": 1, "a": 2}'),
        archive(b"[" * 1000 + b"]" * 1000),
        archive(b'{"proof": NaN}'),
        archive(json.dumps(GOOD).replace('"50"', "1e999")),
        archive(json.dumps(GOOD).replace('"50"', "1" * 5000)),
        archive(json.dumps(GOOD).replace('"50"', '"\\ud800"')),
        archive(json.dumps(GOOD | {"filler": "x" * 20000})),
        archive(json.dumps(GOOD | {"filler": [{}] * 30})),
        archive(json.dumps(GOOD | {"filler": list(range(300))})),
        archive(json.dumps(GOOD), "certificate.json", "Certificate.json"),
        archive(bytes(10_000_000)),
    ],
)
def test_damaged_swollen_and_ambiguous_archives_are_refused(text: bytes) -> None:
    assert reasons(text) == ["MALFORMED"]


def test_a_text_longer_than_any_symbol_is_not_opened() -> None:
    assert reasons(b"B64:" + b"A" * 10_000) == ["MALFORMED"]


def test_statements_that_are_no_text_are_no_certificate() -> None:
    for statements in (b"\xff", b"", b"x\n"):
        with pytest.raises(Malformed):
            read(statements)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*CERTIFICATE, "id", "name", "dose", "x:y"]), inner, max_size=4)
    ),
    max_leaves=12,
)
PLACES = [(), ("credentialSubject",), ("evidence", 0), ("evidence", 0, "facility"), ("proof",)]


@given(st.sampled_from(PLACES), st.sampled_from([*CERTIFICATE, *GOOD["proof"], "id", "name", "date"]), JSON)
def test_whatever_a_field_holds_nothing_raises_and_nothing_changed_is_valid(
    place: tuple[Any, ...], name: str, value: Any
) -> None:
    document = json.loads(json.dumps(GOOD))
    inner = document
    for step in place:
        inner = inner[step]
    inner[name] = value
    checked = check(code(document))
    if checked.signature is Signature.VALID:
        assert checked == check(GOOD_CODE)


@given(st.integers(0, len(GOOD_CODE) - 1), st.integers(0, 255))
def test_one_changed_byte_of_the_archive_never_changes_what_is_valid(place: int, byte: int) -> None:
    checked = check(GOOD_CODE[:place] + bytes((byte,)) + GOOD_CODE[place + 1 :])
    if checked.signature is Signature.VALID:
        assert checked == check(GOOD_CODE)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    for text in (b"PK\3\4" + data, b"B64:" + data, archive(data)):
        assert check(text).signature is Signature.UNCHECKED


# --- the station's list ---


def listed(key: Any = RSA_KEY, formats: frozenset[str] = DIVOC, **more: Any) -> TrustList:
    values = {"owner": ISSUER, "kid": METHOD.encode()} | more
    entry = Entry("ZZ", formats, key=key.public_key(), **values)
    return load_trust_list(write([entry], "ZZ", NOW, ED_KEY), ED_KEY.public_key())


def test_the_station_s_own_list_names_method_and_issuer() -> None:
    for key in (RSA_KEY, ED_KEY):
        assert reasons(code(signed(key=key)), signers=tuple(listed(key))) == []
    assert reasons(GOOD_CODE, signers=tuple(listed(kid=b"did:other"))) == ["UNKNOWN_SIGNER"]


def test_other_formats_are_not_listed_by_a_method() -> None:
    other = ed25519.Ed25519PrivateKey.generate()
    for formats in (frozenset({"SHC"}), frozenset({"NZCP"}), frozenset({"DIVOC", "HC1"})):
        with pytest.raises(ListRejected):
            listed(other, formats)
