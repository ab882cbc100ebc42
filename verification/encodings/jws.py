"""JWS, compact serialization (RFC 7515 §7.1): taken apart; the key that checks it says the algorithm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verification.encodings import base64url, strict_json
from verification.encodings.cose import ES256
from verification.encodings.malformed import Malformed

MAX_HEADER_BYTES = 1024
_ALGORITHMS = {"ES256": ES256}


@dataclass(slots=True)
class Compact:
    """A JWS in three parts. `signed` is header and payload as they were written."""

    header: dict[str, Any]
    payload: bytes
    signature: bytes
    signed: bytes

    @property
    def algorithm(self) -> int | None:
        """COSE's number for what the header claims; None for all but ES256. It chooses nothing."""
        name = self.header.get("alg")
        return _ALGORITHMS.get(name) if isinstance(name, str) else None

    @property
    def kid(self) -> bytes | None:
        """The key id as bytes of its text."""
        kid = self.header.get("kid")
        return kid.encode("utf-8", "surrogatepass") if isinstance(kid, str) else None


def parse(text: bytes) -> Compact:
    """Takes `header.payload.signature` apart. Raises `Malformed`.

    Header parameters named critical are never understood here (RFC 7515 §4.1.11), nor is an unencoded payload
    (RFC 7797), which would have to be critical.
    """
    signed, dot, signature = text.rpartition(b".")
    header, other_dot, payload = signed.partition(b".")
    if not dot or not other_dot or not header:
        raise Malformed("jws: not three parts")
    fields = strict_json.decode(base64url.decode(header), MAX_HEADER_BYTES)
    if not isinstance(fields, dict):
        raise Malformed("jws: the header is not an object")
    if "crit" in fields or "b64" in fields:
        raise Malformed("jws: a critical header parameter that is not understood")
    return Compact(fields, base64url.decode(payload), base64url.decode(signature), signed)
