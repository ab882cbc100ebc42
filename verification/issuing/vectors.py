"""Test vectors of the colour code: fixed keys, fixed times, so that anybody can make the same bytes again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from verification.evidence import Colour, Direction, Kind, Use
from verification.formats import colour_claims as keys
from verification.issuing.authority import Authority, found_authority
from verification.issuing.colour_code import ColourCode, claims, lifetime
from verification.issuing.container import sign1, wrap
from verification.issuing.holder import holder_digest
from verification.signed_lists import SigningKey

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""The time at which every vector is to be judged: 12:00 in Hong Kong."""
SALT = hashlib.sha256(b"colour code demo salt").digest()
STATE, NUMBER = "UTO", "L898902C3"
"""Utopia and its passport number: the made-up document of ICAO 9303-4 appendix A."""


def vectors() -> dict[str, Any]:
    """The whole document: demo keys (never to be trusted outside tests), the holder digest, the codes."""
    authorities = {one.issuer: one for one in _authorities()}
    return {
        "about": "Test vectors of docs/colour-code.md (`main.py issue vectors`). Every key is a DEMO KEY.",
        "judged_at": AT.isoformat(),
        "keys": [_key(one) for one in authorities.values()],
        "holder": {
            "salt": SALT.hex(),
            "state": STATE,
            "number": NUMBER,
            "digest": holder_digest(STATE, NUMBER, SALT).hex(),
        },
        "codes": [*_good(authorities), *_bad(authorities)],
    }


def as_text() -> str:
    """The document as it is kept in docs/colour-code-vectors.json."""
    return json.dumps(vectors(), indent=2, ensure_ascii=False) + "\n"


def _authorities() -> Iterator[Authority]:
    for issuer, formats, algorithm in (
        ("HK", {"HK1"}, "ES256"),
        ("MO", {"MO1"}, "EdDSA"),
        ("CN", {"CD1", "PV1"}, "ES256"),
    ):
        seed = hashlib.sha256(f"colour code demo key {issuer}".encode()).digest()
        key: SigningKey = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        if algorithm == "ES256":
            key = ec.derive_private_key(int.from_bytes(seed, "big"), ec.SECP256R1())
        yield found_authority(issuer, frozenset(formats), AT, key=key)


def _key(authority: Authority) -> dict[str, Any]:
    private = authority.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = authority.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "issuer": authority.issuer,
        "formats": sorted(authority.formats),
        "algorithm": authority.algorithm,
        "kid": authority.kid(min(authority.formats)).hex(),
        "demo_private_key": private.decode(),
        "public_key": public.decode(),
    }


def _good(authorities: dict[str, Authority]) -> Iterator[dict[str, Any]]:
    holder = holder_digest(STATE, NUMBER, SALT)
    hour_ago = AT - timedelta(hours=1)
    hk = {"prefix": "HK1", "issued_at": hour_ago, "expires_at": lifetime("HK1", hour_ago)}
    mo = {"prefix": "MO1", "issued_at": hour_ago, "expires_at": lifetime("MO1", hour_ago)}
    full = ColourCode(
        cti=_cti(2),
        not_before=hour_ago,
        colour=Colour.GREEN,
        direction=Direction.TO_MAINLAND,
        use=Use.SINGLE,
        until=AT + timedelta(hours=3),
        masked_name="T******** S*******",
        holder=holder,
        status=123_456,
        **hk,  # type: ignore[arg-type]
    )
    for name, issuer, code in (
        ("smallest", "HK", ColourCode(cti=_cti(1), colour=Colour.GREEN, **hk)),  # type: ignore[arg-type]
        ("every key", "HK", full),
        ("red", "HK", ColourCode(cti=_cti(3), colour=Colour.RED, **hk)),  # type: ignore[arg-type]
        ("Ed25519", "MO", ColourCode(cti=_cti(4), colour=Colour.YELLOW, holder=holder, **mo)),  # type: ignore[arg-type]
        ("declaration for one use", "CN", _declaration(holder)),
        ("paper", "CN", _paper()),
    ):
        yield _vector(name, authorities[issuer], code.prefix, claims(code, authorities[issuer]), "valid")


