"""No form of any page counts unless the page itself was sent: whatever forms there are, and will be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

import sync.hub.web
from sync.hub.acts import Acts
from sync.hub.roles import Role
from sync.hub.web.pages import install_pages
from tests.sync.ground import HandClock
from tests.sync.hub.desk_ground import HOST, PASSWORD, QUICK, Browser, Desk

SIGN_IN, SIGN_OUT = "/hub/sign-in", "/hub/sign-out"
EVERYBODY = set(Role)
MAY = {
    SIGN_OUT: EVERYBODY,
    "/hub/password": EVERYBODY,
    "/hub/alarms/": EVERYBODY - {Role.VIEWER},
    "/hub/lookback": {Role.SUPERVISOR},
    "/hub/holds": {Role.SUPERVISOR},
    "/hub/acts/": {Role.SUPERVISOR, Role.ADMINISTRATOR},
    "/hub/devices/": {Role.ADMINISTRATOR},
    "/hub/people": {Role.ADMINISTRATOR},
}
ELSEWHERE = {"Origin": "http://elsewhere.example"}


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock)) as desk:
        yield desk


def forms() -> list[str]:
    """Where forms go, made-up names filled in; signing out last, as nothing is heard of it afterwards."""
    pages = [import_module(f"sync.hub.web.{page.name}") for page in iter_modules(sync.hub.web.__path__)]
    paths = {
        re.sub(r"\{(\w+)\}", lambda part: "1" if part[1] == "number" else "made-up", route.path)
        for page in pages
        for route in (page.router.routes if hasattr(page, "router") else ())
        if isinstance(route, APIRoute) and "POST" in route.methods
    }
    return sorted(paths - {SIGN_IN}, key=lambda path: (path == SIGN_OUT, path))


def test_a_form_that_another_site_sends_does_nothing_on_any_page(desk: Desk) -> None:
    app = FastAPI()
    install_pages(app, desk.engine, desk.clock, passwords=QUICK)
    paths = forms()
    assert len(paths) >= 14
    heard: dict[str, set[Role]] = {path: set() for path in paths}
    for role in Role:
        desk.people.add(role.value, "Made-Up", role, PASSWORD)
        browser = Browser(desk, app)
        assert browser.sign_in(role.value).status_code == 303
        for path in paths:
            token = browser.token("/hub/station")
            before = [act.what for act in Acts(desk.engine).all()]
            for forged, headers in (
                ("", {"Origin": HOST}),
                ("0" * len(token), {"Origin": HOST}),
                (token, ELSEWHERE),
                (token, {}),
            ):
                answer = browser.ask("POST", path, data={"csrf": forged}, headers=headers)
                assert answer.status_code == 403, (path, headers)
            assert [act.what for act in Acts(desk.engine).all()] == before, path
            answer = browser.ask("POST", path, data={"csrf": token}, headers={"Origin": HOST})
            if answer.status_code != 403:
                heard[path].add(role)
    assert heard == {path: who_may(path) for path in paths}, "it was the token that kept the others out"


def who_may(path: str) -> set[Role]:
    """As docs/hub.md has it."""
    for beginning, roles in MAY.items():
        if path.startswith(beginning):
            return roles
    raise AssertionError(f"{path}: who may send this form?")
