"""A paper document as an officer entered it: what the policy would say if it were genuine. Never a signature.

Nothing here admits anybody. An `Entered` has no signature and becomes no `Assessment` that leaves this file;
what comes back is a `Supposed`, which an officer reads and no gate obeys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.evidence import Colour, Evidence, Kind, MedicalStatement, Origin, Use
from verification.findings import is_good
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import Policy, Requirement
from verification.reasons import ReasonId
from verification.record import record
from verification.rules.dcc import RuleBook
from verification.snapshot import Signer
from verification.verdict import Gathering, Outcome

MOST_ISSUERS = 200
_FINE = frozenset({ReasonId.ADMITTED, ReasonId.ADMITTED_NOTED})


class Mark(StrEnum):
    """What an officer saw of the document. Nothing of what stands in it about a person."""

    ORIGINAL = "original"
    """The original, no copy and no picture of it."""
    SAME_PERSON = "same_person"
    """Name and birth date are those of the travel document."""
    SEALS = "seals"
    """Stamp, watermark or seal are there and look right."""
    CONFIRMED = "confirmed"
    """The issuer confirmed it, by telephone or on its own page."""


@record
class Entered:
    """One document: chosen and typed step by step. Days as they stand on it."""

    kind: Kind
    issuer: str
    """One of the policy's schemes, or an issuer of the trust lists."""
    issued: date
    """For a test the day of the sample, for a vaccination that of the last dose."""
    until: date | None = None
    """None: it names no end."""
    colour: Colour | None = None
    negative: bool | None = None
    marks: tuple[Mark, ...] = ()


@record
class Supposed:
    """What the policy would say of everything shown if what was entered were signed and genuine."""

    outcome: Outcome | None
    """None: further evidence would be asked for."""
    reasons: tuple[ReasonId, ...] = ()
    missing: tuple[Kind, ...] = ()

    @property
    def doubts(self) -> tuple[ReasonId, ...]:
        """Its reasons, without those that say all is well."""
        return tuple(why for why in self.reasons if why not in _FINE)


@record
class Choice:
    """A kind of document the lane's policy asks for, and whose it may be."""

    kind: Kind
    issuers: tuple[str, ...]


def choices(policy: Policy | None, signers: Iterable[Signer]) -> tuple[Choice, ...]:
    """What can be entered here: the policy's kinds, with its schemes or the issuers of the lists in use."""
    if policy is None:
        return ()
    listed = sorted({signer.issuer for signer in signers if signer.issuer})
    found: dict[Kind, dict[str, None]] = {}
    for asked in policy.requirements:
        found.setdefault(asked.kind, {}).update(dict.fromkeys(asked.schemes or listed))
    return tuple(Choice(kind, tuple(issuers)[:MOST_ISSUERS]) for kind, issuers in found.items() if issuers)


def evidence(entered: Entered, policy: Policy | None) -> Evidence:
    """What it says, in the shape of all evidence, marked as an officer's entry."""
    zone = policy.day_zone if policy else UTC
    begins = datetime.combine(entered.issued, time(), zone)
    ends = None if entered.until is None else datetime.combine(entered.until, time(23, 59, 59), zone)
    tested = entered.kind is Kind.TEST
    medical = None
    if tested or entered.kind in (Kind.VACCINATION, Kind.RECOVERY, Kind.PROPHYLAXIS):
        sampled = begins if tested else None
        medical = MedicalStatement(on=entered.issued, sampled_at=sampled, negative=entered.negative)
    return Evidence(
        kind=entered.kind,
        scheme=entered.issuer,
        issuer=entered.issuer,
        issued_at=begins,
        expires_at=ends,
        colour=entered.colour,
        use=Use.MULTIPLE,
        medical=medical,
        open_ended=ends is None,
        origin=Origin.ENTERED,
    )


def suppose(
    entries: Sequence[Entered],
    codes: Sequence[Assessment],
    policy: Policy | None,
    at: datetime,
    book: RuleBook | None = None,
) -> Supposed:
    """The policy's word on the entries, beside the codes that were good of themselves."""
    if policy is None:
        return Supposed(Outcome.REFER, (ReasonId.NO_POLICY,))
    good = [code for code in codes if is_good(code)]
    read = [_as_if_genuine(entered, policy, at) for entered in entries]
    decided = judge([*good, *read], NOTHING_SPENT, policy, at, None, book)
    if isinstance(decided, Gathering):
        return Supposed(None, decided.reasons, decided.missing)
    return Supposed(decided.outcome, decided.reasons)


def _as_if_genuine(entered: Entered, policy: Policy, at: datetime) -> Assessment:
    says = evidence(entered, policy)
    asked = next((one for one in policy.requirements if _meant(one, entered)), None)
    formats = asked.formats if asked is not None and asked.formats else policy.formats
    validity, reasons = Validity.VALID, tuple[ReasonId, ...]()
    if says.expires_at is not None and at > says.expires_at:
        validity, reasons = Validity.EXPIRED, (ReasonId.EXPIRED,)
    elif says.issued_at is not None and at + timedelta(days=1) < says.issued_at:
        validity, reasons = Validity.NOT_YET_VALID, (ReasonId.NOT_YET_VALID,)
    if entered.kind is Kind.TEST and entered.negative is False:
        reasons = (*reasons, ReasonId.RULE_REFUSED)
    return Assessment(
        format=formats[0],
        signature=Signature.VALID,
        validity=validity,
        revocation=Revocation.NOT_APPLICABLE,
        reasons=reasons,
        evidence=says,
        issuer=entered.issuer,
    )


def _meant(asked: Requirement, entered: Entered) -> bool:
    return asked.kind is entered.kind and (asked.schemes is None or entered.issuer in asked.schemes)
