"""What verification is given to judge with: trust, revocation and their ages, immutable and swapped whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.record import record
from verification.trust.certificate_fields import Fields


class Freshness(StrEnum):
    """How far a list can be relied on, judged at every scan."""

    FRESH = "FRESH"
    AGEING = "AGEING"
    STALE = "STALE"


_FRESH, _AGEING, _STALE = Freshness.FRESH, Freshness.AGEING, Freshness.STALE
_AHEAD = timedelta(hours=-24)
"""How far the clock of whoever signs lists may be before a lane's."""


@dataclass(frozen=True, slots=True)
class ListAge:
    """When a list was signed, and how old it may become. `warn` and `refer` come from the policy."""

    signed_at: datetime
    warn: timedelta
    refer: timedelta
    expires_at: datetime | None = None
    """When the list itself says that it must not be used any longer."""

    def freshness(self, at: datetime) -> Freshness:
        """The list's freshness at `at`. One signed later tells nothing: it, or the clock, is wrong."""
        age = at - self.signed_at
        if age > self.refer or age < _AHEAD or (self.expires_at is not None and at > self.expires_at):
            return _STALE
        return _AGEING if age > self.warn else _FRESH


@dataclass(frozen=True, slots=True)
class Signer:
    """A key we accept, and what its certificate says of it."""

    kid: bytes
    key: PublicKeyTypes
    algorithm: int
    """COSE algorithm id that this key makes (-7 ES256, -8 EdDSA, -37 PS256, …)."""
    issuer: str
    """The country or jurisdiction the trust list files this key under (ISO 3166-1/-2)."""
    formats: frozenset[str]
    """Format prefixes this signer may sign, without the colon (`HC1`, `HK1`, …)."""
    not_before: datetime | None = None
    not_after: datetime | None = None
    usages: frozenset[str] = frozenset()
    """Extended key-usage OIDs of the certificate; empty means any."""
    owner: str = ""
    """The issuer that the signed content must name, where a format finds keys by issuer and key id.

    A URL (SHC), DID (NZCP) or IRI (DIVOC).
    """
    demo: bool = False
    """A demo or practice signer: everything it signs is a specimen."""
    age: ListAge | None = None
    """How old the list is that names this signer; None: `Snapshot.trust_age` alone counts."""


class TrustStore(Protocol):
    """Signers by format and key id. Several keys may share an id: every one is tried."""

    def signers(self, prefix: str, kid: bytes) -> Sequence[Signer]:
        """All signers that may have signed a code of this format under this key id."""
        ...

    def issued(self, prefix: str, certificate: Fields) -> Sequence[Signer]:
        """The certificate that travels in a code as a signer, once for each authority here that issued it."""
        ...

    def ages(self, prefix: str) -> Sequence[ListAge]:
        """The ages of the lists that name signers of this format, where their signers say so."""
        ...

    def __len__(self) -> int: ...


class RevocationAnswer(StrEnum):
    """What a revocation list says of one code."""

    CLEAR = "CLEAR"
    REVOKED = "REVOKED"
    SIGNER_REVOKED = "SIGNER_REVOKED"
    """Not the code was withdrawn but the certificate that signed it."""
    STALE = "STALE"
    """Not withdrawn on a list that is too old to be relied on by its own words."""
    NO_LIST = "NO_LIST"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@record
class RevocationQuery:
    """What a revocation list may know one code by."""

    prefix: str
    issuer: str
    kid: bytes
    hashes: tuple[tuple[str, bytes], ...]
    """Pairs of hash type (`revocation.hashes.TYPES`) and 16-byte truncated SHA-256."""
    status_index: int | None = None
    """Index into the issuer's token status list, where the code carries one."""
    issued_at: datetime | None = None
    """Entries may concern only what was issued before a time. None: the code does not say."""
    stated_issuer: str = ""
    """The issuer as the signed content names it: status lists are kept by it."""
    at: datetime | None = None
    """When the code is judged, for lists that name their own end."""
    certificate: tuple[bytes, int] | None = None
    """Its authority's name (`certificate_fields.name_id`) and its serial number, where one is in the code."""


class RevocationIndex(Protocol):
    """Withdrawn credentials. The in-memory set and the large mapped index both answer this."""

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """Whether the code is on a list that applies to it."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent state of everything `verify` looks things up in."""

    trust: TrustStore
    revocation: RevocationIndex | None
    """None: there is no usable list at all, which is never read as "not revoked"."""
    trust_age: ListAge | None = None
    """Of everything in `trust`; lists that each have their own age give it to their signers."""
    revocation_age: ListAge | None = None
    version: str = ""
