"""From checked codes to a verdict: signature, revocation, validity and rules, use, then policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from verification.assessment import OTHER, Assessment, Signature, Validity
from verification.binding import of_one_holder, of_several_holders
from verification.evidence import Kind, Use
from verification.findings import findings, is_good
from verification.matching import Match, best_match
from verification.policy import Policy, Requirement
from verification.reasons import ReasonId, reason
from verification.recent import NOBODY_RECENT, RecentAdmissions, known_by
from verification.rules.dcc import RuleBook
from verification.rules.outcomes import Broken, broken_rules
from verification.suitability import age_is_limited, nearest_miss, refused_colour, unsuited
from verification.verdict import Gathering, Outcome, Verdict

_VALID, _IN_TIME, _SINGLE = Signature.VALID, Validity.VALID, Use.SINGLE
_ADMIT, _ADMITTED = Outcome.ADMIT, (ReasonId.ADMITTED,)
_ORDER = {identifier: place for place, identifier in enumerate(ReasonId)}


class SpentCodes(Protocol):
    """Single-use codes that were used before, known by `Identity.use`."""

    def __contains__(self, use: bytes, /) -> bool: ...

    @property
    def covers_other_lanes(self) -> bool:
        """Whether the other lanes were asked too. False: what they saw is not known."""
        ...


class _NothingSpent:
    covers_other_lanes = True

    def __contains__(self, use: bytes, /) -> bool:
        return False


NOTHING_SPENT: SpentCodes = _NothingSpent()
"""For a check that crosses no border, such as `main.py verify`: no code was used before."""


def judge(
    assessments: Sequence[Assessment],
    spent: SpentCodes,
    policy: Policy | None,
    at: datetime,
    draw: int | None = None,
    book: RuleBook | None = None,
    recent: RecentAdmissions = NOBODY_RECENT,
) -> Verdict | Gathering:
    """Judges every code that a traveller has shown so far, in whatever order.

    A text that is no health code decides nothing beside codes; alone it gives `REFER` with
    `NOT_A_HEALTH_CODE`, which is for `main.py verify`: the crossing does not hand such texts in. A code that
    is bad of itself decides at once, whatever lies beside it; so does a colour that the lane does not accept.
    A sound code that is not what the policy asks for decides only while nothing better was shown. `draw` is a
    fresh random number of the crossing for the policy's spot check; None: no spot check. `book` holds the
    business rules that the policy may ask for, `recent` who was let in a moment ago. Without a policy nothing
    is admitted.
    """
    codes = [code for code in assessments if code.is_health_code]
    if assessments and not codes:
        return _lone_text(assessments)
    doubts = [_doubts(code, policy, at) for code in codes]
    found: set[ReasonId] = doubts[0].copy() if len(doubts) == 1 else set().union(*doubts)
    if policy is None:
        return _decided(found | {ReasonId.NO_POLICY}, policy)
    broken: set[Broken] = set()
    if policy.rules or policy.arrival is not None:
        broken = _broken(codes, policy, book, at)
        found.update(rule.reason for rule in broken)
    for code in codes:
        found.update(_refusals_of_policy(code, spent, policy, at))
    if policy.one_holder and len(codes) > 1 and of_several_holders(codes):
        found.add(ReasonId.HOLDER_MISMATCH)
    good = [code for code, doubt in zip(codes, doubts, strict=True) if not doubt]
    match = best_match(policy, good, at)
    if match.missing:
        found.update(_unmet(codes, match, policy, at))
    else:
        broken |= match.broken
        found.update(rule.reason for rule in match.broken)
    if found:
        return _decided(found, policy, _names(broken))
    if match.missing:
        why = {rule.reason for rule in match.broken}
        return Gathering(match.missing, tuple(_sorted(why)), _names(match.broken))
    return _satisfied(match, spent, policy, at, draw, recent)


def incomplete(gathered: Gathering) -> Verdict:
    """The verdict when no further code comes: an officer decides on what was shown."""
    return Verdict(Outcome.REFER, (*gathered.reasons, ReasonId.EVIDENCE_MISSING), rules=gathered.rules)


def single_use_codes(assessments: Iterable[Assessment], policy: Policy, at: datetime) -> tuple[bytes, ...]:
    """What an officer's admission spends: every single-use code of the crossing that was good of itself."""
    return tuple(sorted({use for code in assessments if is_good(code) for use in _use(code, policy, at)}))


def _doubts(code: Assessment, policy: Policy | None, at: datetime) -> set[ReasonId]:
    """What is wrong with the code of itself; an end that it does not name may be the policy's to set."""
    found = findings(code)
    if ReasonId.VALIDITY_UNKNOWN in found and policy is not None and age_is_limited(code, policy, at):
        found.remove(ReasonId.VALIDITY_UNKNOWN)
    return found


def _broken(codes: Iterable[Assessment], policy: Policy, book: RuleBook | None, at: datetime) -> set[Broken]:
    """Rules that genuine codes do not meet. Nothing is believed of a code that is not."""
    genuine = [code for code in codes if code.signature is Signature.VALID]
    return {rule for code in genuine for rule in broken_rules(code, policy, book, at)}


