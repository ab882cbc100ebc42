"""`main.py run --check` refuses what `main.py run` refuses, and names the lists that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands.door import main

POLICIES = Path(__file__).parents[3] / "config" / "policies"


def checked(folder: Path, text: str) -> int:
    file = folder / "kiosk.toml"
    file.write_text(text)
    return main(["run", "--check", "--config", str(file)])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[turnstile]\nprotocol = "lcus"\nchannel = 12\n', "turnstile.channel = 12"),
        ('[officers]\nroster = "none.json"\n', "none.json: cannot be read"),
        (f'[lane]\npolicy = "{POLICIES / "demo.json"}"\n', "accepts specimens"),
    ],
)
def test_what_a_start_refuses_is_refused(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, text) == 2
    told = capsys.readouterr()
    assert says in told.err and len(told.err.splitlines()) == 1
    assert "valid" not in told.out


def test_a_list_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path, '[trust]\nlists = ["none.json"]\n') == 0
    told = capsys.readouterr()
    assert "not there yet: " in told.err and "none.json: cannot be read" in told.err
    assert "every setting is valid" in told.out


def test_a_hub_whose_key_is_not_there_yet_is_named_and_what_a_start_does_about_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, '[hub]\nurl = "http://127.0.0.1:1"\nkey = "none.pem"\n') == 0
    told = capsys.readouterr()
    assert "not there yet: the hub's key. A start asks to be enrolled" in told.err
