"""What every format gives: a container taken apart, and what its content says. Neither is believed yet.

Both are made and dropped within one scan, in the verifier alone; `frozen` would cost them a fifth of what
their decoding costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from verification.evidence import Evidence
from verification.formats.numeric_date import Window
from verification.reasons import ReasonId


@dataclass(slots=True)
class Opened:
    """A container taken apart: what was signed, and by which key it says."""

    content: bytes = field(repr=False)
    """The signed content alone: the same for every rewriting of one code that leaves its signature good."""
    signed: bytes = field(repr=False)
    """The exact bytes under the signature."""
    signature: bytes
    algorithm: int | None
    kid: bytes | None


@dataclass(slots=True)
class Credential:
    """What the content of one code says."""

    issuer: str
    """As the signed content names it; empty where it does not."""
    window: Window
    evidence: Evidence | None
    reasons: tuple[ReasonId, ...] = ()
    """What the format's own rules find, in the order of judgement."""
    usages: frozenset[str] = frozenset()
    """Key-usage OIDs, one of which a signer restricted by any of `usage_family` must have."""
    usage_family: frozenset[str] = frozenset()
    own_issuer_only: bool = False
    """Whether the signer must be filed under the issuer that the content names."""
    identifiers: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """Revocation hash types and the bytes that are hashed for them (the signature's own is not here)."""
    status_index: int | None = None
    use: bytes | None = field(default=None, repr=False)
    """What a use rule counts by (`cti`), unique within the issuer."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its text is taken apart and how its content is read. Both raise `Malformed`."""

    open: Callable[[bytes], Opened]
    read: Callable[[bytes], Credential]
