"""DIVOC certificates: who may have signed them, and that one certificate in many dresses is one."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.verification.made import ED_KEY, NOW, RSA_KEY
from tests.verification.made_divoc import (
    DIVOC,
    ISSUER,
    METHOD,
    SIGNERS,
    archive,
    as_text,
    changed,
    check,
    code,
    reasons,
    signed,
)
from verification.assessment import Signature
from verification.evidence import Kind
from verification.formats.credential import Unverifiable
from verification.formats.divoc import format_with
from verification.reasons import ReasonId
from verification.signed_lists import ListRejected
from verification.snapshot import Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.station_list import Entry, write
from verification.trust.store import TrustList
from verification.verifier import Verifier

GOOD = signed()
GOOD_CODE = code(GOOD)


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
