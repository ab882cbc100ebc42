"""`shc:/` SMART Health Cards (spec.smarthealth.cards 1.4): digits, JWS, raw deflate, FHIR."""

from __future__ import annotations

import re
from typing import Any

from verification.encodings import digit_pairs, jws, strict_json
from verification.encodings.inflate import inflate_raw
from verification.encodings.malformed import Malformed
from verification.formats import fhir
from verification.formats.credential import Credential, Format, Incomplete, Opened
from verification.formats.numeric_date import FOREVER, Window, instant
from verification.formats.shc_chunks import LONGEST, PAYLOAD_BYTES, part_of
from verification.revocation.hashes import RID

CARD_TYPE = "https://smarthealth.cards#health-card"
_REVOCATION_ID = re.compile(r"[A-Za-z0-9_-]{1,24}\Z")
_LONGEST_ISSUER = 512


def open_card(body: bytes) -> Opened | Incomplete:
    """Takes apart what follows `shc:/`; a part of a card is `Incomplete`. Raises `Malformed`."""
    part = part_of(body)
    if part is not None:
        return Incomplete(part.number, part.total)
    message = jws.parse(digit_pairs.decode(body))
    if message.header.get("zip") != "DEF":
        raise Malformed("shc: the payload is not said to be deflated")
    payload = inflate_raw(message.payload, PAYLOAD_BYTES)
    claims = _claims(payload)
    return Opened(
        content=payload,
        signed=message.signed,
        signature=message.signature,
        algorithm=message.algorithm,
        kid=message.kid,
        issuer=_issuer(claims),
        document=claims,
    )


def read(payload: bytes) -> Credential:
    """What a card says. Raises `Malformed` when it is none."""
    return read_claims(_claims(payload))


def read_claims(claims: dict[str, Any]) -> Credential:
    """The same, of claims that were decoded before."""
    card, issuer = claims.get("vc"), _issuer(claims)
    if not isinstance(card, dict):
        raise Malformed("shc: no credential among the claims")
    types, subject = card.get("type"), card.get("credentialSubject")
    if not isinstance(types, list) or CARD_TYPE not in types:
        raise Malformed("shc: not of the type of a health card")
    if not isinstance(subject, dict):
        raise Malformed("shc: a card about nobody")
    issued = instant(claims.get("nbf"))
    expires = instant(claims["exp"]) if "exp" in claims else None
    said = fhir.read(subject.get("fhirBundle"), types)
    return Credential(
        issuer=issuer,
        window=Window(issued, expires if "exp" in claims else FOREVER),
        evidence=said.evidence("SHC", issuer, issued, expires),
        reasons=said.reasons,
        identifiers=_identifiers(card, issuer),
        issued_at=issued,
    )


def revocation_bytes(issuer: str, rid: str) -> bytes:
    """What is hashed for a revocation id of this issuer; `*` is whoever uses the key that a list is for.

    Two issuers may use one id, even under one key: directories list such keys.
    """
    return issuer.encode() + b"\0" + rid.encode()


def _claims(payload: bytes) -> dict[str, Any]:
    claims = strict_json.decode(payload, PAYLOAD_BYTES)
    if not isinstance(claims, dict):
        raise Malformed("shc: the claims are not an object")
    return claims


def _issuer(claims: dict[str, Any]) -> str:
    """The URL of the issuer, exactly as its keys are published under (§ Determining keys)."""
    issuer = claims.get("iss")
    if not isinstance(issuer, str) or not issuer.isprintable() or len(issuer) > _LONGEST_ISSUER:
        raise Malformed("shc: the card names no issuer")
    if not issuer.startswith("https://") or issuer.endswith("/"):
        raise Malformed("shc: the issuer is no https URL without a slash at its end")
    return issuer


def _identifiers(card: dict[str, Any], issuer: str) -> tuple[tuple[str, bytes], ...]:
    if "rid" not in card:
        return ()
    rid = card["rid"]
    if not isinstance(rid, str) or not _REVOCATION_ID.match(rid):
        raise Malformed("shc: the revocation id is not 1 to 24 characters of base64url")
    return (RID, revocation_bytes(issuer, rid)), (RID, revocation_bytes("*", rid))


FORMAT = Format(open=open_card, read=read, read_document=read_claims, longest=LONGEST)
