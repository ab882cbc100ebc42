"""A person's own new password."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from sync.hub.passwords import LONGEST, TooBusy
from sync.hub.people import PersonRefused
from sync.hub.roles import Right
from sync.hub.web.guard import Asks, Person, Posts

router = APIRouter(include_in_schema=False)


@router.get("/hub/password")
def form(person: Annotated[Person, Depends(Asks(Right.LOOK))]) -> Response:
    """The empty form."""
    return _page(person)


@router.post("/hub/password")
def change(
    person: Annotated[Person, Depends(Posts(Right.LOOK))],
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """The new password counts from now on, or the form says why not."""
    if new != again:
        return _page(person, "passwords_differ", 400)
    try:
        denied = person.visit.web.people.change(person.who, old[: LONGEST + 1], new[: LONGEST + 1])
    except PersonRefused:
        return _page(person, "password_weak", 400)
    except TooBusy:
        return _page(person, "sign_in_busy", 503)
    if denied is None:
        return _page(person, done=True)
    if denied.wait_s > 0:
        return _page(person, "sign_in_wait", 429, wait=math.ceil(denied.wait_s))
    return _page(person, "old_password_wrong", 403)


def _page(person: Person, why: str = "", status: int = 200, *, wait: int = 0, done: bool = False) -> Response:
    return person.page("password.html", status, why=why, wait=wait, done=done)
