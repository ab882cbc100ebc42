"""The hub stores every record exactly once and in order, and says loudly what it will not take."""

from __future__ import annotations

import dataclasses
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.batch import MAX_BODY, batch_body, read_batch, signed_message
from sync.canonical import NotCanonical, canonical_json
from sync.chain import Position, Record, follow, genesis, payload_digest
from sync.hub.ledger import EnrolmentRefused, Ledger, NotEnrolled, NotSigned
from sync.hub.models import Stored
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.packing import TooLarge, pack, unpack
from sync.receipt import Answer, Receipt, batch_name
from sync.signing import SigningKey
from tests.sync.ground import HandClock, key, open_hub, write

KIOSK = "lane-1"
Send = Callable[..., Receipt]


@pytest.fixture
def ledger(tmp_path: Path, clock: HandClock, device: SigningKey, database: str | None) -> Iterator[Ledger]:
    made = open_hub(tmp_path / "hub", clock, database)
    made.enrol(KIOSK, device.public)
    yield made
    made.engine.dispose()


@pytest.fixture
def records(journal: Journal, folder: Path, clock: HandClock) -> list[Record]:
    write(journal, clock, 10)
    with closing(JournalReader(folder)) as reader:
        return reader.records(0, 10, 1_000_000)


@pytest.fixture
def send(ledger: Ledger, device: SigningKey, records: list[Record]) -> Send:
    def send_range(
        first: int, last: int, *, of: list[Record] | None = None, withheld: tuple[int, ...] = ()
    ) -> Receipt:
        run = records if of is None else of
        after = follow(genesis(device.public.raw), run[: first - 1])
        assert isinstance(after, Position)
        body = batch_body(KIOSK, after, run[first - 1 : last], withheld)
        return ledger.take(KIOSK, body, device.sign(signed_message(body)))

    return send_range


def changed(records: list[Record], sequence: int, payload: str) -> list[Record]:
    """Another history: the same records but one."""
    other = list(records)
    record = other[sequence - 1]
    digest = payload_digest(record.salt or b"", payload)
    other[sequence - 1] = dataclasses.replace(record, payload=payload, digest=digest)
    return [dataclasses.replace(record, head=None) for record in other]


def test_a_batch_is_stored_and_its_head_is_the_journals(send: Send, journal: Journal) -> None:
    receipt = send(1, 10)
    assert receipt.answer is Answer.STORED
    assert receipt.position == journal.position


def test_a_batch_sent_twice_is_a_duplicate(send: Send) -> None:
    first, again = send(1, 10), send(1, 10)
    assert again.answer is Answer.DUPLICATE
    assert again.position == first.position
    assert again.answers == first.answers


def test_an_older_part_sent_again_is_a_duplicate(send: Send) -> None:
    send(1, 10)
    assert send(3, 6).answer is Answer.DUPLICATE


def test_of_a_batch_that_overlaps_only_the_new_part_is_stored(send: Send, ledger: Ledger) -> None:
    send(1, 4)
    receipt = send(2, 10)
    assert (receipt.answer, receipt.position.sequence) == (Answer.STORED, 10)
    assert ledger.status()[0].sequence == 10


def test_a_gap_names_where_to_go_on(send: Send) -> None:
    send(1, 4)
    receipt = send(6, 10)
    assert (receipt.answer, receipt.position.sequence) == (Answer.GAP, 4)
    assert send(5, 10).answer is Answer.STORED


