"""People of the hub and lookback for a code that is shown, from the command line."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import insert

from config.moment import system_clock
from kiosk.commands.door import main
from sync.canonical import utc_text
from sync.fingerprint import CODE
from sync.hub.acts import Acts
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.picture_models import Sighting
from sync.hub.station_keys import StationKeys
from sync.signing import PublicKey
from tests.sync.ground import key
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

PASSWORD = "a long made-up password"
MISSING = ("--password-file", "no")
Run = Callable[..., int]


@pytest.fixture(autouse=True)
def logging_as_at_first() -> Iterator[None]:
    """A command sets up the log of its whole process; here it ends with the test."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n")

    def command(action: str, *arguments: str, password: bool = False) -> int:
        where = ["--data", str(tmp_path / "hub")]
        more = ["--password-file", str(secret)] if password else []
        return main(["hub", *action.split(), *where, *arguments, *more])

    return command


def add(run: Run, role: str = "supervisor") -> int:
    return run("person add", "--login", "sam", "--name", "Sam Made-Up", "--role", role, password=True)


def test_a_person_is_added_listed_reset_and_removed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(run) == 0
    assert run("person list") == 0
    listed = capsys.readouterr().out
    assert "sam\tsupervisor\tSam Made-Up\tmay sign in" in listed
    assert PASSWORD not in listed
    assert "argon2" not in listed
    assert run("person reset", "--login", "sam", password=True) == 0
    assert run("person remove", "--login", "sam") == 0
    assert run("person remove", "--login", "sam") == 1
    assert "There is no sam here." in capsys.readouterr().err


def test_the_same_login_twice_and_a_weak_password_are_refused(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(run) == 0
    assert add(run) == 1
    (tmp_path / "password").write_text("short\n")
    assert run("person reset", "--login", "sam", password=True) == 1
    assert "12 to 128" in capsys.readouterr().err


def test_two_passwords_that_differ_change_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PASSWORD, "another one altogether"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert run("person add", "--login", "sam", "--name", "Sam", "--role", "viewer") == 1
    run("person list")
    assert "sam" not in capsys.readouterr().out


def test_a_password_file_that_is_not_there_is_one_line(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("person add", "--login", "sam", "--name", "S", "--role", "viewer", "--password-file", "no") == 2
    )
    assert "no: No such file" in capsys.readouterr().err


# --- a code that is shown ---


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A specimen of a colour code, as its text was read."""
    authority, file = tmp_path / "authority", tmp_path / "code.txt"
    issuer = ["--out", str(authority), "--issuer", "HK", "--formats", "HK1"]
    assert main(["issue", "authority", *issuer]) == 0
    wanted = ["--format", "HK1", "--colour", "green", "--out", str(file)]
    assert main(["issue", "code", "--authority", str(authority), *wanted]) == 0
    return file


def look_back(run: Run, code: Path, *more: str, reason: str = "case 12: contact tracing") -> int:
    return run(
        "lookback", "--code-file", str(code), "--person", "sam", "--reason", reason, *more, password=True
    )


@pytest.fixture
def seen(run: Run, code: Path, tmp_path: Path) -> str:
    """The crossing at which the code was used two days ago, under that day's key of the station."""
    identity = (
        Verifier(lambda: Snapshot(TrustList(()), None), frozenset({"HK1"}))
        .verify(code.read_bytes().strip(), system_clock().utc)
        .identity
    )
    assert identity is not None
    engine = open_database(tmp_path / "hub")
    devices = Devices(engine, system_clock)
    devices.enrol("lane-1", key().public, station="shenzhen-bay", hub=PublicKey(bytes(32)))
    at = system_clock().utc - timedelta(days=2)
    day_key = StationKeys(engine, system_clock).alive("shenzhen-bay")[at.date()]
    fingerprint = hmac.digest(day_key, CODE + identity.signed, "sha256")[:16]
    row = {"device_id": 1, "sequence": 1, "fingerprint": fingerprint, "at": utc_text(at), "crossing": "c1"}
    with engine.begin() as connection:
        connection.execute(insert(Sighting).values(**row))
    engine.dispose()
    return "c1"


def test_a_shown_code_is_found_on_another_day_and_the_question_is_on_record(
    run: Run, code: Path, seen: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(run)
    capsys.readouterr()
    assert look_back(run, code) == 0
    (use,) = json.loads(capsys.readouterr().out)["uses"]
    assert (use["kiosk"], use["crossing"]) == ("lane-1", seen)
    engine = open_database(tmp_path / "hub")
    last = list(Acts(engine).all())[-1]
    engine.dispose()
    assert (last.what, last.full_name) == ("looked_back", "Sam Made-Up")
    assert last.reason == "case 12: contact tracing"
    assert "a code shown at the console, 22 fingerprints" in last.about


def test_fingerprints_alone_are_printed_for_the_page_and_nothing_is_asked(
    run: Run, code: Path, seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add(run)
    capsys.readouterr()
    assert look_back(run, code, "--fingerprints-only") == 0
    printed = capsys.readouterr().out.split()
    assert len(printed) == 22
    assert {len(one) for one in printed} == {32}


@pytest.mark.parametrize("role", ["viewer", "officer", "administrator"])
def test_only_a_supervisor_may_ask(
    run: Run, code: Path, seen: str, role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add(run, role)
    assert look_back(run, code) == 1
    assert "only a supervisor" in capsys.readouterr().err


def test_without_a_reason_a_password_or_a_code_there_is_no_answer(
    run: Run, code: Path, seen: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(run)
    assert look_back(run, code, reason="short") == 1
    assert look_back(run, tmp_path / "nothing.txt") == 2
    nonsense = tmp_path / "nonsense.txt"
    nonsense.write_text("https://example.org/")
    assert look_back(run, nonsense) == 1
    assert "no health code" in capsys.readouterr().err
    (tmp_path / "password").write_text("quite another password\n")
    assert look_back(run, code) == 1
    assert "Login or password is wrong" in capsys.readouterr().err
