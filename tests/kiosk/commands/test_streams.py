"""The program when its standard streams were closed by whoever started it."""

from __future__ import annotations

import getpass
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from kiosk.commands.door import main

MAIN = Path(__file__).resolve().parents[3] / "main.py"


@pytest.fixture
def logging_as_at_first() -> Iterator[None]:
    """A command sets up the log of its whole process; here it ends with the test."""
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_as_good_as_an_empty_one(closed: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$1" verify - {closed}', sys.executable, str(MAIN)],
        input=b"",
        capture_output=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    script = (
        "import os; from kiosk.commands.streams import ensure_standard_streams as ensure; ensure();"
        f"print(os.open({str(tmp_path / 'journal')!r}, os.O_CREAT | os.O_RDWR), file=open(3, 'w'))"
    )
    ended = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" 3>&1 <&- >&- 2>&-', sys.executable, script],
        capture_output=True,
        timeout=60,
        cwd=MAIN.parent,
        check=False,
    )
    assert int(ended.stdout) > 2


@pytest.mark.usefixtures("logging_as_at_first")
@pytest.mark.parametrize(
    "asks",
    [
        ["officer", "add", "--roster", "roster.json", "--id", "O-17"],
        ["hub", "person", "add", "--data", "hub", "--login", "sam", "--name", "Made Up", "--role", "viewer"],
    ],
)
def test_where_nobody_can_answer_one_line_says_so(
    asks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getpass", nobody)
    assert main(asks) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == [
        f"main.py {asks[0]}: nobody answered what is asked for; work at a terminal, or see --help"
    ]
    assert not (tmp_path / "roster.json").exists()


def test_a_secret_is_asked_for_nowhere_but_at_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", getpass.fallback_getpass)  # as the library does without a terminal
    assert main(["officer", "add", "--roster", str(tmp_path / "roster.json"), "--id", "O-17"]) == 2
    assert capsys.readouterr().err.startswith("main.py officer: nobody answered")


@pytest.mark.usefixtures("logging_as_at_first")
def test_a_reader_that_has_read_enough_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(*_: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr("kiosk.commands.door._stop_printing", lambda: None)
    monkeypatch.setattr("kiosk.commands.hub._status", gone)
    assert main(["hub", "status", "--data", str(tmp_path)]) == 128 + signal.SIGPIPE
    assert capsys.readouterr().err == ""