def test_another_history_is_a_fork_and_raises_an_alarm(
    send: Send, records: list[Record], ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    send(1, 6)
    other = changed(records, 3, '{"crossing":"invented"}')
    for first, last in ((1, 6), (1, 10), (7, 10), (4, 5)):
        receipt = send(first, last, of=other)
        assert (receipt.answer, receipt.position.sequence) == (Answer.FORK, 6)
    assert ledger.status()[0].alarms >= 1
    assert "fork" in capsys.readouterr().out
    assert send(7, 10).answer is Answer.STORED


def test_a_batch_signed_by_another_key_is_refused(
    ledger: Ledger, records: list[Record], device: SigningKey
) -> None:
    body = batch_body(KIOSK, genesis(device.public.raw), records)
    with pytest.raises(NotSigned):
        ledger.take(KIOSK, body, key().sign(signed_message(body)))
    with pytest.raises(NotSigned):
        ledger.take(KIOSK, body, device.sign(body))
    assert ledger.status()[0].sequence == 0


def test_one_changed_byte_of_a_batch_is_refused(
    ledger: Ledger, records: list[Record], device: SigningKey
) -> None:
    body = batch_body(KIOSK, genesis(device.public.raw), records)
    signature = device.sign(signed_message(body))
    other = body.replace(b"c5", b"c6", 1)
    assert other != body
    with pytest.raises(NotSigned):
        ledger.take(KIOSK, other, signature)


def test_an_unknown_kiosk_is_refused(ledger: Ledger, records: list[Record], device: SigningKey) -> None:
    body = batch_body("lane-2", genesis(device.public.raw), records)
    with pytest.raises(NotEnrolled):
        ledger.take("lane-2", body, device.sign(signed_message(body)))


def test_a_batch_for_one_kiosk_is_not_taken_for_another(
    ledger: Ledger, records: list[Record], device: SigningKey
) -> None:
    body = batch_body("lane-2", genesis(device.public.raw), records)
    with pytest.raises(NotCanonical, match="another kiosk"):
        ledger.take(KIOSK, body, device.sign(signed_message(body)))


@pytest.mark.parametrize(
    "payload",
    ['{"holder_name":"X"}', "[1]", '{"a":NaN}', '{"a":1,"a":2}', '{"a":"' + "x" * 70_000 + '"}', "{"],
)
def test_content_that_can_not_be_taken_is_named_and_goes_through_without_its_payload(
    send: Send, records: list[Record], payload: str
) -> None:
    odd = changed(records, 4, payload)
    receipt = send(1, 10, of=odd)
    assert (receipt.answer, receipt.refused, receipt.position.sequence) == (Answer.REFUSED, 4, 0)
    assert send(1, 10, of=odd, withheld=(4,)).answer is Answer.STORED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"kiosk":"lane-1","after":0,"previous":"00","records":[]}',
        b'{"kiosk":"lane-1","after":-1,"previous":"' + b"00" * 32 + b'","records":[{}]}',
        b'{"kiosk":"lane-1","after":true,"previous":"' + b"00" * 32 + b'","records":[{}]}',
        b'{"kiosk":"lane-1","after":0,"previous":"' + b"00" * 32 + b'","records":[{"at":1,"kind":"a.b"}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_signed_body_that_is_no_batch_is_one_sentence(
    ledger: Ledger, device: SigningKey, body: bytes
) -> None:
    with pytest.raises(NotCanonical):
        ledger.take(KIOSK, body, device.sign(signed_message(body)))


def test_batches_that_come_at_once_are_taken_one_after_the_other(send: Send, ledger: Ledger) -> None:
    answers: list[Answer] = []
    gate = threading.Barrier(4)

    def one() -> None:
        gate.wait(10)
        answers.append(send(1, 10).answer)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [Answer.DUPLICATE] * 3 + [Answer.STORED]
    assert ledger.status()[0].sequence == 10


def test_a_second_key_needs_the_word_replace_and_starts_its_own_chain(ledger: Ledger, send: Send) -> None:
    send(1, 10)
    other = key()
    with pytest.raises(EnrolmentRefused, match="--replace"):
        ledger.enrol(KIOSK, other.public)
    assert ledger.enrol(KIOSK, other.public, replace=True)
    assert ledger.held(KIOSK, "n").position == genesis(other.public.raw)
    with pytest.raises(NotSigned):
        send(1, 10)


def test_enrolling_twice_changes_nothing(ledger: Ledger, device: SigningKey) -> None:
    assert ledger.enrol(KIOSK, device.public) is False
    with pytest.raises(EnrolmentRefused, match="belongs to lane-1"):
        ledger.enrol("lane-2", device.public)


def test_what_was_stored_is_there_after_a_restart(
    send: Send, tmp_path: Path, clock: HandClock, journal: Journal, database: str | None
) -> None:
    send(1, 10)
    again = open_hub(tmp_path / "hub", clock, database)
    assert again.held(KIOSK, "n").position == journal.position
    again.engine.dispose()


