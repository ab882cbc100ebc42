"""Evidence: what a credential says, in one shape for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from verification.record import record


class Kind(StrEnum):
    """What sort of statement a credential makes."""

    __hash__ = str.__hash__  # the one of enumerations is called from Python, at every look into a table

    HEALTH_COLOUR = "health_colour"
    CUSTOMS_DECLARATION = "customs_declaration"
    ITINERARY = "itinerary"
    VACCINATION = "vaccination"
    TEST = "test"
    RECOVERY = "recovery"
    EXEMPTION = "exemption"
    PROPHYLAXIS = "prophylaxis"
    """An international certificate of vaccination against another disease than COVID-19."""
    LIGHT = "light_certificate"
    """Somebody's word that the holder has a certificate, without saying which."""


class Colour(StrEnum):
    """The issuer's colour. It is not our verdict."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Direction(StrEnum):
    """Which way a traveller crosses."""

    TO_MAINLAND = "to_mainland"
    TO_HONG_KONG = "to_hong_kong"
    TO_MACAO = "to_macao"
    ANY = "any"


class Use(StrEnum):
    """How often the issuer allows one code to be used."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class Origin(StrEnum):
    """Where a statement comes from."""

    CODE = "code"
    """A code that was read; whether its signature holds is the assessment's to say."""
    ENTERED = "entered"
    """An officer entered what a document says. No signature stands behind it."""


@record
class Personal:
    """Fields that name a person. They never reach a log, the journal or a `repr`."""

    masked_name: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)

    def __repr__(self) -> str:
        return "Personal(…)"


@record
class MedicalStatement:
    """The medical part of a certificate, without the person."""

    disease: str = ""
    product: str = ""
    doses: int | None = None
    doses_of: int | None = None
    on: date | None = None
    sampled_at: datetime | None = None
    negative: bool | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@record
class Evidence:
    """What one credential says. Times are aware UTC."""

    kind: Kind
    scheme: str
    issuer: str
    issued_at: datetime | None
    expires_at: datetime | None
    colour: Colour | None = None
    direction: Direction = Direction.ANY
    use: Use = Use.MULTIPLE
    holder: bytes | None = None
    """Digest that binds colour codes of one holder to one another; None where a format cannot be bound."""
    medical: MedicalStatement | None = None
    open_ended: bool = False
    """It ends by somebody's rule, not by its own words: only a policy that limits its age can tell when."""
    specimen: bool = False
    """A demo, practice or specimen code: visibly not real, never opens a real gate."""
    origin: Origin = Origin.CODE
    personal: Personal = Personal()
    content: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)
    """The certificate as it was signed, for rules and for comparing holders; None where a format has none.
    Personal: it is never logged, and dropped with the crossing."""
