"""A new lane, from nothing to enrolled: `main.py enrol` at the lane, `main.py hub approve` at the hub."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import structlog

from kiosk.commands.door import main
from sync.device_key import device_key
from sync.exchange import Exchange
from sync.session import open_session
from sync.signing import load_public
from tests.faults.station_hub import ROOT, SOON_S, HubProgram


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProgram]:
    program = HubProgram(tmp_path / "hub")
    program.data.mkdir()
    program.start()
    yield program
    program.kill()


@pytest.fixture
def lane(hub: HubProgram, tmp_path: Path) -> Iterator[Enrolling]:
    asking = Enrolling(tmp_path, hub.url)
    yield asking
    asking.end()


@pytest.fixture(autouse=True)
def logging_as_at_first() -> Iterator[None]:
    """A command sets up the log of its whole process; here it ends with the test."""
    yield
    structlog.reset_defaults()


def act(hub: HubProgram, *arguments: str) -> tuple[int, str]:
    """What `hub.do` does, without a program of its own: its exit code, and what it printed."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(StringIO()):
        code = main(["hub", *arguments, "--data", str(hub.data)])
    return code, said.getvalue()


class Enrolling:
    """`main.py enrol` in front of an operator."""

    def __init__(self, folder: Path, url: str) -> None:
        self.settings = folder / "kiosk.toml"
        self.settings.write_text(
            f'[lane]\nid = "lane-7"\nstation = "shenzhen-bay"\n[journal]\nfolder = "{folder / "journal"}"\n'
        )
        self.journal = folder / "journal"
        self.program = subprocess.Popen(
            [
                sys.executable,
                str(ROOT / "main.py"),
                "enrol",
                "--config",
                str(self.settings),
                "--hub",
                url,
                "--wait",
                "60",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def code(self) -> str:
        assert self.program.stdout is not None
        for _ in range(10):
            line = self.program.stdout.readline()
            if found := re.search(r"hub approve (\S+)", line):
                return found[1]
        raise AssertionError("no code was shown")

    def end(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.communicate()

    def type(self, text: str) -> tuple[int, str]:
        said, wrong = self.program.communicate(text, timeout=SOON_S)
        return self.program.returncode, said + wrong


def test_a_lane_is_enrolled_by_two_codes_that_people_carry(hub: HubProgram, lane: Enrolling) -> None:
    code = lane.code()
    (waiting,) = json.loads(act(hub, "status")[1])["enrolments"]
    assert (waiting["code"], waiting["kiosk"], waiting["station"]) == (code, "lane-7", "shenzhen-bay")
    approved = hub.do("approve", code, "--by", "chan")
    assert approved.returncode == 0, approved.stderr
    found = re.search(r"^    (\w{4})$", approved.stdout, re.MULTILINE)
    assert found is not None
    exit_code, said = lane.type(f"{found[1]}\n")
    assert exit_code == 0, said
    assert "[hub]" in said
    key = load_public(lane.journal / "hub.pub.pem")
    assert key == load_public(hub.data / "hub.pub.pem")
    with open_session() as session:
        line = Exchange(hub.url, "lane-7", device_key(lane.journal), key, session)
        assert line.ask("GET", "/time").status == 200
        assert act(hub, "revoke", "lane-7", "--why", "stolen", "--by", "chan")[0] == 0
        assert line.ask("GET", "/time").status == 410
    status = json.loads(act(hub, "status")[1])
    assert [(gone["kiosk"], gone["why"]) for gone in status["revoked"]] == [("lane-7", "stolen")]
    assert act(hub, "minimum-version", "2.0") == (0, "2.0\n")
    assert act(hub, "minimum-version", "two")[0] == 2


def test_a_lane_does_not_believe_a_hub_that_cannot_show_the_reply(hub: HubProgram, lane: Enrolling) -> None:
    assert act(hub, "approve", lane.code())[0] == 0
    exit_code, said = lane.type("????\n!!!!\n....\n")
    assert exit_code == 1
    assert "nothing was changed" in said
    assert not (lane.journal / "hub.pub.pem").exists()


def test_a_lane_that_is_refused_says_so(hub: HubProgram, lane: Enrolling) -> None:
    assert act(hub, "refuse", lane.code())[0] == 0
    assert act(hub, "approve", "0000-0000")[0] == 1
    assert lane.type("")[0] == 1
