"""Two hub processes on one database: killed, cut off and restarted, they keep every record exactly once."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import psycopg
import pytest
import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.moment import system_clock
from sync.batch import batch_body
from sync.chain import Position, Record, follow, genesis
from sync.device_key import device_key
from sync.hub.database import MIGRATION_LOCK, open_database
from sync.hub.ledger import Ledger
from sync.hub.models import Device, Stored
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.line import Line, NoAnswer
from sync.session import open_session
from sync.signing import SigningKey, load_public
from sync.uplink import Uplink
from sync.uplink_core import Pace
from tests.postgres import Postgres, plain
from tests.sync.ground import HandClock, opened, write
from tests.sync.test_hub_process import KIOSK, SOON, HubProcess, signature_header, wait_until

QUICK = Pace(every_s=0.02, gather_s=0.0, first_backoff_s=0.02, most_backoff_s=0.1, ask_s=0.1)


class Pair:
    """Two hub processes on one folder and one database, and the database beside them."""

    def __init__(self, data: Path, database: str | None) -> None:
        data.mkdir()
        self.data, self.database = data, database
        self.hubs = [HubProcess(data, database), HubProcess(data, database)]
        self._ledger: Ledger | None = None

    def start(self) -> None:
        for hub in self.hubs:
            hub.begin()
        for hub in self.hubs:
            hub.wait()

    def end(self) -> None:
        for hub in self.hubs:
            if hub.process is not None:
                hub.end(signal.SIGKILL)
        if self._ledger is not None:
            self._ledger.engine.dispose()

    def ledger(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger(open_database(self.data, self.database), system_clock)
        return self._ledger

    def line(self, number: int, kiosk: str, device: SigningKey, session: requests.Session) -> Line:
        hub = load_public(self.data / "hub.pub.pem")
        return Line(self.hubs[number].url, kiosk, device, hub, session)


@pytest.fixture
def pair(tmp_path: Path, database: str | None) -> Iterator[Pair]:
    made = Pair(tmp_path / "hub", database)
    yield made
    made.end()


class Turns:
    """A line that takes the other hub for every exchange, as a proxy in front of both would."""

    def __init__(self, *lines: Line) -> None:
        self.lines = list(lines)

    def next(self) -> Line:
        self.lines.append(self.lines.pop(0))
        return self.lines[0]

    def ask(self, nonce: str) -> object:
        return self.next().ask(nonce)

    def send(self, body: bytes) -> object:
        return self.next().send(body)


class Lane:
    """A journal and an uplink that sends in small batches to both hubs in turn."""

    def __init__(self, folder: Path, name: str, pair: Pair, stack: ExitStack) -> None:
        folder.mkdir()
        self.name, self.device = name, device_key(folder)
        self.journal = Journal(folder, system_clock, self.device, reserve_bytes=1000)
        stack.callback(self.journal.close)
        pair.ledger().enrol(name, self.device.public)
        session = stack.enter_context(open_session())
        turns = Turns(*(pair.line(number, name, self.device, session) for number in (0, 1)))
        self.uplink = Uplink(
            folder,
            name,
            self.device,
            turns,  # type: ignore[arg-type]
            system_clock,
            lambda event: None,
            batch=3,
            pace=QUICK,
        )
        self.uplink.start()
        stack.callback(self.uplink.stop)

    def write_until(self, enough: threading.Event, pause_s: float) -> None:
        number = 0
        while not enough.wait(pause_s):
            number += 1
            self.journal.append([opened(number), opened(number + 1)], system_clock().utc)
            self.uplink.poke()

    def held(self, ledger: Ledger) -> list[Record]:
        with Session(ledger.engine) as session:
            mine = select(Device.id).where(Device.kiosk == self.name).scalar_subquery()
            query = select(Stored).where(Stored.device_id == mine).order_by(Stored.sequence)
            rows = session.scalars(query).all()
            return [Record(r.sequence, r.at, r.kind, r.digest, r.salt, r.payload, r.head) for r in rows]


def test_hubs_that_start_at_once_on_an_empty_database_make_it_once(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    postgres: Postgres = request.getfixturevalue("postgres")
    for number, database in enumerate((None, postgres.database())):
        pair = Pair(tmp_path / f"hub{number}", database)
        try:
            pair.start()
            for hub in pair.hubs:
                assert requests.get(f"{hub.url}/healthz", timeout=SOON).status_code == 200
        finally:
            pair.end()


def test_a_hub_waits_while_another_one_changes_the_tables(postgres: Postgres) -> None:
    url, made = postgres.database(), []
    with psycopg.connect(plain(url)) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        second = threading.Thread(target=lambda: made.append(open_database(Path(), url)))
        second.start()
        wait_until(lambda: bool(waiting_for_a_lock(url)))
        assert not made
        other.commit()
        second.join(SOON)
    assert len(made) == 1
    made[0].dispose()


def _all_went_on(lanes: list[Lane], before: list[int]) -> bool:
    return all(lane.uplink.watermark.sequence > was for lane, was in zip(lanes, before, strict=True))


def carry_through_kills(
    pair: Pair, folder: Path, kills: int, *, pause_s: float, say: Callable[[int], None] = lambda done: None
) -> int:
    """Kills one hub, then the other, while three lanes write and send. The records held; all are proved."""
    pair.start()
    enough = threading.Event()
    with ExitStack() as stack:
        lanes = [Lane(folder / f"lane-{number}", f"lane-{number}", pair, stack) for number in range(3)]
        writers = [threading.Thread(target=lane.write_until, args=(enough, pause_s)) for lane in lanes]
        for writer in writers:
            writer.start()
        try:
            for kill in range(kills):
                before = [lane.uplink.watermark.sequence for lane in lanes]
                wait_until(partial(_all_went_on, lanes, before))
                pair.hubs[kill % 2].end(signal.SIGKILL)
                pair.hubs[kill % 2].start()
                say(kill + 1)
        finally:
            enough.set()
            for writer in writers:
                writer.join()
        while waiting := [lane for lane in lanes if lane.uplink.watermark != lane.journal.position]:
            before = [lane.uplink.watermark.sequence for lane in waiting]
            wait_until(partial(_all_went_on, waiting, before))  # thousands may be left: each has to go on
        ledger, records = pair.ledger(), 0
        for lane in lanes:
            held = lane.held(ledger)
            assert [record.sequence for record in held] == [*range(1, lane.journal.position.sequence + 1)]
            assert follow(genesis(lane.device.public.raw), held) == lane.journal.position
            records += len(held)
        assert [status.alarms for status in ledger.status()] == [0, 0, 0]
    return records


def test_two_hubs_killed_in_turn_hold_every_record_once(pair: Pair, tmp_path: Path) -> None:
    assert carry_through_kills(pair, tmp_path, 2, pause_s=0.01) > 0


def test_the_same_batch_at_both_hubs_at_once_is_stored_once(
    pair: Pair, journal: Journal, folder: Path, device: SigningKey, clock: HandClock
) -> None:
    pair.start()
    pair.ledger().enrol(KIOSK, device.public)
    write(journal, clock, 200)
    with closing(JournalReader(folder)) as reader:
        records = reader.records(0, 500, 9_000_000)
    body = batch_body(KIOSK, genesis(device.public.raw), records)
    answers: list[str] = []
    gate = threading.Barrier(6)

    def one(number: int) -> None:
        with open_session() as session:
            line = pair.line(number % 2, KIOSK, device, session)
            gate.wait(SOON)
            answers.append(line.send(body).receipt.answer)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["dup"] * 5 + ["stored"]


class OneHub:
    """One hub process on a PostgreSQL database, an enrolled kiosk and a batch for it."""

    def __init__(self, hub: HubProcess, database: str, body: bytes, line: Line, end: Position) -> None:
        self.hub, self.database, self.body, self.line, self.end = hub, database, body, line, end


@pytest.fixture
def one(
    tmp_path: Path,
    postgres_url: str,
    journal: Journal,
    folder: Path,
    clock: HandClock,
    device: SigningKey,
) -> Iterator[OneHub]:
    data = tmp_path / "hub"
    data.mkdir()
    hub = HubProcess(data, postgres_url)
    hub.start()
    engine = open_database(data, postgres_url)
    Ledger(engine, clock).enrol(KIOSK, device.public)
    engine.dispose()
    write(journal, clock, 50)
    with closing(JournalReader(folder)) as reader:
        body = batch_body(KIOSK, genesis(device.public.raw), reader.records(0, 500, 9_000_000))
    with open_session() as session:
        line = Line(hub.url, KIOSK, device, load_public(data / "hub.pub.pem"), session)
        yield OneHub(hub, postgres_url, body, line, journal.position)
    if hub.process is not None:
        hub.end(signal.SIGKILL)


def waiting_for_a_lock(database: str) -> list[int]:
    """The server processes that wait for somebody's lock."""
    with psycopg.connect(plain(database), autocommit=True) as connection:
        query = (
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return [row[0] for row in connection.execute(query)]


def test_a_connection_cut_in_the_middle_of_a_transaction_stores_nothing_and_is_tried_again(
    one: OneHub,
) -> None:
    failed: list[str] = []

    def send() -> None:
        try:
            one.line.send(one.body)
        except NoAnswer as error:
            failed.append(str(error))

    with psycopg.connect(plain(one.database)) as blocking:
        blocking.execute("SELECT id FROM devices FOR UPDATE")
        sender = threading.Thread(target=send)
        sender.start()
        wait_until(lambda: bool(waiting_for_a_lock(one.database)))
        with psycopg.connect(plain(one.database), autocommit=True) as other:
            for process in waiting_for_a_lock(one.database):
                other.execute("SELECT pg_terminate_backend(%s)", (process,))
        sender.join(SOON)
        assert failed == ["the hub can't use its database now"]
    assert one.line.ask("0123456789abcdef").receipt.position.sequence == 0
    receipt = one.line.send(one.body).receipt
    assert (receipt.answer, receipt.position) == ("stored", one.end)


def test_a_server_that_loses_its_power_has_what_it_acknowledged(one: OneHub, postgres: Postgres) -> None:
    assert one.line.send(one.body).receipt.answer == "stored"
    postgres.kill()
    try:
        with pytest.raises(NoAnswer, match="can't use its database"):
            one.line.ask("0123456789abcdef")
        health = requests.get(f"{one.hub.url}/healthz", timeout=SOON)
        assert health.status_code == 503
    finally:
        postgres.start()
    assert one.line.ask("0123456789abcdef").receipt.position == one.end
    assert one.line.send(one.body).receipt.answer == "dup"


def test_a_transaction_that_can_not_be_serialised_is_tried_again_by_the_kiosk(
    one: OneHub, postgres: Postgres
) -> None:
    """As a distributed engine may answer: the row was changed since this transaction began."""
    name = one.database.rpartition("/")[2]
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    one.hub.end(signal.SIGTERM)
    one.hub.start()
    failed: list[str] = []

    def send() -> None:
        try:
            one.line.send(one.body)
        except NoAnswer as error:
            failed.append(str(error))

    with psycopg.connect(plain(one.database)) as other:
        other.execute("UPDATE devices SET seen_at = '2026-03-01T08:00:00.000000Z'")
        sender = threading.Thread(target=send)
        sender.start()
        wait_until(lambda: bool(waiting_for_a_lock(one.database)))
        other.commit()
        sender.join(SOON)
    assert failed == ["the hub can't use its database now"]
    assert one.line.send(one.body).receipt.answer == "stored"


def test_the_password_is_in_no_command_line_and_no_log(
    one: OneHub, postgres: Postgres, tmp_path: Path
) -> None:
    assert one.hub.process is not None
    words = Path(f"/proc/{one.hub.process.pid}/cmdline").read_bytes().decode()
    assert "--database-file" in words and postgres.password not in words
    for wrong in (postgres.url("no_such_database"), one.database.replace("hub:", "nobody:")):
        hub = HubProcess(tmp_path / "hub", wrong)
        said = subprocess.run(hub.command("status"), capture_output=True, text=True, check=False)
        assert said.returncode == 2
        assert postgres.password not in said.stdout + said.stderr
        assert said.stderr.startswith("The hub's database can't be used: ")
        assert said.stderr.count("\n") == 1


def test_a_body_packed_otherwise_is_answered_with_what_the_hub_unpacks(
    one: OneHub, device: SigningKey
) -> None:
    batches = f"{one.hub.url}/v1/kiosks/{KIOSK}/batches"
    for encoding, status in (("gzip", 415), ("br", 415), ("deflate", 400), ("identity", 200)):
        headers = {"Content-Encoding": encoding, "Checkpoint-Signature": signature_header(device, one.body)}
        answer = requests.post(batches, data=one.body, headers=headers, timeout=SOON)
        assert answer.status_code == status, encoding
        assert (answer.headers.get("Accept-Encoding") == "deflate") == (status == 415)