def _lone_text(assessments: Sequence[Assessment]) -> Verdict:
    found = {why for text in assessments for why in text.reasons}
    return _decided(found or {ReasonId.NOT_A_HEALTH_CODE}, None)


def _refusals_of_policy(code: Assessment, spent: SpentCodes, policy: Policy, at: datetime) -> list[ReasonId]:
    """What decides at once although the code is genuine. Nothing is believed of a code that is not."""
    refused = []
    if code.format not in policy.formats and code.format != OTHER:
        refused.append(ReasonId.FORMAT_NOT_ALLOWED)
    says = code.evidence
    if code.signature is not _VALID or says is None:
        return refused
    if code.validity is _IN_TIME and says.expires_at is not None and at > says.expires_at:
        refused.append(ReasonId.EXPIRED)  # it ran out while further codes were gathered
    if says.specimen and not policy.accept_specimens:
        refused.append(ReasonId.SPECIMEN)
    if says.colour is not None and (colour := refused_colour(says, code.format, policy)) is not None:
        refused.append(colour)
    if _single(code, policy, at):
        if code.identity is None or code.identity.use is None:
            refused.append(ReasonId.OTHER_LANES_UNKNOWN)
        elif code.identity.use in spent:
            refused.append(ReasonId.ALREADY_USED)
    return refused


def _single(code: Assessment, policy: Policy, at: datetime) -> bool:
    if code.evidence is None:
        return False
    if code.evidence.use is _SINGLE:
        return True
    lessened = policy.single_uses
    return bool(lessened) and any(not unsuited(code, asked, policy, at) for asked in lessened)


def _use(code: Assessment, policy: Policy, at: datetime) -> tuple[bytes, ...]:
    if code.identity is None or code.identity.use is None or not _single(code, policy, at):
        return ()
    return (code.identity.use,)


def _unmet(codes: Sequence[Assessment], match: Match, policy: Policy, at: datetime) -> set[ReasonId]:
    """Why genuine codes are not what the lane asks for, unless a better one of their kind was shown."""
    met: set[Kind] = {asked.kind for asked, _ in match.used}
    found: set[ReasonId] = set()
    for code in codes:
        if code.signature is not Signature.VALID or code.evidence is None or code.evidence.kind in met:
            continue
        miss = nearest_miss(code, policy, at)
        if miss != (ReasonId.KIND_NOT_ACCEPTED,) or not match.used:
            found.update(miss)
    return found


def _satisfied(
    match: Match,
    spent: SpentCodes,
    policy: Policy,
    at: datetime,
    draw: int | None,
    recent: RecentAdmissions,
) -> Verdict:
    """Every requirement is met: what remains are the doubts about the crossing as a whole."""
    used = match.used
    spends = _spent_by(used)
    doubts: list[ReasonId] = []
    notes: list[ReasonId] = []
    if spends and not spent.covers_other_lanes:
        (doubts if policy.single_use_elsewhere == "refer" else notes).append(ReasonId.OTHER_LANES_UNKNOWN)
    if len(used) > 1 and policy.one_holder and not of_one_holder([code for _, code in used]):
        doubts.append(ReasonId.HOLDER_UNBOUND)
    if policy.again_after_s:
        since = at - timedelta(seconds=policy.again_after_s)
        if recent.any_since(known_by([code for _, code in used]), since):
            doubts.append(ReasonId.ADMITTED_JUST_NOW)
    if policy.spot_check_one_in is not None and draw is not None and draw % policy.spot_check_one_in == 0:
        doubts.append(ReasonId.SPOT_CHECK)
    if doubts:
        return _decided(doubts + notes, policy)
    if notes:
        return Verdict(_ADMIT, (ReasonId.ADMITTED_NOTED, *_sorted(notes)), spends)
    return Verdict(_ADMIT, _ADMITTED, spends)


def _spent_by(used: Iterable[tuple[Requirement, Assessment]]) -> tuple[bytes, ...]:
    """The single-use codes among those that the verdict rests on."""
    spends = [
        code.identity.use
        for asked, code in used
        if (asked.use == "single" or (code.evidence is not None and code.evidence.use is _SINGLE))
        and code.identity is not None
        and code.identity.use is not None
    ]
    return tuple(sorted(set(spends))) if spends else ()


def _names(broken: Iterable[Broken]) -> tuple[str, ...]:
    return tuple(sorted({rule.identifier for rule in broken}))


def _decided(found: Iterable[ReasonId], policy: Policy | None, rules: tuple[str, ...] = ()) -> Verdict:
    """The gravest outcome decides, and the first reason that leads to it stands first."""
    why = _sorted(found)
    outcome = Outcome.REFUSE if any(_outcome(one, policy) is Outcome.REFUSE for one in why) else Outcome.REFER
    first = next(one for one in why if _outcome(one, policy) is outcome)
    return Verdict(outcome, (first, *(one for one in why if one is not first)), rules=rules)


def _sorted(found: Iterable[ReasonId]) -> list[ReasonId]:
    return sorted(found, key=_ORDER.__getitem__)


def _outcome(why: ReasonId, policy: Policy | None) -> Outcome:
    return Outcome(reason(why).outcome) if policy is None else policy.outcome(why)
