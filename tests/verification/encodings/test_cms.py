"""Signed messages of the gateway: read in DER and in open lengths, believed for a trusted key alone."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.made_cms import EC_KEY, K256, P521, RSA_KEY, SHORT_RSA, certificate
from verification.encodings.cms import MAX_BYTES, CmsRejected, signed_content

CONTENT = b'{"made": "up"}'


def message(key: Any = EC_KEY, digest: Any = None, *options: PKCS7Options, pss: bool = False) -> bytes:
    chosen = digest or SHA256()
    salted = padding.PSS(padding.MGF1(chosen), chosen.digest_size) if pss else None
    builder = PKCS7SignatureBuilder().set_data(CONTENT)
    builder = builder.add_signer(certificate(key), key, chosen, rsa_padding=salted)
    return builder.sign(Encoding.DER, [PKCS7Options.Binary, *options])


def opened(data: bytes, *keys: Any) -> bytes:
    return signed_content(data, [key.public_key() for key in keys])


def in_open_lengths(data: bytes, depth: int = 0) -> bytes:
    """The same in BER as Java's libraries write it: lengths left open, the content cut in two pieces."""
    made, at = b"", 0
    while at < len(data):
        tag, size, begin = data[at], data[at + 1], at + 2
        if size & 0x80:
            width = size & 0x7F
            size, begin = int.from_bytes(data[begin : begin + width], "big"), begin + width
        content = data[begin : begin + size]
        if tag == 0x04 and content == CONTENT:
            half = len(content) // 2
            pieces = b"".join(b"\x04" + bytes([len(one)]) + one for one in (content[:half], content[half:]))
            made += b"\x24\x80" + pieces + b"\0\0"
        elif tag in (0x30, 0xA0) and depth < 5 and CONTENT in content:
            made += bytes([tag, 0x80]) + in_open_lengths(content, depth + 1) + b"\0\0"
        else:
            made += data[at : begin + size]
        at = begin + size
    return made


@pytest.mark.parametrize(
    ("key", "digest"),
    [(EC_KEY, SHA256()), (EC_KEY, SHA512()), (P521, SHA384()), (RSA_KEY, SHA256()), (RSA_KEY, SHA384())],
)
@pytest.mark.parametrize("options", [(), (PKCS7Options.NoAttributes,), (PKCS7Options.NoCerts,)])
def test_what_a_trusted_key_signed_is_given_out(
    key: Any, digest: Any, options: tuple[PKCS7Options, ...]
) -> None:
    made = message(key, digest, *options)
    assert opened(made, EC_KEY, P521, RSA_KEY) == CONTENT
    assert opened(in_open_lengths(made), EC_KEY, P521, RSA_KEY) == CONTENT
    assert in_open_lengths(made)[:2] == b"\x30\x80"


def test_salted_rsa_is_read() -> None:
    assert opened(message(RSA_KEY, SHA256(), pss=True), RSA_KEY) == CONTENT


@pytest.mark.parametrize("keys", [(), (P521,), (RSA_KEY,)])
def test_a_key_that_nobody_trusts_is_not_believed_for_the_certificate_inside(keys: tuple[Any, ...]) -> None:
    with pytest.raises(CmsRejected, match="not signed with a key that is trusted"):
        opened(message(), *keys)


@pytest.mark.parametrize("key", [SHORT_RSA, K256])
def test_weak_keys_sign_nothing(key: Any) -> None:
    with pytest.raises(CmsRejected, match="not signed with a key"):
        opened(message(key), key)


def test_a_message_whose_content_stands_apart_is_not_read() -> None:
    with pytest.raises(CmsRejected, match="no signed CMS message"):
        opened(message(EC_KEY, None, PKCS7Options.DetachedSignature), EC_KEY)


def test_two_signers_are_one_too_many() -> None:
    builder = PKCS7SignatureBuilder().set_data(CONTENT)
    for key in (EC_KEY, P521):
        builder = builder.add_signer(certificate(key), key, SHA256())
    with pytest.raises(CmsRejected, match="no signed CMS message"):
        opened(builder.sign(Encoding.DER, [PKCS7Options.Binary]), EC_KEY, P521)


def test_a_digest_of_another_sort_is_not_read() -> None:
    named = bytes.fromhex("0609608648016503040201")
    assert message().count(named) == 2
    with pytest.raises(CmsRejected, match="no signed CMS message"):
        opened(message().replace(named, bytes.fromhex("0609608648016503040204")), EC_KEY)


MADE = [message(), in_open_lengths(message()), message(EC_KEY, None, PKCS7Options.NoAttributes)]


@pytest.mark.parametrize("made", MADE)
def test_no_changed_byte_changes_what_is_believed(made: bytes) -> None:
    believed = set()
    for place in range(len(made)):
        for bit in (0x01, 0x80):
            changed = made[:place] + bytes([made[place] ^ bit]) + made[place + 1 :]
            try:
                believed.add(opened(changed, EC_KEY))
            except CmsRejected:
                continue
    assert believed == {CONTENT}, (
        "a change in the certificate inside or in the signer's name is no change of content"
    )


@pytest.mark.parametrize("made", MADE)
def test_a_message_cut_short_or_gone_on_with_is_not_read(made: bytes) -> None:
    for end in range(len(made)):
        with pytest.raises(CmsRejected):
            opened(made[:end], EC_KEY)
    with pytest.raises(CmsRejected):
        opened(made + b"\0", EC_KEY)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(CmsRejected):
        opened(data, EC_KEY)


@pytest.mark.parametrize(
    "data",
    [
        b"\x30\x80" * 5000,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x82\x27\x10" + b"\x05\x00" * 5000,
        b"\x1f\x81\x01\x00",
        b"\x04\x80\x00\x00",
        b"\0" * (MAX_BYTES + 1),
    ],
    ids=len,
)
def test_work_is_bounded(data: bytes) -> None:
    with pytest.raises(CmsRejected):
        opened(data, EC_KEY)


def test_the_sort_of_content_is_the_one_that_was_signed() -> None:
    plain, other = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010705")
    with pytest.raises(CmsRejected, match="no signed CMS message"):
        opened(message().replace(plain, other, 1), EC_KEY)
