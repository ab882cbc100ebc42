"""The private-use claim of the colour codes: which small integers mean what, for issuer and verifier alike.

A colour code is a CWT (RFC 8392). Beside the registered claims it carries one claim of the private-use
range (RFC 8392 §9.1: below -65536), a map whose keys and enumerated values are the integers below.
"""

from __future__ import annotations

from verification.evidence import Colour, Direction, Kind, Use

ISS, EXP, NBF, IAT, CTI = 1, 4, 5, 6, 7
"""Registered claims (RFC 8392 §4). `cti` is 16 random bytes here; times are integer seconds since 1970."""
CTI_BYTES = 16

CLAIM = -70001
"""The one private-use claim. Its value is a map with the keys below."""

COLOUR = 1
"""One of `COLOURS`. Required where the kind is `health_colour`, absent or present elsewhere."""
SCHEME = 2
"""Text: the scheme whose rules made this colour. Required.

The two letters of the prefix (`HK` behind `HK1:`), alone or with a hyphen and 1 to 13 of A-Z and 0-9
(`CN-GD`). It ties the signed content to its prefix, which is not signed itself.
"""
DIRECTION = 3
"""One of `DIRECTIONS`. Absent means any."""
USE = 4
"""One of `USES`. Absent means multiple."""
UNTIL = 5
"""Integer seconds since 1970: the last moment of use where that is before claim 4. Absent means claim 4."""
MASKED_NAME = 6
"""Text of at most 40 characters for the officer's screen, already masked by the issuer."""
HOLDER = 7
"""16 to 32 bytes: digest of the travel document, salted with the epoch's salt."""
STATUS = 8
"""Index into the issuer's token status list, a non-negative integer."""
SPECIMEN = 9
"""`true` on demo, practice and specimen codes. Absent means a real one; `false` is not written."""
KIND = 10
"""One of `KINDS`. Required with `PV1`; elsewhere absent, or the kind of the prefix."""

COLOURS = {1: Colour.GREEN, 2: Colour.YELLOW, 3: Colour.RED}
DIRECTIONS = {1: Direction.TO_MAINLAND, 2: Direction.TO_HONG_KONG, 3: Direction.TO_MACAO, 4: Direction.ANY}
USES = {1: Use.SINGLE, 2: Use.MULTIPLE}
KINDS = {
    1: Kind.HEALTH_COLOUR,
    2: Kind.CUSTOMS_DECLARATION,
    3: Kind.ITINERARY,
    4: Kind.VACCINATION,
    5: Kind.TEST,
    6: Kind.RECOVERY,
    7: Kind.EXEMPTION,
}

KIND_OF_PREFIX: dict[str, Kind | None] = {
    "HK1": Kind.HEALTH_COLOUR,  # Hong Kong Health Code
    "GD1": Kind.HEALTH_COLOUR,  # Guangdong (Yuekang)
    "MO1": Kind.HEALTH_COLOUR,  # Macao
    "CN1": Kind.HEALTH_COLOUR,  # national and provincial codes
    "CD1": Kind.CUSTOMS_DECLARATION,
    "TC1": Kind.ITINERARY,  # travel (itinerary) card
    "IE1": Kind.HEALTH_COLOUR,  # international edition
    "PV1": None,  # paper certificate: the claim says which kind
}
"""The prefixes of the colour codes, and the kind of evidence that each one is."""
