"""The formats that are verified here, by prefix."""

from __future__ import annotations

from verification.formats import at1, colour, hc1, lt1, nzcp, shc, vdsnc
from verification.formats.credential import Format

FORMATS: dict[str, Format] = {
    "HC1": hc1.FORMAT,
    "LT1": lt1.FORMAT,
    "AT1": at1.FORMAT,
    "NO1": hc1.FORMAT,
    "SHC": shc.FORMAT,
    "NZCP": nzcp.FORMAT,
    "VDSNC": vdsnc.FORMAT,
    **colour.FORMATS,
}
"""Whatever else `recognise` knows by name cannot be verified offline yet."""

KNOWN = frozenset({*FORMATS, "DIVOC"})
"""Every format with a name, for callers that allow all of them."""
