"""The whole review of a policy, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator

from verification.formats.offers import OFFERS
from verification.policy import Policy
from verification.review.alternatives import review_alternatives
from verification.review.finding import Finding
from verification.review.reasons import review_reasons
from verification.review.requirements import counting, review_requirement
from verification.review.rules import review_rules


def review(policy: Policy) -> tuple[Finding, ...]:
    """Everything found; none of it wrong where the policy can be used as it is."""
    return tuple(_all(policy))


def _all(policy: Policy) -> Iterator[Finding]:
    used = frozenset[str]().union(*(counting(asked, policy) for asked in policy.requirements))
    for name in policy.formats:
        if name not in used:
            kinds = ", ".join(sorted(OFFERS[name].kinds))
            yield Finding(
                "formats", f"{name} ({kinds}) meets no requirement: such codes are always referred", False
            )
    for number, alternative in enumerate(policy.evidence.any_of):
        for place, asked in enumerate(alternative.all_of):
            yield from review_requirement(f"evidence.any_of.{number}.all_of.{place}", asked, policy)
    yield from review_alternatives(policy)
    yield from review_rules(policy)
    yield from review_reasons(policy)
