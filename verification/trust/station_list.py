"""Our own signed list of signers: bare keys for the colour codes, certificates where a format has them.

Besides `type`, `issuer` (who made the list), `signed_at` and `signature` the document has `signers`, a list
of objects with `issuer`, `formats`, `kid` (base64), either `key` (SubjectPublicKeyInfo) or `certificate`
(both DER in base64), and, where they apply, `not_before`, `not_after`, `demo` and `owner`: the issuer URL or
DID that codes of this key must name (SHC, NZCP). With an `owner` the `kid` is the key id's text, which for
SHC is the JWK thumbprint.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from verification.encodings.cose import EDDSA, ES256, PS256, algorithm_of, is_weak
from verification.signed_lists import ListRejected, SigningKey, from_base64, open_signed, sign, to_time
from verification.snapshot import Signer
from verification.trust import csca
from verification.trust.certificate import CertificateUnusable, certificate_kid, key_kid, signer_of
from verification.trust.jwk import jwk_of, thumbprint
from verification.trust.store import TrustList

TYPE = "checkpoint-kiosk/trust-list/v1"
_DIVOC = frozenset({"DIVOC"})
_DIVOC_ALGORITHMS, _OWNED_ALGORITHMS = frozenset({PS256, EDDSA}), frozenset({ES256})


@dataclass(frozen=True, slots=True)
class Entry:
    """One signer as it is written into a list: a bare key, or a certificate in DER."""

    issuer: str
    formats: frozenset[str]
    key: PublicKeyTypes | None = None
    certificate: bytes | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    demo: bool = False
    owner: str = ""
    """The issuer that codes must name (SHC, NZCP); it needs `kid`, the key id as they write it."""
    kid: bytes | None = None


def write(entries: Iterable[Entry], issuer: str, signed_at: datetime, key: SigningKey) -> bytes:
    """A signed list, ready to be saved."""
    document = {
        "type": TYPE,
        "issuer": issuer,
        "signed_at": signed_at.isoformat(timespec="seconds"),
        "signers": [_row(entry) for entry in entries],
    }
    return sign(document, key)


def load(data: bytes, keys: Sequence[PublicKeyTypes]) -> TrustList:
    """The signers on a list that any of `keys` has signed. Raises `ListRejected`: one bad row spoils it."""
    document = open_signed(data, TYPE, keys)
    rows = document.get("signers")
    if not isinstance(rows, list):
        raise ListRejected("the list has no signers")
    return TrustList([_signer(row) for row in rows], to_time(document.get("signed_at")))


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {"issuer": entry.issuer, "formats": sorted(entry.formats)}
    if entry.certificate is not None:
        row |= {"kid": _b64(_kid_of(entry)), "certificate": _b64(entry.certificate)}
    elif entry.key is not None:
        der = entry.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        row |= {"kid": _b64(key_kid(entry.key)), "key": _b64(der)}
    if entry.owner and entry.kid is not None:
        row |= {"owner": entry.owner, "kid": _b64(entry.kid)}
    for name in ("not_before", "not_after"):
        date = getattr(entry, name)
        if date is not None:
            row[name] = date.isoformat(timespec="seconds")
    return row | ({"demo": True} if entry.demo else {})


def _kid_of(entry: Entry) -> bytes:
    """The certificate's own; an authority's is that of its name, by which its certificates are found."""
    certificate = entry.certificate or b""
    if entry.formats == {csca.FORMAT}:
        return csca.authority(certificate).kid
    return certificate_kid(certificate)


def _signer(row: Any) -> Signer:
    match row:
        case {"issuer": str(issuer), "formats": [*names], "kid": kid}:
            formats = frozenset(str(name) for name in names)
            signer = _bare(row, issuer, formats) if "key" in row else _certified(row, issuer, formats)
        case _:
            raise ListRejected("a signer lacks its issuer, formats or key id")
    if is_weak(signer.key):
        raise ListRejected(f"a key of {issuer} is too short")
    if "owner" in row:
        signer = _owned(signer, row["owner"], from_base64(kid))
    elif signer.kid != from_base64(kid):
        raise ListRejected(f"a signer of {issuer} has a key id that is not its key's")
    return replace(
        signer,
        not_before=max(_dates(row, "not_before", signer.not_before), default=None),
        not_after=min(_dates(row, "not_after", signer.not_after), default=None),
        demo=row.get("demo") is True,
    )


def _owned(signer: Signer, owner: Any, kid: bytes) -> Signer:
    """A signer known by issuer and key id together; health cards know theirs by the key's thumbprint.

    DIVOC's id is the verification method (`did:india`), under which several keys may stand.
    """
    wanted = _DIVOC_ALGORITHMS if signer.formats == _DIVOC else _OWNED_ALGORITHMS
    if not isinstance(owner, str) or not owner or owner == "*" or signer.algorithm not in wanted:
        raise ListRejected(f"a signer of {signer.issuer} has an owner that is none")
    if "SHC" in signer.formats and kid != thumbprint(jwk_of(signer.key)).encode():
        raise ListRejected(f"a signer of {signer.issuer} has a key id that is not its key's")
    return replace(signer, owner=owner, kid=kid)


def _dates(row: dict[str, Any], name: str, own: datetime | None) -> list[datetime]:
    """The date in the row and the certificate's own: the narrower one counts."""
    stated = [to_time(row[name])] if name in row else []
    return stated if own is None else [*stated, own]


def _bare(row: dict[str, Any], issuer: str, formats: frozenset[str]) -> Signer:
    try:
        key = load_der_public_key(from_base64(row["key"]))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ListRejected(f"a key of {issuer} cannot be read") from error
    algorithm = algorithm_of(key)
    if algorithm is None:
        raise ListRejected(f"a key of {issuer} makes no signature that is accepted")
    return Signer(kid=key_kid(key), key=key, algorithm=algorithm, issuer=issuer, formats=formats)


def _certified(row: dict[str, Any], issuer: str, formats: frozenset[str]) -> Signer:
    if csca.FORMAT in formats:
        return _authority(row, issuer, formats)
    try:
        return signer_of(from_base64(row.get("certificate")), issuer=issuer, formats=formats)
    except CertificateUnusable as error:
        raise ListRejected(f"a certificate of {issuer} cannot be used: {error}") from error


def _authority(row: dict[str, Any], issuer: str, formats: frozenset[str]) -> Signer:
    try:
        signer = csca.authority(from_base64(row.get("certificate")))
    except CertificateUnusable as error:
        raise ListRejected(f"a certificate of {issuer} cannot be used: {error}") from error
    if formats != signer.formats or issuer != signer.issuer:
        raise ListRejected(f"an authority of {issuer} is one of {signer.issuer}, and for {csca.FORMAT} alone")
    return signer


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
