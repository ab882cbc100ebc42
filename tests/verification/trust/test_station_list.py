"""Our own signed trust list: what is written is read, and one wrong byte ends all trust in it."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, ED_KEY, NOW, OTHER_EC_KEY, Bench, colour, hc1, kid_of
from tests.verification.made_cards import DID, ISSUER, card, jwk, nz_pass
from verification.assessment import Signature
from verification.signed_lists import ListRejected, sign
from verification.trust.certificate import certificate_kid
from verification.trust.loading import load_trust_list
from verification.trust.station_list import TYPE, Entry, write
from verification.trust.store import TrustList, merged

HK1 = frozenset({"HK1"})
DATES = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC))
ENTRY = Entry("HK", HK1, key=EC_KEY.public_key(), not_before=DATES[0], not_after=DATES[1], demo=True)


def listed(*entries: Entry, key: Any = ED_KEY) -> bytes:
    return write(entries, "HK", NOW, key)


@pytest.mark.parametrize("key", [ED_KEY, EC_KEY], ids=["EdDSA", "ES256"])
def test_what_was_written_is_read(key: Any) -> None:
    trusted = load_trust_list(listed(ENTRY, key=key), key.public_key())
    (signer,) = trusted.signers("HK1", kid_of(EC_KEY))
    assert trusted.signed_at == NOW
    assert (signer.issuer, signer.demo, signer.formats) == ("HK", True, HK1)
    assert (signer.not_before, signer.not_after) == DATES
    assert trusted.signers("GD1", signer.kid) == ()


def test_a_listed_key_verifies_a_code() -> None:
    bench = Bench(signers=tuple(load_trust_list(listed(ENTRY), ED_KEY.public_key())))
    assert bench.check(colour()).signature is Signature.VALID


def test_a_certificate_brings_its_own_id_dates_and_usages() -> None:
    der = certificate(EC_KEY, usages=("1.3.6.1.4.1.1847.2021.1.2",))
    entry = Entry("HK", frozenset({"HC1"}), certificate=der, not_after=DATES[1])
    (signer,) = load_trust_list(listed(entry), ED_KEY.public_key())
    assert signer.kid == certificate_kid(der)
    assert signer.usages == {"1.3.6.1.4.1.1847.2021.1.2"}
    assert signer.not_after == DATES[1], "the narrower of both dates"
    assert signer.not_before == datetime(2022, 1, 1, tzinfo=UTC)
    bench = Bench(signers=(signer,))
    assert bench.reasons(hc1(protected={1: -7, 4: signer.kid})) == []


def test_any_of_several_keys_may_have_signed() -> None:
    assert load_trust_list(listed(ENTRY), OTHER_EC_KEY.public_key(), ED_KEY.public_key())


def rejected(data: bytes, *keys: Any) -> str:
    with pytest.raises(ListRejected) as rejection:
        load_trust_list(data, *(keys or (ED_KEY.public_key(),)))
    assert "\n" not in str(rejection.value)
    return str(rejection.value)


def test_a_list_that_nobody_trusted_signed_is_rejected() -> None:
    rejected(listed(ENTRY), EC_KEY.public_key())
    rejected(listed(ENTRY, key=OTHER_EC_KEY), EC_KEY.public_key())
    with pytest.raises(ListRejected):
        load_trust_list(listed(ENTRY))


def test_every_changed_member_is_noticed() -> None:
    document = json.loads(listed(ENTRY))
    for change in (
        {"signed_at": "2030-01-01T00:00:00+00:00"},
        {"issuer": "XX"},
        {"signers": []},
        {"signers": [document["signers"][0] | {"issuer": "GD"}]},
        {"signers": [document["signers"][0] | {"demo": False}]},
        {"more": 1},
    ):
        assert "signature" in rejected(json.dumps(document | change).encode())


def test_a_list_without_signature_is_rejected() -> None:
    document = json.loads(listed(ENTRY))
    for signature in (None, {}, {"algorithm": "none", "value": ""}, {"algorithm": "EdDSA", "value": 1}, "x"):
        rejected(json.dumps(document | {"signature": signature}).encode())
    del document["signature"]
    rejected(json.dumps(document).encode())


def test_the_algorithm_named_must_be_the_key_s() -> None:
    document = json.loads(listed(ENTRY))
    document["signature"]["algorithm"] = "ES256"
    rejected(json.dumps(document).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"{", b'{"type":1,"type":2}', b'{"a":NaN}', b'{"a":1.5}',
     b"[" * 100_000, b"-----BEGIN CERTIFICATE-----"],
    ids=lambda data: repr(data[:20]),
)  # fmt: skip
def test_what_is_no_list_is_rejected(data: bytes) -> None:
    rejected(data)


def _row(**changes: Any) -> dict[str, Any]:
    return json.loads(listed(ENTRY))["signers"][0] | changes


@pytest.mark.parametrize(
    "row",
    [
        _row(kid=base64.b64encode(bytes(8)).decode()),
        _row(kid="%%%"),
        _row(kid=None),
        _row(key="AAAA"),
        _row(key=None),
        _row(formats="HK1"),
        _row(issuer=None),
        _row(not_after="tomorrow"),
        _row(not_after="2022-01-01T00:00:00"),
        {key: value for key, value in _row().items() if key != "key"},
        "x",
    ],
)
def test_one_bad_row_spoils_a_list_however_well_it_is_signed(row: Any) -> None:
    document = {"type": TYPE, "issuer": "HK", "signed_at": NOW.isoformat(), "signers": [_row(), row]}
    rejected(sign(document, ED_KEY))


def test_a_key_that_makes_no_accepted_signature_is_rejected() -> None:
    entry = Entry("HK", HK1, key=ec.generate_private_key(ec.SECP384R1()).public_key())
    rejected(listed(entry))


def test_a_key_that_is_too_short_is_rejected() -> None:
    rejected(listed(Entry("HK", HK1, key=rsa.generate_private_key(65537, 1024).public_key())))


def test_a_list_of_another_sort_is_not_taken_for_a_trust_list() -> None:
    document = {
        "type": "checkpoint-kiosk/revocation-list/v1",
        "signed_at": NOW.isoformat(),
        "signers": [_row()],
    }
    rejected(sign(document, ED_KEY))


def test_several_lists_are_as_old_as_the_oldest_and_keep_every_key() -> None:
    older = datetime(2022, 5, 1, tzinfo=UTC)
    first = load_trust_list(listed(ENTRY), ED_KEY.public_key())
    both = merged([first, TrustList(first, older), TrustList(())])
    assert both.signed_at == older
    assert len(both.signers("HK1", kid_of(EC_KEY))) == 2
    assert len(merged([])) == 0


def test_a_signer_known_by_issuer_and_key_id_keeps_both() -> None:
    shc = Entry(
        "US", frozenset({"SHC"}), key=EC_KEY.public_key(), owner=ISSUER, kid=jwk()["kid"].encode(), demo=True
    )
    passes = Entry("NZ", frozenset({"NZCP"}), key=EC_KEY.public_key(), owner=DID, kid=b"key-1")
    trusted = load_trust_list(write([shc, passes], "HK", NOW, ED_KEY), ED_KEY.public_key())
    assert [(one.owner, one.kid) for one in trusted] == [(ISSUER, shc.kid), (DID, b"key-1")]
    bench = Bench(signers=tuple(trusted))
    assert bench.check(nz_pass()).signature == bench.check(card()).signature == "VALID"
    evidence = bench.check(card()).evidence
    assert evidence is not None and evidence.specimen


@pytest.mark.parametrize(
    "entry",
    [
        Entry("US", frozenset({"SHC"}), key=EC_KEY.public_key(), owner=ISSUER, kid=b"key-1"),
        Entry("US", frozenset({"SHC"}), key=EC_KEY.public_key(), owner="*", kid=jwk()["kid"].encode()),
        Entry("NZ", frozenset({"NZCP"}), key=ED_KEY.public_key(), owner=DID, kid=b"key-1"),
    ],
    ids=["wrong thumbprint", "any owner", "no P-256"],
)
def test_a_signer_whose_owner_or_key_id_cannot_be_is_rejected(entry: Entry) -> None:
    with pytest.raises(ListRejected):
        load_trust_list(write([entry], "HK", NOW, ED_KEY), ED_KEY.public_key())
