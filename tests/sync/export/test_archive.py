"""An export is whole or not there, and another machine can tell whether anything in it was changed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.commands import door
from sync.canonical import EXPORT, canonical_json
from sync.device_key import device_key
from sync.export import MANIFEST, RECORDS, SIGNATURE, ExportFailed, export
from sync.export.archive import TELL_EVERY
from sync.export.faulty_place import FaultyPlace, Mishap
from sync.export.layout import TABLE, About, Progress, Stage, Subject
from sync.export.place import Cancelled
from sync.export.seal import NotProven, with_traces
from sync.export.verifying import verify_export
from sync.journal import Journal
from sync.journal_file import NAME
from sync.outbox import Outbox
from sync.receipt import Answer, Receipt, sign_receipt
from sync.signing import SigningKey
from tests.sync.conftest import OpenJournal
from tests.sync.ground import START, HandClock, key, write


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def exported(
    open_journal: OpenJournal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> Path:
    journal = open_journal(kiosk="lane-1", checkpoint_every=10)
    for _ in range(25):
        write(journal, clock, 1)
    export(folder, stick, device, clock().utc)
    return stick


def test_an_export_holds_on_its_own(exported: Path, device: SigningKey) -> None:
    proven = verify_export(exported, device.public)
    assert proven.kiosk == "lane-1"
    assert proven.chain.position.sequence == len((exported / RECORDS).read_bytes().splitlines())
    assert proven.chain.checkpoints == 2
    assert proven.complete


def test_a_part_of_the_journal_holds_too(
    journal: Journal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    write(journal, clock, 20)
    export(folder, stick, device, clock().utc, first=6, last=15)
    proven = verify_export(stick, device.public)
    assert (proven.after.sequence, proven.chain.position.sequence, proven.complete) == (5, 15, False)


def test_erased_records_are_in_the_export_as_digests(
    open_journal: OpenJournal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    journal = open_journal(keep_days=1)
    write(journal, clock, 8)
    clock.pass_time(days=2)
    journal.housekeep()
    export(folder, stick, device, clock().utc)
    assert verify_export(stick, device.public).chain.erased == 8


def sign_again(folder: Path, signer: SigningKey, **changes: object) -> None:
    """What somebody with another key would do after changing the records."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for entry in manifest["files"]:
        data = (folder / entry["name"]).read_bytes()
        entry |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    body = canonical_json(manifest | changes)
    (folder / MANIFEST).write_bytes(body)
    (folder / SIGNATURE).write_bytes(with_traces(base64.b64encode(signer.sign(EXPORT + body)), body))


def flip(file: str, place: int) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        data = bytearray((folder / file).read_bytes())
        data[place] ^= 1
        (folder / file).write_bytes(data)

    return change


def drop_line(number: int) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        lines = (folder / RECORDS).read_bytes().splitlines(keepends=True)
        del lines[number]
        (folder / RECORDS).write_bytes(b"".join(lines))

    return change


@pytest.mark.parametrize(
    "change",
    [
        flip(RECORDS, 20),
        flip(RECORDS, -30),
        flip(MANIFEST, 40),
        flip(SIGNATURE, 5),
        drop_line(3),
        drop_line(-1),
        lambda folder: (folder / RECORDS).write_bytes(b""),
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / SIGNATURE).unlink(),
    ],
)
def test_one_changed_byte_is_found(
    exported: Path, device: SigningKey, change: Callable[[Path], None]
) -> None:
    change(exported)
    with pytest.raises(NotProven):
        verify_export(exported, device.public)


@pytest.mark.parametrize("number", [0, 10, -1])
def test_a_missing_line_is_found_even_when_the_manifest_is_signed_again_by_the_device(
    exported: Path, device: SigningKey, number: int
) -> None:
    drop_line(number)(exported)
    sign_again(exported, device)
    with pytest.raises(NotProven, match=r"chain breaks|records end"):
        verify_export(exported, device.public)


def hours(since: int, until: int | None) -> Subject:
    """A period, in hours from the first record."""
    end = None if until is None else START + timedelta(hours=until)
    return Subject(About.PERIOD, START + timedelta(hours=since), end)


@pytest.mark.parametrize(
    ("about", "first", "last", "lacks"),
    [
        (hours(1, 3), 2, 3, None),
        (hours(1, 3), 2, 2, "Records of the period may lie behind the last one."),
        (hours(1, 3), 3, 3, "Records of the period may lie before the first one."),
        (hours(1, None), 2, 5, "Records of the period may lie behind the last one."),
        (hours(1, 9), 2, 6, "The period was not over when this was made."),
        (Subject(About.SHIFT, shift="S"), 2, 3, "It does not begin with the opening of the shift."),
        (Subject(), 3, 4, None),
    ],
)
def test_what_is_left_out_of_a_period_or_a_shift_is_said(
    journal: Journal,
    folder: Path,
    stick: Path,
    clock: HandClock,
    device: SigningKey,
    about: Subject,
    first: int,
    last: int,
    lacks: str | None,
) -> None:
    for _ in range(6):
        write(journal, clock, 1)
        clock.pass_time(hours=1)
    export(folder, stick, device, clock().utc, first=first, last=last, subject=about)
    assert verify_export(stick, device.public).lacks == lacks


