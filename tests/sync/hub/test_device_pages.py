"""In the browser administrators enrol and revoke kiosks and let people in and out; all of it are acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI

from sync.enrolment import REQUEST, EnrolmentAsked, codes, commitment
from sync.hub import publication
from sync.hub.acts import Acts
from sync.hub.devices import Devices
from sync.hub.enrolments import Enrolments
from sync.hub.people_models import Act
from sync.hub.roles import Role
from sync.hub.web.pages import install_pages
from tests.sync.ground import HandClock, key
from tests.sync.hub.desk_ground import PASSWORD, QUICK, Browser, Desk
from tests.sync.hub.ground import STATION, LaneKeys

HUB = key()
NUMBER = bytes(range(32))
WHY = "the new kiosk of arrivals"


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock)) as desk:
        yield desk


def signed_in(desk: Desk, role: Role = Role.ADMINISTRATOR, app: FastAPI | None = None) -> Browser:
    desk.people.add(role.value, f"{role.value.title()} Made-Up", role, PASSWORD)
    if app is None:
        app = FastAPI()
        install_pages(app, desk.engine, desk.clock, passwords=QUICK, hub=HUB.public)
    browser = Browser(desk, app)
    assert browser.sign_in(role.value).status_code == 303
    return browser


def asks(desk: Desk, name: str = "lane-1") -> tuple[str, str]:
    """A kiosk asks: the code and the reply on its side."""
    lane, room = LaneKeys(name), Enrolments(desk.engine, desk.clock, HUB.public)
    device, seal = lane.device.public.raw, lane.seal.public.raw
    body = EnrolmentAsked(name, STATION, "1.0", device, seal, commitment(NUMBER)).body()
    request, nonce, _ = room.ask(body, lane.device.sign(REQUEST + body))
    assert room.reveal(request, NUMBER) == "waiting"
    made = codes(body, HUB.public.raw, nonce, NUMBER)
    return made.code, made.reply


def acts(desk: Desk) -> list[Act]:
    return [act for act in Acts(desk.engine).all() if act.what not in ("signed_in", "person_added")]


def test_a_kiosk_is_approved_by_the_code_on_its_screen_and_the_page_does_not_give_it_away(desk: Desk) -> None:
    code, reply = asks(desk)
    browser = signed_in(desk)
    page = browser.get("/hub/devices").text
    assert "lane-1" in page
    assert code not in page
    assert reply not in page
    said = browser.post("/hub/devices/approve", {"code": code.lower(), "reason": WHY}, "/hub/devices")
    assert said.status_code == 200
    assert reply in said.text
    (profile,) = Devices(desk.engine, desk.clock).profiles()
    assert (profile.kiosk, profile.station) == ("lane-1", STATION)
    (act,) = acts(desk)
    assert (act.login, act.what, act.reason) == ("administrator", "enrolled", WHY)
    assert act.about.startswith(f"lane-1 of {STATION}, device ")
    assert Acts(desk.engine).first_broken() is None


def test_a_wrong_code_or_no_reason_enrols_nobody_and_is_no_act(desk: Desk) -> None:
    code, _ = asks(desk)
    browser = signed_in(desk)
    for fields in ({"code": "0000-0000", "reason": WHY}, {"code": code, "reason": "short"}, {"code": code}):
        assert browser.post("/hub/devices/approve", fields, "/hub/devices").status_code in (400, 409)
    assert Devices(desk.engine, desk.clock).profiles() == []
    assert acts(desk) == []


def test_a_request_is_turned_away_once(desk: Desk) -> None:
    code, _ = asks(desk)
    browser = signed_in(desk)
    path = "/hub/devices/requests/" + browser.get("/hub/devices").text.partition("/requests/")[2][:32]
    assert browser.post(f"{path}/refuse", {"reason": "nobody ordered it"}, "/hub/devices").status_code == 303
    assert browser.post(f"{path}/refuse", {"reason": "nobody ordered it"}, "/hub/devices").status_code == 409
    for odd in ("%00", "a" * 5000, "..%2f"):
        path = f"/hub/devices/requests/{odd}/refuse"
        assert browser.post(path, {"reason": "nobody ordered it"}, "/hub/devices").status_code in (404, 409)
    late = browser.post("/hub/devices/approve", {"code": code, "reason": WHY}, "/hub/devices")
    assert late.status_code == 409
    assert [act.what for act in acts(desk)] == ["enrolment_refused"]


def test_a_device_is_revoked_by_who_types_its_name_once_more(desk: Desk) -> None:
    Devices(desk.engine, desk.clock).enrol("lane-1", key().public, station=STATION, hub=HUB.public)
    browser = signed_in(desk)
    page = "/hub/devices"
    wrong = browser.post(f"{page}/lane-1/revoke", {"again": "lane-2", "reason": "stolen at night"}, page)
    assert wrong.status_code == 400
    right = {"again": "lane-1", "reason": "stolen at night"}
    assert browser.post(f"{page}/lane-1/revoke", right, page).status_code == 303
    assert browser.post(f"{page}/lane-1/revoke", right, page).status_code == 404
    (revoked,) = Devices(desk.engine, desk.clock).revoked()
    assert (revoked.kiosk, revoked.why, revoked.by) == ("lane-1", "stolen at night", "Administrator Made-Up")
    assert [act.what for act in acts(desk)] == ["enrolled", "device_revoked"]
    assert "stolen at night" in browser.get(page).text


def test_the_least_version_is_set_and_is_an_act(desk: Desk) -> None:
    browser, page = signed_in(desk), "/hub/devices"
    assert browser.post(f"{page}/version", {"version": "two", "reason": WHY}, page).status_code == 400
    assert browser.post(f"{page}/version", {"version": "2.1", "reason": WHY}, page).status_code == 303
    assert Devices(desk.engine, desk.clock).minimum_version == "2.1"
    (act,) = acts(desk)
    assert (act.what, act.about, act.reason) == ("version_required", "2.1", WHY)


def test_people_are_let_in_given_passwords_and_taken_out_by_a_named_administrator(desk: Desk) -> None:
    browser, page = signed_in(desk), "/hub/people"
    new = {
        "login": "Sam",
        "full_name": "Sam Made-Up",
        "role": "supervisor",
        "new": PASSWORD,
        "again": PASSWORD,
    }
    assert browser.post(page, new | {"again": "another made-up one"}).status_code == 400
    assert browser.post(page, new | {"role": "emperor"}).status_code == 400
    assert browser.post(page, new | {"new": "short", "again": "short"}).status_code == 409
    assert browser.post(page, new).status_code == 303
    assert browser.post(page, new).status_code == 409
    assert Browser(desk).sign_in("sam").status_code == 303
    other = "another made-up password"
    assert browser.post(f"{page}/sam/reset", {"new": other, "again": other}, page).status_code == 303
    assert Browser(desk).sign_in("sam", other).status_code == 303
    assert browser.post(f"{page}/sam/remove", {"again": "tom"}, page).status_code == 400
    assert browser.post(f"{page}/sam/remove", {"again": "sam"}, page).status_code == 303
    assert Browser(desk).sign_in("sam", other).status_code == 403
    odd = {"new": other, "again": other}
    assert browser.post(f"{page}/%00/reset", odd, page).status_code == 409
    mine = {"again": "administrator"}
    assert browser.post(f"{page}/administrator/remove", mine, page).status_code == 409
    by = [(act.login, act.what, act.about) for act in Acts(desk.engine).all() if act.login == "administrator"]
    assert by[1:] == [
        ("administrator", "person_added", "sam as supervisor"),
        ("administrator", "password_reset", "sam"),
        ("administrator", "person_removed", "sam"),
    ]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICER, Role.SUPERVISOR])
def test_nobody_else_sees_or_does_any_of_it(desk: Desk, role: Role) -> None:
    code, _ = asks(desk)
    browser = signed_in(desk, role)
    token = browser.token("/hub/station")
    for path in ("/hub/devices", "/hub/people"):
        assert browser.get(path).status_code == 403
    posts = {
        "/hub/devices/approve": {"code": code, "reason": WHY},
        "/hub/devices/requests/" + "0" * 32 + "/refuse": {"reason": WHY},
        "/hub/devices/lane-1/revoke": {"again": "lane-1", "reason": WHY},
        "/hub/devices/version": {"version": "9", "reason": WHY},
        "/hub/people": {"login": "me2", "full_name": "Me", "role": "administrator", "new": PASSWORD},
        f"/hub/people/{role.value}/reset": {"new": PASSWORD, "again": PASSWORD},
        "/hub/people/sam/remove": {"again": "sam"},
    }
    for path, fields in posts.items():
        said = browser.ask("POST", path, data={"csrf": token, **fields}, headers={"Origin": browser.base})
        assert said.status_code == 403, path
    assert Devices(desk.engine, desk.clock).profiles() == []
    assert acts(desk) == []


class Ends(publication.Renewal):
    """A bundle whose roles end as told."""

    def __init__(self, ends: dict[str, float], trouble: str | None = None) -> None:
        self._ends, self.trouble = ends, trouble

    def ends(self) -> dict[str, float]:
        return self._ends


def test_the_station_page_tells_until_when_the_bundle_counts_and_what_somebody_must_do(desk: Desk) -> None:
    app = FastAPI()
    install_pages(app, desk.engine, desk.clock, passwords=QUICK)
    browser = signed_in(desk, Role.VIEWER, app)
    assert "Signatures of the bundle" not in browser.get("/hub/station").text
    app.state.bundle = Ends(
        {"targets": 86_400.0 * 80, "hk": -7200.0}, "hk is over: run `hub publish renew hk`."
    )
    for page in ("/hub/station", "/hub/station/part"):
        said = browser.get(page).text
        assert "80 days" in said
        assert "over for 2 h" in said
        assert said.index(">hk<") < said.index(">targets<"), "the first to end stands first"
        assert "hub publish renew hk" in said
    assert "hub publish renew hk" in browser.get("/hub/alarms").text
    app.state.bundle = Ends({"targets": 86_400.0 * 80})
    assert "needs somebody" not in browser.get("/hub/station").text
    assert "No alarms." in browser.get("/hub/alarms").text
