"""What `verify` says of one code: each check's own answer, never yet a decision about a traveller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from verification.evidence import Evidence
from verification.reasons import ReasonId
from verification.record import record


class Signature(StrEnum):
    """Outcome of the signature check."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNKNOWN_SIGNER = "UNKNOWN_SIGNER"
    UNCHECKED = "UNCHECKED"


class Validity(StrEnum):
    """Outcome of the time check."""

    __hash__ = str.__hash__  # the one of enumerations is called from Python, at every look into a table

    VALID = "VALID"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    UNKNOWN = "UNKNOWN"


class Revocation(StrEnum):
    """Outcome of the revocation check."""

    __hash__ = str.__hash__  # the one of enumerations is called from Python, at every look into a table

    CLEAR = "CLEAR"
    REVOKED = "REVOKED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NO_LIST = "NO_LIST"
    STALE = "STALE"


OTHER = "OTHER"
"""The `format` of a text that is no health code."""


@record
class Identity:
    """What a code is known by, before any key is applied. Twins of one code have one identity.

    `signed` is issuer and signed bytes (not the text, not the signature: both can be rewritten without
    breaking it); `use` is issuer and `cti`, present where a code carries a use rule.
    """

    signed: bytes = field(repr=False)
    use: bytes | None = field(default=None, repr=False)


@record
class Assessment:
    """One code, checked. `reasons` are in the order of judgement: signature, revocation, validity, rules."""

    format: str
    signature: Signature
    validity: Validity
    revocation: Revocation
    reasons: tuple[ReasonId, ...]
    evidence: Evidence | None = None
    issuer: str | None = None
    kid: bytes | None = None
    identity: Identity | None = None
    looks_like: str | None = None
    """For `OTHER`: what the text seems to be (`link`, `payment`, `boarding_pass`, `wifi`, `contact`, `text`,
    `nothing`; or, claiming to be a health code, `hksar_record`, `newer_certificate`)."""
    timings_us: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def is_health_code(self) -> bool:
        """Whether the text claims to be a health code, verifiable here or not.

        If not, it ends no crossing and calls no officer.
        """
        return self.format != OTHER or ReasonId.NOT_VERIFIABLE_OFFLINE in self.reasons

    @property
    def sound(self) -> bool:
        """Whether the code passed every check of its own."""
        return self.signature is Signature.VALID and not self.reasons
