"""The hub's pages without a browser: who sees what, whose forms count, what is never told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from sync.canonical import utc_text
from sync.hub.acts import Acts
from sync.hub.follower import Follower
from sync.hub.lane_reports import LaneReports
from sync.hub.models import Alarm
from sync.hub.retention import Retention
from sync.hub.roles import Role
from sync.hub.web.words import LANGUAGES, texts, wanted
from tests.sync.ground import HandClock
from tests.sync.hub.desk_ground import HOST, PASSWORD, Browser, Desk, crossing
from tests.sync.hub.test_station_picture import report

PAGES = (
    *("/hub/station", "/hub/station/part", "/hub/alarms", "/hub/lookback", "/hub/holds", "/hub/acts"),
    *("/hub/devices", "/hub/people"),
)
WHY = "case 12, challenged by the traveller"


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock)) as desk:
        yield desk


def signed_in(desk: Desk, role: Role = Role.SUPERVISOR, **more: str) -> Browser:
    desk.people.add(role.value, f"{role.value.title()} Made-Up", role, PASSWORD)
    browser = Browser(desk, **more)
    assert browser.sign_in(role.value).status_code == 303
    return browser


def alarm(desk: Desk, lane: int, what: str, why: str) -> None:
    at = utc_text(desk.clock().utc)
    with Session(desk.engine) as session, session.begin():
        session.add(Alarm(device_id=lane, what=what, sequence=7, why=why, at=at))


def whats(desk: Desk) -> list[str]:
    return [act.what for act in Acts(desk.engine).all()]


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(desk: Desk, page: str) -> None:
    answer = Browser(desk).get(page)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/hub/sign-in")


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.VIEWER, PAGES[:3]),
        (Role.OFFICER, PAGES[:3]),
        (Role.SUPERVISOR, PAGES[:6]),
        (Role.ADMINISTRATOR, (*PAGES[:3], *PAGES[5:])),
    ],
)
def test_each_role_sees_its_pages_and_no_others(desk: Desk, role: Role, allowed: tuple[str, ...]) -> None:
    browser = signed_in(desk, role)
    for page in PAGES:
        assert browser.get(page).status_code == (200 if page in allowed else 403), page
    links = set(re.findall(r'<a href="(/hub/\w+)"', browser.get("/hub/station").text.partition("</nav>")[0]))
    assert links == {page for page in allowed if page != "/hub/station/part"}


def test_every_page_forbids_scripts_and_styles_that_are_not_ours_and_has_none_inline(desk: Desk) -> None:
    browser, other = signed_in(desk), signed_in(desk, Role.ADMINISTRATOR)
    desk.lane()
    for page in (*PAGES, "/hub/sign-in"):
        answer = (other if page in PAGES[6:] else browser).get(page)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", answer.text)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: Desk) -> None:
    desk.people.add("sam", "Sam Made-Up", Role.OFFICER, PASSWORD)
    plain = Browser(desk).sign_in("sam").headers["Set-Cookie"]
    assert plain.startswith("hub=")
    assert "HttpOnly" in plain
    assert "SameSite=strict" in plain
    secure = Browser(desk, base="https://hub.example").sign_in("sam")
    cookie = secure.headers["Set-Cookie"]
    assert cookie.startswith("__Host-hub=")
    assert "Secure" in cookie
    assert "Strict-Transport-Security" in secure.headers


def test_signing_in_gives_a_new_token_and_signing_out_ends_it_at_the_hub(desk: Desk) -> None:
    browser = signed_in(desk)
    stolen = browser.cookies["hub"]
    assert browser.post("/hub/sign-out", {}, "/hub/station").status_code == 303
    browser.cookies.set("hub", stolen)
    assert browser.get("/hub/station").status_code == 303
    assert whats(desk)[-2:] == ["signed_in", "signed_out"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {},
        {"Referer": "http://hub.example.elsewhere/"},
        {"Origin": "https://hub.example"},
    ],
)
def test_a_form_that_comes_from_elsewhere_does_nothing(desk: Desk, headers: dict[str, str]) -> None:
    browser = signed_in(desk)
    fields = {"csrf": browser.token("/hub/lookback"), "fingerprints": "ab" * 16, "reason": WHY}
    answer = browser.ask("POST", "/hub/lookback", data=fields, headers=headers)
    assert answer.status_code == 403
    assert "looked_back" not in whats(desk)


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
@pytest.mark.parametrize("path", ["/hub/lookback", "/hub/holds", "/hub/acts/export", "/hub/sign-out"])
def test_a_form_without_its_token_does_nothing(desk: Desk, path: str, token: str) -> None:
    browser = signed_in(desk)
    before = whats(desk)
    answer = browser.ask("POST", path, data={"csrf": token, "reason": WHY}, headers={"Origin": HOST})
    assert answer.status_code == 403
    assert whats(desk) == before


def test_a_token_of_another_session_does_not_count(desk: Desk) -> None:
    first, second = signed_in(desk), signed_in(desk, Role.ADMINISTRATOR)
    token = first.token("/hub/station")
    assert (
        second.ask("POST", "/hub/acts/export", data={"csrf": token}, headers={"Origin": HOST}).status_code
        == 403
    )


def test_nobody_can_be_signed_in_by_a_form_on_another_site(desk: Desk) -> None:
    desk.people.add("sam", "Sam Made-Up", Role.OFFICER, PASSWORD)
    fields = {"login": "sam", "password": PASSWORD, "csrf": ""}
    answer = Browser(desk).ask("POST", "/hub/sign-in", data=fields, headers={"Origin": HOST})
    assert answer.status_code == 403
    assert whats(desk) == ["person_added"]


def test_the_sign_in_page_says_the_same_of_every_login(desk: Desk) -> None:
    desk.people.add("sam", "Sam Made-Up", Role.OFFICER, PASSWORD)

    def said(login: str) -> list[tuple[int, str]]:
        browser, answers = Browser(desk), []
        for _ in range(6):
            answer = browser.sign_in(login, "quite another password")
            answers.append((answer.status_code, re.sub(r'value="[0-9a-f]{64}"', "", answer.text)))
        return answers

    assert said("sam") == said("who-is-this")


NEW = "another long made-up one"


def test_a_person_changes_their_own_password_and_their_other_sessions_end(desk: Desk) -> None:
    browser = signed_in(desk, Role.VIEWER)
    other = Browser(desk)
    other.sign_in("viewer")
    fields = {"old": PASSWORD, "new": NEW, "again": NEW}
    assert "counts from now on" in browser.post("/hub/password", fields).text
    assert browser.get("/hub/station").status_code == 200
    assert other.get("/hub/station").status_code == 303
    assert other.sign_in("viewer").status_code == 403
    assert other.sign_in("viewer", NEW).status_code == 303
    assert "password_changed" in whats(desk)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"old": PASSWORD, "new": NEW, "again": "x"}, 400),
        ({"old": PASSWORD, "new": "short", "again": "short"}, 400),
        ({"old": "quite another password", "new": NEW, "again": NEW}, 403),
        ({}, 400),
    ],
)
def test_a_new_password_that_will_not_do_changes_nothing(
    desk: Desk, fields: dict[str, str], status: int
) -> None:
    browser = signed_in(desk, Role.VIEWER)
    assert browser.post("/hub/password", fields).status_code == status
    assert "password_changed" not in whats(desk)


def test_a_stolen_session_cannot_try_out_the_password_for_ever(desk: Desk) -> None:
    browser = signed_in(desk, Role.VIEWER)
    fields = {"old": "quite another password", "new": NEW, "again": NEW}
    answers = [browser.post("/hub/password", fields).status_code for _ in range(6)]
    assert answers == [403] * 4 + [429] * 2


def test_what_a_lane_says_is_shown_as_text_never_as_markup(desk: Desk) -> None:
    browser = signed_in(desk)
    lane = desk.lane()
    with desk.engine.begin() as connection:
        connection.execute(
            Alarm.__table__.insert().values(
                device_id=lane,
                what="refused",
                sequence=1,
                why="<script>alert(1)</script>",
                at="2026-03-01T08:00:00.000000Z",
            )
        )
    page = browser.get("/hub/alarms").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("direction", "words"), [("to_hong_kong", "Direction now: to Hong Kong"), ("to_the_moon", "")]
)
def test_the_station_page_says_in_which_direction_a_lane_was_turned(
    desk: Desk, direction: str, words: str
) -> None:
    duty = {"direction": direction, "turns_to": "to_mainland", "turned": True}
    said = report(desk, duty=duty | {"shut": "", "muted": False, "alarm": False})
    LaneReports(desk.engine, desk.clock).take(desk.lane(), said)
    page = signed_in(desk).get("/hub/station").text
    assert words in page and ("turned by an officer" in page.lower()) is bool(words)


@pytest.mark.parametrize("page", ["/hub/station", "/hub/alarms"])
def test_a_lane_that_is_lost_is_an_alarm_with_what_to_do_until_it_is_heard_again(
    desk: Desk, page: str
) -> None:
    reports, lane = LaneReports(desk.engine, desk.clock), desk.lane()
    browser = signed_in(desk)
    reports.take(lane, report(desk))
    assert "not heard of any more" not in browser.get(page).text
    desk.clock.pass_time(seconds=21)
    lost = browser.get(page).text
    assert "lane-1 is not heard of any more." in lost and "Go to it." in lost
    reports.take(lane, report(desk))
    assert "not heard of any more" not in browser.get(page).text


def test_an_alarm_that_was_seen_to_says_by_whom_and_what_they_found(desk: Desk) -> None:
    browser = signed_in(desk, Role.OFFICER)
    lane = desk.lane()
    with desk.engine.begin() as connection:
        values = {
            "device_id": lane,
            "what": "fork",
            "sequence": 7,
            "why": "x",
            "at": "2026-03-01T08:00:00.000000Z",
        }
        connection.execute(Alarm.__table__.insert().values(**values))
    assert "Alarms to see to: 1" in browser.get("/hub/station").text
    assert "Take it out of use" in browser.get("/hub/alarms").text
    assert browser.post("/hub/alarms/1/seen", {"note": " "}, "/hub/alarms").status_code == 400
    assert (
        browser.post("/hub/alarms/1/seen", {"note": "the disk was set back"}, "/hub/alarms").status_code
        == 303
    )
    page = browser.get("/hub/alarms").text
    assert "Seen to by officer" in page
    assert "the disk was set back" in page
    assert "Alarms to see to" not in browser.get("/hub/station").text
    assert browser.get("/hub/alarms").text.count("<form") == 1, "only signing out is left"
    assert list(Acts(desk.engine).all())[-1].about == "alarm 1"


def test_a_viewer_looks_at_alarms_and_cannot_see_to_them(desk: Desk) -> None:
    browser = signed_in(desk, Role.VIEWER)
    answer = browser.post("/hub/alarms/1/seen", {"note": "it was nothing"}, "/hub/alarms")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"fingerprints": "ab" * 16}, 400),
        ({"fingerprints": "ab" * 16, "reason": "short"}, 400),
        ({"fingerprints": "somebody's name", "reason": WHY}, 400),
        ({"fingerprints": "ab" * 15, "reason": WHY}, 400),
        ({"fingerprints": " ".join(["ab" * 16] * 65), "reason": WHY}, 400),
        ({"fingerprints": "ab" * 16, "crossing": "c1", "reason": WHY}, 400),
        ({"reason": WHY}, 400),
        ({"crossing": "c1; DROP TABLE acts", "reason": WHY}, 400),
        ({"crossing": "c9", "reason": WHY}, 404),
        ({"fingerprints": ("AB" * 16) + ",\n" + "cd" * 16, "reason": WHY}, 200),
    ],
)
def test_a_lookback_needs_fingerprints_or_a_crossing_and_a_reason(
    desk: Desk, fields: dict[str, str], status: int
) -> None:
    browser = signed_in(desk)
    assert browser.post("/hub/lookback", fields).status_code == status
    assert ("looked_back" in whats(desk)) == (status != 400)


def test_a_lookback_shows_when_where_and_how_it_ended(desk: Desk) -> None:
    browser = signed_in(desk)
    desk.lane()
    desk.write("lane-1", *crossing("c1", "ab" * 16, "REFER"))
    Follower(desk.engine).catch_up()
    page = browser.post("/hub/lookback", {"fingerprints": "ab" * 16, "reason": WHY}).text
    assert "Uses found: 1" in page
    assert "lane-1" in page
    assert "to an officer" in page


def test_a_challenged_crossing_is_held_on_the_page_and_let_go_there(desk: Desk) -> None:
    browser = signed_in(desk)
    lane = desk.lane()
    desk.write("lane-1", *crossing("c1"))
    Follower(desk.engine).catch_up()
    fields = {"crossing": "c1", "until": "2026-06-01", "reason": WHY}
    assert browser.post("/hub/holds", fields).status_code == 303
    desk.clock.pass_time(days=32)
    Retention(desk.engine, desk.clock).round()
    assert None not in desk.payloads(lane)
    browser.sign_in(Role.SUPERVISOR.value)
    assert WHY in browser.get("/hub/holds").text
    released = browser.post("/hub/holds/1/release", {"reason": "the case is closed"}, "/hub/holds")
    assert released.status_code == 303
    Retention(desk.engine, desk.clock).round()
    assert set(desk.payloads(lane)) == {None}


@pytest.mark.parametrize(
    "fields",
    [
        {"crossing": "c1", "until": "2026-06-01"},
        {"crossing": "c1", "until": "yesterday", "reason": WHY},
        {"crossing": "c1", "until": "9999-12-31", "reason": WHY},
        {"crossing": "c1", "kiosk": "lane-1", "until": "2026-06-01", "reason": WHY},
        {"until": "2026-06-01", "reason": WHY},
        {"kiosk": "lane-1", "first": "١", "last": "9" * 18, "until": "2026-06-01", "reason": WHY},
        {"kiosk": "lane 1", "first": "1", "last": "2", "until": "2026-06-01", "reason": WHY},
    ],
)
def test_a_hold_that_makes_no_sense_is_not_made(desk: Desk, fields: dict[str, str]) -> None:
    browser = signed_in(desk)
    assert browser.post("/hub/holds", fields).status_code == 400
    assert "held" not in whats(desk)


def test_the_export_of_acts_is_whole_says_whether_the_chain_holds_and_is_itself_an_act(desk: Desk) -> None:
    browser = signed_in(desk)
    lines = browser.post("/hub/acts/export", {}, "/hub/acts").text.splitlines()
    assert [re.search(r'"what":"(\w+)"', line)[1] for line in lines[:-1]] == [  # type: ignore[index]
        "person_added",
        "signed_in",
        "exported",
    ]
    assert lines[-1] == '{"acts":3,"first_broken":null}'


def test_the_page_of_acts_turns_over(desk: Desk) -> None:
    browser = signed_in(desk)
    for number in range(60):
        desk.people.sign_in(f"guess-{number}", "quite another password")
    first = browser.get("/hub/acts").text
    older = re.search(r'href="(/hub/acts\?before=\d+)"', first)
    assert older
    assert "added a person" in browser.get(older[1]).text
    for strange in ("x", "-1", "9" * 30, "%00"):
        assert browser.get(f"/hub/acts?before={strange}").status_code == 200


def test_without_its_database_a_page_says_what_to_do(desk: Desk) -> None:
    browser = signed_in(desk)
    with desk.engine.begin() as connection:
        connection.execute(text("DROP TABLE lane_hours"))
    answer = browser.get("/hub/station")
    assert answer.status_code == 503
    assert "Call the administrator" in answer.text


def test_every_text_is_there_in_every_language_with_the_same_places_to_fill() -> None:
    for key, row in texts().items():
        assert set(row) == set(LANGUAGES), key
        places = {language: set(re.findall(r"{(\w+)}", said)) for language, said in row.items()}
        assert len({frozenset(one) for one in places.values()}) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_every_language(desk: Desk, language: str) -> None:
    browser, other = signed_in(desk), signed_in(desk, Role.ADMINISTRATOR)
    desk.lane()
    for page in PAGES:
        answer = (browser if page in PAGES[:6] else other).get(f"{page}?lang={language}")
        assert answer.status_code == 200
    assert f'lang="{language.replace("_", "-")}"' in browser.get("/hub/station").text, "the choice is kept"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("pt-BR,en;q=0.5", "pt"),
        ("zh-TW", "zh_HK"),
        ("zh-Hant-MO", "zh_HK"),
        ("zh-CN", "zh_CN"),
        ("de", "en"),
    ],
)
def test_a_browsers_language_is_taken_where_we_speak_it(accept: str, language: str) -> None:
    assert wanted(accept, None) == language


FIELDS = (
    "login",
    "password",
    "fingerprints",
    "crossing",
    "kiosk",
    "first",
    "last",
    "until",
    "reason",
    "note",
)


@settings(max_examples=40)
@given(
    path=st.sampled_from(
        ["/hub/sign-in", "/hub/lookback", "/hub/holds", "/hub/holds/1/release", "/hub/alarms/1/seen"]
    ),
    fields=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=80), max_size=6),
)
def test_no_form_however_it_is_filled_in_is_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, path: str, fields: dict[str, str]
) -> None:
    with closing(Desk(tmp_path_factory.mktemp("hub"), HandClock())) as desk:
        browser = signed_in(desk)
        answer = browser.post(path, fields, "/hub/station" if path != "/hub/sign-in" else path)
        assert answer.status_code < 500
