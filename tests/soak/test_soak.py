"""The runner of the long counts: it must not call broken held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.event import Event
from sync.event_types import CrossingClosed, CrossingDecided, CrossingOpened, GatePassage
from tests.kiosk.desk.told import told
from tests.soak.__main__ import main, run
from tests.soak.counts import SOAKS, NotHeld, Soak, memory, printed
from tests.soak.minutes import Played, named


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


def test_a_broken_counts_own_last_words_are_in_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not run(soak("print('One was dropped.'); raise SystemExit(1)"), tmp_path, quick=False)
    assert "exit code 1: One was dropped.; see" in capsys.readouterr().out


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


def minutes(*more: Event, painted: str = "", took_s: float = 2.0) -> str:
    """What is said of two travellers whose first crossing is `one`, whose second `two`."""
    played = Played(2, took_s, names={"one": {named(0)}, "two": {named(1)}})
    events: list[Event] = list(more)
    for crossing in ("one", "two"):
        events += [CrossingOpened(crossing, "any"), CrossingDecided(crossing, "ADMIT", (), "p", 1.0, ())]
        events += [GatePassage(crossing, "a", "PASSED"), CrossingClosed(crossing, "passed")]
    played.read(told([(1.0, event) for event in events]))
    played.painted = {"one": named(0), "two": painted or named(1)}
    return played.wrong()


def test_a_minute_holds_when_each_has_one_verdict_that_was_seen_by_whom_it_is_about() -> None:
    assert minutes() == ""
    assert minutes(GatePassage("two", "b", "UNKNOWN")).endswith("was doubled: ADMIT UNKNOWN PASSED.")
    assert "00001 was doubled: REFER ADMIT" in minutes(CrossingDecided("two", "REFER", (), "p", 1.0, ()))
    assert "00001 was shown for T*******R 00000" in minutes(painted=named(0))
    assert minutes(CrossingOpened("three", "any")) == "A crossing was about 0 travellers ()."
    assert minutes(took_s=9.0).startswith("The lane fell behind with no verdict lost: 2 travellers took 9 s")


def test_a_verdict_that_is_missing_anywhere_was_dropped() -> None:
    assert "00000 was dropped: there is no crossing" in Played(1).wrong()
    played = Played(1, names={"one": {named(0)}})
    assert "00000 was dropped: nothing" in played.wrong()
    played.decided, played.passages = {"one": ["ADMIT"]}, {"one": ["PASSED"]}
    assert "00000 was dropped: it was not shown" in played.wrong()
    played.names["two"] = {named(0)}
    assert "00000 was doubled: 2 crossings" in played.wrong()
    played.names["two"] = {named(0), named(1)}
    assert "about 2 travellers" in played.wrong()


def test_the_counts_can_be_chosen_by_name() -> None:
    names = ["gate", "gate-kills", "journal", "catch-up", "demo", "monkey", "orders", "minutes", "memory"]
    assert [soak.name for soak in SOAKS] == names
    with pytest.raises(SystemExit) as ended:
        main(["nonsense"])
    assert ended.value.code == 2
