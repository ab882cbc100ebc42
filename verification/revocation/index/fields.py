"""The members that bases and deltas share, read strictly: one bad row spoils a document."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from verification.revocation.index.keys import Scope
from verification.revocation.index.unusable import IndexUnusable
from verification.revocation.station_list import UNKNOWN_KID
from verification.signed_lists import from_base64

MOST_SCOPES = 65_536
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Covers:
    """Whom an index answers for: pairs of format and issuer (`*` is any), and single keys of an issuer."""

    issuers: frozenset[tuple[str, str]] = frozenset()
    keys: frozenset[tuple[str, str, bytes]] = frozenset()

    def written(self) -> dict[str, Any]:
        """The members of a document."""
        return {
            "covers": [list(pair) for pair in sorted(self.issuers)],
            "covers_keys": [[prefix, issuer, _b64(kid)] for prefix, issuer, kid in sorted(self.keys)],
        }


def name_of(data: bytes) -> str:
    """What a file is known by: its SHA-256."""
    return hashlib.sha256(data).hexdigest()


def read_covers(document: dict[str, Any]) -> Covers:
    """The reverse of `Covers.written`. Raises `IndexUnusable`."""
    issuers, keys = set(), set()
    for row in rows(document, "covers"):
        match row:
            case [str(prefix), str(issuer)]:
                issuers.add((prefix, issuer))
            case _:
                raise IndexUnusable("a row of covers is no pair of format and issuer")
    for row in rows(document, "covers_keys"):
        match row:
            case [str(prefix), str(issuer), str(kid)]:
                keys.add((prefix, issuer, from_base64(kid)))
            case _:
                raise IndexUnusable("a row of covers_keys is no format, issuer and key id")
    return Covers(frozenset(issuers), frozenset(keys))


def written_scope(scope: Scope) -> dict[str, Any]:
    """A scope as members of a row."""
    return {"kid": UNKNOWN_KID if scope.kid is None else _b64(scope.kid), "type": scope.type}


def read_scopes(found: Iterable[Any]) -> tuple[Scope, ...]:
    """The scopes of all rows, each named once. Raises `IndexUnusable`."""
    scopes = []
    for row in found:
        match row:
            case {"kid": str(kid), "type": str(kind)}:
                scope = Scope(None if kid == UNKNOWN_KID else from_base64(kid), kind)
            case _:
                raise IndexUnusable("a scope lacks its key id or type")
        if not scope.known:
            raise IndexUnusable(f"{kind[:40]} is no type of hash that is known here")
        scopes.append(scope)
    if len(set(scopes)) != len(scopes) or len(scopes) > MOST_SCOPES:
        raise IndexUnusable("a scope is named twice, or there are too many")
    return tuple(scopes)


def rows(document: dict[str, Any], name: str) -> Sequence[Any]:
    """A member that is a list. Raises `IndexUnusable`."""
    found = document.get(name)
    if isinstance(found, list):
        return found
    raise IndexUnusable(f"{name} is not a list")


def digest(found: Any) -> str:
    """A SHA-256 in lower-case hexadecimal. Raises `IndexUnusable`."""
    if isinstance(found, str) and _DIGEST.match(found):
        return found
    raise IndexUnusable("a SHA-256 is not 64 hexadecimal digits")


def count(found: Any) -> int:
    """A number from 0 on. Raises `IndexUnusable`."""
    if type(found) is int and 0 <= found < 2**53:
        return found
    raise IndexUnusable("a count is not a number from 0 on")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
