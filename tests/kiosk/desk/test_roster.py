"""A roster is read strictly: one line says what is wrong, and no line shows a hash."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.desk.roster import Officer, Role, Roster, RosterError, load_roster, save_roster
from sync.sealing import load_seal_public
from sync.signing import KeyUnusable, load_public
from tests.kiosk.desk.ground import OFFICER, ROSTER


def entry(**changes: Any) -> dict[str, Any]:
    return {"id": "O-17", "role": "officer", "pin": OFFICER.pin_hash} | changes


def written(folder: Path, content: object) -> Path:
    file = folder / "roster.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    file.chmod(0o600)
    return file


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    until = datetime(2027, 1, 31, tzinfo=UTC)
    roster = ROSTER.with_officer(Officer("O-5", Role.OFFICER, OFFICER.pin_hash, until))
    save_roster(tmp_path / "roster.json", roster)
    again = load_roster(tmp_path / "roster.json")
    assert set(again.officers) == set(roster.officers)
    assert (tmp_path / "roster.json").stat().st_mode & 0o777 == 0o600


def test_an_officer_is_found_by_the_number_alone() -> None:
    for typed in ("O-17", "o-17", "17", " 17 "):
        assert ROSTER.find(typed) is OFFICER
    assert ROSTER.find("O-18") is None
    assert ROSTER.find("") is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ({"officers": []}, "not a roster"),
        ({"roster": 2, "officers": []}, "version 1"),
        ({"roster": 1, "officers": {}}, "a list"),
        ({"roster": 1, "officers": [entry(name="A Person")]}, "no such key: name"),
        ({"roster": 1, "officers": [{"id": "O-17", "role": "officer"}]}, "pin is missing"),
        ({"roster": 1, "officers": [entry(id="Chan Tai Man")]}, "as in O-17"),
        ({"roster": 1, "officers": [entry(role="chief")]}, "officer O-17: role"),
        ({"roster": 1, "officers": [entry(pin="739164")]}, "not an argon2 hash"),
        ({"roster": 1, "officers": [entry(not_after="tomorrow")]}, "not_after"),
        ({"roster": 1, "officers": [entry(not_after="2027-01-31T00:00:00")]}, "needs its zone"),
        (
            {"roster": 1, "officers": [entry(), entry(id="S-17")]},
            "O-17 and S-17 share the digits of a service number",
        ),
        ('{"roster": 1, "roster": 1, "officers": []}', "appears twice"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_file(tmp_path: Path, content: object, says: str) -> None:
    file = written(tmp_path, content)
    with pytest.raises(RosterError) as caught:
        load_roster(file)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert says in message
    assert "\n" not in message
    assert "$argon2" not in message


def test_a_roster_or_key_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, mode=0o600)
    with pytest.raises(RosterError, match="no regular file"):
        load_roster(pipe)
    for load in (load_public, load_seal_public):
        with pytest.raises(KeyUnusable, match="no regular file"):
            load(pipe)


def test_a_roster_that_everybody_may_read_is_not_used(tmp_path: Path) -> None:
    file = written(tmp_path, {"roster": 1, "officers": [entry()]})
    file.chmod(0o644)
    with pytest.raises(RosterError, match="chmod 600"):
        load_roster(file)


def test_a_roster_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="cannot be read"):
        load_roster(tmp_path / "none.json")


def test_a_hash_is_never_shown_by_accident() -> None:
    assert "argon2" not in repr(OFFICER)


def test_two_officers_with_one_number_are_refused() -> None:
    with pytest.raises(RosterError):
        Roster((OFFICER, Officer("S-17", Role.SUPERVISOR, OFFICER.pin_hash)))
