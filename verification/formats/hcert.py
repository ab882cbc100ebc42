"""The HCERT container (EU hcert_spec 1.0.8 §3), which HC1 and its siblings share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from verification.encodings import base45, cbor, cose
from verification.encodings.inflate import inflate
from verification.encodings.malformed import Malformed
from verification.formats.credential import Opened
from verification.formats.numeric_date import Window, instant

ISS, EXP, NBF, IAT, CTI = 1, 4, 5, 6, 7
"""Registered claims (RFC 8392 §4)."""
CERTIFICATE, LIGHT = -260, -250
"""Where health certificates stand, and the Swiss light ones."""
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


def window(claims: dict[Any, Any]) -> Window:
    """From the later of `iat` and `nbf`, where there is an `nbf`, to `exp`."""
    return Window(_begins(claims), instant(claims.get(EXP)))


def _begins(claims: dict[Any, Any]) -> datetime | None:
    """None when either is no time."""
    issued = instant(claims.get(IAT))
    if claims.get(NBF) is None or issued is None:
        return issued
    not_before = instant(claims[NBF])
    return None if not_before is None else max(issued, not_before)
