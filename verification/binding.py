"""Whether the codes of a crossing belong to one holder: by their digests, or by the person they name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from verification.assessment import Assessment, Signature
from verification.evidence import Evidence
from verification.rules.holder import Comparison, Holder, compared, holder_of


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
    if any(says is None or says.content is None for says in evidence):
        return False
    return set(_answers(evidence)) == {Comparison.SAME}


def _answers(evidence: Iterable[Evidence | None]) -> Iterable[Comparison]:
    """Each pair of certificates that name a person, compared."""
    named: list[Holder] = [
        holder_of(says.content) for says in evidence if says is not None and says.content is not None
    ]
    return [compared(one, other) for one, other in combinations(named, 2)]
