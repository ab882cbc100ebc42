"""The codes to practise with: one of each thing an officer has to know, and what the lane has to say."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.demo.cast import WHOLE_CAST, Cast
from kiosk.lists import Lists
from kiosk.practice.ground import Ground
from verification.judgement import judge
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome
from verification.verifier import Verifier

Answer = tuple[Outcome, ReasonId] | None
"""None: the policy asks for one more code."""

GUIDED = (
    ("green", "Hong Kong green"),
    ("yellow", "yellow"),
    ("red", "red"),
    ("expired", "yesterday's code"),
    ("single-use", "declaration, a second person"),
    ("revoked", "revoked"),
    ("wrong-signature", "known signer, wrong signature"),
    ("not-a-code", "menu code"),
)
"""Name of the case, and who of the demonstration's cast brings it."""
ANSWERS: dict[str, tuple[Answer, ...]] = {
    "single-use": (
        (Outcome.ADMIT, ReasonId.ADMITTED_NOTED),
        (Outcome.REFUSE, ReasonId.ALREADY_USED),
    )
}
"""Where they are others than in the demonstration: practice has no hub to ask about other lanes."""


@dataclass(frozen=True, slots=True)
class Case:
    """One code. `answers` are the lane's, in the order it is shown; none: it is no health code."""

    name: str
    code: str
    answers: tuple[Answer, ...]


class _Spent(set[bytes]):
    """Codes spent at this lane; practice has no hub to ask about others."""

    covers_other_lanes = False


def answered(made: list[Case], lists: Lists, formats: frozenset[str], at: datetime) -> list[Case]:
    """The same cards with the answers of these lists and this policy: a lane's own may say otherwise."""
    verifier = Verifier(lambda: lists.snapshot, formats)
    found = []
    for case in made:
        spent, answers = _Spent(), list[Answer]()
        for _ in case.answers:
            decided = judge([verifier.verify(case.code.encode(), at)], spent, lists.policy, at)
            if isinstance(decided, Gathering):
                answers.append(None)
            else:
                answers.append((decided.outcome, decided.reasons[0]))
                spent |= set(decided.spends)
        same = len(set(answers)) == 1
        found.append(replace(case, answers=tuple(answers[:1] if same else answers)))
    return found


def cases(ground: Ground, at: datetime) -> list[Case]:
    """The guided set, issued at `at` (aware UTC). Each call makes new ones, none of them used."""
    cast = Cast(ground.issuers, secrets.randbits(64))
    cast.revoked_cti = ground.revoked
    parts = {part.who: part for part in cast.parts(WHOLE_CAST)}
    made = []
    for name, who in GUIDED:
        part = parts[who]
        (prop,) = part.props(at)
        usual = ((part.verdict, part.reason),) if part.verdict and part.reason else ()
        assert isinstance(prop.content, str)
        made.append(Case(name, prop.content, ANSWERS.get(name, usual)))
    return made
