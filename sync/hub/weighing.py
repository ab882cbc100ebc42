"""What a batch means for what the hub already holds: new, known, too far ahead, or another history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.batch import Batch
from sync.canonical import NotCanonical, read_json_object, utc_time
from sync.chain import Position, Record
from sync.personal import speaks_of_a_person
from sync.receipt import Answer

MAX_PAYLOAD = 65_536


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer, and for STORED how many leading records of the batch are held already."""

    answer: Answer
    skip: int = 0
    why: str = ""
    refused: int = 0


def weigh(
    held: Position, batch: Batch, heads: Sequence[bytes], head_at: Callable[[int], bytes | None]
) -> Weighed:
    """Compares a batch with the position the hub holds.

    `heads` are the chain's heads after each record of the batch; `head_at` looks up the head the hub stored
    after a sequence number.
    """
    if batch.after.sequence > held.sequence:
        return Weighed(Answer.GAP, why=f"records from {held.sequence + 1} on are missing")
    if batch.last <= held.sequence:
        if head_at(batch.last) == heads[-1]:
            return Weighed(Answer.DUPLICATE)
        return Weighed(Answer.FORK, why=f"another history up to record {batch.last} is held here")
    skip = held.sequence - batch.after.sequence
    head = heads[skip - 1] if skip else batch.after.head
    if head != held.head:
        return Weighed(Answer.FORK, why=f"another history up to record {held.sequence} is held here")
    for record in batch.records[skip:]:
        if (why := content_fault(record)) is not None:
            return Weighed(Answer.REFUSED, why=why, refused=record.sequence)
    return Weighed(Answer.STORED, skip=skip)


def content_fault(record: Record) -> str | None:
    """Why the content of a record can't be taken, or None. A record without payload can always be taken."""
    if record.payload is None:
        return None
    if len(record.payload.encode()) > MAX_PAYLOAD:
        return f"the payload is longer than {MAX_PAYLOAD} bytes"
    try:
        utc_time(record.at)
        payload = read_json_object(record.payload)
    except NotCanonical as error:
        return f"the record can't be read: {error}"
    if speaks_of_a_person(payload):
        return "the payload has a field for personal data"
    return None
