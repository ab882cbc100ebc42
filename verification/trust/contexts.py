"""Which prefixes the health-certificate signers of a country may sign: its national context beside `HC1`."""

from __future__ import annotations

_NATIONAL = {"NO": "NO1", "AT": "AT1", "CH": "LT1"}


def formats_of(country: str) -> frozenset[str]:
    """Format prefixes for a signer that a list files under this country (ISO 3166-1 alpha-2)."""
    return frozenset({"HC1", _NATIONAL[country]} if country in _NATIONAL else {"HC1"})
