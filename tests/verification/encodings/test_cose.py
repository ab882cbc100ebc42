"""COSE_Sign1: the key says which algorithm, and only exact messages and signatures count."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

from tests.verification.made import EC_KEY, ED_KEY, P256_ORDER, RSA_KEY, message, raw_sign
from verification.encodings import ecdsa
from verification.encodings.cose import algorithm_of, is_weak, parse, signed_by
from verification.encodings.malformed import Malformed

PAYLOAD = b"what was signed"


@pytest.mark.parametrize("key", [EC_KEY, RSA_KEY, ED_KEY], ids=["ES256", "PS256", "EdDSA"])
@pytest.mark.parametrize("tags", [(), (18,), (61, 18)], ids=["untagged", "18", "61 and 18"])
def test_a_message_of_a_second_implementation_is_believed(key: Any, tags: tuple[int, ...]) -> None:
    parsed = parse(message(PAYLOAD, key, tags=tags))
    assert parsed.payload == PAYLOAD
    assert parsed.algorithm == algorithm_of(key.public_key())
    assert signed_by(key.public_key(), parsed.signature, parsed.signed_bytes())


@pytest.mark.parametrize("size", [0, 23, 24, 255, 256, 65535, 65536])
def test_the_signed_bytes_are_those_of_a_second_implementation_at_every_length(size: int) -> None:
    parsed = parse(message(b"", EC_KEY))
    longer = type(parsed)(parsed.protected, bytes(size), b"", None, None)
    assert longer.signed_bytes(b"aad") == cbor2.dumps(["Signature1", parsed.protected, b"aad", bytes(size)])


def test_an_empty_protected_header_is_signed_as_no_bytes_however_it_is_written() -> None:
    cose = cbor2.loads(message(PAYLOAD, protected=b"", unprotected={1: -7, 4: b"k"}))
    written = cbor2.dumps(cbor2.CBORTag(18, [b"\xa0", *cose.value[1:]]))
    parsed = parse(written)
    assert signed_by(EC_KEY.public_key(), parsed.signature, parsed.signed_bytes())


def test_the_protected_header_goes_before_the_unprotected_one() -> None:
    parsed = parse(message(PAYLOAD, protected={1: -7, 4: b"inside"}, unprotected={1: -37, 4: b"outside"}))
    assert (parsed.algorithm, parsed.kid) == (-7, b"inside")
    assert parse(message(PAYLOAD, protected={1: -7}, unprotected={4: b"outside"})).kid == b"outside"


@pytest.mark.parametrize(
    ("cose", "rule"),
    [
        (message(PAYLOAD, tags=(17,)), "the tag of another message"),
        (message(PAYLOAD, tags=(61,)), "a CWT tag alone"),
        (message(PAYLOAD, tags=(18, 18)), "the tag twice"),
        (message(PAYLOAD, tags=(61, 61, 18)), "the CWT tag twice"),
        (message(PAYLOAD, tags=(55799, 18)), "another tag outside"),
        (message(PAYLOAD) + b"\0", "bytes after the message"),
        (message(PAYLOAD, protected={1: -7, 2: [4], 4: b"k"}), "a critical parameter"),
        (message(PAYLOAD, unprotected={2: [1]}), "a critical parameter outside"),
        (message(PAYLOAD, protected=cbor2.dumps([1])), "a protected header that is no map"),
        (message(PAYLOAD, protected=b"\xa1\x01\x26\x00"), "bytes after the protected header"),
        (message(PAYLOAD, protected=b"\xa2\x01\x26\x01\x38\x24"), "two algorithms in one header"),
        (cbor2.dumps(cbor2.CBORTag(18, [b"", {}, PAYLOAD])), "no signature"),
        (cbor2.dumps(cbor2.CBORTag(18, [b"", {}, None, b"s"])), "a detached payload"),
        (cbor2.dumps(cbor2.CBORTag(18, [b"", [], PAYLOAD, b"s"])), "an unprotected header that is no map"),
        (cbor2.dumps(cbor2.CBORTag(18, [b"", {}, PAYLOAD, b"s", b""])), "a fifth part"),
        (cbor2.dumps(PAYLOAD), "a byte string"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_other_shapes_are_refused(cose: bytes, rule: str) -> None:
    with pytest.raises(Malformed):
        parse(cose)


@pytest.mark.parametrize("alg", [None, "ES256", True, -7.0, [-7]])
def test_an_algorithm_that_is_no_integer_is_none(alg: Any) -> None:
    header = {4: b"k"} | ({} if alg is None else {1: alg})
    assert parse(message(PAYLOAD, protected=header)).algorithm is None


def _raw(r: int, s: int) -> bytes:
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def test_ecdsa_signatures_are_raw_and_in_range() -> None:
    data = parse(message(PAYLOAD)).signed_bytes()
    good = raw_sign(EC_KEY, data)
    key = EC_KEY.public_key()
    r, s = int.from_bytes(good[:32], "big"), int.from_bytes(good[32:], "big")
    assert signed_by(key, good, data)
    assert signed_by(key, _raw(r, P256_ORDER - s), data), "the twin is a signature too"
    wrong = {
        "DER": EC_KEY.sign(data, ec.ECDSA(SHA256())),
        "empty": b"",
        "longer": good + b"\0",
        "a zero before s": good[:32] + b"\0" + good[32:],
        "much longer": good * 2,
        "shorter": good[:-1],
        "r = 0": _raw(0, s),
        "s = 0": _raw(r, 0),
        "both 0": _raw(0, 0),
        "r = n": _raw(P256_ORDER, s),
        "s = n": _raw(r, P256_ORDER),
        "r + n": (r + P256_ORDER).to_bytes(33, "big")[-32:] + good[32:],
        "swapped": good[32:] + good[:32],
        "all ones": b"\xff" * 64,
    }
    assert {name for name, signature in wrong.items() if signed_by(key, signature, data)} == set()


def test_pss_has_a_salt_of_thirty_two_bytes_and_nothing_else_counts() -> None:
    key = RSA_KEY.public_key()
    data = b"data"
    for salt, good in ((32, True), (20, False), (0, False)):
        signature = RSA_KEY.sign(data, padding.PSS(padding.MGF1(SHA256()), salt), SHA256())
        assert signed_by(key, signature, data) is good
    assert not signed_by(key, RSA_KEY.sign(data, padding.PKCS1v15(), SHA256()), data)


def test_keys_that_make_no_accepted_signature_have_no_algorithm() -> None:
    assert algorithm_of(ec.generate_private_key(ec.SECP384R1()).public_key()) is None
    assert algorithm_of(ec.generate_private_key(ec.SECP256K1()).public_key()) is None


def test_short_rsa_keys_are_known_to_be_weak() -> None:
    assert is_weak(rsa.generate_private_key(65537, 1024).public_key())
    assert not any(is_weak(key.public_key()) for key in (RSA_KEY, EC_KEY, ED_KEY))


@pytest.mark.parametrize(
    ("header", "claimed"),
    [
        (b"\xa2\x01\x26\x04\x48MadeUpId", (-7, b"MadeUpId")),
        (b"\xa2\x04\x48MadeUpId\x01\x26", (-7, b"MadeUpId")),
        (b"\xa2\x01\x27\x04\x48MadeUpId", (-8, b"MadeUpId")),
        (b"\xa2\x01\x26\x04\x47MadeUpI", (-7, b"MadeUpI")),
    ],
    ids=["as most are written", "key id first", "another algorithm", "a shorter key id"],
)
def test_headers_say_the_same_in_whatever_way_they_are_written(
    header: bytes, claimed: tuple[int, bytes]
) -> None:
    parsed = parse(message(PAYLOAD, protected=header))
    assert (parsed.algorithm, parsed.kid, parsed.protected) == (*claimed, header)


@pytest.mark.parametrize("header", [b"\xa2\x01\x26\x04\x48MadeUpI", b"\xa2\x01\x26\x04\x48MadeUpId\x00"])
def test_a_header_that_only_begins_like_most_is_refused(header: bytes) -> None:
    with pytest.raises(Malformed):
        parse(message(PAYLOAD, protected=header))


def test_a_critical_parameter_outside_the_usual_header_is_refused() -> None:
    with pytest.raises(Malformed):
        parse(message(PAYLOAD, protected=b"\xa2\x01\x26\x04\x48MadeUpId", unprotected={2: [1]}))


def _taken_apart(data: bytes) -> Any:
    try:
        return parse(data)
    except Malformed:
        return None


@pytest.mark.parametrize("size", [0, 23, 24, 255, 256, 1000])
def test_a_message_read_in_place_is_read_as_every_other_byte_for_byte(size: int) -> None:
    usual = message(bytes(size), protected=cbor2.dumps({1: -7, 4: b"12345678"}))
    assert usual[:8] == b"\xd2\x84\x4d\xa2\x01\x26\x04\x48"
    changed = [
        usual[:at] + bytes((usual[at] ^ bit,)) + usual[at + 1 :] for at in range(24) for bit in range(1, 256)
    ]
    changed += [usual[:-66] + bytes((head,)) + usual[-65:] for head in range(256)]
    changed += [usual[:-65] + bytes((size,)) + usual[-64:] for size in range(256)]
    changed += [usual[:end] for end in range(len(usual))] + [usual + b"\0"]
    longer = usual[:17] + b"\x59" + size.to_bytes(2) + usual[17:][1 + (size >= 24) + (size >= 256) :]
    for data in [usual, longer, *changed]:
        assert _taken_apart(data) == _taken_apart(b"\xd8\x3d" + data) or data[0] != 0xD2
    assert (_taken_apart(longer) is None) is (size < 256)


@pytest.mark.parametrize(
    "curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda curve: curve.name
)
def test_raw_signatures_of_every_curve_hold_whatever_their_numbers_begin_with(
    curve: ec.EllipticCurve,
) -> None:
    key = ec.generate_private_key(curve)
    hashed = {256: SHA256(), 384: SHA384(), 521: SHA512()}[curve.key_size]
    size = (curve.key_size + 7) // 8
    beginnings = set()
    for number in range(400):
        data = number.to_bytes(2)
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashed)))
        raw = r.to_bytes(size) + s.to_bytes(size)
        beginnings |= {raw[0] == 0, raw[0] > 127}
        assert ecdsa.signed_by(key.public_key(), raw, data)
        assert not ecdsa.signed_by(key.public_key(), raw, data + b"\0")
    assert beginnings == {True, False}
