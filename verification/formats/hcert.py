"""The HCERT container (EU hcert_spec 1.0.8 §3), which HC1 and its siblings share."""

from __future__ import annotations

from typing import Any

from verification.encodings import base45, cbor, cose
from verification.encodings.inflate import inflate
from verification.encodings.malformed import Malformed
from verification.formats.credential import Opened

_DATE_TAGS = frozenset({0, 1})
"""RFC 8949 §3.4: issued certificates carry their dates as tagged times."""


def open_container(body: bytes) -> Opened:
    """Takes apart what follows the prefix. Raises `Malformed`."""
    message = cose.parse(inflate(base45.decode(body)))
    return Opened(
        content=message.payload,
        signed=message.signed_bytes(),
        signature=message.signature,
        algorithm=message.algorithm,
        kid=message.kid,
    )


def claims(payload: bytes) -> dict[Any, Any]:
    """The CWT claims set (RFC 8392). Raises `Malformed`."""
    content = cbor.decode(payload, _DATE_TAGS)
    if not isinstance(content, dict):
        raise Malformed("cwt: the claims are not a map")
    return content
