"""Signing authorities: told by content, believed because they are named, refused when they are none."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512
from hypothesis import given
from hypothesis import strategies as st

from tests.verification import made_seals as made
from tests.verification.made import EC_KEY, NOW, Bench
from tests.verification.made_seals import AUTHORITY_KEY, csca, seal_certificate
from verification.signed_lists import ListRejected
from verification.trust import certificate_fields, station_list
from verification.trust import csca as importer
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList


def pem(*certificates: bytes) -> bytes:
    return b"".join(
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(one) + b"-----END CERTIFICATE-----\n"
        for one in certificates
    )


def load(data: bytes) -> TrustList:
    return load_trust_list(data, vouched=True)


def test_pem_der_and_several_at_once_are_told_by_their_content() -> None:
    (signer,) = load(csca())
    assert (signer.issuer, signer.not_after) == ("HK", made.ENDS)
    assert signer.formats == {"VDSNC"}
    assert [one.kid for one in load(pem(csca()))] == [signer.kid]
    several = load(
        b"some words before\r\n" + pem(csca(), csca(made.RSA_AUTHORITY, "SG")).replace(b"\n", b"\r\n")
    )
    assert [one.issuer for one in several] == ["HK", "SG"]


def test_a_file_that_nobody_vouches_for_needs_a_signature() -> None:
    with pytest.raises(ListRejected, match="not signed"):
        load_trust_list(csca())
    signature = EC_KEY.sign(csca_file := csca(), ec.ECDSA(SHA512()))
    assert len(load_trust_list(csca_file, EC_KEY.public_key(), signature=signature)) == 1
    with pytest.raises(ListRejected, match="not made by a key"):
        load_trust_list(csca(), EC_KEY.public_key(), signature=signature, vouched=True)


def test_our_own_signed_list_may_carry_authorities() -> None:
    key = ec.generate_private_key(ec.SECP256R1())

    def listed(*entries: station_list.Entry) -> TrustList:
        return load_trust_list(station_list.write(entries, "made up", NOW, key), key.public_key())

    own = frozenset({"VDSNC"})
    (signer,) = listed(station_list.Entry("HK", own, certificate=csca(), demo=True))
    assert (signer.kid, signer.demo) == (next(iter(load(csca()))).kid, True)
    checked = Bench(signers=(signer,)).check(made.seal())
    assert checked.evidence is not None and checked.evidence.specimen
    for wrong in (
        station_list.Entry("SG", own, certificate=csca()),
        station_list.Entry("HK", own | {"HC1"}, certificate=csca()),
    ):
        with pytest.raises(ListRejected):
            listed(wrong)


def test_a_certificate_that_issues_nothing_is_no_authority() -> None:
    for der in (seal_certificate(), csca(ca=False)):
        with pytest.raises(ListRejected, match="authority"):
            load(der)


def test_an_authority_that_did_not_sign_itself_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(ListRejected, match="signature is wrong"):
        load(csca(signed_with=other))
    der = bytearray(csca())
    der[-1] ^= 1
    with pytest.raises(ListRejected):
        load(bytes(der))


def test_a_name_is_the_same_however_it_is_written() -> None:
    (signer,) = load(csca())
    for country, common in (("hk", "MADE UP AUTHORITY"), ("HK", "  Made  up authority ")):
        issuer = made.name(country, common)
        text = made.seal(certificate=seal_certificate(issuer=issuer))
        assert made.bench().reasons(text) == []
    assert len(signer.kid) == 8


def test_a_broken_file_is_refused_and_says_why() -> None:
    for data in (
        b"\x30\x82",
        b"\x30\x82\x00\x01\x00",
        csca()[:-5],
        csca() + b"\0",
        pem(b"nothing"),
        pem(csca())[:200],
    ):
        with pytest.raises(ListRejected):
            load(data)
    assert AUTHORITY_KEY.curve.name == "secp256r1"


@given(st.binary(max_size=120))
def test_any_bytes_give_authorities_or_a_refusal(data: bytes) -> None:
    for text in (b"\x30\x82" + data, pem(data)):
        try:
            importer.load(text)
        except ListRejected as refused:
            assert str(refused)


def test_no_byte_of_an_authority_can_be_changed_unseen() -> None:
    der = csca()
    for place, was in enumerate(der):
        for byte in {0, 1, 255, was ^ 1} - {was}:
            changed = der[:place] + bytes((byte,)) + der[place + 1 :]
            try:
                importer.load(changed)
            except ListRejected:
                continue
            read = certificate_fields.read(changed)
            assert read.issuer != read.subject, place


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_changed_authority_is_refused_unless_it_reads_as_a_link_certificate(place: int, byte: int) -> None:
    der = bytearray(csca())
    before = bytes(der)
    der[place % len(der)] = byte
    if bytes(der) == before:
        return
    try:
        importer.load(bytes(der))
    except ListRejected:
        return
    read = certificate_fields.read(bytes(der))
    assert read.issuer != read.subject
