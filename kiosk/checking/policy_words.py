"""A policy in words, for the operator who is about to put it to use."""

from __future__ import annotations

from collections.abc import Iterator

from verification.evidence import Direction, Kind
from verification.formats.offers import COLOUR_CODES
from verification.policy import Policy, Requirement, Thresholds
from verification.review.requirements import counting

_WAYS = {
    Direction.TO_MAINLAND: "to the mainland",
    Direction.TO_HONG_KONG: "to Hong Kong",
    Direction.TO_MACAO: "to Macao",
    Direction.ANY: "either way",
}
_EVENTS = {
    Kind.TEST: "the sample",
    Kind.VACCINATION: "the dose",
    Kind.PROPHYLAXIS: "the dose",
    Kind.RECOVERY: "the first positive test",
}
_ENDS = {"REFER": "is referred to an officer", "REFUSE": "is refused"}


def in_words(policy: Policy) -> Iterator[str]:
    """The lines, in the order in which a traveller would meet what they say."""
    yield f"Policy {policy.name}, version {policy.version}, for travellers {_WAYS[policy.direction]}."
    yield f"Formats: {', '.join(policy.formats)}. A code of any other format is referred."
    yield "A traveller is admitted with any one of these:"
    for number, alternative in enumerate(policy.evidence.any_of, 1):
        asked = "; and ".join(_requirement(one, policy) for one in alternative.all_of)
        yield f"  {number}. {asked}"
        for rule in alternative.rules:
            yield f"     provided (rule {rule.id}): {rule.says}"
    yield from _rules(policy)
    yield from _days(policy)
    yield from _holders(policy)
    yield from _lists(policy)
    yield from _officers(policy)


def _requirement(asked: Requirement, policy: Policy) -> str:
    words = [asked.kind.value.replace("_", " ")]
    formats = counting(asked, policy)
    if asked.kind is Kind.HEALTH_COLOUR or (formats and formats <= COLOUR_CODES and len(asked.colours) > 1):
        words.insert(0, " or ".join(asked.colours))
    if asked.schemes is not None:
        words.append(f"of scheme {' or '.join(asked.schemes)}")
    words.append(f"({', '.join(sorted(formats)) or 'no format'})")
    text = " ".join(words)
    since = "issue" if asked.counted_from == "issue" else _EVENTS.get(asked.kind, "the event")
    if asked.max_age_h is not None:
        text += f", at most {_hours(asked.max_age_h)} after {since}"
    if asked.same_day is not None:
        text += f", until 23:59:59 in {asked.same_day} on the day of {since}"
    return text + (", once only" if asked.use == "single" else "")


def _hours(hours: float) -> str:
    days, rest = divmod(hours, 24)
    return f"{hours:g} hours" + (f" ({days:g} days)" if days >= 3 and not rest else "")


def _rules(policy: Policy) -> Iterator[str]:
    if policy.arrival is not None:
        place = policy.arrival.country + (
            f", region {policy.arrival.region}" if policy.arrival.region else ""
        )
        yield (
            f"Certificates of the EU scheme must meet the business rules of arrival in {place}: "
            f"one that fails {_ENDS[policy.arrival.on_fail]}, one that a rule cannot be asked of is referred."
        )
    for rule in policy.rules:
        of = "every code" if rule.kinds is None else "each " + " or ".join(rule.kinds).replace("_", " ")
        yield f"Rule {rule.id} is asked of {of}: {rule.says} A code that fails {_ENDS[rule.on_fail]}."


def _days(policy: Policy) -> Iterator[str]:
    if policy.zone is not None:
        yield f"Birthdays, and days that name no hour, begin at midnight in {policy.zone}."


def _holders(policy: Policy) -> Iterator[str]:
    if not any(len(alternative.all_of) > 1 for alternative in policy.evidence.any_of):
        yield (
            "One code is enough; further codes that certainly are of another holder are referred."
            if (policy.one_holder)
            else "One code is enough; further codes may be of other holders."
        )
    elif policy.one_holder:
        yield "All codes of a crossing must be of one holder; what cannot be bound is referred."
    else:
        yield "Codes of a crossing may be of several holders: nothing compares them."
    if COLOUR_CODES.isdisjoint(policy.formats):
        return
    elsewhere = "is referred" if policy.single_use_elsewhere == "refer" else "is admitted, with a note"
    yield f"When other lanes cannot be asked about a single-use code, the traveller {elsewhere}."


def _lists(policy: Policy) -> Iterator[str]:
    for name, limits in (("trust", policy.freshness.trust), ("revocation", policy.freshness.revocation)):
        yield f"The {name} list {_ages(limits)}"


def _ages(limits: Thresholds) -> str:
    return f"is shown as ageing after {limits.warn_h:g} hours and not relied on after {limits.refer_h:g}."


def _officers(policy: Policy) -> Iterator[str]:
    for why, outcome in policy.outcomes.items():
        yield f"Other than usual, {why} leads to {outcome}."
    second = ", ".join(policy.second_officer)
    yield f"A second officer is needed to override: {second}." if second else "One officer overrides alone."
    if policy.again_after_s:
        yield (
            f"The same code or holder within {policy.again_after_s} seconds of an admission at this lane "
            "is referred."
        )
    if policy.spot_check_one_in is not None:
        yield f"One crossing in {policy.spot_check_one_in} that would be admitted is referred instead."
    for name, address in policy.renew_url.items():
        yield f"Who shows a code of {name} that is out of date is shown where to make a new one: {address}"
    if policy.accept_specimens:
        yield "Codes of demo authorities count."
