"""Who signed a VDS-NC seal: its signature, its certificate, and the chain to an authority."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.verification import made_seals as made
from tests.verification.made import ED_KEY, NOW, RSA_KEY, Bench
from tests.verification.made_seals import SEAL_KEY, bench, canonical, csca, seal, seal_certificate, sign, url
from verification.encodings.der import SEQUENCE, elements, only

BENCH = bench()
NAMES = ["hdr", "msg", "t", "v", "is", "ve", "vd", "dvc", "dis", "pid", "n", "dat", "tr", "r", "sc"]
UNKNOWN = ["UNKNOWN_SIGNER"]


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda one: one.name)
def test_each_curve_signs_with_its_own_hash_and_under_its_own_name(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    assert BENCH.reasons(seal(key=key)) == []
    for name in ("ES256", "ES384", "ES512", "none", "HS256", "RS256", "es256", None, 5):
        if name != made.NAMES[curve.key_size]:
            assert BENCH.reasons(seal(key=key, alg=name)) == ["ALGORITHM_MISMATCH"]


def test_one_changed_character_of_the_data_spoils_the_signature() -> None:
    whole = json.loads(seal())
    for place, changed in (("n", "MUSTER  MIB"), ("dob", "1970-01-02"), ("i", "X0000001"), ("sex", "F")):
        data = json.loads(json.dumps(whole["data"]))
        data["msg"]["pid"][place] = changed
        assert BENCH.reasons(json.dumps(whole | {"data": data})) == ["SIGNATURE_INVALID"]


def test_a_signature_in_another_form_is_invalid() -> None:
    data = made.vaccination()
    raw = sign(data)
    der = SEAL_KEY.sign(canonical(data), ec.ECDSA(made.HASHES[256]))
    zero = bytes(64)
    for wrong in (
        b"",
        der,
        raw + b"\0",
        raw[:-1],
        zero,
        raw[:32] + b"\0" + raw[32:],
        b"\xff" * 64,
        raw[:32] + bytes(32),
    ):
        assert BENCH.reasons(seal(data, sigvl=url(wrong))) == ["SIGNATURE_INVALID"]


def test_whom_no_authority_vouches_for_is_unknown() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    assert BENCH.reasons(seal(certificate=seal_certificate(by=other))) == UNKNOWN, "the name alone is nothing"
    assert BENCH.reasons(seal(certificate=seal_certificate(issuer=made.name("SG")))) == UNKNOWN
    assert BENCH.reasons(seal(cer=None)) == UNKNOWN
    assert bench(csca(other)).reasons(seal()) == UNKNOWN
    assert BENCH.reasons(seal(certificate=csca(SEAL_KEY))) == UNKNOWN, "an authority of one's own"


def test_without_any_trust_list_nothing_is_checked() -> None:
    assert Bench(signers=()).reasons(seal()) == ["NO_TRUST_LIST"]


def test_a_certificate_whose_key_makes_no_such_signature_is_unknown() -> None:
    for key in (RSA_KEY, ED_KEY, ec.generate_private_key(ec.SECP256K1())):
        assert BENCH.reasons(seal(certificate=seal_certificate(key))) == UNKNOWN


def test_the_key_of_another_certificate_does_not_sign() -> None:
    other = seal_certificate(ec.generate_private_key(ec.SECP256R1()))
    assert BENCH.reasons(seal(certificate=other)) == ["SIGNATURE_INVALID"]


def _with_a_parameter_too_many(der: bytes) -> bytes:
    """The certificate with NULL beside the algorithm inside, as Japan issued some, signed anew."""
    (_, tbs, _), (_, _, outer), _ = elements(only(der, SEQUENCE))
    parts = [whole for _, _, whole in elements(tbs)]
    oid = next(whole for _, _, whole in elements(only(parts[2], SEQUENCE)))
    parts[2] = wrapped(0x30, oid + b"\x05\x00")
    changed = wrapped(0x30, b"".join(parts))
    signature = made.AUTHORITY_KEY.sign(changed, ec.ECDSA(made.HASHES[256]))
    return wrapped(0x30, changed + outer + wrapped(0x03, b"\0" + signature))


def wrapped(tag: int, content: bytes) -> bytes:
    size = len(content)
    width = 0 if size < 128 else (size.bit_length() + 7) // 8
    length = bytes((0x80 | width,)) + size.to_bytes(width, "big") if width else bytes((size,))
    return bytes((tag,)) + length + content


def test_a_certificate_that_a_strict_parser_refuses_is_still_read() -> None:
    certificate = _with_a_parameter_too_many(seal_certificate())
    with pytest.raises(ValueError, match="ExtraData"):
        x509.load_der_x509_certificate(certificate).public_key()
    assert BENCH.reasons(seal(certificate=certificate)) == []


def test_a_certificate_that_names_two_algorithms_is_malformed() -> None:
    certificate = seal_certificate()
    sha256, sha384 = b"\x2a\x86\x48\xce\x3d\x04\x03\x02", b"\x2a\x86\x48\xce\x3d\x04\x03\x03"
    assert certificate.count(sha256) == 2
    changed = certificate.replace(sha256, sha384, 1)
    assert BENCH.reasons(seal(certificate=changed)) == ["MALFORMED"]
    assert BENCH.reasons(seal(certificate=certificate.replace(sha256, sha384))) == UNKNOWN


def test_authorities_sign_with_rsa_too() -> None:
    for pss in (False, True):
        trusting = bench(csca(made.RSA_AUTHORITY, pss=pss))
        assert trusting.reasons(seal(certificate=seal_certificate(by=made.RSA_AUTHORITY, pss=pss))) == []
        assert trusting.reasons(seal()) == UNKNOWN


def test_every_authority_of_one_name_is_tried() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    both = bench(csca(other), csca())
    assert both.reasons(seal()) == []
    assert both.reasons(seal(certificate=seal_certificate(by=other))) == []


def test_the_dates_of_certificate_and_authority_count_at_the_time_of_the_check() -> None:
    late = NOW + timedelta(days=1)
    assert BENCH.reasons(seal(certificate=seal_certificate(ends=NOW)), late) == ["SIGNER_EXPIRED"]
    assert bench(csca(ends=NOW)).reasons(seal(), late) == ["SIGNER_EXPIRED"]
    early = seal(certificate=seal_certificate(begins=late))
    assert BENCH.reasons(early) == ["SIGNER_NOT_YET_VALID"]


@pytest.mark.parametrize(
    ("usages", "types", "allowed"),
    [
        ((made.HEALTH_SEAL,), None, True),
        ((made.HEALTH_SEAL,), ("NV",), True),
        ((made.HEALTH_SEAL,), ("NT", "NV"), True),
        ((made.HEALTH_SEAL,), ("NT",), False),
        ((made.HEALTH_SEAL,), ("P", "I"), False),
        ((made.HEALTH_SEAL,), (), False),
        (("1.3.6.1.5.5.7.3.1",), ("NV",), False),
        (None, ("NV",), False),
        (None, None, False),
    ],
)
def test_a_certificate_for_something_else_signs_no_seals(usages: Any, types: Any, allowed: bool) -> None:
    certificate = seal_certificate(usages=usages, types=types)
    assert BENCH.reasons(seal(certificate=certificate)) == ([] if allowed else ["KEY_USAGE"])


def test_an_authority_vouches_for_its_own_state_alone() -> None:
    assert BENCH.reasons(seal(made.vaccination("SGP"))) == ["KEY_USAGE"]
    assert BENCH.reasons(seal(made.vaccination("HK"))) == []
    assert bench(csca(country="DE")).reasons(
        seal(made.vaccination("D"), certificate=seal_certificate(issuer=made.name("DE")))
    ) == []  # fmt: skip
