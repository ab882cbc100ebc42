"""Our own signed revocation list as a file.

Besides `type`, `issuer`, `signed_at` and `signature` the document has `covers` (objects with `formats` and
`issuers`, of which `*` is any), `entries` (objects with `kid`, base64 or `UNKNOWN_KID`, `type`, `hashes`,
each 16 bytes in base64, and `before` where only what was issued before that time is withdrawn) and, where
issuers keep status lists, `status` (objects with `issuer` and `revoked`, a list of indexes).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.revocation.hashes import HASH_BYTES, TYPES
from verification.revocation.memory import RevocationList, Withdrawn
from verification.signed_lists import ListRejected, SigningKey, from_base64, open_signed, sign, to_time

TYPE = "checkpoint-kiosk/revocation-list/v1"
UNKNOWN_KID = "UNKNOWN_KID"


def write(
    entries: Iterable[Withdrawn],
    covers: Iterable[tuple[str, str]],
    issuer: str,
    signed_at: datetime,
    key: SigningKey,
    status: Mapping[str, frozenset[int]] | None = None,
) -> bytes:
    """A signed list, ready to be saved. `covers` are pairs of format and issuer."""
    document = {
        "type": TYPE,
        "issuer": issuer,
        "signed_at": signed_at.isoformat(timespec="seconds"),
        "covers": [{"formats": [prefix], "issuers": [name]} for prefix, name in sorted(covers)],
        "entries": [
            {
                "kid": UNKNOWN_KID if entry.kid is None else _b64(entry.kid),
                "type": entry.type,
                "hashes": sorted(map(_b64, entry.hashes)),
            }
            | ({} if entry.before is None else {"before": entry.before.isoformat()})
            for entry in entries
        ],
        "status": [
            {"issuer": name, "revoked": sorted(indexes)} for name, indexes in sorted((status or {}).items())
        ],
    }
    return sign(document, key)


def load_revocation_list(data: bytes, *keys: PublicKeyTypes) -> RevocationList:
    """The list, once any of `keys` has signed it. Raises `ListRejected`: one bad row spoils it."""
    document = open_signed(data, TYPE, keys)
    return RevocationList(
        entries=[_withdrawn(row) for row in _rows(document, "entries")],
        covers=[pair for row in _rows(document, "covers") for pair in _covered(row)],
        status=dict(_status(row) for row in _rows(document, "status")),
        signed_at=to_time(document.get("signed_at")),
    )


def _rows(document: dict[str, Any], name: str) -> Sequence[Any]:
    rows = document.get(name, [])
    if isinstance(rows, list):
        return rows
    raise ListRejected(f"{name} is not a list")


def _withdrawn(row: Any) -> Withdrawn:
    match row:
        case {"kid": str(kid), "type": str(kind), "hashes": [*hashes]} if kind in TYPES:
            digests = frozenset(map(from_base64, hashes))
            if any(len(digest) != HASH_BYTES for digest in digests):
                raise ListRejected(f"a hash is not {HASH_BYTES} bytes long")
            before = to_time(row["before"]) if "before" in row else None
            return Withdrawn(None if kid == UNKNOWN_KID else from_base64(kid), kind, digests, before)
    raise ListRejected("an entry lacks its key id, type or hashes")


def _covered(row: Any) -> list[tuple[str, str]]:
    match row:
        case {"formats": [*prefixes], "issuers": [*issuers]}:
            return [(str(prefix), str(issuer)) for prefix in prefixes for issuer in issuers]
    raise ListRejected("a row of covers lacks its formats or issuers")


def _status(row: Any) -> tuple[str, frozenset[int]]:
    match row:
        case {"issuer": str(issuer), "revoked": [*indexes]} if all(type(index) is int for index in indexes):
            return issuer, frozenset(indexes)
    raise ListRejected("a row of status lacks its issuer or indexes")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
