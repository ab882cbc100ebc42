"""The verdict on a traveller: `ADMIT`, `REFER` or `REFUSE`, always with reasons."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from verification.evidence import Kind
from verification.reasons import ReasonId
from verification.record import record


class Outcome(StrEnum):
    """The three answers. Not knowing is `REFER`."""

    ADMIT = "ADMIT"
    REFER = "REFER"
    REFUSE = "REFUSE"


@record
class Verdict:
    """A decision about a crossing. `reasons[0]` is the one that decided it."""

    outcome: Outcome
    reasons: tuple[ReasonId, ...]
    spends: tuple[bytes, ...] = field(default=(), repr=False)
    """Single-use identities (`Identity.use`) that this verdict consumes when it is `ADMIT`."""
    rules: tuple[str, ...] = ()
    """Identifiers of rules that were not met or gave no answer, sorted."""

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a verdict has a reason")


@record
class Gathering:
    """Nothing is wrong so far, but the policy asks for more codes."""

    missing: tuple[Kind, ...]
    reasons: tuple[ReasonId, ...] = ()
    """Why what was shown is not enough of itself, where a rule says so; else empty."""
    rules: tuple[str, ...] = ()
    """Those rules, by identifier, sorted."""
