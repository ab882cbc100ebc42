"""A damaged journal is set aside and kept; what holds of it goes on in a new file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sync import journal_salvage
from sync.event_types import GateAuthorised
from sync.export import export
from sync.export.verifying import verify_export
from sync.hub.ledger import Ledger
from sync.journal import Journal
from sync.journal_file import NAME
from sync.journal_salvage import NOTE, ROOM, SET_ASIDE
from sync.outbox import NAME as OUTBOX
from sync.receipt import Answer, batch_name
from sync.signing import SigningKey
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, opened, write
from tests.sync.test_uplink import KIOSK, Rig

PAGE = 4096


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / NAME)) as connection, connection:
        connection.execute(statement)


def first_page(folder: Path) -> None:
    file = folder / NAME
    file.write_bytes(b"\x00" * PAGE + file.read_bytes()[PAGE:])


def a_late_page(folder: Path) -> None:
    """The last page with records in it, over and over, until the newest record is hit."""
    file = folder / NAME
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = bytearray(file.read_bytes())
    newest = pages.rfind(b'"crossing":"c499"')
    start = newest // PAGE * PAGE
    pages[start : start + PAGE] = b"\xa5" * PAGE
    file.write_bytes(pages)


def cut_short(folder: Path) -> None:
    file = folder / NAME
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 // PAGE * PAGE])


def a_changed_record(folder: Path) -> None:
    change(folder, "UPDATE events SET payload = '{}' WHERE sequence = 480")


def gone(folder: Path) -> None:
    for file in folder.glob(f"{NAME}*"):
        file.unlink()


DAMAGES = [first_page, a_late_page, cut_short, a_changed_record]


@pytest.fixture
def written(open_journal: OpenJournal, clock: HandClock) -> Journal:
    journal = open_journal()
    write(journal, clock, 500, at_once=10)
    journal.close()
    return journal


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_file_is_kept_as_it_was_and_the_chain_goes_on_in_a_new_one(
    open_journal: OpenJournal,
    written: Journal,
    folder: Path,
    clock: HandClock,
    damage: Callable[[Path], None],
) -> None:
    damage(folder)
    found = (folder / NAME).read_bytes()
    journal = open_journal()
    assert (folder / SET_ASIDE / "0001" / NAME).read_bytes() == found
    assert journal.continued is not None
    assert journal.continued.begins >= ROOM
    assert journal.continued.after < 505
    write(journal, clock, 20)
    report = journal.verify_chain()
    assert report.broken is None
    assert report.lost == ((journal.continued.after + 1, journal.continued.begins),)
    assert journal.waiting(0) == journal.continued.after + 21
    journal.close()
    again = open_journal()
    assert again.continued is None
    assert again.position == journal.position


def test_what_can_be_read_before_the_damage_is_saved(
    open_journal: OpenJournal, written: Journal, folder: Path
) -> None:
    a_changed_record(folder)
    continued = open_journal().continued
    assert continued is not None
    assert continued.after == 479
    assert "payload of record 480 was changed" in continued.why


def test_a_page_that_cannot_be_read_costs_only_what_stands_in_it_and_behind(
    open_journal: OpenJournal, written: Journal, folder: Path
) -> None:
    a_late_page(folder)
    continued = open_journal().continued
    assert continued is not None
    assert 450 < continued.after < 505


def test_a_journal_can_be_damaged_twice(
    open_journal: OpenJournal, written: Journal, folder: Path, clock: HandClock
) -> None:
    a_changed_record(folder)
    second = open_journal()
    last = write(second, clock, 30)
    second.close()
    change(folder, f"UPDATE events SET kind = 'x.y' WHERE sequence = {last - 3}")
    third = open_journal()
    assert third.continued is not None
    assert third.continued.after == last - 4
    assert len(third.verify_chain().lost) == 2
    assert {place.name for place in (folder / SET_ASIDE).iterdir()} == {"0001", "0002"}


def test_spent_codes_come_along_and_a_doubt_about_them_is_told(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal()
    journal.append([opened()], clock().utc, spend=[b"use of a code"])
    write(journal, clock, 490, at_once=10)
    journal.close()
    a_changed_record(folder)
    saved = open_journal()
    assert b"use of a code" in saved.spent
    assert saved.continued is not None
    assert saved.continued.spent_known is True
    assert saved.spent_known_since is None
    saved.close()
    first_page(folder)
    lost = open_journal()
    assert lost.continued is not None
    assert lost.continued.spent_known is False
    lost.close()
    assert open_journal().spent_known_since == clock().utc


def test_who_was_let_in_a_moment_ago_comes_along_and_a_doubt_about_it_is_kept(
    open_journal: OpenJournal, folder: Path, clock: HandClock
) -> None:
    journal = open_journal()
    journal.admitted.expect("c1", (b"somebody",))
    journal.append([GateAuthorised("c1", "a1", "in")], clock().utc)
    write(journal, clock, 490, at_once=10)
    journal.close()
    before = clock().utc - timedelta(hours=2)
    a_changed_record(folder)
    saved = open_journal()
    assert saved.continued is not None and saved.admitted.known_since is None
    assert saved.admitted.any_since([b"somebody"], before)
    write(saved, clock, 500, at_once=10)
    saved.close()
    a_late_page(folder)
    torn = open_journal()
    assert torn.continued is not None and torn.admitted.known_since == clock().utc
    assert torn.admitted.any_since([b"somebody"], before)
    torn.close()
    clock.pass_time(hours=1)
    gone(folder)
    shutil.copyfile(folder / SET_ASIDE / "0002" / NAME, folder / NAME)
    first_page(folder)
    lost = open_journal()
    assert lost.admitted.known_since == clock().utc


STATES = [b"asked", b"owed", b"told", b"released"]


def left(folder: Path) -> dict[str, str]:
    """The state of each use that the hub has to hear of, by its crossing."""
    with closing(sqlite3.connect(folder / NAME)) as connection:
        rows = connection.execute("SELECT reference, state FROM spent_line").fetchall()
    return {reference.partition(".")[0]: state for reference, state in rows}


@pytest.mark.parametrize(
    ("damage", "asked"), [(a_changed_record, {"asked": "asked"}), (a_late_page, {})], ids=["whole", "torn"]
)
def test_what_the_hub_has_to_hear_of_spent_codes_comes_along(
    damage: Callable[[Path], None],
    asked: dict[str, str],
    open_journal: OpenJournal,
    folder: Path,
    clock: HandClock,
) -> None:
    journal = open_journal()
    journal.adopt({clock().utc.date() + timedelta(days=1): bytes(32)})
    clock.pass_time(days=1)
    journal.spent_line.active = True
    for use in STATES:
        assert journal.spent_line.ask([use], clock().utc, use.decode())
    for use in STATES[1:]:
        journal.append([opened()], clock().utc, spend=[use])
    _, owed = journal.spent_line.due()
    told = [use.reference for use in owed if not use.reference.startswith("owed")]
    journal.spent_line.done([], told)
    journal.append([opened()], clock().utc, give_back=[b"released"])
    write(journal, clock, 500, at_once=10)
    journal.close()
    before = {"asked": "asked", "owed": "owed", "told": "told", "released": "release"}
    assert left(folder) == before
    damage(folder)
    assert open_journal().continued is not None
    assert left(folder) == {name: before[name] for name in ("owed", "told", "released")} | asked


class Killed(BaseException):
    """The power went."""


@pytest.mark.parametrize("moment", range(1, 12))
def test_killed_at_any_step_the_next_start_finishes(
    open_journal: OpenJournal,
    written: Journal,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: int,
) -> None:
    a_changed_record(folder)
    found = (folder / NAME).read_bytes()
    steps = 0

    def dying(done: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **named: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == moment:
                raise Killed
            return done(*args, **named)

        return step

    with monkeypatch.context() as patched:
        for name in ("flush_folder", "write_private", "connect", "rows"):
            patched.setattr(journal_salvage, name, dying(getattr(journal_salvage, name)))
        patched.setattr(shutil, "copyfile", dying(shutil.copyfile))
        patched.setattr(Path, "replace", dying(Path.replace))
        patched.setattr(Path, "unlink", dying(Path.unlink))
        with pytest.raises(Killed):
            open_journal()
    journal = open_journal()
    assert (folder / SET_ASIDE / "0001" / NAME).read_bytes() == found
    report = journal.verify_chain()
    assert (report.broken, report.lost) == (None, ((480, journal.position.sequence - 1),))
    assert not list((folder / SET_ASIDE).glob(f"*/{NOTE}"))
    assert journal.verify_chain().position == journal.position


@pytest.fixture
def rig(
    tmp_path: Path, folder: Path, written: Journal, clock: HandClock, device: SigningKey
) -> Iterator[Rig]:
    made = Rig(folder, tmp_path / "hub", clock, device)
    yield made
    made.uplink.close()


def sequences(ledger: Ledger) -> list[int]:
    with ledger._engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT sequence FROM records ORDER BY sequence")
        return [row[0] for row in found]


@pytest.mark.parametrize("damage", [*DAMAGES, gone])
@pytest.mark.parametrize("sent", [0, 200, 505])
def test_the_hub_keeps_what_it_has_and_gets_what_was_saved_and_what_is_new(
    rig: Rig,
    open_journal: OpenJournal,
    folder: Path,
    clock: HandClock,
    damage: Callable[[Path], None],
    sent: int,
) -> None:
    rig.restart(batch=50)
    while rig.held < sent:
        assert rig.uplink.step() is None
    rig.uplink.close()
    damage(folder)
    journal = open_journal()
    write(journal, clock, 20)
    rig.connect(batch=50)
    if damage is gone and not sent:
        assert journal.continued is None
        rig.run()
        assert rig.held == 20
        return
    assert journal.continued is not None
    rig.run()
    status = rig.uplink.status()
    assert (status.trouble, status.unsent) == ("", 0)
    assert rig.ledger.held(KIOSK, "n").position == journal.position
    have = sequences(rig.ledger)
    new = [journal.continued.begins + number for number in range(1, 22)]
    assert have == list(range(1, max(sent, journal.continued.after) + 1)) + new
    assert rig.ledger.status()[0].alarms == 1


def test_a_segment_that_does_not_fit_what_the_hub_holds_is_another_history(
    rig: Rig, open_journal: OpenJournal, folder: Path, clock: HandClock, device: SigningKey
) -> None:
    rig.run()
    rig.uplink.close()
    a_changed_record(folder)
    journal = open_journal()
    assert journal.continued is not None
    with rig.ledger._engine.begin() as hub:
        hub.exec_driver_sql("UPDATE records SET head = zeroblob(32) WHERE sequence = 479")
    rig.connect()
    for _ in range(5):
        rig.uplink.step()
    assert "different histories" in rig.uplink.status().trouble
    assert sequences(rig.ledger)[-1] < ROOM


def test_an_export_over_the_gap_says_what_is_not_in_it(
    open_journal: OpenJournal,
    written: Journal,
    folder: Path,
    tmp_path: Path,
    clock: HandClock,
    device: SigningKey,
) -> None:
    a_changed_record(folder)
    journal = open_journal()
    write(journal, clock, 5)
    export(folder, tmp_path / "whole", device, clock().utc)
    proven = verify_export(tmp_path / "whole", device.public)
    assert proven.chain.lost == ((480, journal.position.sequence - 6),)
    export(folder, tmp_path / "late", device, clock().utc, first=10_000)
    late = verify_export(tmp_path / "late", device.public)
    assert (late.after.sequence, late.chain.position) == (479, journal.position)
    export(folder, tmp_path / "early", device, clock().utc, last=10_000)
    assert verify_export(tmp_path / "early", device.public).chain.position.sequence == 479


def test_a_damaged_outbox_is_kept_and_the_hub_says_what_it_held(
    rig: Rig, open_journal: OpenJournal, folder: Path
) -> None:
    rig.run()
    rig.uplink.close()
    (folder / OUTBOX).write_bytes(b"no database" * 1000)
    for rest in folder.glob(f"{OUTBOX}-*"):
        rest.unlink()
    open_journal()
    rig.connect()
    rig.run()
    assert rig.uplink.status().unsent == 0
    assert len(list(folder.glob(f"{OUTBOX}.damaged-*"))) == 1


def test_the_first_record_of_a_segment_sent_twice_is_known(
    rig: Rig, open_journal: OpenJournal, folder: Path, device: SigningKey
) -> None:
    rig.run()
    rig.uplink.close()
    a_changed_record(folder)
    open_journal()
    rig.connect()
    bodies: list[bytes] = []
    deliver = rig.line.deliver

    def watched(body: bytes) -> bytes:
        bodies.append(body)
        return deliver(body)

    rig.line.deliver = watched  # type: ignore[method-assign]
    rig.run()
    again = rig.line.signed(deliver(bodies[-1]), batch_name(bodies[-1]))
    assert again.receipt.answer is Answer.DUPLICATE
