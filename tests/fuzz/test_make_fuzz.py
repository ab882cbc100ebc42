"""What `make fuzz` reports, and that it cannot miss what did not hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fuzz.__main__ import main, run
from tests.fuzz.layers import FORMATS
from tests.fuzz.saved import saved
from tests.fuzz.target import Report, corpus
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


def test_every_target_has_a_saved_corpus_that_holds() -> None:
    for name in FORMATS:
        watch, inputs = Watch(name), saved(name)
        assert len(inputs) >= 10, name
        for data in inputs:
            watch.attempt(data)
        assert watch.tried >= len(inputs)


def test_saved_inputs_are_tried_first(tmp_path: Path) -> None:
    folder = corpus(tmp_path, "HC1", {})
    assert {file.read_bytes() for file in folder.iterdir()} == set(saved("HC1"))


def test_divoc_is_also_bent_with_its_worker_in_between(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["DIVOC-worker", "--seconds", "1", "--engine", "own", "--out", str(tmp_path)]) == 0
    assert "DIVOC-worker" in capsys.readouterr().out
    assert json.loads((tmp_path / "DIVOC-worker.json").read_text())["admitted"] > 0
