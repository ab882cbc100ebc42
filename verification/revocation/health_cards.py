"""Revocation lists of health cards: an issuer's (`.well-known/crl/<kid>.json`), and a directory's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from verification.formats.shc import revocation_bytes
from verification.revocation.hashes import RID, truncated
from verification.revocation.memory import ANY_ISSUER, RevocationList, Withdrawn
from verification.signed_lists import ListRejected, to_time
from verification.trust.vci_directory import issuers

_PREFIX = "SHC"
_METHOD = "rid"
_ENTRY = re.compile(r"([A-Za-z0-9_-]{1,24})(?:\.([0-9]{1,15}))?\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(document: dict[str, Any], issuer: str | None) -> RevocationList:
    """One issuer's list for one of its keys, once it was decided to believe it. Raises `ListRejected`.

    The list names the key and not the issuer. Without `issuer` it answers for whoever uses that key.
    """
    whose = issuer or ANY_ISSUER
    kid, entries = _list(document, whose)
    return RevocationList(entries, covers=(), covers_keys=[(_PREFIX, whose, kid)])


def read_directory(document: dict[str, Any]) -> RevocationList:
    """All lists in a directory snapshot. Raises `ListRejected`.

    A key whose issuer announces a list (`crlVersion`) is answered for only when that very list is here; a key
    without such an announcement has nothing withdrawn (§ Revocation).
    """
    entries: list[Withdrawn] = []
    covered: list[tuple[str, str, bytes]] = []
    for issuer, row in issuers(document):
        held: dict[str, str] = {}
        for listed in _rows(row, "crls"):
            kid, withdrawn = _list(listed, issuer)
            entries += withdrawn
            held[kid.decode()] = str(listed.get("ctr"))
        for jwk in _rows(row, "keys"):
            kid_text, announced = jwk.get("kid"), jwk.get("crlVersion")
            if isinstance(kid_text, str) and (announced is None or held.get(kid_text) == str(announced)):
                covered.append((_PREFIX, issuer, kid_text.encode()))
    return RevocationList(entries, (), covers_keys=covered, signed_at=to_time(document.get("time")))


def _list(document: Any, issuer: str) -> tuple[bytes, list[Withdrawn]]:
    match document:
        case {"kid": str(kid), "method": str(method), "rids": [*rids]} if method == _METHOD:
            return kid.encode(), list(_withdrawn(kid.encode(), rids, issuer))
    raise ListRejected("a health-card revocation list lacks its key id, its rids, or has another method")


def _withdrawn(kid: bytes, rids: list[Any], issuer: str) -> Iterator[Withdrawn]:
    """One entry for everything withdrawn for good, one for each that is so only up to a time."""
    for_good = set()
    for text in rids:
        found = _ENTRY.match(text) if isinstance(text, str) else None
        if found is None:
            raise ListRejected("a rid is not 1 to 24 characters of base64url, with or without a time")
        digest = truncated(revocation_bytes(issuer, found[1]))
        if found[2] is None:
            for_good.add(digest)
        else:
            before = _EPOCH + timedelta(seconds=int(found[2])) if int(found[2]) < 10**11 else None
            yield Withdrawn(kid, RID, frozenset({digest}), before)
    yield Withdrawn(kid, RID, frozenset(for_good))


def _rows(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = row.get(name)
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
