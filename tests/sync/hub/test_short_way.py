"""The one message that an ordinary batch is to PostgreSQL: what breaks in the middle of it leaves nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from sync.batch import batch_body, heads, read_batch, signed_message
from sync.canonical import canonical_json
from sync.chain import genesis
from sync.hub import short_way
from sync.hub.ledger import Ledger
from sync.hub.one_message import OneMessage
from sync.hub.storing import COPY, PART, copied
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.receipt import Answer
from sync.signing import SigningKey
from tests.postgres import plain
from tests.sync.ground import HandClock, open_hub, write

KIOSK = "lane-1"
STATEMENTS = f"BEGIN; UPDATE devices SET sequence = 10 RETURNING id; {COPY}; COMMIT"


@pytest.fixture
def ledger(tmp_path: Path, clock: HandClock, device: SigningKey, postgres_url: str) -> Iterator[Ledger]:
    made = open_hub(tmp_path / "hub", clock, postgres_url)
    made.enrol(KIOSK, device.public)
    yield made
    made.engine.dispose()


@pytest.fixture
def body(journal: Journal, folder: Path, clock: HandClock, device: SigningKey) -> bytes:
    write(journal, clock, 10)
    with closing(JournalReader(folder)) as reader:
        return batch_body(KIOSK, genesis(device.public.raw), reader.records(0, 10, 1_000_000))


def count(url: str) -> tuple[int, int]:
    """Records, and where the device stands."""
    with psycopg.connect(plain(url)) as connection:
        row = connection.execute("SELECT (SELECT count(*) FROM records), (SELECT sequence FROM devices)")
        found = row.fetchone()
        assert found is not None
        return found[0], found[1]


def test_a_hub_that_dies_before_the_end_of_the_rows_leaves_nothing(
    ledger: Ledger, body: bytes, postgres_url: str
) -> None:
    batch = read_batch(body)
    driver = psycopg.connect(plain(postgres_url))
    with pytest.raises(psycopg.Error), OneMessage(driver, STATEMENTS) as message:
        assert [answer.ntuples for answer in message.answers()] == [0, 1]
        message.copy(copied(1, batch, heads(batch)))
        driver.close()
    assert count(postgres_url) == (0, 0)


def test_rows_that_are_given_up_halfway_leave_nothing_and_the_connection_serves_again(
    ledger: Ledger, body: bytes, postgres_url: str
) -> None:
    batch = read_batch(body)
    with closing(psycopg.connect(plain(postgres_url))) as driver:
        for copying in (False, True):
            with pytest.raises(KeyError), OneMessage(driver, STATEMENTS) as message:
                if copying:
                    message.answers()
                    message.copy(copied(1, batch, heads(batch)))
                raise KeyError
            driver.rollback()
        assert count(postgres_url) == (0, 0)
        with OneMessage(driver, STATEMENTS) as message:
            message.answers()
            message.copy(copied(1, batch, heads(batch)))
    assert count(postgres_url) == (10, 10)


def test_a_row_that_postgresql_refuses_ends_all_of_it_and_the_connection_serves_again(
    ledger: Ledger, body: bytes, postgres_url: str, device: SigningKey
) -> None:
    with psycopg.connect(plain(postgres_url), autocommit=True) as other:
        one = "INSERT INTO records VALUES (1, 7, '', '', '', '', NULL, NULL)"
        other.execute(one)
        for _ in range(2):
            with pytest.raises(OperationalError, match="duplicate key"):
                ledger.take(KIOSK, body, device.sign(signed_message(body)))
        assert count(postgres_url) == (1, 0)
        other.execute("DELETE FROM records")
    assert ledger.take(KIOSK, body, device.sign(signed_message(body))).answer is Answer.STORED
    assert count(postgres_url) == (10, 10)


def test_what_fails_before_the_rows_or_in_them_is_raised(postgres_url: str) -> None:
    with closing(psycopg.connect(plain(postgres_url))) as driver:
        with (
            pytest.raises(psycopg.errors.DivisionByZero),
            OneMessage(driver, f"BEGIN; SELECT 1/0; {COPY}; COMMIT") as message,
        ):
            message.answers()
        driver.rollback()
        with pytest.raises(psycopg.InternalError), OneMessage(driver, "BEGIN; COMMIT") as message:
            message.answers()
        with pytest.raises(psycopg.errors.BadCopyFileFormat), OneMessage(driver, STATEMENTS) as message:
            message.answers()
            message.copy([b"not what a COPY begins with"])
        assert driver.info.transaction_status == psycopg.pq.TransactionStatus.INERROR


@pytest.mark.parametrize("place", [1, 9])
def test_content_that_can_not_be_taken_ends_the_message_without_a_trace(
    ledger: Ledger,
    body: bytes,
    device: SigningKey,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
    place: int,
) -> None:
    monkeypatch.setattr("sync.hub.storing.PART", 4)
    rows = json.loads(body)
    rows["records"][place]["payload"] = '{"holder_name":"X"}'
    odd = canonical_json(rows)
    receipt = ledger.take(KIOSK, odd, device.sign(signed_message(odd)))
    assert (receipt.answer, receipt.refused) == (Answer.REFUSED, place + 1)
    assert count(postgres_url) == (0, 0)
    assert ledger.take(KIOSK, body, device.sign(signed_message(body))).answer is Answer.STORED
    assert count(postgres_url) == (10, 10)


def test_a_batch_that_does_not_go_on_where_the_device_stands_is_left_to_the_long_way(
    ledger: Ledger, body: bytes, device: SigningKey, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def watched(*args: object) -> bool:
        asked.append(short_way.go_on(*args))  # type: ignore[arg-type]
        return asked[-1]

    monkeypatch.setattr("sync.hub.taking.go_on", watched)
    signature = device.sign(signed_message(body))
    assert ledger.take(KIOSK, body, signature).answer is Answer.STORED
    assert ledger.take(KIOSK, body, signature).answer is Answer.DUPLICATE
    assert asked == [True, False] and count(postgres_url) == (10, 10)


def test_rows_in_several_parts_are_those_of_one(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = read_batch(body)
    whole = b"".join(copied(1, batch, heads(batch), 2))
    monkeypatch.setattr("sync.hub.storing.PART", 3)
    assert PART > 10 and b"".join(copied(1, batch, heads(batch), 2)) == whole
