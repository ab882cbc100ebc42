"""The referral in front: why, what the codes say, and what can be decided. For a signed-in officer only."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from zoneinfo import ZoneInfo

from kiosk.desk.decision import NeedsSecondOfficer, options
from kiosk.desk.lane_control import Action
from kiosk.lane_view import Checked, CrossingView, LaneView, RuleView
from kiosk.presenters import deciding_texts as d
from kiosk.presenters import entry_texts as e
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_panel import VERDICT_ROLES
from kiosk.presenters.officer_texts import say
from kiosk.presenters.punctuation import clauses, colon, listed
from kiosk.reference import in_groups, reference_of
from kiosk.theme.palette import Role
from verification.assessment import Signature
from verification.evidence import Colour, Direction, Evidence, Origin, Use
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome

LONGEST, LONGEST_RULE = 60, 200
_UNPROVEN = frozenset(
    {
        ReasonId.NOT_VERIFIABLE_OFFLINE,
        ReasonId.MALFORMED,
        ReasonId.ALGORITHM_MISMATCH,
        ReasonId.SIGNATURE_INVALID,
        ReasonId.NO_TRUST_LIST,
        ReasonId.UNKNOWN_SIGNER,
        ReasonId.KEY_USAGE,
        ReasonId.SIGNER_EXPIRED,
        ReasonId.SIGNER_NOT_YET_VALID,
    }
)
"""With these, what a code says is only what somebody wrote into it."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: its telephone code, what was found, what to do."""

    code: str
    found: str
    next: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What one code says. The issuer's colour is the issuer's word, never our verdict."""

    title: str
    colour: Colour | None
    colour_words: str
    rows: tuple[tuple[str, str], ...]
    specimen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision that can be touched; `why_not` says what stands against it."""

    action: Action
    words: str
    why_not: str

    @property
    def possible(self) -> bool:
        """Whether it can be chosen."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Referral:
    """The whole card."""

    crossing: str
    reference: str
    verdict: str
    role: Role
    whys: tuple[Why, ...]
    rules: tuple[str, ...]
    """What each rule that was not met or gave no answer is called, and asks for in its own words."""
    supposed: str
    """What the policy would say if what an officer entered were genuine; empty: nothing was."""
    second: str
    """That it takes two officers to admit, and who was the first; empty: one is enough."""
    private: str
    missing: str
    proofs: tuple[Proof, ...]
    unproven: str
    choices: tuple[Choice, ...]


def referral(
    view: LaneView,
    language: str,
    zone: ZoneInfo,
    needs_second_officer: NeedsSecondOfficer,
    officer: str = "",
) -> Referral | None:
    """The card for this officer; None when there is nothing to decide."""
    possible = options(view, needs_second_officer, officer)
    crossing = view.crossing
    if not possible or crossing is None or crossing.outcome is None:
        return None
    called = (ReasonId.HELP_ASKED,) if crossing.called else ()
    told = crossing.supposed.doubts if crossing.supposed else ()
    rows = [
        reason(identifier)
        for identifier in dict.fromkeys((*called, *crossing.reasons))
        if identifier not in told or identifier is crossing.reasons[0]
    ]
    missing = listed((say(t.KINDS[kind], language) for kind in crossing.missing), language)
    unproven = not crossing.evidence or not _UNPROVEN.isdisjoint(crossing.reasons)
    return Referral(
        crossing=crossing.crossing,
        reference=say(t.REFERENCE, language, crossing=in_groups(reference_of(crossing.crossing))),
        verdict=say(t.OUTCOMES[crossing.outcome], language),
        role=VERDICT_ROLES[crossing.outcome],
        whys=tuple(
            Why(row.code, row.officer[language], say(t.WHAT_TO_DO, language, next=row.next[language]))
            for row in rows
        ),
        rules=tuple(_rule(rule, language) for rule in crossing.rules),
        supposed=_supposed(crossing, language),
        second=_second(crossing, needs_second_officer(crossing.reasons), language),
        private=say(t.PRIVATE, language) if any(row.private for row in rows) else "",
        missing=say(t.MISSING, language, kinds=missing) if missing else "",
        proofs=tuple(
            _proof(item, checked, language, zone)
            for item, checked in zip_longest(crossing.evidence, crossing.checks[: len(crossing.evidence)])
        ),
        unproven=_unproven(crossing, language) if unproven else "",
        choices=tuple(
            Choice(
                option.action,
                say(t.ACTIONS[option.action], language),
                "" if option.why_not is None else say(t.NOTICES[option.why_not], language),
            )
            for option in possible
        ),
    )


def _supposed(crossing: CrossingView, language: str) -> str:
    said = crossing.supposed
    if said is None:
        return ""
    if said.outcome is Outcome.ADMIT:
        return say(e.WOULD_ADMIT, language)
    if said.outcome is None:
        kinds = listed((say(t.KINDS[kind], language) for kind in said.missing), language)
        return say(e.WOULD_ASK, language, kinds=kinds)
    return say(e.WOULD_NOT, language, reasons="; ".join(reason(why).officer[language] for why in said.doubts))


def _second(crossing: CrossingView, needed: bool, language: str) -> str:
    if crossing.approved_by:
        return say(t.ONE_ADMITTED, language, officer=crossing.approved_by)
    return say(t.TWO_NEEDED, language) if needed else ""


def _unproven(crossing: CrossingView, language: str) -> str:
    """That nothing is proven, and what an uncheckable code claims to be."""
    if not (crossing.evidence or crossing.claims or set(crossing.reasons) - {ReasonId.HELP_ASKED}):
        return say(t.NO_CODE, language)
    plain = say(t.CLAIM_ONLY if crossing.evidence else t.NOTHING_PROVEN, language)
    named = [say(t.CLAIMED[claim], language) if claim in t.CLAIMED else claim for claim in crossing.claims]
    return " ".join([plain, *(say(t.CLAIMS_TO_BE, language, what=what) for what in dict.fromkeys(named))])


def shown(words: str, longest: int = LONGEST) -> str:
    """Scanned text made fit to be looked at: bounded, one line, nothing that hides or turns letters."""
    hidden = {letter for letter in words if unicodedata.category(letter)[0] in "CZ" and letter != " "}
    plain = "".join("�" if letter in hidden else letter for letter in words[: longest + 1])
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _rule(rule: RuleView, language: str) -> str:
    """A rule's own words are not ours to translate: they are shown as they were published."""
    words = " ".join(rule.says.split())
    name = say(t.RULE, language, rule=shown(rule.id))
    return f"{name}{colon(language)}{shown(words, LONGEST_RULE)}" if words else name


