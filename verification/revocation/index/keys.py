"""How a withdrawn hash is cut into a bucket and a stored suffix, and how its expiry becomes one byte.

A list of one scope has 2^b buckets of five to ten entries. Bucket number and suffix together are the first
b + 48 bits of the hash, so that a hash that was never listed meets a stored one with a probability of at most
10 / 2^48 per lookup, whatever the size of the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from verification.revocation.hashes import HASH_BYTES, TYPES, truncated

Uint64s = npt.NDArray[np.uint64]
STATUS = "STATUS"
"""The scope of a token status list; the issuer's name stands in the place of the key id."""
HASH_BITS = 8 * HASH_BYTES
SUFFIX_BYTES = 6
SUFFIX_BITS = 8 * SUFFIX_BYTES
MAX_BITS = 28
NEVER = 0
"""The week of an entry that does not expire."""
MOST_WEEKS = 255
_WEEK_S = 7 * 24 * 3600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_STATUS = 2**63


@dataclass(frozen=True, slots=True)
class Scope:
    """Entries of one type under one key id; `kid` None means that they apply to every key id."""

    kid: bytes | None
    type: str

    @property
    def known(self) -> bool:
        """Whether the type is one that an index can hold."""
        return self.type in TYPES or (self.type == STATUS and self.kid is not None)


def status_scope(issuer: str) -> Scope:
    """Where the withdrawn indexes of an issuer's status list stand."""
    return Scope(issuer.encode(), STATUS)


def status_hash(index: int) -> bytes | None:
    """A status index as a hash; None for a number that no status list has."""
    return truncated(str(index).encode()) if 0 <= index < _MOST_STATUS else None


def bits_for(entries: int) -> int:
    """The number of bits b of a table for so many entries: five to ten in a bucket."""
    return min(MAX_BITS, max(0, (entries // 5).bit_length() - 1))


def bucket_of(high: Uint64s, bits: int) -> Uint64s:
    """The bucket numbers of hashes, given their first eight bytes as numbers."""
    return high >> np.uint64(64 - bits) if bits else np.zeros_like(high)


def suffix_of(high: Uint64s, low: Uint64s, bits: int) -> Uint64s:
    """The 48 bits after the bucket number."""
    if not bits:
        return high >> np.uint64(16)
    shifted = (high << np.uint64(bits)) | (low >> np.uint64(64 - bits))
    return np.asarray(shifted >> np.uint64(16), dtype=np.uint64)


def prefix_range(digest: bytes, bits: int) -> tuple[bytes, bytes]:
    """First and last hash that an index with 2^bits buckets cannot tell from `digest`."""
    loose = HASH_BITS - SUFFIX_BITS - bits
    first = int.from_bytes(digest) >> loose << loose
    return first.to_bytes(HASH_BYTES), (first | ((1 << loose) - 1)).to_bytes(HASH_BYTES)


def expiry_week(expires: datetime | None) -> int:
    """The week since 1970 at whose beginning an entry is over: never before `expires`. NEVER for None."""
    return NEVER if expires is None else max(1, -(-microseconds(expires) // (_WEEK_S * 1_000_000)))


def week_of(at: datetime) -> int:
    """The week since 1970 that `at` lies in. Entries of this week and of those before it are over."""
    return microseconds(at) // (_WEEK_S * 1_000_000)


def microseconds(at: datetime) -> int:
    """Since 1970, exactly."""
    return (at - _EPOCH) // _MICROSECOND


def to_moment(since: int) -> datetime:
    """The time that many microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=since)
