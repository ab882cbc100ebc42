"""The German list of document signers: line 1 signs the rest (raw r and s, ECDSA-SHA256, base64)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.encodings.cose import ES256, algorithm_of, signed_by
from verification.signed_lists import MAX_BYTES, NOT_BY_A_TRUSTED_KEY, ListRejected, from_base64, parse
from verification.snapshot import Signer
from verification.trust.certificate import CertificateUnusable, signer_of
from verification.trust.contexts import formats_of
from verification.trust.store import TrustList

_FIRST_LINE = re.compile(rb"[A-Za-z0-9+/]{86}==\r?\n")


def looks_german(data: bytes) -> bool:
    """Whether the first line is a signature in base64 and not the beginning of a document."""
    return _FIRST_LINE.match(data) is not None


def load(data: bytes, keys: Sequence[PublicKeyTypes]) -> TrustList:
    """The signers on a list that any of `keys` (P-256) has signed. Raises `ListRejected`.

    Certificates that cannot be read, or whose keys make no accepted signature, are left out: what they
    signed stays "unknown signer". The format does not say when the list was made.
    """
    if len(data) > MAX_BYTES:
        raise ListRejected(f"the list is larger than {MAX_BYTES} bytes")
    line, _, body = data.partition(b"\n")
    signature = from_base64(line.strip().decode("ascii", errors="replace"))
    if not any(signed_by(key, signature, body) for key in keys if algorithm_of(key) == ES256):
        raise ListRejected(NOT_BY_A_TRUSTED_KEY)
    rows = parse(body).get("certificates")
    if not isinstance(rows, list):
        raise ListRejected("the list has no certificates")
    return TrustList(signer for row in rows if (signer := _signer(row)) is not None)


def _signer(row: Any) -> Signer | None:
    match row:
        case {"certificateType": "DSC", "country": str(country), "kid": kid, "rawData": raw}:
            formats = formats_of(country)
            try:
                return signer_of(from_base64(raw), issuer=country, formats=formats, kid=from_base64(kid))
            except CertificateUnusable:
                return None
    return None
