"""`main.py bundle`: bring one by hand, show what is in use, on a machine that has no network."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.commands.door import main
from tests.kiosk.bundle.town import Town


@pytest.fixture
def config(town: Town) -> Path:
    """A settings file, and a bundle that is of today by this machine's clock."""
    town.repository.at = town.clock.at = datetime.now(UTC)
    town.repository.new_root()
    town.repository.publish("targets", "hk", "mo")
    file = town.folder / "kiosk.toml"
    file.write_text(
        '[journal]\nfolder = "journal"\n[bundle]\nroot = "root.json"\nfolder = "bundle"\nprofile = "lane"\n'
    )
    return file


def test_a_bundle_comes_from_a_stick_and_is_shown(
    town: Town, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    town.repository.copy(stick / "checkpoint-bundle")
    assert main(["bundle", "--config", str(config), "show"]) == 1
    assert "no bundle here yet" in capsys.readouterr().err
    assert main(["bundle", "--config", str(config), "update", "--from", str(stick)]) == 0
    assert "put to use" in capsys.readouterr().out
    assert main(["bundle", "--config", str(config), "update", "--from", str(stick)]) == 0
    assert "nothing newer" in capsys.readouterr().out
    assert main(["bundle", "show", "--config", str(config)]) == 0
    shown = capsys.readouterr().out
    for words in ("timestamp", "hk/trust/signers.json", "revocation FRESH", "confirmed", "ends"):
        assert words in shown


def test_a_stick_with_an_old_bundle_is_refused_in_one_line(
    town: Town, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = town.repository.copy(tmp_path / "old" / "checkpoint-bundle").parent
    town.publish()
    assert main(["bundle", "--config", str(config), "update", "--from", str(town.repository.folder)]) == 0
    capsys.readouterr()
    assert main(["bundle", "--config", str(config), "update", "--from", str(old)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("rolled_back: ") and said.count("\n") == 1


def test_a_folder_without_a_bundle_and_settings_without_a_root_are_said(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bundle", "--config", str(config), "update", "--from", str(tmp_path / "nowhere")]) == 1
    assert "checkpoint-bundle" in capsys.readouterr().err
    assert main(["bundle", "show"]) == 2
    said = capsys.readouterr().err
    assert "bundle.root" in said and "--config" in said
    config.write_text('[bundle]\nroot = "missing.json"\n')
    assert main(["bundle", "update", "--config", str(config)]) == 1
    assert "missing.json" in capsys.readouterr().err


def test_run_check_says_what_the_bundle_lacks(
    town: Town, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--config", str(config), "--check"]) == 0
    assert "There is no bundle here yet" in capsys.readouterr().err
