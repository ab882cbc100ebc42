"""Who may sign in at the hub: to list, to add, to give a new password, to take out; for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from sync.hub.passwords import LONGEST
from sync.hub.people import LONGEST_NAME, PersonRefused
from sync.hub.roles import Right, Role
from sync.hub.web.guard import Asks, Person, Posts, clean

router = APIRouter(include_in_schema=False)
Manages = Annotated[Person, Depends(Posts(Right.MANAGE))]
Field = Annotated[str, Form()]


@router.get("/hub/people")
def people(person: Annotated[Person, Depends(Asks(Right.MANAGE))]) -> Response:
    """Everybody, and the forms."""
    return _page(person)


@router.post("/hub/people")
def add(
    person: Manages,
    login: Field = "",
    full_name: Field = "",
    role: Field = "",
    new: Field = "",
    again: Field = "",
) -> Response:
    """Lets somebody in."""
    if role not in set(Role):
        return _page(person, "person_refused", 400)
    if new != again:
        return _page(person, "passwords_differ", 400)
    name = clean(full_name, LONGEST_NAME)
    if name is None:
        return _page(person, "person_refused", 400)
    try:
        person.visit.web.people.add(
            login.strip().lower(), name, Role(role), new[: LONGEST + 1], by=person.who.who
        )
    except PersonRefused as error:
        return _page(person, "person_refused", 409, said=str(error))
    return person.go("/hub/people")


@router.post("/hub/people/{login}/reset")
def reset(login: str, person: Manages, new: Field = "", again: Field = "") -> Response:
    """Gives a new password."""
    if new != again:
        return _page(person, "passwords_differ", 400)
    try:
        person.visit.web.people.reset(login, new[: LONGEST + 1], by=person.who.who)
    except PersonRefused as error:
        return _page(person, "person_refused", 409, said=str(error))
    return person.go("/hub/people")


@router.post("/hub/people/{login}/remove")
def remove(login: str, person: Manages, again: Field = "") -> Response:
    """Takes somebody out. Nobody takes themselves out: one administrator always stays."""
    if again.strip() != login:
        return _page(person, "name_differs", 400)
    if login == person.who.login:
        return _page(person, "not_oneself", 409)
    try:
        person.visit.web.people.remove(login, by=person.who.who)
    except PersonRefused as error:
        return _page(person, "person_refused", 409, said=str(error))
    return person.go("/hub/people")


def _page(person: Person, why: str = "", status: int = 200, *, said: str = "") -> Response:
    listed = person.visit.web.people.list()
    return person.page("people.html", status, why=why, said=said, listed=listed, roles=list(Role))
