"""Signing in and out."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Form, Response

from sync.hub.passwords import LONGEST, TooBusy
from sync.hub.people import Denied
from sync.hub.web.guard import Anybody

router = APIRouter(include_in_schema=False)


@router.get("/")
def door(visit: Anybody) -> Response:
    """To the station page."""
    return visit.go("/hub/station")


@router.get("/hub/sign-in")
def form(visit: Anybody) -> Response:
    """The form, or the station for whoever is signed in."""
    return visit.go("/hub/station") if visit.person else visit.page("sign_in.html", why="", wait=0)


@router.post("/hub/sign-in")
def sign_in(
    visit: Anybody,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """A session, or the form again with one sentence that is the same for every login."""
    visit.check_form(csrf)
    try:
        done = visit.web.people.sign_in(login, password[: LONGEST + 1])
    except TooBusy:
        return visit.page("sign_in.html", 503, why="busy", wait=0)
    if not isinstance(done, Denied):
        return visit.sign_in(done.token)
    if done.wait_s > 0:
        return visit.page("sign_in.html", 429, why="wait", wait=math.ceil(done.wait_s))
    return visit.page("sign_in.html", 403, why="wrong", wait=0)


@router.post("/hub/sign-out")
def sign_out(visit: Anybody, csrf: Annotated[str, Form()] = "") -> Response:
    """Ends the session."""
    if visit.person is None:
        return visit.go("/hub/sign-in")
    visit.check_form(csrf)
    visit.web.people.sign_out(visit.person)
    return visit.sign_out()
