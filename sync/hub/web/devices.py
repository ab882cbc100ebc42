"""Kiosks and other devices: who asks to be enrolled, who is, who may not any more; for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from sync.batch import KIOSK
from sync.hub.devices import Devices
from sync.hub.enrolments import Approved, Enrolments
from sync.hub.ledger import EnrolmentRefused
from sync.hub.roles import Right
from sync.hub.web.guard import Asks, Person, Posts, clean
from sync.hub.web.lookback import LONGEST_REASON, SHORTEST_REASON

router = APIRouter(include_in_schema=False)
Manages = Annotated[Person, Depends(Posts(Right.MANAGE))]
Field = Annotated[str, Form()]
LONGEST_CODE = 16


@router.get("/hub/devices")
def devices(person: Annotated[Person, Depends(Asks(Right.MANAGE))]) -> Response:
    """The lists and the forms."""
    return _page(person)


@router.post("/hub/devices/approve")
def approve(person: Manages, code: Field = "", reason: Field = "", replace: Field = "") -> Response:
    """Enrols the kiosk that shows this code, and shows what has to be typed there.

    No code is on the page before: who approves has seen the kiosk's screen, or asked somebody there.
    """
    why, room = _reason(reason), _enrolments(person)
    if why is None:
        return _page(person, "reason_missing", 400)
    if room is None:
        return _page(person, "no_enrolment_here", 400)
    try:
        made = room.approve(code[:LONGEST_CODE], person.who.who, reason=why, replace=replace == "yes")
    except EnrolmentRefused as error:
        return _page(person, "not_enrolled", 409, said=str(error))
    return _page(person, approved=made)


@router.post("/hub/devices/requests/{name}/refuse")
def refuse(name: str, person: Manages, reason: Field = "") -> Response:
    """Turns a request away."""
    why, room = _reason(reason), _enrolments(person)
    if why is None:
        return _page(person, "reason_missing", 400)
    if room is None:
        return _page(person, "no_enrolment_here", 400)
    try:
        room.turn_away(name if name.isascii() and name.isalnum() else "", person.who.who, reason=why)
    except EnrolmentRefused as error:
        return _page(person, "not_enrolled", 409, said=str(error))
    return person.go("/hub/devices")


@router.post("/hub/devices/{kiosk}/revoke")
def revoke(kiosk: str, person: Manages, reason: Field = "", again: Field = "") -> Response:
    """Ends what a device may do. Its name is typed once more: there is no way back."""
    why = _reason(reason)
    if why is None:
        return _page(person, "reason_missing", 400)
    if not KIOSK.fullmatch(kiosk) or again.strip() != kiosk:
        return _page(person, "name_differs", 400)
    if _devices(person).revoke(kiosk, why, person.who.who) is None:
        return _page(person, "no_such_device", 404)
    return person.go("/hub/devices")


@router.post("/hub/devices/version")
def version(person: Manages, version: Field = "", reason: Field = "") -> Response:
    """The least version that kiosks should run."""
    why = _reason(reason)
    if why is None:
        return _page(person, "reason_missing", 400)
    try:
        _devices(person).require_version(version.strip(), person.who.who, why)
    except ValueError:
        return _page(person, "version_is_wrong", 400)
    return person.go("/hub/devices")


def _page(
    person: Person, why: str = "", status: int = 200, *, said: str = "", approved: Approved | None = None
) -> Response:
    room, known = _enrolments(person), _devices(person)
    return person.page(
        "devices.html",
        status,
        why=why,
        said=said,
        approved=approved,
        pending=room.pending() if room else [],
        devices=known.profiles(),
        revoked=known.revoked(),
        minimum=known.minimum_version,
    )


def _devices(person: Person) -> Devices:
    return Devices(person.visit.web.engine, person.visit.web.clock)


def _enrolments(person: Person) -> Enrolments | None:
    web = person.visit.web
    return None if web.hub is None else Enrolments(web.engine, web.clock, web.hub)


def _reason(text: str) -> str | None:
    why = clean(text, LONGEST_REASON)
    return why if why is not None and len(why) >= SHORTEST_REASON else None
