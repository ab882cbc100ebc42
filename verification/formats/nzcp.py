"""`NZCP:/` the New Zealand COVID Pass (NZ COVID Pass technical specification 1.0)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from verification.encodings import base32, cbor, cose
from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, Personal
from verification.formats.credential import Credential, Format, Opened
from verification.formats.numeric_date import Window, instant
from verification.formats.personal_names import masked

VERSION = b"1/"
EXAMPLE_ISSUERS = frozenset({"did:web:nzcp.covid19.health.nz"})
"""Passes of the specification's own examples are specimens, whoever put that issuer on a trust list."""
_TAGGED_SIGN1 = 0xC0 | cose.SIGN1_TAG
_ISS, _EXP, _NBF, _CTI = 1, 4, 5, 7
_CTI_BYTES = 16
_CONTEXT = "https://www.w3.org/2018/credentials/v1"
_TYPES = ["VerifiableCredential", "PublicCovidPass"]
_DID_WEB = re.compile(r"did:web:[A-Za-z0-9.:%_-]{1,400}\Z")
_LONGEST_NAME = 100
_MOMENT = timedelta(microseconds=1)


def open_pass(body: bytes) -> Opened:
    """Takes apart what follows `NZCP:/`. Raises `Malformed`.

    Algorithm and key id count only where the specification puts them, in the protected header; the key id may
    be a text, as it says, or bytes, as passes were issued.
    """
    if not body.startswith(VERSION):
        raise Malformed("nzcp: not version 1")
    data = base32.decode(body[len(VERSION) :])
    if data[:1] != bytes((_TAGGED_SIGN1,)):
        raise Malformed("nzcp: not tagged as COSE_Sign1")
    message = cose.parse(data)
    header = cbor.decode(message.protected) if message.protected else {}
    claims = _claims(message.payload)
    kid, issuer = header.get(cose.KID), claims.get(_ISS)
    if not isinstance(issuer, str):
        raise Malformed("nzcp: the pass names no issuer")
    return Opened(
        content=message.payload,
        signed=message.signed_bytes(),
        signature=message.signature,
        algorithm=cose.ES256 if header.get(cose.ALG) == cose.ES256 else None,
        kid=kid.encode() if isinstance(kid, str) else kid if isinstance(kid, bytes) else None,
        issuer=issuer,
        document=claims,
    )


def read(payload: bytes) -> Credential:
    """What a pass says. Raises `Malformed` for every departure from the specification."""
    return read_claims(_claims(payload))


def read_claims(claims: dict[Any, Any]) -> Credential:
    """The same, of claims that were decoded before."""
    issuer, cti, credential = claims.get(_ISS), claims.get(_CTI), claims.get("vc")
    if not isinstance(issuer, str) or not _DID_WEB.match(issuer):
        raise Malformed("nzcp: the issuer is no did:web")
    if not isinstance(cti, bytes) or len(cti) != _CTI_BYTES:
        raise Malformed("nzcp: the identifier is no UUID")
    begins, expires = (instant(_whole(claims, key)) for key in (_NBF, _EXP))
    return Credential(
        issuer=issuer,
        # A pass is expired at `exp` itself; elsewhere the last moment still counts.
        window=Window(begins, None if expires is None else expires - _MOMENT),
        evidence=Evidence(
            kind=Kind.VACCINATION,
            scheme="NZCP",
            issuer=issuer,
            issued_at=begins,
            expires_at=expires,
            personal=_personal(credential),
        ),
        identifiers=(("CTI", cti),),
        use=cti,
        revocable=False,
        issued_at=begins,
    )


def _claims(payload: bytes) -> dict[Any, Any]:
    claims = cbor.decode(payload)
    if not isinstance(claims, dict):
        raise Malformed("nzcp: the claims are not a map")
    return claims


def _whole(claims: dict[Any, Any], key: int) -> int:
    value = claims.get(key)
    if type(value) is not int:
        raise Malformed("nzcp: a time that is missing or no whole number")
    return value


def _personal(credential: Any) -> Personal:
    """Who the pass is for, once the credential around it is what version 1.0.0 says."""
    match credential:
        case {
            "@context": [first, *_],
            "version": "1.0.0",
            "type": types,
            "credentialSubject": dict() as subject,
        }:
            if first != _CONTEXT or types != _TYPES:
                raise Malformed("nzcp: the credential has another context or type")
        case _:
            raise Malformed("nzcp: the credential is not of version 1.0.0")
    given, family, birth = (subject.get(key) for key in ("givenName", "familyName", "dob"))
    if not _is_name(given) or (family is not None and not _is_name(family)):
        raise Malformed("nzcp: a name that is missing or too long")
    name = " ".join(part for part in (given, family) if part)
    return Personal(masked_name=masked(name), name=name, birth=_birth(birth))


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME


def _birth(value: Any) -> str:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise Malformed("nzcp: the birth date is no date")


FORMAT = Format(open=open_pass, read=read, read_document=read_claims)
