"""The codes to practise with: one of each thing an officer has to know, and what the lane has to say."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from kiosk.demo.cast import WHOLE_CAST, Cast
from kiosk.practice.ground import Ground
from verification.reasons import ReasonId
from verification.verdict import Outcome

Answer = tuple[Outcome, ReasonId]

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
