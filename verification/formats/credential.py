"""What every format gives: a container taken apart, and what its content says. Neither is believed yet.

Both are made and dropped within one scan, in the verifier alone; `frozen` would cost them a fifth of what
their decoding costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verification.evidence import Evidence
from verification.formats.numeric_date import Window
from verification.reasons import ReasonId
from verification.trust.certificate_fields import Fields


class Unverifiable(Exception):
    """A code that may be genuine and cannot be checked here. `str()` is one sentence that says why."""


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
    """As bytes, also where the format writes it as a text."""
    issuer: str | None = None
    """As the content names it, where keys are found by issuer and key id; None: by the key id alone."""
    certificate: Fields | None = None
    """The signer's own certificate, where it travels in the code: it counts once an authority issued it."""
    document: Any = field(default=None, repr=False)
    """The content decoded, where `open` had to do so already."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A text that is one part of a code: the `part`th (from 1) of `parts`."""

    part: int
    parts: int


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
    revocable: bool = True
    """False: the format has no revocation lists; a code is withdrawn with its key."""
    issued_at: datetime | None = None
    """For revocation entries that only concern what was issued before a time."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its text is taken apart and how its content is read. Both raise `Malformed`.

    `open` may raise `Unverifiable`.
    """

    open: Callable[[bytes], Opened | Incomplete]
    read: Callable[[bytes], Credential]
    read_document: Callable[[Any], Credential] | None = None
    """The same as `read`, from `Opened.document`."""
    longest: int = 8 * 1024
    """Bytes of text. The largest QR symbol holds 4,296 characters; scanners send no more than that."""

    def credential(self, opened: Opened) -> Credential:
        """What the content of an opened container says. Raises `Malformed`."""
        if self.read_document is None:
            return self.read(opened.content)
        return self.read_document(opened.document)
