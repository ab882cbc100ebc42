"""What a revocation list knows a code by: SHA-256, first 16 bytes (Implementing Decision (EU) 2022/483)."""

from __future__ import annotations

import hashlib

from verification.encodings import ecdsa

HASH_BYTES = 16
SIGNATURE, UCI, COUNTRY_UCI, CTI, RID = "SIGNATURE", "UCI", "COUNTRYCODEUCI", "CTI", "RID"
TYPES = frozenset({SIGNATURE, UCI, COUNTRY_UCI, CTI, RID})


def truncated(data: bytes) -> bytes:
    """The hash of one identifier."""
    return hashlib.sha256(data).digest()[:HASH_BYTES]


def signature_hash(algorithm: int, signature: bytes) -> bytes:
    """The hash of a signature. Of ECDSA only r counts: (r, n-s) is as good a signature as (r, s)."""
    return truncated(signature[: len(signature) // 2] if algorithm in ecdsa.ALL else signature)
