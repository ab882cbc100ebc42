"""The runner of the long counts: it must not call broken held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.soak.__main__ import main, run
from tests.soak.counts import SOAKS, NotHeld, Soak, memory, printed


def soak(program: str) -> Soak:
    return Soak("made", "made up", ("-c", program), ("-c", "print('1 quick count')"), printed("count"))


def test_a_count_that_ends_well_is_one_line_with_what_it_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(soak("print('noise'); print('500 counts')"), tmp_path, quick=False)
    assert run(soak(""), tmp_path, quick=True)
    long, short = capsys.readouterr().out.splitlines()
    assert "held" in long and long.endswith("500 counts")
    assert short.endswith("1 quick count")


@pytest.mark.parametrize("program", ["print('500 counts'); raise SystemExit(1)", "print('nothing said')"])
def test_a_count_that_fails_or_counts_nothing_is_broken_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    assert not run(soak(program), tmp_path, quick=False)
    line = capsys.readouterr().out
    assert line.startswith("made     BROKEN") and str(tmp_path / "made" / "output.txt") in line


def test_one_broken_count_fails_the_whole_run_and_the_others_still_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.soak.__main__.SOAKS", (soak("raise SystemExit(1)"), soak("print('a count')")))
    assert main(["--out", str(tmp_path)]) == 1
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["BROKEN", "held"]
    assert main(["--quick", "--out", str(tmp_path)]) == 0


def test_memory_that_grew_beyond_its_aim_is_broken(tmp_path: Path) -> None:
    def written(ratio: float) -> None:
        row = {"name": "resident", "value": 100.0, "unit": "MB", "ratio": ratio, "of": "x", "aim": 1.1}
        (tmp_path / "memory.json").write_text(json.dumps([row]))

    written(1.05)
    assert memory("", tmp_path) == "resident 100.0 MB"
    written(1.2)
    with pytest.raises(NotHeld, match=r"grew 1\.20 times"):
        memory("", tmp_path)


def test_the_counts_can_be_chosen_by_name() -> None:
    names = ["gate", "gate-kills", "journal", "catch-up", "demo", "monkey", "orders", "memory"]
    assert [soak.name for soak in SOAKS] == names
    with pytest.raises(SystemExit) as ended:
        main(["nonsense"])
    assert ended.value.code == 2