@pytest.mark.parametrize(("row", "said"), [(-1, "does not say what record"), (None, "more rows than")])
def test_a_table_that_tells_another_story_is_found_even_when_the_device_signed_it(
    exported: Path, device: SigningKey, row: int | None, said: str
) -> None:
    lines = (exported / TABLE).read_bytes().splitlines(keepends=True)
    lines[slice(len(lines), None) if row is None else slice(row, None)] = [
        lines[-1].replace(b"opened", b"shut")
    ]
    (exported / TABLE).write_bytes(b"".join(lines))
    sign_again(exported, device)
    with pytest.raises(NotProven, match=said):
        verify_export(exported, device.public)


def test_a_part_that_goes_on_from_another_record_is_found_even_when_the_device_signed_it(
    journal: Journal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    write(journal, clock, 20)
    export(folder, stick, device, clock().utc, first=6, last=15)
    before = json.loads((stick / MANIFEST).read_bytes())["before"]
    sign_again(stick, device, before=before | {"at": "2026-01-01T00:00:00.000000Z"})
    with pytest.raises(NotProven, match="not the one the chain goes on from"):
        verify_export(stick, device.public)


def test_an_export_of_another_device_is_not_taken_for_this_ones(exported: Path) -> None:
    with pytest.raises(NotProven, match="was made by the device"):
        verify_export(exported, key().public)


def test_a_manifest_that_names_a_path_is_refused(exported: Path, device: SigningKey) -> None:
    sign_again(exported, device, files=[{"name": "../device.key", "sha256": "0" * 64}])
    with pytest.raises(NotProven, match="no plain file name"):
        verify_export(exported, device.public)


def test_the_hubs_receipt_travels_with_the_export(
    open_journal: OpenJournal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    journal, hub = open_journal(kiosk="lane-1"), key()
    write(journal, clock, 5)
    body = Receipt("lane-1", "x", Answer.STORED, journal.position, "2026-03-01T08:00:00.000000Z").body()
    outbox = Outbox(folder)
    outbox.keep(journal.position, body, sign_receipt(hub, body))
    outbox.close()
    write(journal, clock, 5)
    export(folder, stick, device, clock().utc)
    proven = verify_export(stick, device.public, hub.public)
    assert proven.receipt is not None
    assert proven.receipt.position.sequence == 5
    with pytest.raises(NotProven, match="not signed by the hub"):
        verify_export(stick, device.public, key().public)


def test_a_hub_that_signed_another_history_is_told(
    open_journal: OpenJournal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    journal, hub = open_journal(kiosk="lane-1"), key()
    write(journal, clock, 5)
    elsewhere = type(journal.position)(5, bytes(32))
    body = Receipt("lane-1", "x", Answer.STORED, elsewhere, "2026-03-01T08:00:00.000000Z").body()
    outbox = Outbox(folder)
    outbox.keep(elsewhere, body, sign_receipt(hub, body))
    outbox.close()
    export(folder, stick, device, clock().utc)
    with pytest.raises(NotProven, match="another history"):
        verify_export(stick, device.public, hub.public)


@pytest.mark.parametrize(
    ("mishap", "after", "words"),
    [
        (Mishap.FULL, 0, "is full: take a stick with more room"),
        (Mishap.FULL, 3000, "is full: take a stick with more room"),
        (Mishap.FULL, 9000, "is full: take a stick with more room"),
        (Mishap.LOCKED, 0, "slide the stick's lock"),
        (Mishap.FORGETFUL, 0, "What was read back is not what was written: use another stick"),
    ],
)
def test_a_stick_that_fails_is_named_in_one_sentence_and_nothing_is_left_on_it(
    journal: Journal,
    folder: Path,
    stick: Path,
    clock: HandClock,
    device: SigningKey,
    mishap: Mishap,
    after: int,
    words: str,
) -> None:
    write(journal, clock, 20)
    with pytest.raises(ExportFailed, match=words) as failed:
        export(folder, stick, device, clock().utc, place=FaultyPlace(stick, mishap, after))
    assert str(failed.value).count(".") <= 1 + str(stick).count(".")
    assert list(stick.parent.glob("*stick*")) + list(stick.parent.glob(".*")) == []


@pytest.mark.parametrize("after", [0, 1500, 4000, 9000])
def test_a_stick_pulled_out_half_way_has_nothing_with_a_name_on_it_and_the_next_export_cleans_up(
    journal: Journal, folder: Path, stick: Path, clock: HandClock, device: SigningKey, after: int
) -> None:
    write(journal, clock, 20)
    with pytest.raises(ExportFailed, match="put the stick back"):
        export(folder, stick, device, clock().utc, place=FaultyPlace(stick, Mishap.PULLED, after))
    left = [file.name for file in stick.parent.iterdir() if "stick" in file.name]
    assert all(name.startswith(".") and name.endswith(".partial") for name in left)
    export(folder, stick, device, clock().utc)
    assert [file.name for file in stick.parent.iterdir() if "stick" in file.name] == ["stick"]
    verify_export(stick, device.public)


def test_a_cancelled_export_leaves_nothing(
    journal: Journal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    write(journal, clock, 20)

    def stop(progress: Progress) -> None:
        if progress.stage is Stage.READING_BACK:
            raise Cancelled

    with pytest.raises(ExportFailed, match="cancelled: nothing was saved"):
        export(folder, stick, device, clock().utc, watch=stop)
    assert list(stick.parent.glob("*stick*")) + list(stick.parent.glob(".*")) == []


@pytest.mark.parametrize("stage", [Stage.WRITING, Stage.SHEET])
def test_cancelled_in_the_middle_of_its_largest_files_it_leaves_nothing_that_could_pass_for_an_archive(
    journal: Journal, folder: Path, stick: Path, clock: HandClock, device: SigningKey, stage: Stage
) -> None:
    write(journal, clock, TELL_EVERY + 500)
    half: list[int] = []

    def stop(progress: Progress) -> None:
        if progress.stage is stage and (progress.done or stage is Stage.SHEET):
            assert not stick.exists()
            half.extend(file.stat().st_size for file in stick.parent.glob(f".stick*/{RECORDS}"))
            raise Cancelled

    with pytest.raises(ExportFailed, match="cancelled: nothing was saved"):
        export(folder, stick, device, clock().utc, watch=stop)
    assert len(half) == 1 and half[0] > 100_000, "it was well begun"
    assert list(stick.parent.glob("*stick*")) + list(stick.parent.glob(".*")) == []


def test_an_export_of_a_changed_journal_is_refused(
    journal: Journal, folder: Path, stick: Path, clock: HandClock, device: SigningKey
) -> None:
    write(journal, clock, 5)
    journal._connection.execute("UPDATE events SET at = '2026-03-01T09:00:00.000000Z' WHERE sequence = 2")
    with pytest.raises(ExportFailed, match="record 2 or its place"):
        export(folder, stick, device, clock().utc)
    assert not stick.exists()


def test_an_older_export_is_not_overwritten(
    exported: Path, folder: Path, clock: HandClock, device: SigningKey
) -> None:
    with pytest.raises(ExportFailed, match="exists already"):
        export(folder, exported, device, clock().utc)


def test_the_commands_say_what_they_found(
    exported: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = str(folder / "device.pub.pem")
    assert door.main(["verify-export", str(exported), "--key", public]) == 0
    assert "The chain holds" in capsys.readouterr().out
    flip(RECORDS, 20)(exported)
    assert door.main(["verify-export", str(exported), "--key", public]) == 1
    assert "NOT PROVEN: records.jsonl was changed" in capsys.readouterr().err
    assert door.main(["export", "--folder", str(folder), "--to", str(tmp_path / "again")]) == 0
    assert "You may remove the stick" in capsys.readouterr().out
    assert door.main(["export", "--folder", str(tmp_path), "--to", str(tmp_path / "no")]) == 2
    assert door.main(["verify-export", str(exported), "--key", str(tmp_path / "none")]) == 2


def test_the_journal_command_proves_shows_and_counts(
    open_journal: OpenJournal,
    folder: Path,
    clock: HandClock,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    journal = open_journal(kiosk="lane-1")
    write(journal, clock, 30)
    assert door.main(["journal", "verify", "--folder", str(folder)]) == 0
    assert "30 records hold" in capsys.readouterr().out
    assert door.main(["journal", "tail", "--folder", str(folder), "-n", "2"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["29", "30"]
    assert door.main(["journal", "stats", "--folder", str(folder)]) == 0
    stats = json.loads(capsys.readouterr().out)
    assert (stats["records"], stats["unsent"], stats["kinds"]) == (30, 30, {"crossing.opened": 30})
    journal._connection.execute("UPDATE events SET kind = 'gate.fire' WHERE sequence = 8")
    assert door.main(["journal", "verify", "--folder", str(folder)]) == 1
    assert "BROKEN: record 8" in capsys.readouterr().err
    assert door.main(["journal", "verify", "--folder", str(tmp_path / "none")]) == 2
    capsys.readouterr()
    device_key(tmp_path / "another")
    other = str(tmp_path / "another" / "device.pub.pem")
    assert door.main(["journal", "verify", "--folder", str(folder), "--key", other]) == 1
    assert "--key may be another kiosk's" in capsys.readouterr().err


def test_a_journal_cut_off_at_the_end_is_found_by_the_hubs_receipt(
    open_journal: OpenJournal, folder: Path, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = open_journal()
    write(journal, clock, 9)
    outbox = Outbox(folder)
    outbox.keep(journal.position, b"", "")
    outbox.close()
    assert door.main(["journal", "verify", "--folder", str(folder)]) == 0
    journal._connection.execute("DELETE FROM events WHERE sequence > 7")
    assert door.main(["journal", "verify", "--folder", str(folder)]) == 1
    assert "receipt for record 9" in capsys.readouterr().err
    assert (folder / NAME).exists()
