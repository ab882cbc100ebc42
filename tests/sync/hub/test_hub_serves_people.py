"""The hub as a program: over HTTPS people sign in, it follows and erases by itself, and it ends in order."""

from __future__ import annotations

import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from config.moment import system_clock
from sync.hub.chores import Chores
from sync.hub.people import People
from sync.hub.roles import Role
from sync.session import open_session
from tests.sync.ground import HandClock
from tests.sync.hub.desk_ground import PASSWORD, QUICK, Desk, crossing
from tests.sync.hub.test_tls import made  # noqa: F401 (a fixture)

ROOT = Path(__file__).resolve().parents[3]
SOON = 30.0


@contextmanager
def hub_process(data: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`main.py hub run` and its URL."""
    command = [sys.executable, str(ROOT / "main.py"), "hub", "run", "--data", str(data), "--port", "0"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        assert select.select([process.stdout], [], [], SOON)[0], "the hub did not start"
        yield process, process.stdout.readline().split()[-1]
    finally:
        process.kill()
        process.wait(SOON)
        process.stdout.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(system_clock().utc)


def sign_in(session: requests.Session, url: str) -> requests.Response:
    form = session.get(f"{url}/hub/sign-in", timeout=SOON)
    token = form.text.partition('name="csrf" value="')[2].partition('"')[0]
    fields = {"login": "sam", "password": PASSWORD, "csrf": token}
    return session.post(f"{url}/hub/sign-in", data=fields, headers={"Origin": url}, timeout=SOON)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to follow the manual")
def test_over_https_somebody_signs_in_and_sees_a_lane_whose_records_just_came(
    tmp_path: Path,
    clock: HandClock,
    made: Path,  # noqa: F811
) -> None:
    data = tmp_path / "hub"
    with closing(Desk(data, clock)) as desk:
        desk.people.add("sam", "Sam Made-Up", Role.SUPERVISOR, PASSWORD)
        desk.lane()
        desk.write("lane-1", ("lane.held", {"officer": "O-1"}), *crossing("c1"))
        tls = ("--cert", str(made / "hub.pem"), "--key", str(made / "hub.key.pem"))
        with hub_process(data, *tls) as (process, url), open_session(made / "authority.pem") as session:
            assert url.startswith("https://127.0.0.1:")
            page = sign_in(session, url)
            assert page.url == f"{url}/hub/station"
            for _ in range(100):
                if "held by an officer" in page.text:
                    break
                threading.Event().wait(0.1)
                page = session.get(f"{url}/hub/station", timeout=SOON)
            assert "held by an officer" in page.text
            process.send_signal(signal.SIGTERM)
            assert process.wait(SOON) == 0


def test_a_lock_out_outlives_the_hub_and_holds_at_a_second_one(tmp_path: Path, clock: HandClock) -> None:
    data = tmp_path / "hub"
    with closing(Desk(data, clock)) as desk:
        desk.people.add("sam", "Sam Made-Up", Role.SUPERVISOR, PASSWORD)
        for _ in range(9):
            desk.people.sign_in("sam", "quite another password")
            clock.pass_time(minutes=16)
        clock.now = HandClock(system_clock().utc).now
        desk.people.sign_in("sam", "quite another password")
    with hub_process(data) as (_, one), hub_process(data) as (_, two):
        for url in (one, two):
            with open_session() as session:
                assert sign_in(session, url).status_code == 429


def test_one_setting_without_the_other_and_a_broken_certificate_end_the_start_with_one_line(
    tmp_path: Path,
) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    broken.chmod(0o600)
    for arguments, said in (
        (("--cert", str(broken)), "belong together"),
        (("--cert", str(broken), "--key", str(broken)), "no certificate and key"),
        (("--keep-days", "40"), "1 to 31"),
        (("--zone", "Moon/Tycho"), "Asia/Hong_Kong"),
    ):
        command = [sys.executable, str(ROOT / "main.py"), "hub", "run", "--data", str(tmp_path / "hub")]
        ended = subprocess.run([*command, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=SOON)
        assert ended.returncode == 2
        assert said in ended.stderr.splitlines()[-1]
        assert "Traceback" not in ended.stderr


def test_the_running_hub_erases_what_is_due_by_itself(tmp_path: Path, clock: HandClock) -> None:
    with closing(Desk(tmp_path / "hub", clock)) as desk:
        lane = desk.lane()
        desk.write("lane-1", *crossing("c1"))
        clock.pass_time(days=32)
        chores = Chores(desk.engine, clock, People(desk.engine, clock, QUICK))
        chores.start()
        for _ in range(200):
            if set(desk.payloads(lane)) == {None}:
                break
            threading.Event().wait(0.1)
        chores.stop()
        assert set(desk.payloads(lane)) == {None}
        assert desk.chain_holds(lane)


def test_chores_wait_for_a_database_that_is_away_and_go_on_after(tmp_path: Path, clock: HandClock) -> None:
    with closing(Desk(tmp_path / "hub", clock)) as desk:
        desk.lane()
        desk.write("lane-1", *crossing("c1"))
        with desk.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE lane_pictures RENAME TO elsewhere")
        chores = Chores(desk.engine, clock, People(desk.engine, clock, QUICK), every_s=0.02)
        chores.start()
        threading.Event().wait(0.3)
        with desk.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO lane_pictures")
        for _ in range(200):
            if not chores.behind():
                break
            threading.Event().wait(0.1)
        chores.stop()
        assert not chores.behind()
