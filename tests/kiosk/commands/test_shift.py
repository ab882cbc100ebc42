"""A supervisor at a terminal: opens, closes, exports, erases early, looks back; each is recorded."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.moment import Moment, system_clock
from kiosk.commands.door import main
from kiosk.desk.lookback import crossings_of
from kiosk.desk.orders import FOLDER, REFUSED, CloseShift, EraseEarly, OpenShift, OrderWatch, leave, take
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster, save_roster
from kiosk.desk.shift import Readiness
from kiosk.desk.shift_acts import known_shifts
from kiosk.presenters.shift_texts import FAILURES
from kiosk.reference import reference_of
from sync.device_key import device_key
from sync.event_types import CodeAssessed, CrossingDecided, OfficerNoted
from sync.export.sticks import Stick
from sync.journal import Journal
from sync.journal_reader import JournalReader

PINS = {"S-1": "739164", "S-2": "482915", "O-3": "615302"}
BEGIN = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("roster") / "roster.json"
    roles = {"S-1": Role.SUPERVISOR, "S-2": Role.SUPERVISOR, "O-3": Role.OFFICER}
    save_roster(file, Roster(tuple(Officer(id, roles[id], hash_pin(pin)) for id, pin in PINS.items())))
    return file


class DayClock:
    """Begins on a day long before today and is moved by hand."""

    def __init__(self) -> None:
        self.now = Moment(1.0, BEGIN)

    def __call__(self) -> Moment:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "journal"
    clock = DayClock()
    journal = Journal(made, clock, device_key(made), kiosk="lane-1")
    for number in range(1, 31):
        at = clock().utc
        fingerprint = journal.fingerprint(b"code %d" % (number % 3), at)
        journal.append(
            [
                CodeAssessed(f"c{number}", fingerprint, *["x"] * 8, ()),
                CrossingDecided(f"c{number}", "REFER", ("EXPIRED",), "p1", 40.0, ()),
            ],
            at,
            spend=[b"use %d" % number],
        )
        clock.now = clock.now.later(3 * 3600)
    journal.close()
    return made


def shift(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    roster: Path,
    what: str,
    *more: str,
    who: tuple[str, ...] = ("S-1",),
) -> int:
    typed = "".join(f"{one}\n{PINS[one]}\n" for one in who)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["shift", what, "--folder", str(folder), "--roster", str(roster), "--stdin", *more])


def kinds(folder: Path) -> list[str]:
    reader = JournalReader(folder)
    found = [record.kind for record in reader.all_records()]
    reader.close()
    return found


def test_a_shift_is_opened_shown_closed_exported_and_proven_elsewhere(
    folder: Path,
    roster: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shift(monkeypatch, folder, roster, "open") == 0
    assert shift(monkeypatch, folder, roster, "open") == 1
    assert "open already" in capsys.readouterr().err
    assert main(["shift", "show", "--folder", str(folder)]) == 0
    assert "not ready when it was opened" in capsys.readouterr().out
    out = tmp_path / "half"
    assert main(["export", "--folder", str(folder), "--shift", "last", "--to", str(out), "--no-report"]) == 0
    capsys.readouterr()
    assert main(["verify-export", str(out), "--key", str(folder / "device.pub.pem")]) == 0
    assert "complete     no: The shift was not closed when this was made." in capsys.readouterr().out
    assert shift(monkeypatch, folder, roster, "close") == 0
    assert shift(monkeypatch, folder, roster, "close") == 1
    whole = tmp_path / "whole"
    arguments = ["export", "--folder", str(folder), "--shift", "last", "--to", str(whole), "--officer", "S-1"]
    lowered: list[str] = []
    monkeypatch.setattr("config.priority.after_everything_else", lambda: lowered.append("last"))
    assert main([*arguments, "--progress"]) == 0
    assert lowered == ["last"], "the lane goes first"
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [one.get("stage") for one in said][-2:] == ["reading_back", None]
    assert said[-1]["saved"] == str(whole)
    assert (whole / "report-zh_HK.pdf").read_bytes().startswith(b"%PDF")
    assert main(["verify-export", str(whole), "--key", str(folder / "device.pub.pem")]) == 0
    shown = capsys.readouterr().out
    assert "complete     yes" in shown
    assert "kiosk        lane-1" in shown
    assert kinds(folder)[-1] == "export.made"


def test_a_period_says_whether_it_is_whole(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    since, until = "2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"
    place = ["export", "--folder", str(folder), "--no-report", "--to"]
    assert main([*place, str(tmp_path / "day"), "--from", since, "--until", until]) == 0
    capsys.readouterr()
    assert main(["verify-export", str(tmp_path / "day"), "--key", str(folder / "device.pub.pem")]) == 0
    shown = capsys.readouterr().out
    assert "complete     yes" in shown
    assert "records      13 to 28, 0 erased or kept at the lane" in shown
    assert main([*place, str(tmp_path / "none"), "--from", "2027-01-01T00:00:00Z"]) == 2
    assert "no records of that period" in capsys.readouterr().err


def test_an_officer_opens_no_shift_and_a_wrong_pin_nothing(
    folder: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shift(monkeypatch, folder, roster, "open", who=("O-3",)) == 1
    assert "it takes a supervisor" in capsys.readouterr().err
    monkeypatch.setitem(PINS, "S-1", "000000")
    assert shift(monkeypatch, folder, roster, "open") == 1
    assert "shift.opened" not in kinds(folder)


ERASE = (
    "--from",
    "2026-11-02T00:00:00Z",
    "--to",
    "2026-11-04T00:00:00Z",
    "--reason",
    "court_order",
    "--case",
    "2026/0117",
)


def test_two_supervisors_erase_a_period_and_the_chain_still_holds(
    folder: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shift(monkeypatch, folder, roster, "erase", *ERASE, who=("S-1", "S-1")) == 1
    assert shift(monkeypatch, folder, roster, "erase", *ERASE, who=("S-1", "O-3")) == 1
    assert "journal.erased_early" not in kinds(folder)
    assert shift(monkeypatch, folder, roster, "erase", *ERASE, who=("S-1", "S-2")) == 0
    capsys.readouterr()
    assert main(["journal", "verify", "--folder", str(folder)]) == 0
    assert "32 of them erased" in capsys.readouterr().out
    reader = JournalReader(folder)
    records = list(reader.all_records())
    reader.close()
    assert [r.sequence for r in records if r.payload is None] == list(range(13, 45))
    told = json.loads(records[-1].payload or "")
    assert {name: told[name] for name in ("officer", "second", "case", "records", "spent", "keys")} == {
        "officer": "S-1",
        "second": "S-2",
        "case": "2026/0117",
        "records": 32,
        "spent": 16,
        "keys": 2,
    }
    assert not (folder / "day-keys" / "2026-11-02.key").exists()
    assert (folder / "day-keys" / "2026-11-04.key").exists()


def test_what_was_spent_since_the_day_before_yesterday_stays_known(tmp_path: Path) -> None:
    clock = DayClock()
    journal = Journal(tmp_path, clock, device_key(tmp_path))
    for number in range(4):
        event = CrossingDecided("c", "ADMIT", (), "p", 1.0, ())
        journal.append([event], clock().utc, spend=[b"use %d" % number])
        clock.now = clock.now.later(86400)
    clock.now = clock.now.later(-86400)
    event_ = journal.erase_early(1, 4, "S-1", "S-2", "test_records", "case-1")
    assert [b"use %d" % n in journal.spent for n in range(4)] == [False, False, True, True]
    assert (event_.records, event_.spent, event_.keys) == (4, 2, 2)
    assert journal.verify_chain().broken is None
    journal.close()


def test_a_case_is_a_number_and_nobodys_story(
    folder: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (*ERASE[:-1], "because Mr Example asked")
    assert shift(monkeypatch, folder, roster, "erase", *told, who=("S-1", "S-2")) == 1
    assert "journal.erased_early" not in kinds(folder)


def test_a_lane_is_asked_where_a_code_was_used(folder: Path) -> None:
    journal = Journal(folder, system_clock, device_key(folder))
    known = set(journal.fingerprints.over_all_days(b"code 1").values())
    journal.close()
    reader = JournalReader(folder)
    uses = crossings_of(reader, known)
    reader.close()
    assert [use.crossing for use in uses] == [f"c{number}" for number in range(1, 31, 3)]
    assert {use.outcome for use in uses} == {"REFER"}


def test_who_looks_back_is_recorded_before_anything_is_told(
    folder: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kiosk.commands.hub_lookback.identity_in", lambda _file: b"code 1")
    why = ("--code-file", "-", "--reason", "challenge", "--case", "2026/0117")
    assert shift(monkeypatch, folder, roster, "lookback", *why, who=("O-3",)) == 1
    assert "lookback.asked" not in kinds(folder)
    assert shift(monkeypatch, folder, roster, "lookback", *why) == 0
    assert len(json.loads(capsys.readouterr().out)["crossings"]) == 10
    assert kinds(folder)[-1] == "lookback.asked"


def test_a_running_lane_takes_orders_up_and_sets_aside_what_is_none(folder: Path) -> None:
    journal = Journal(folder, system_clock, device_key(folder))

    def record(event: object) -> None:
        journal.append([event], system_clock().utc)  # type: ignore[list-item]

    watch = OrderWatch(folder, journal, system_clock, record, lambda: Readiness(True))
    leave(folder, OpenShift("S-1"))
    watch.look_again()
    leave(folder, CloseShift("S-1"))
    leave(folder, EraseEarly("S-1", "S-2", "court_order", "2026/0117", 1, 10))
    (folder / FOLDER / "zzz.json").write_text('{"order": "Unknown"}')
    watch.look_again()
    assert take(folder) == []
    assert [file.name for file in (folder / FOLDER / REFUSED).iterdir()] == ["zzz.json"]
    reader = JournalReader(folder)
    found = known_shifts(reader)
    reader.close()
    assert (found[-1].officer, found[-1].ready, found[-1].closed_by) == ("S-1", True, "S-1")
    assert kinds(folder)[-3:] == ["shift.opened", "shift.closed", "journal.erased_early"]
    journal.close()


def test_notes_about_a_crossing_are_read_by_a_supervisor_and_that_is_recorded(
    folder: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = Journal(folder, system_clock, device_key(folder))
    journal.append([OfficerNoted("made-up-0badcafe", "O-3", "made-up words")], system_clock().utc)
    journal.close()
    assert shift(monkeypatch, folder, roster, "notes", "0BADCAFE", who=("O-3",)) == 1
    assert "made-up words" not in capsys.readouterr().out
    assert shift(monkeypatch, folder, roster, "notes", "0BADCAF") == 1
    assert "notes.read" not in kinds(folder)
    assert shift(monkeypatch, folder, roster, "notes", "0BADCAFE") == 0
    (note,) = json.loads(capsys.readouterr().out)["notes"]
    assert (note["officer"], note["note"]) == ("O-3", "made-up words")
    assert kinds(folder)[-1] == "notes.read"
    assert shift(monkeypatch, folder, roster, "notes", reference_of("made-up-0badcafe")) == 0
    assert len(json.loads(capsys.readouterr().out)["notes"]) == 1


def test_what_an_export_left_half_made_on_the_stick_the_next_one_takes_away_whenever_it_comes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    left = stick / ".checkpoint-lane-1-1-60-20261101-080000.0badcafe.partial"
    another = stick / ".checkpoint-lane-2-1-60-20261101-080000.0badcafe.partial"
    for half in (left, another):
        half.mkdir(parents=True)
        (half / "records.jsonl").write_bytes(b"half")
    monkeypatch.setattr("sync.export.sticks.sticks_here", lambda: [Stick(stick)])
    assert main(["export", "--folder", str(folder), "--to-stick", "--no-report"]) == 0
    assert not left.exists()
    assert another.exists(), "another lane may be at work on it"
    assert len(list(stick.glob("checkpoint-lane-1-*"))) == 1


@pytest.mark.parametrize(
    ("here", "what"),
    [
        ([], "no_stick"),
        ([Stick(Path("/media/a")), Stick(Path("/media/b"))], "many_sticks"),
        ([Stick(Path("/media/a"), read_only=True)], "locked"),
    ],
)
def test_without_one_stick_that_can_be_written_no_export_is_begun(
    folder: Path,
    here: list[Stick],
    what: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sync.export.sticks.sticks_here", lambda: here)
    monkeypatch.setattr("config.priority.after_everything_else", lambda: None)  # not this process
    arguments = ["export", "--folder", str(folder), "--to-stick", "--no-report", "--progress"]
    assert main(arguments) == 2
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["failed"] == what
    assert what in FAILURES, "the page has a sentence for it"
    assert "export.made" not in kinds(folder)
