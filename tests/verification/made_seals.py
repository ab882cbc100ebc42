"""Seals made in the test itself: an authority, a certificate of its own, a signature over canonical JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.verification.made import Bench
from verification.trust.csca import authority

HEALTH_SEAL = "2.23.136.1.1.14.2"
AUTHORITY_KEY = ec.generate_private_key(ec.SECP256R1())
SEAL_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_AUTHORITY = rsa.generate_private_key(65537, 2048)
HASHES = {256: SHA256(), 384: SHA384(), 521: SHA512()}
NAMES = {256: "ES256", 384: "ES384", 521: "ES512"}
BEGINS, ENDS = datetime(2021, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)


def name(country: str = "HK", common: str = "Made up authority") -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, country), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def csca(
    key: Any = AUTHORITY_KEY,
    country: str = "HK",
    signed_with: Any = None,
    ca: bool = True,
    ends: datetime = ENDS,
    pss: bool = False,
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(country))
        .issuer_name(name(country))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(BEGINS)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return signed(builder, signed_with or key, pss)


def seal_certificate(
    key: Any = SEAL_KEY,
    by: Any = AUTHORITY_KEY,
    issuer: x509.Name | None = None,
    usages: Sequence[str] | None = (HEALTH_SEAL,),
    types: Sequence[str] | None = None,
    begins: datetime = BEGINS,
    ends: datetime = ENDS,
    pss: bool = False,
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common="Made up seals"))
        .issuer_name(issuer or name())
        .public_key(key.public_key())
        .serial_number(2)
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    if usages is not None:
        oids = [x509.ObjectIdentifier(one) for one in usages]
        builder = builder.add_extension(x509.ExtendedKeyUsage(oids), critical=True)
    if types is not None:
        texts = b"".join(b"\x13" + bytes((len(one),)) + one.encode() for one in types)
        inner = b"\x02\x01\x00\x31" + bytes((len(texts),)) + texts
        value = b"\x30" + bytes((len(inner),)) + inner
        oid = x509.ObjectIdentifier("2.23.136.1.1.6.2")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, value), critical=False)
    return signed(builder, by, pss)


def signed(builder: x509.CertificateBuilder, key: Any, pss: bool = False) -> bytes:
    scheme = padding.PSS(padding.MGF1(SHA256()), 32) if pss else None
    return builder.sign(key, SHA256(), rsa_padding=scheme).public_bytes(Encoding.DER)


def vaccination(state: str = "HKG", **message: Any) -> dict[str, Any]:
    dose = {"dvc": "2022-01-17", "seq": 2, "ctr": "HKG", "adm": "Made up", "lot": "MADEUP"}
    body = {
        "uvci": "MADEUP1",
        "pid": {"n": "MUSTER  MIA", "dob": "1970-01-01", "i": "X0000000"},
        "ve": [{"des": "XM68M6", "dis": "RA01.0", "nam": "Made up vaccine", "vd": [dose]}],
    }
    return {"hdr": {"t": "icao.vacc", "v": 1, "is": state}, "msg": body | message}


def test_result(state: str = "HKG", result: str = "negative") -> dict[str, Any]:
    body = {
        "utci": "MADEUP2",
        "pid": {"n": "MUSTER  MIA", "dob": "1970-01-01", "dt": "P", "dn": "X0000000"},
        "sp": {"spn": "Made up", "ctr": "HKG", "cd": {"p": "+0000"}},
        "dat": {"sc": "2022-06-01T08:00:00+08:00", "ri": "2022-06-01T14:00:00+08:00"},
        "tr": {"tc": "molecular(PCR)", "r": result},
    }
    return {"hdr": {"t": "icao.test", "v": 1, "is": state}, "msg": body}


test_result.__test__ = False  # type: ignore[attr-defined]


def canonical(data: Any) -> bytes:
    """Enough of RFC 8785 for made-up data: ASCII names, no fractions."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(data: Any, key: Any = SEAL_KEY) -> bytes:
    size = (key.curve.key_size + 7) // 8
    r, s = decode_dss_signature(key.sign(canonical(data), ec.ECDSA(HASHES[key.curve.key_size])))
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def seal(data: Any = None, key: Any = SEAL_KEY, certificate: bytes | None = None, **sig: Any) -> str:
    """A seal as text; members of `sig` are replaced, None leaves one out."""
    data = vaccination() if data is None else data
    made: dict[str, Any] = {
        "alg": NAMES[key.curve.key_size],
        "cer": url(seal_certificate(key) if certificate is None else certificate),
        "sigvl": url(sign(data, key)),
    } | sig
    return json.dumps(
        {"data": data, "sig": {name: value for name, value in made.items() if value is not None}}
    )


def bench(*certificates: bytes, **changes: Any) -> Bench:
    signers = [authority(der) for der in certificates or (csca(),)]
    return Bench(signers=tuple(replace(signer, **changes) for signer in signers))
