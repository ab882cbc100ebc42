"""What a DIVOC certificate says: what is not signed is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.verification.made import NOW
from tests.verification.made_divoc import (
    DIVOC,
    ISSUER,
    SIGNERS,
    V2,
    changed,
    check,
    code,
    signed,
)
from verification.assessment import Revocation, Signature, Validity
from verification.formats.divoc import format_with
from verification.revocation.memory import RevocationList
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

GOOD = signed()
GOOD_CODE = code(GOOD)
Change = Callable[[dict[str, Any]], Any]


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
