"""ICAO master lists: the authorities of many states, signed in CMS, with DER written by hand."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made import EC_KEY, OTHER_EC_KEY, RSA_KEY, Bench
from tests.verification.made_seals import AUTHORITY_KEY, csca, seal, seal_certificate
from verification.assessment import Signature
from verification.signed_lists import ListRejected
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList

MASTER, SIGNER = "2.23.136.1.1.2", "2.23.136.1.1.3"
SIGNED_DATA, SHA = "1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1"
ECDSA, PLAIN_RSA = "1.2.840.10045.4.3.2", "1.2.840.113549.1.1.1"
AT = datetime(2022, 5, 31, 12, tzinfo=UTC)


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    width = (size.bit_length() + 7) // 8
    return bytes((tag, 0x80 | width)) + size.to_bytes(width, "big") + content


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytearray()
    for arc in (40 * first + second, *rest):
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(arc & 0x7F | 0x80)
        content += bytes(reversed(digits))
    return der(6, bytes(content))


def attribute(name: str, value: bytes) -> bytes:
    return der(0x30, oid(name), der(0x31, value))


def written(
    *authorities: bytes,
    key: Any = EC_KEY,
    beside: tuple[bytes, ...] = (),
    content_type: str = MASTER,
    said_type: str = MASTER,
    version: bytes = b"\0",
    digest_of: bytes | None = None,
    at: datetime = AT,
) -> bytes:
    listed = der(0x31, *(authorities or (csca(),)))
    content = der(0x30, der(2, version), listed)
    digest = hashlib.sha256(content if digest_of is None else digest_of).digest()
    attributes = b"".join((
        attribute("1.2.840.113549.1.9.3", oid(said_type)),
        attribute("1.2.840.113549.1.9.4", der(4, digest)),
        attribute("1.2.840.113549.1.9.5", der(0x17, at.strftime("%y%m%d%H%M%SZ").encode())),
    ))  # fmt: skip
    signed = der(0x31, attributes)
    if isinstance(key, rsa.RSAPrivateKey):
        signature, algorithm = key.sign(signed, padding.PKCS1v15(), SHA256()), PLAIN_RSA
    else:
        signature, algorithm = key.sign(signed, ec.ECDSA(SHA256())), ECDSA
    info = der(
        0x30, der(2, b"\1"), der(0x30, der(0x30), der(2, b"\1")), der(0x30, oid(SHA)),
        der(0xA0, attributes), der(0x30, oid(algorithm)), der(4, signature),
    )  # fmt: skip
    data = der(
        0x30, der(2, b"\3"), der(0x31, der(0x30, oid(SHA))),
        der(0x30, oid(content_type), der(0xA0, der(4, content))),
        *([der(0xA0, *beside)] if beside else []), der(0x31, info),
    )  # fmt: skip
    return der(0x30, oid(SIGNED_DATA), der(0xA0, data))


def loaded(data: bytes, *keys: Any) -> TrustList:
    return load_trust_list(data, *(key.public_key() for key in keys or (EC_KEY,)))


@pytest.mark.parametrize("key", [EC_KEY, RSA_KEY], ids=["ECDSA", "RSA"])
def test_a_list_signed_by_a_list_key_is_believed_and_as_old_as_its_signing_time(key: Any) -> None:
    trusted = loaded(written(key=key), OTHER_EC_KEY, key)
    assert trusted.signed_at == AT
    assert Bench(signers=tuple(trusted)).check(seal()).signature is Signature.VALID


def test_the_signer_s_own_certificate_counts_when_a_list_key_issued_it_for_this() -> None:
    beside = seal_certificate(EC_KEY, by=AUTHORITY_KEY, usages=(SIGNER,))
    assert len(loaded(written(beside=(beside,)), AUTHORITY_KEY)) == 1
    for other in (
        seal_certificate(EC_KEY, by=AUTHORITY_KEY),
        seal_certificate(EC_KEY, by=AUTHORITY_KEY, usages=None),
        seal_certificate(EC_KEY, by=OTHER_EC_KEY, usages=(SIGNER,)),
        seal_certificate(EC_KEY, by=AUTHORITY_KEY, usages=(SIGNER,), ends=datetime(2022, 1, 1, tzinfo=UTC)),
        seal_certificate(OTHER_EC_KEY, by=AUTHORITY_KEY, usages=(SIGNER,)),
    ):
        with pytest.raises(ListRejected, match="not made by a key"):
            loaded(written(beside=(other,)), AUTHORITY_KEY)


def test_certificates_that_cannot_be_used_are_left_out() -> None:
    usable = csca()
    trusted = loaded(written(csca(ca=False), usable, der(0x30, b"\5\0"), csca(country="SG")))
    assert {signer.issuer for signer in trusted} == {"HK", "SG"}


@pytest.mark.parametrize(
    "data",
    [
        written(key=OTHER_EC_KEY),
        written(digest_of=b"something else"),
        written(said_type="1.2.840.113549.1.7.1"),
        written().replace(b"Made up authority", b"Made up authoritx", 1),
        written(at=datetime(2022, 5, 30, tzinfo=UTC)).replace(b"220530", b"220531"),
    ],
    ids=["a stranger's", "another digest", "another type", "another certificate", "another time"],
)
def test_what_nobody_trusted_signed_is_not_believed(data: bytes) -> None:
    with pytest.raises(ListRejected, match="not made by a key"):
        loaded(data)


@pytest.mark.parametrize(
    "data",
    [
        written(content_type="1.2.840.113549.1.7.1"),
        written(version=b"\1"),
        written(csca(ca=False)),
        written()[:-1],
        written() + b"\0",
        written()[:40],
    ],
    ids=range(6),
)
def test_what_is_no_master_list_is_refused(data: bytes) -> None:
    with pytest.raises(ListRejected):
        loaded(data)


GENUINE = written(beside=(seal_certificate(EC_KEY, by=AUTHORITY_KEY, usages=(SIGNER,)),))


@given(st.integers(0, len(GENUINE) - 1), st.integers(0, 255), st.booleans())
def test_whatever_is_bent_gives_the_list_that_was_signed_or_a_refusal(at: int, byte: int, cut: bool) -> None:
    bent = GENUINE[:at] if cut else GENUINE[:at] + bytes((byte,)) + GENUINE[at + 1 :]
    try:
        trusted = loaded(bent, AUTHORITY_KEY)
    except ListRejected:
        return
    assert [signer.issuer for signer in trusted] == ["HK"] and trusted.signed_at == AT


def test_naming_the_file_does_not_stand_for_its_signature() -> None:
    with pytest.raises(ListRejected):
        load_trust_list(written(), vouched=True)
