"""People at the hub: signing in, waiting after wrong tries, sessions that end, acts that stay."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sync.hub.acts import Acts, What
from sync.hub.people import Denied, People, PersonRefused, SignedIn
from sync.hub.roles import RIGHTS, Right, Role
from tests.sync.ground import HandClock
from tests.sync.hub.desk_ground import PASSWORD, QUICK, Desk

WRONG = "quite another password"


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Desk]:
    with closing(Desk(tmp_path, clock, database)) as desk:
        yield desk


def whats(desk: Desk) -> list[str]:
    return [act.what for act in Acts(desk.engine).all()]


def test_the_right_password_begins_a_session_that_is_known_by_its_token(desk: Desk) -> None:
    signed_in = desk.person()
    found = desk.people.who_is(signed_in.token)
    assert found is not None
    assert (found.login, found.role) == ("sam", Role.SUPERVISOR)
    assert desk.people.who_is(bytes(32)) is None


def test_a_wrong_password_and_an_unknown_login_are_answered_alike_on_every_try(desk: Desk) -> None:
    desk.person()
    for _ in range(8):
        assert desk.people.sign_in("sam", WRONG) == desk.people.sign_in("nobody-here", WRONG)
    assert desk.people.sign_in("sam", WRONG) == Denied(15.0)


def test_an_unknown_login_costs_as_much_hashing_as_a_known_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.person()
    compared: list[str] = []
    verify = QUICK._hasher.verify

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept[:9])
            return verify(kept, password)

        hash = staticmethod(QUICK._hasher.hash)

    monkeypatch.setattr(QUICK, "_hasher", Counting())
    desk.people.sign_in("sam", WRONG)
    desk.people.sign_in("nobody-here", WRONG)
    assert compared == ["$argon2id", "$argon2id"]


def test_five_wrong_tries_make_everybody_wait_also_with_the_right_password(desk: Desk) -> None:
    desk.people.add("sam", "Sam Made-Up", Role.OFFICER, PASSWORD)
    for _ in range(5):
        desk.people.sign_in("sam", WRONG)
    assert desk.people.sign_in("sam", PASSWORD) == Denied(15.0)
    desk.clock.pass_time(seconds=16)
    assert isinstance(desk.people.sign_in("sam", PASSWORD), SignedIn)


def test_the_wait_doubles_and_ends_at_a_quarter_of_an_hour(desk: Desk) -> None:
    waits = []
    for _ in range(14):
        denied = desk.people.sign_in("nobody-here", WRONG)
        assert isinstance(denied, Denied)
        waits.append(denied.wait_s)
        desk.clock.pass_time(seconds=denied.wait_s)
    assert waits[4:11] == [15, 30, 60, 120, 240, 480, 900]
    assert waits[-1] == 900


def test_wrong_tries_outlive_the_process_and_are_shared_by_two(
    tmp_path: Path, clock: HandClock, desk: Desk
) -> None:
    desk.people.add("sam", "Sam Made-Up", Role.OFFICER, PASSWORD)
    other = People(desk.engine, clock, QUICK)
    for number in range(5):
        (desk.people, other)[number % 2].sign_in("sam", WRONG)
    desk.engine.dispose()
    assert People(desk.engine, clock, QUICK).sign_in("sam", PASSWORD) == Denied(15.0)


def test_tries_at_the_same_time_are_all_counted(desk: Desk, clock: HandClock) -> None:
    answers: list[SignedIn | Denied] = []

    def guess() -> None:
        answers.append(People(desk.engine, clock, QUICK).sign_in("nobody-here", WRONG))

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 12
    failed = [what for what in whats(desk) if what == What.SIGN_IN_FAILED.value]
    assert len(failed) == 5, "the sixth has to wait"


def test_a_new_password_ends_the_wait_and_the_sessions(desk: Desk) -> None:
    before = desk.person()
    for _ in range(5):
        desk.people.sign_in("sam", WRONG)
    desk.people.reset("sam", "yet another long one")
    assert desk.people.who_is(before.token) is None
    assert isinstance(desk.people.sign_in("sam", "yet another long one"), SignedIn)


def test_an_idle_session_ends_and_what_a_page_asks_by_itself_is_no_use_of_it(desk: Desk) -> None:
    signed_in = desk.person()
    desk.clock.pass_time(minutes=20)
    assert desk.people.who_is(signed_in.token, active=False)
    desk.clock.pass_time(minutes=11)
    assert desk.people.who_is(signed_in.token) is None
    assert whats(desk)[-1] == "signed_out"


def test_a_viewers_screen_on_the_wall_stays_until_the_absolute_limit(desk: Desk) -> None:
    wall = desk.person("wall", Role.VIEWER)
    desk.clock.pass_time(hours=11)
    assert desk.people.who_is(wall.token, active=False)
    desk.clock.pass_time(hours=1)
    assert desk.people.who_is(wall.token, active=False) is None


def test_no_session_outlives_the_absolute_limit_however_busy(desk: Desk) -> None:
    signed_in = desk.person()
    for _ in range(24 * 2 - 1):
        desk.clock.pass_time(minutes=15)
        assert desk.people.who_is(signed_in.token)
    desk.clock.pass_time(minutes=15)
    assert desk.people.who_is(signed_in.token) is None


def test_who_is_removed_is_out_at_once_and_keeps_their_name_in_the_acts(desk: Desk) -> None:
    signed_in = desk.person()
    desk.people.remove("sam")
    assert desk.people.who_is(signed_in.token) is None
    assert desk.people.sign_in("sam", PASSWORD) == Denied()
    assert {act.full_name for act in Acts(desk.engine).all()} == {"", "Sam Made-Up"}
    with pytest.raises(PersonRefused, match="There is no sam here"):
        desk.people.reset("sam", PASSWORD)


@pytest.mark.parametrize(
    ("login", "name", "password"),
    [
        ("Sam", "Sam", PASSWORD),
        ("s", "Sam", PASSWORD),
        ("sam", " ", PASSWORD),
        ("sam", "Sam\nMade-Up", PASSWORD),
        ("sam", "Sam", "too short"),
        ("sam", "Sam", "aaaaaaaaaaaaaaaa"),
        ("sam", "Sam", "my name is sam really"),
    ],
)
def test_a_login_a_name_or_a_password_that_will_not_do_is_refused(
    desk: Desk, login: str, name: str, password: str
) -> None:
    with pytest.raises(PersonRefused):
        desk.people.add(login, name, Role.VIEWER, password)
    assert whats(desk) == []


def test_a_login_typed_wrong_is_not_written_down(desk: Desk) -> None:
    desk.people.sign_in("a password typed into the wrong field", "x")
    desk.people.sign_in("nul\x00", "x\x00")
    assert {(act.login, act.what) for act in Acts(desk.engine).all()} == {("", "sign_in_failed")}


@pytest.mark.parametrize("statement", ["UPDATE acts SET reason = 'other'", "DELETE FROM acts"])
def test_the_database_itself_refuses_to_change_an_act(desk: Desk, statement: str) -> None:
    desk.person()
    with pytest.raises(DBAPIError, match="never changed"), desk.engine.begin() as connection:
        connection.execute(text(statement))
    assert Acts(desk.engine).first_broken() is None


def test_an_act_changed_behind_the_databases_back_breaks_the_chain(desk: Desk) -> None:
    desk.person()
    with desk.engine.begin() as connection:
        if desk.engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER acts_no_update"))
        else:
            connection.execute(text("DROP TRIGGER acts_stay ON acts"))
        connection.execute(text("UPDATE acts SET about = 'sam as viewer' WHERE id = 1"))
    assert Acts(desk.engine).first_broken() == 1


def test_no_role_may_both_look_after_the_machines_and_search_people() -> None:
    assert Right.LOOK_BACK not in RIGHTS[Role.ADMINISTRATOR]
    assert {role for role in Role if Right.LOOK_BACK in RIGHTS[role]} == {Role.SUPERVISOR}
    assert RIGHTS[Role.VIEWER] == {Right.LOOK}
