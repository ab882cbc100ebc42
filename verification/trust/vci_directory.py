"""The snapshot of the VCI directory: every listed issuer of health cards with its keys and revocations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verification.signed_lists import ListRejected, to_time
from verification.trust.jwks import is_issuer, signers_of
from verification.trust.store import TrustList


def read(document: dict[str, Any]) -> TrustList:
    """The signers of a snapshot whose signature was checked. Raises `ListRejected`.

    Keys that are not as the specification asks are left out, and so is an issuer without a proper URL.
    """
    signers = [
        signer for issuer, row in issuers(document) for signer in signers_of(_list(row, "keys"), issuer)
    ]
    return TrustList(signers, to_time(document.get("time")))


def issuers(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each issuer's URL and its row (`keys`, and `crls` where it has any). Raises `ListRejected`."""
    rows = document.get("issuerInfo")
    if not isinstance(rows, list):
        raise ListRejected("the directory has no issuers")
    for row in rows:
        match row:
            case {"issuer": {"iss": str(issuer)}} if is_issuer(issuer):
                yield issuer, row


def _list(row: dict[str, Any], name: str) -> list[Any]:
    value = row.get(name)
    return value if isinstance(value, list) else []
