"""Legal hold for a challenged crossing: what is held, by whom, until when; holding and letting go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from sync.hub.follower import CROSSING
from sync.hub.holds import HoldRefused, Holds
from sync.hub.roles import Right
from sync.hub.web.guard import Asks, Person, Posts, Web, clean
from sync.hub.web.lookback import LONGEST_REASON, SHORTEST_REASON

router = APIRouter(include_in_schema=False)
USUAL_DAYS = 90
MayHold = Annotated[Person, Depends(Posts(Right.HOLD))]


@router.get("/hub/holds")
def holds(person: Annotated[Person, Depends(Asks(Right.HOLD))]) -> Response:
    """The list and the form."""
    return _page(person)


@router.post("/hub/holds")
def place(
    person: MayHold,
    crossing: Annotated[str, Form()] = "",
    kiosk: Annotated[str, Form()] = "",
    first: Annotated[str, Form()] = "",
    last: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Holds a crossing by its reference, or a run of a lane's records."""
    why = _reason(reason)
    if why is None:
        return _page(person, "reason_missing", 400)
    try:
        end = date.fromisoformat(until)
    except ValueError:
        return _page(person, "until_is_wrong", 400)
    crossing, kiosk = crossing.strip(), kiosk.strip()
    held = _holds(person.visit.web)
    try:
        if bool(crossing) == bool(kiosk):
            return _page(person, "one_of_two", 400)
        if crossing:
            if not CROSSING.fullmatch(crossing):
                raise HoldRefused("no_such_crossing")
            held.place_crossing(person.who, crossing, end, why)
        else:
            if not CROSSING.fullmatch(kiosk):
                raise HoldRefused("no_such_range")
            held.place_range(person.who, kiosk, _number(first), _number(last), end, why)
    except HoldRefused as error:
        return _page(person, error.word, 400)
    return person.go("/hub/holds")


@router.post("/hub/holds/{number}/release")
def release(number: int, person: MayHold, reason: Annotated[str, Form()] = "") -> Response:
    """Lets a hold go."""
    why = _reason(reason)
    if why is None:
        return _page(person, "reason_missing", 400)
    try:
        if not 0 < number < 2**31:
            raise HoldRefused("no_such_hold")
        _holds(person.visit.web).release(person.who, number, why)
    except HoldRefused as error:
        return _page(person, error.word, 404)
    return person.go("/hub/holds")


def _page(person: Person, why: str = "", status: int = 200) -> Response:
    web = person.visit.web
    until = web.clock().utc.astimezone(web.zone).date() + timedelta(days=USUAL_DAYS)
    return person.page("holds.html", status, why=why, holds=_holds(web).list(), until=until)


def _holds(web: Web) -> Holds:
    return Holds(web.engine, web.clock, web.zone)


def _reason(text: str) -> str | None:
    why = clean(text, LONGEST_REASON)
    return why if why is not None and len(why) >= SHORTEST_REASON else None


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
