"""`verify` and `trust` judge by the lists that a kiosk has in use, out of its bundle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.commands.door import main
from tests.kiosk.bundle.town import Town


@pytest.fixture
def settings(town: Town) -> Path:
    file = town.folder / "kiosk.toml"
    lane, journal, bundle = town.settings.lane, town.settings.journal, town.settings.bundle
    file.write_text(
        f'[lane]\nid = "{lane.id}"\nstation = "{lane.station}"\n[journal]\nfolder = "{journal.folder}"\n'
        f'[bundle]\nroot = "{bundle.root}"\nfolder = "{bundle.folder}"\nprofile = "{bundle.profile}"\n'
    )
    return file


def test_a_code_is_judged_by_the_bundle_in_use(
    town: Town, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = town.folder / "code.txt"
    code.write_bytes(town.code("hk"))
    command = ["verify", "--config", str(settings), str(code), "--at", town.clock.at.isoformat(), "--json"]
    assert main(command) == 2, "there is no bundle yet"
    assert "no bundle here yet" in capsys.readouterr().err
    town.publish(hours=1)
    town.worker.look()
    assert main(command) == 0
    assert '"ADMIT"' in capsys.readouterr().out


def test_the_signers_of_the_bundle_in_use_are_shown_and_explained(
    town: Town, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.publish(hours=1)
    town.worker.look()
    assert main(["trust", "--config", str(settings), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {row["issuer"] for row in shown["signers"]} == {"HK", "MO"}
    assert [row["signers"] for row in shown["lists"]] == [1, 1]
    at = town.clock.at.isoformat()
    assert main(["trust", "--config", str(settings), "--at", at, "--explain", town.code("mo").decode()]) == 0


@pytest.mark.parametrize("command", ["verify", "trust"])
def test_a_kiosks_lists_and_single_files_are_not_mixed(
    settings: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [command, "--config", str(settings), "--trust-list", str(settings)]
    assert main([*words, "-"] if command == "verify" else words) == 2
    assert "leave the options" in capsys.readouterr().err
