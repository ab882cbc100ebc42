"""The issuing side of token status lists: one number for each code, signed by the codes' own authority."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import cbor2

from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.issuing.authority import Authority, CannotIssue
from verification.issuing.container import sign1
from verification.revocation import token_status_list as keys


def write(
    authority: Authority,
    size: int,
    statuses: Mapping[int, int],
    at: datetime,
    *,
    subject: str,
    lasts: timedelta | None = None,
    ttl: timedelta | None = None,
    bits: int = 1,
) -> bytes:
    """A signed list of `size` codes, ready to be published at `subject`. Who is not in `statuses` is valid.

    Raises `CannotIssue` for statuses that do not fit, and for an authority that issues no colour codes.
    """
    formats = sorted(authority.formats & frozenset(KIND_OF_PREFIX))
    if not formats:
        raise CannotIssue("only colour codes have a status list")
    claims: dict[int, Any] = {
        keys.ISS: authority.issuer,
        keys.SUB: subject,
        keys.IAT: int(at.timestamp()),
        keys.STATUS_LIST: {"bits": bits, "lst": zlib.compress(packed(size, statuses, bits), 9)},
    }
    if lasts is not None:
        claims[keys.EXP] = int((at + lasts).timestamp())
    if ttl is not None:
        claims[keys.TTL] = int(ttl.total_seconds())
    payload = cbor2.dumps(claims, canonical=True)
    kid = authority.kid(formats[0])
    return sign1(payload, authority.key, kid, authority.algorithm, {keys.TYP_HEADER: keys.TYP})


def packed(size: int, statuses: Mapping[int, int], bits: int) -> bytes:
    """The statuses as bytes, lowest bits first (§4.1). Raises `CannotIssue`."""
    if bits not in keys.BITS or not 0 < size <= keys.MAX_INFLATED * 8 // bits:
        raise CannotIssue("a status list has 1, 2, 4 or 8 bits for a code, and at least one code")
    data = bytearray(-(-size * bits // 8))
    for index, status in statuses.items():
        if not 0 <= index < size or not 0 <= status < 1 << bits:
            raise CannotIssue(f"status {status} at {index} does not fit a list of {size} with {bits} bits")
        place = index * bits
        data[place >> 3] |= status << (place & 7)
    return bytes(data)
