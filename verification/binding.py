"""Whether the codes of a crossing belong to one holder: by their digests, or by the person they name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from verification.assessment import Assessment, Signature
from verification.evidence import Evidence
from verification.rules.holder import Comparison, Holder, bound, holder_named, holder_of


def of_several_holders(codes: Iterable[Assessment]) -> bool:
    """Whether two genuine codes are certainly not of one holder."""
    genuine = [code.evidence for code in codes if code.signature is Signature.VALID]
    digests = {says.holder for says in genuine if says is not None and says.holder is not None}
    return len(digests) > 1 or Comparison.DIFFERENT in _answers(genuine)


def of_one_holder(codes: Iterable[Assessment]) -> bool:
    """Whether all codes are certainly of one holder: one digest in all of them, or one person named in all.

    A digest and a name say nothing of one another.
    """
    evidence = [code.evidence for code in codes]
    if all(says is not None and says.holder is not None for says in evidence):
        return len({says.holder for says in evidence if says is not None}) == 1
    named = [_named(says) for says in evidence]
    if any(one is None for one in named):
        return False
    return set(_answers(evidence)) == {Comparison.SAME}


def _answers(evidence: Iterable[Evidence | None]) -> Iterable[Comparison]:
    """Each pair of certificates that name a person, compared."""
    named = [one for one in map(_named, evidence) if one is not None]
    return [bound(one, other) for one, other in combinations(named, 2)]


def _named(says: Evidence | None) -> Holder | None:
    """Who is named in a certificate, None where nobody is (a colour code carries a masked name at most)."""
    if says is None:
        return None
    if says.content is not None:
        return holder_of(says.content)
    return holder_named(says.personal.name, says.personal.birth) if says.personal.name else None