def _sure(item: Evidence, checked: Checked | None, language: str) -> str:
    """How far what it says is proven. Empty where a lane of another version did not say."""
    if item.origin is Origin.ENTERED:
        return say(d.ENTERED, language)
    if checked is None:
        return ""
    words = [d.SIGNATURES[checked.signature], d.VALIDITIES[checked.validity]]
    if checked.revocation in d.REVOCATIONS:
        words.append(d.REVOCATIONS[checked.revocation])
    said = clauses((say(one, language) for one in words), language)
    return say(d.PROVEN if checked.signature is Signature.VALID else d.NOT_PROVEN, language, checks=said)


def _to_check(item: Evidence, language: str) -> str:
    if item.origin is Origin.ENTERED:
        return say(d.CHECK_PAPER, language)
    if item.specimen:
        return say(d.CHECK_SPECIMEN, language)
    return say(d.CHECK_NAME if item.personal.masked_name else d.CHECK_HOLDER, language)


def _proof(item: Evidence, checked: Checked | None, language: str, zone: ZoneInfo) -> Proof:
    name = shown(item.personal.masked_name)
    sure = _sure(item, checked, language)
    rows = [
        *(
            []
            if item.origin is Origin.ENTERED
            else [(say(t.NAME, language), name or say(t.NO_NAME, language))]
        ),
        (say(t.ISSUER, language), _issuer(item)),
        (say(t.ISSUED, language), _time(item.issued_at, zone)),
        (say(t.VALID_UNTIL, language), _time(item.expires_at, zone)),
    ]
    direction = say(t.DIRECTIONS[item.direction], language)
    if item.use is Use.SINGLE:
        rows.append((say(t.VALID_FOR, language), say(t.SINGLE_USE, language, direction=direction)))
    elif item.direction is not Direction.ANY:
        rows.append((say(t.VALID_FOR, language), direction))
    if statement := _statement(item, language, zone):
        rows.append((say(t.STATEMENT, language), statement))
    rows += [(say(d.SURE, language), sure)] if sure else []
    rows.append((say(d.TO_CHECK, language), _to_check(item, language)))
    colour = ""
    if item.colour is not None:
        colour = say(t.ISSUERS_COLOUR, language, colour=say(t.COLOURS[item.colour], language))
    return Proof(say(t.KINDS[item.kind], language), item.colour, colour, tuple(rows), item.specimen)


def _issuer(item: Evidence) -> str:
    parts = (shown(item.issuer), "" if item.scheme == item.issuer else shown(item.scheme))
    return " · ".join(part for part in parts if part)


def _statement(item: Evidence, language: str, zone: ZoneInfo) -> str:
    medical = item.medical
    if medical is None:
        return ""
    parts = [shown(medical.disease), shown(medical.product)]
    if medical.doses is not None and medical.doses_of is not None:
        parts.append(say(t.DOSES, language, dose=medical.doses, of=medical.doses_of))
    if medical.negative is not None:
        parts.append(say(t.NEGATIVE if medical.negative else t.POSITIVE, language))
    if medical.sampled_at is not None:
        parts.append(_time(medical.sampled_at, zone))
    elif medical.on is not None:
        parts.append(_day(medical.on))
    return listed((part for part in parts if part), language)


def _time(at: datetime | None, zone: ZoneInfo) -> str:
    return "–" if at is None else at.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")


def _day(on: date) -> str:
    return on.isoformat()
