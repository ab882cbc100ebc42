"""One named attack, and the most permissive lane there can be to try it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.verification import made_divoc
from tests.verification.made import EC_KEY, ED_KEY, NOW, RSA_KEY, signer
from tests.verification.made_cards import card_signer, pass_signer
from tests.verification.made_seals import csca
from verification.assessment import Assessment
from verification.evidence import Direction, Kind
from verification.formats.credential import Format
from verification.formats.registry import KNOWN
from verification.judgement import NOTHING_SPENT, SpentCodes, judge
from verification.policy import Alternative, Asked, Policy, Requirement, built_in
from verification.revocation.memory import RevocationList, Withdrawn
from verification.snapshot import ListAge, RevocationIndex, Signer, Snapshot
from verification.trust.csca import authority
from verification.trust.store import TrustList
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

Code = str | bytes
HCERT = frozenset({"HC1", "LT1", "AT1", "NO1", "HK1", "GD1", "MO1", "CN1", "CD1", "TC1", "IE1", "PV1"})
FURTHER: dict[str, Format] = {"DIVOC": made_divoc.FORMAT}
"""Formats with a part of their own, which fuzzing puts into a process."""
COVERS = tuple((name, "*") for name in sorted(KNOWN))


def hcert_signer(key: object = EC_KEY, **changes: object) -> Signer:
    """A signer of everything in the container of HC1."""
    return signer(key, **({"formats": HCERT} | changes))  # type: ignore[arg-type]


SIGNERS = (
    *(hcert_signer(key) for key in (EC_KEY, RSA_KEY, ED_KEY)),
    hcert_signer(kid=b"austria!", issuer="AT"),
    hcert_signer(kid=b"swiss-ch", issuer="CH"),
    card_signer(),
    pass_signer(),
    authority(csca()),
    *made_divoc.SIGNERS,
)


def listing(*entries: Withdrawn, status: dict[str, frozenset[int]] | None = None) -> RevocationList:
    """A fresh revocation list that answers for every format and issuer."""
    return RevocationList(entries, COVERS, status, signed_at=NOW)


def _permissive() -> Policy:
    """Any one genuine credential of any kind, yellow or green; one without an end for two days."""
    kinds = {kind: Requirement(kind=kind, colours=("green", "yellow")) for kind in Kind}
    kinds[Kind.LIGHT] = Requirement(kind=Kind.LIGHT, max_age_h=48)
    asked = Asked(any_of=tuple(Alternative(all_of=(one,)) for one in kinds.values()))
    return built_in().model_copy(
        update={"evidence": asked, "one_holder": False, "single_use_elsewhere": "admit_noted"}
    )


PERMISSIVE = _permissive()
assert PERMISSIVE.direction is Direction.ANY


@dataclass(frozen=True)
class Lane:
    """A lane that knows every demo signer and lacks no list."""

    signers: Sequence[Signer] = SIGNERS
    revocation: RevocationIndex | None = field(default_factory=listing)
    trust_age: ListAge | None = None
    revocation_age: ListAge | None = None
    allowed: frozenset[str] = KNOWN

    def check(self, code: Code, at: datetime = NOW) -> Assessment:
        snapshot = Snapshot(TrustList(self.signers), self.revocation, self.trust_age, self.revocation_age)
        return Verifier(lambda: snapshot, self.allowed, FURTHER).verify(code, at)

    def judge(self, code: Code, at: datetime = NOW, spent: SpentCodes = NOTHING_SPENT) -> Verdict:
        verdict = judge((self.check(code, at),), spent, PERMISSIVE, at)
        assert isinstance(verdict, Verdict)
        return verdict


LANE = Lane()


class Spent(frozenset[bytes]):
    """What earlier crossings used up, at every lane."""

    covers_other_lanes = True


@dataclass(frozen=True)
class Attack:
    """What is shown and what must be said of it. `code` makes it anew."""

    name: str
    reasons: str
    """All reasons of the verdict, the deciding one first."""
    code: Callable[[], Code]
    lane: Lane = LANE
    at: datetime = NOW
    before: Callable[[], Code] | None = None
    """A code that was admitted and spent at an earlier crossing."""

    def outcome(self) -> Verdict:
        """The verdict on it, after what went before."""
        spent = Spent()
        if self.before is not None:
            first = self.lane.judge(self.before(), self.at)
            assert first.outcome is Outcome.ADMIT, f"the earlier crossing was not admitted: {first.reasons}"
            assert first.spends, "the earlier crossing spent nothing"
            spent = Spent(first.spends)
        return self.lane.judge(self.code(), self.at, spent)


Table = dict[str, tuple[str, Callable[[], Code]]]


def attacks(group: str, table: Table, lane: Lane = LANE) -> list[Attack]:
    """A table of names, reasons and codes as attacks of one group."""
    return [Attack(f"{group}: {name}", reasons, code, lane) for name, (reasons, code) in table.items()]


UNREADABLE = "MALFORMED VALIDITY_UNKNOWN"
"""Taken apart, but its content is not what the format says: nothing is known of its time either."""


def malformed(group: str, table: dict[str, Callable[[], Code]], reasons: str = "MALFORMED") -> list[Attack]:
    """Attacks that all end where they are read."""
    return attacks(group, {name: (reasons, code) for name, code in table.items()})