def test_what_is_stored_is_what_was_written(
    send: Send, ledger: Ledger, records: list[Record], device: SigningKey
) -> None:
    assert send(1, 10, withheld=(4,)).answer is Answer.STORED
    with Session(ledger.engine) as session:
        rows = session.scalars(select(Stored).order_by(Stored.sequence)).all()
        held = [Record(r.sequence, r.at, r.kind, r.digest, r.salt, r.payload, r.head) for r in rows]
    assert held == [
        dataclasses.replace(record, salt=None, payload=None) if record.sequence == 4 else record
        for record in records
    ]
    assert isinstance(follow(genesis(device.public.raw), held), Position)


def test_letters_of_every_script_come_back_as_they_were(
    send: Send, ledger: Ledger, records: list[Record]
) -> None:
    payload = '{"a":"請通行 ção \\u0000 \\t\\\\ 𠮷 \\"","b":["\\\\N"]}'
    assert send(1, 10, of=changed(records, 4, payload)).answer is Answer.STORED
    with Session(ledger.engine) as session:
        assert session.scalar(select(Stored.payload).where(Stored.sequence == 4)) == payload


def test_a_packed_batch_is_signed_as_it_is_sent(
    ledger: Ledger, records: list[Record], device: SigningKey, journal: Journal
) -> None:
    body = pack(batch_body(KIOSK, genesis(device.public.raw), records))
    with pytest.raises(NotSigned):
        ledger.take(KIOSK, body, device.sign(signed_message(unpack(body, 100_000))), packed=True)
    receipt = ledger.take(KIOSK, body, device.sign(signed_message(body)), packed=True)
    assert (receipt.answer, receipt.position) == (Answer.STORED, journal.position)
    assert receipt.answers == batch_name(body)


@pytest.mark.parametrize("odd", [b"", b"{}", pack(b"{}")[:-1], pack(b"{}") + b"x", b"x\x9c" + b"\xff" * 30])
def test_what_is_not_packed_as_it_says_is_one_sentence(
    ledger: Ledger, device: SigningKey, odd: bytes
) -> None:
    with pytest.raises(NotCanonical):
        ledger.take(KIOSK, odd, device.sign(signed_message(odd)), packed=True)


def test_a_batch_that_unpacks_beyond_every_bound_is_too_large(ledger: Ledger, device: SigningKey) -> None:
    bomb = pack(bytes(200_000_000))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        ledger.take(KIOSK, bomb, device.sign(signed_message(bomb)), packed=True)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * MAX_BODY
    with pytest.raises(NotSigned):
        ledger.take(KIOSK, bomb, bytes(64), packed=True)


def test_two_devices_enrolled_at_once_for_one_kiosk_are_one(ledger: Ledger) -> None:
    refused: list[EnrolmentRefused] = []
    gate = threading.Barrier(4)

    def one() -> None:
        gate.wait(10)
        try:
            ledger.enrol("lane-2", key().public)
        except EnrolmentRefused as error:
            refused.append(error)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert [status.kiosk for status in ledger.status()] == [KIOSK, "lane-2"]


@pytest.mark.parametrize(
    "salt", ["AB" * 16, "aB" * 16, " a" * 16, "a1 1" * 8, "g0" * 16, "\u0663" * 32, "ab" * 15]
)
def test_hexadecimal_written_in_any_other_way_is_no_batch(salt: str) -> None:
    body = {
        "kiosk": KIOSK,
        "after": 0,
        "previous": "00" * 32,
        "records": [{"at": "2026-03-01T08:00:00.000000Z", "kind": "a.b", "salt": salt, "payload": "{}"}],
    }
    with pytest.raises(NotCanonical, match="salt is not 16 bytes"):
        read_batch(canonical_json(body))


@pytest.mark.parametrize("wrong", [1, None, [], {}, ["a"] * 32, True])
@pytest.mark.parametrize("field", ["at", "kind", "salt", "payload"])
def test_a_field_that_is_no_text_is_no_batch(field: str, wrong: object) -> None:
    row: dict[str, object] = {"at": "2026-03-01T08:00:00.000000Z", "kind": "a.b", "salt": "00" * 16}
    rows = [row | {"payload": "{}"}, row | {"payload": "{}"} | {field: wrong}]
    body = {"kiosk": KIOSK, "after": 0, "previous": "00" * 32, "records": rows}
    with pytest.raises(NotCanonical, match=r"record 2|salt is not"):
        read_batch(canonical_json(body))