def _declaration(holder: bytes) -> ColourCode:
    issued = AT - timedelta(hours=5)
    return ColourCode(
        prefix="CD1",
        cti=_cti(5),
        issued_at=issued,
        expires_at=lifetime("CD1", issued),
        use=Use.SINGLE,
        direction=Direction.TO_MAINLAND,
        holder=holder,
    )


def _paper() -> ColourCode:
    issued = AT - timedelta(days=10)
    return ColourCode(
        prefix="PV1",
        cti=_cti(6),
        issued_at=issued,
        expires_at=issued + timedelta(days=180),
        kind=Kind.VACCINATION,
    )


def _bad(authorities: dict[str, Authority]) -> Iterator[dict[str, Any]]:
    hk = authorities["HK"]
    yesterday = AT - timedelta(days=1)
    old = ColourCode(
        prefix="HK1",
        cti=_cti(7),
        issued_at=yesterday,
        expires_at=lifetime("HK1", yesterday),
        colour=Colour.GREEN,
    )
    good = claims(
        ColourCode(
            prefix="HK1", cti=_cti(8), issued_at=AT, expires_at=lifetime("HK1", AT), colour=Colour.RED
        ),
        hk,
    )
    statement = good[keys.CLAIM]
    colourless = {**good, keys.CLAIM: {key: value for key, value in statement.items() if key != keys.COLOUR}}
    yield _vector("expired yesterday at midnight", hk, "HK1", claims(old, hk), "expired")
    yield _vector("no colour", hk, "HK1", colourless, "malformed")
    yield _vector(
        "a key that does not exist", hk, "HK1", {**good, keys.CLAIM: {**statement, 11: 1}}, "malformed"
    )
    yield _vector("a short identifier", hk, "HK1", {**good, keys.CTI: _cti(8)[:15]}, "malformed")
    yield _vector(
        "a scheme of another prefix",
        hk,
        "HK1",
        {**good, keys.CLAIM: {**statement, keys.SCHEME: "GD"}},
        "malformed",
    )
    repainted = {**good, keys.CLAIM: {**statement, keys.COLOUR: 1}}
    yield _repainted(hk, good, repainted)
    yield _vector(
        "signed by a key for another issuer", hk, "HK1", {**good, keys.ISS: "MO"}, "not this issuer's key"
    )


def _repainted(authority: Authority, red: dict[int, Any], green: dict[int, Any]) -> dict[str, Any]:
    """Red claims that were signed, green claims under the same signature."""
    made = _vector("red painted green", authority, "HK1", red, "signature invalid")
    message = cbor2.loads(bytes.fromhex(made["cose_sign1"]))
    payload = cbor2.dumps(green, canonical=True)
    forged = cbor2.dumps(cbor2.CBORTag(18, [message.value[0], {}, payload, message.value[3]]), canonical=True)
    return {**made, "claims": payload.hex(), "cose_sign1": forged.hex(), "text": "HK1:" + wrap(forged)}


def _vector(
    name: str, authority: Authority, prefix: str, table: dict[int, Any], expected: str
) -> dict[str, Any]:
    payload = cbor2.dumps(table, canonical=True)
    message = sign1(payload, authority.key, authority.kid(min(authority.formats)), authority.algorithm)
    return {
        "name": name,
        "expected": expected,
        "issuer": authority.issuer,
        "claims": payload.hex(),
        "cose_sign1": message.hex(),
        "text": f"{prefix}:{wrap(message)}",
    }


def _cti(number: int) -> bytes:
    return hashlib.sha256(f"colour code demo identifier {number}".encode()).digest()[: keys.CTI_BYTES]
