"""What `make fuzz` reports, and that it cannot miss what did not hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fuzz.__main__ import main, run
from tests.fuzz.target import Report
from tests.fuzz.watch import Broken, Watch, seeds


def test_a_short_run_tries_inputs_and_reports_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["NZCP", "--seconds", "1", "--engine", "own", "--out", str(tmp_path)]) == 0
    assert "NZCP" in capsys.readouterr().out
    assert json.loads((tmp_path / "NZCP.json").read_text())["tried"] > len(seeds("NZCP"))
    assert list((tmp_path / "corpus" / "NZCP").glob("seed-*"))
    assert not list((tmp_path / "found").iterdir())


def test_a_target_that_ends_badly_did_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("XX9", "own", 1, tmp_path)["held"] is False
    assert "DID NOT HOLD" in capsys.readouterr().out


def test_an_input_that_does_not_hold_is_kept_and_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "found").mkdir()
    report = Report(Watch("HC1"), tmp_path)
    monkeypatch.setattr("tests.fuzz.watch.genuine_content", lambda name: b"something else")
    seed = seeds("HC1")["text"]
    with pytest.raises(Broken):
        report.attempt(seed)
    assert [file.read_bytes() for file in (tmp_path / "found").iterdir()] == [seed]


def test_an_input_that_takes_too_long_is_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch("HC1")
    monkeypatch.setattr("tests.fuzz.watch.HANG_S", -1.0)
    with pytest.raises(Broken, match="s for"):
        watch.attempt(seeds("HC1")["text"])
