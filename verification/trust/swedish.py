"""The Swedish list of document signers (DIGG DSC-TL 1.0): a JWS whose payload stands as it is (RFC 7797)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.encodings import base64url, ecdsa, strict_json
from verification.encodings.malformed import Malformed
from verification.formats.numeric_date import instant
from verification.signed_lists import MAX_BYTES, NOT_BY_A_TRUSTED_KEY, ListRejected, parse
from verification.snapshot import Signer
from verification.trust.certificate import CertificateUnusable, signer_of
from verification.trust.contexts import formats_of
from verification.trust.jwk import KeyUnusable, p256
from verification.trust.store import TrustList

_ALGORITHMS = {"ES256": ecdsa.ES256, "ES384": ecdsa.ES384, "ES512": ecdsa.ES512}
_MAX_HEADER_BYTES = 64 * 1024
"""The header carries the certificates of whoever signed."""
_START = re.compile(rb"[A-Za-z0-9_-]{8,65536}\.")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


def looks_swedish(data: bytes) -> bool:
    """Whether the file begins as a JWS does, and not as a document."""
    return _START.match(data.lstrip()) is not None


def load(data: bytes, keys: Sequence[PublicKeyTypes]) -> TrustList:
    """The signers on a list that any of `keys` has signed. Raises `ListRejected`.

    The certificates in the header (`x5c`) prove nothing: anybody can put his own there. The list goes stale
    at its `exp`, whatever else is thought of its age. Keys that make no accepted signature, and keys whose
    certificate contradicts the usages in the list, are left out: what they signed stays "unknown signer".
    """
    if len(data) > MAX_BYTES:
        raise ListRejected(f"the list is larger than {MAX_BYTES} bytes")
    signed, _, signature = data.strip().rpartition(b".")
    header, dot, payload = signed.partition(b".")
    if not dot:
        raise ListRejected("the list is not a JWS")
    try:
        fields = strict_json.decode(base64url.decode(header), _MAX_HEADER_BYTES)
        value = base64url.decode(signature)
        algorithm, encoded = _header(fields)
        body = base64url.decode(payload) if encoded else payload
    except Malformed as error:
        raise ListRejected(f"the list is not a JWS: {error}") from error
    agreeing = [key for key in keys if ecdsa.algorithm_of(key) == algorithm]
    if not any(ecdsa.signed_by(key, value, signed) for key in agreeing):
        raise ListRejected(NOT_BY_A_TRUSTED_KEY)
    document = parse(body)
    issued, expires = instant(document.get("iat")), instant(document.get("exp"))
    if issued is None or expires is None:
        raise ListRejected("the list does not say when it was made and until when it holds")
    countries = document.get("dsc_trust_list")
    if not isinstance(countries, dict):
        raise ListRejected("the list has no signers")
    signers = [one for country, row in countries.items() for one in _signers(country, row)]
    return TrustList(signers, issued, expires)


def _header(fields: Any) -> tuple[int, bool]:
    """The algorithm that the header claims, and whether the payload is encoded. Raises `Malformed`."""
    if not isinstance(fields, dict):
        raise Malformed("the header is not an object")
    algorithm = _ALGORITHMS.get(str(fields.get("alg")))
    if algorithm is None:
        raise Malformed("the header names no algorithm that is accepted")
    encoded = fields.get("b64", True)
    if not isinstance(encoded, bool) or fields.get("crit", ["b64"]) != ["b64"]:
        raise Malformed("a critical header parameter that is not understood")
    return algorithm, encoded


def _signers(country: str, row: Any) -> Iterator[Signer]:
    match row:
        case {"keys": [*rows]} if _COUNTRY.match(country):
            usages = row.get("eku", {})
            for jwk in rows:
                signer = _signer(country, jwk, usages if isinstance(usages, dict) else {})
                if signer is not None:
                    yield signer
        case _:
            raise ListRejected("a country of the list has no keys")


def _signer(country: str, jwk: Any, usages: dict[str, Any]) -> Signer | None:
    """The key in its certificate, which the specification calls the normative one; else the bare key."""
    try:
        match jwk:
            case {"kid": str(kid), "x5c": [str(certificate), *_]}:
                der, key_id = _plain(certificate), _plain(kid)
                signer = signer_of(der, issuer=country, formats=formats_of(country), kid=key_id)
            case {"kid": str(kid)}:
                key = p256(jwk, mended=True)
                signer = Signer(_plain(kid), key, ecdsa.ES256, country, formats_of(country))
            case _:
                return None
    except (CertificateUnusable, KeyUnusable, binascii.Error, ValueError):
        return None
    listed = usages.get(kid, [])
    stated = frozenset(filter(None, map(str, listed))) if isinstance(listed, list) else frozenset[str]()
    if stated and signer.usages:
        stated &= signer.usages
        if not stated:
            return None
    return replace(signer, usages=stated or signer.usages)


def _plain(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
