"""What each format can say: its kinds of evidence and its schemes. Policies are reviewed against it."""

from __future__ import annotations

from typing import NamedTuple

from verification.evidence import Kind
from verification.formats.colour_claims import KIND_OF_PREFIX, KINDS

_CERTIFICATES = frozenset({Kind.VACCINATION, Kind.TEST, Kind.RECOVERY})
_PROPHYLAXIS = frozenset({Kind.PROPHYLAXIS})


class Offer(NamedTuple):
    """What codes of one format can be."""

    kinds: frozenset[Kind]
    schemes: frozenset[str]
    subschemes: bool = False
    """Whether a scheme may go on after a hyphen (`CN-GD`)."""

    def has_scheme(self, scheme: str) -> bool:
        """Whether a code of this format can be of `scheme`."""
        return scheme in self.schemes or (self.subschemes and scheme.split("-")[0] in self.schemes)


OFFERS: dict[str, Offer] = {
    "HC1": Offer(_CERTIFICATES | _PROPHYLAXIS, frozenset({"DCC", "DDCC", "ICVP"})),
    "NO1": Offer(_CERTIFICATES, frozenset({"DCC"})),
    "LT1": Offer(frozenset({Kind.LIGHT}), frozenset({"CH"})),
    "AT1": Offer(frozenset({Kind.EXEMPTION}), frozenset({"AT"})),
    "SHC": Offer(frozenset({Kind.VACCINATION, Kind.TEST}), frozenset({"SHC"})),
    "VDSNC": Offer(frozenset({Kind.VACCINATION, Kind.TEST}) | _PROPHYLAXIS, frozenset({"ICAO"})),
    "NZCP": Offer(frozenset({Kind.VACCINATION}), frozenset({"NZCP"})),
    "DIVOC": Offer(frozenset({Kind.VACCINATION}), frozenset({"DIVOC"})),
    **{
        prefix: Offer(
            frozenset(KINDS.values()) if kind is None else frozenset({kind}), frozenset({prefix[:2]}), True
        )
        for prefix, kind in KIND_OF_PREFIX.items()
    },
}

COLOUR_CODES = frozenset(KIND_OF_PREFIX)
"""Formats that carry a colour, a direction, a use rule and a holder digest."""
NAMED_HOLDERS = frozenset(OFFERS) - COLOUR_CODES
"""Formats whose certificates are compared by the person they name."""
WITH_BUSINESS_RULES = frozenset({"HC1", "NO1"})
"""Formats whose certificates are held against the business rules of the EU scheme."""
