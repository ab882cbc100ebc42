"""Where a code was used in 21 days: asked with a reason, written down before the answer is shown."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from sync.hub.follower import CROSSING
from sync.hub.lookback import AN_HOUR, DAYS, MOST_FINGERPRINTS, Lookback, NoSuchCrossing, TooOften, Use
from sync.hub.roles import Right
from sync.hub.web.guard import Asks, Person, Posts, clean

router = APIRouter(include_in_schema=False)
FINGERPRINT = re.compile(r"[0-9a-f]{32}")
SHORTEST_REASON, LONGEST_REASON = 10, 300


@router.get("/hub/lookback")
def form(person: Annotated[Person, Depends(Asks(Right.LOOK_BACK))]) -> Response:
    """The empty form."""
    return _page(person)


@router.post("/hub/lookback")
def ask(
    person: Annotated[Person, Depends(Posts(Right.LOOK_BACK))],
    fingerprints: Annotated[str, Form()] = "",
    crossing: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """The answer, or the form again with what is wrong."""
    why = clean(reason, LONGEST_REASON)
    words = fingerprints.lower().replace(",", " ").split()
    crossing = crossing.strip()
    if why is None or len(why) < SHORTEST_REASON:
        return _page(person, "reason_missing", 400)
    if bool(words) == bool(crossing):
        return _page(person, "one_of_two", 400)
    if len(words) > MOST_FINGERPRINTS or not all(map(FINGERPRINT.fullmatch, words)):
        return _page(person, "no_fingerprints", 400)
    if crossing and not CROSSING.fullmatch(crossing):
        return _page(person, "no_such_crossing", 400)
    lookback = Lookback(person.visit.web.engine, person.visit.web.clock)
    try:
        if crossing:
            uses = lookback.ask_crossing(person.who, crossing, why)
        else:
            uses = lookback.ask(person.who, [bytes.fromhex(word) for word in words], why)
    except TooOften:
        return _page(person, "asked_too_often", 429)
    except NoSuchCrossing:
        return _page(person, "no_such_crossing", 404)
    return _page(person, uses=uses)


def _page(person: Person, why: str = "", status: int = 200, uses: list[Use] | None = None) -> Response:
    return person.page("lookback.html", status, why=why, uses=uses, days=DAYS, an_hour=AN_HOUR)
