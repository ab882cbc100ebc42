"""The chain of records: each link holds the one before, over salted digests, so payloads can be erased."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sync import canonical

SALT_BYTES = 16
CONTINUED = "journal.continued"
"""The kind of the first record of a new segment, after the journal's file was damaged."""


@dataclass(frozen=True, slots=True)
class Record:
    """One event as the journal holds it. `salt` and `payload` are None once erased or withheld."""

    sequence: int
    at: str
    """`canonical.utc_text` of when it happened."""
    kind: str
    digest: bytes
    salt: bytes | None = field(default=None, repr=False)
    payload: str | None = field(default=None, repr=False)
    """The JSON text exactly as it was written."""
    head: bytes | None = field(default=None, repr=False)
    """The chain's head after it, where the one who keeps it says so: it is checked, never believed."""

    def bare(self) -> Record:
        """The same record without its payload: the chain holds all the same."""
        return Record(self.sequence, self.at, self.kind, self.digest)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a chain has come: the last sequence number and the head after it (32 bytes)."""

    sequence: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold. `why` is one sentence."""

    sequence: int
    why: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A new beginning of a chain whose file was damaged: records between the two places may be lost here."""

    after: Position
    """The last record that was saved from the damaged file."""
    begins: int
    """The sequence number before the segment's first record: above all that was ever written."""

    @property
    def start(self) -> Position:
        """The position the segment's first record follows."""
        numbers = self.after.sequence.to_bytes(8, "big") + self.begins.to_bytes(8, "big")
        return Position(self.begins, hashlib.sha256(canonical.SEGMENT + self.after.head + numbers).digest())

    def lacks(self, sequence: int) -> bool:
        """Whether the record of this number may have been written and is not here."""
        return self.after.sequence < sequence <= self.begins


def segment_of(record: Record) -> Segment | None:
    """The segment a record begins, or None for a record that begins none."""
    if record.kind != CONTINUED or record.payload is None:
        return None
    try:
        told = canonical.read_json_object(record.payload)
        after, head, begins = told["after"], bytes.fromhex(str(told["head"])), told["begins"]
    except (canonical.NotCanonical, KeyError, ValueError):
        return None
    if type(after) is not int or type(begins) is not int or len(head) != 32:
        return None
    if not 0 <= after < begins < 2**62 or record.sequence != begins + 1:
        return None
    return Segment(Position(after, head), begins)


def genesis(public: bytes) -> Position:
    """Where the chain of the device with this raw Ed25519 public key (32 bytes) begins."""
    return Position(0, hashlib.sha256(canonical.GENESIS + public).digest())


def payload_digest(salt: bytes, payload: str) -> bytes:
    """What stays of a payload: SHA-256 over domain, salt and text."""
    return payload_digests([salt], [payload.encode()])[0]


def payload_digests(salts: Iterable[bytes], payloads: Iterable[bytes]) -> list[bytes]:
    """`payload_digest` of many texts in UTF-8."""
    sha256, domain = hashlib.sha256, canonical.PAYLOAD
    return [sha256(domain + salt + text).digest() for salt, text in zip(salts, payloads, strict=True)]


def link(previous: bytes, sequence: int, at: str, kind: str, digest: bytes) -> bytes:
    """The head after a record: SHA-256 over the head before, sequence, time, kind and payload digest."""
    return links(Position(sequence - 1, previous), [at], [kind], [digest])[0]


def links(after: Position, ats: Sequence[str], kinds: Sequence[str], digests: Iterable[bytes]) -> list[bytes]:
    """The head after each of many records that follow a position, column by column."""
    sha256, domain, head, found = hashlib.sha256, canonical.LINK, after.head, list[bytes]()
    lines = {text: f"{text}\n".encode() for text in {*ats, *kinds}}
    rows = zip(map(lines.__getitem__, ats), map(lines.__getitem__, kinds), digests, strict=True)
    join = b"".join
    for sequence, (at, kind, digest) in enumerate(rows, start=after.sequence + 1):
        head = sha256(join((domain, head, sequence.to_bytes(8, "big"), at, kind, digest))).digest()
        found.append(head)
    return found


def follow(start: Position, records: Iterable[Record]) -> Position | Break:
    """The position after `records`, each checked against its own payload and its number."""
    sequence, head = start.sequence, start.head
    for record in records:
        segment = segment_of(record)
        if segment is not None and segment.after == Position(sequence, head):
            sequence, head = segment.start.sequence, segment.start.head
        sequence += 1
        if record.sequence != sequence:
            return Break(sequence, f"record {sequence} is missing (the next one is {record.sequence})")
        if (wrong := payload_fault(record)) is not None:
            return Break(sequence, wrong)
        head = link(head, sequence, record.at, record.kind, record.digest)
        if record.head is not None and record.head != head:
            return Break(sequence, f"record {sequence} or its place in the chain was changed")
    return Position(sequence, head)


def payload_fault(record: Record) -> str | None:
    """Why a record's payload is not the one that was written, or None."""
    if record.payload is None or record.salt is None:
        return None
    if payload_digest(record.salt, record.payload) != record.digest:
        return f"the payload of record {record.sequence} was changed"
    return None


def checkpoint_message(position: Position) -> bytes:
    """The bytes a checkpoint signs."""
    return canonical.CHECKPOINT + position.sequence.to_bytes(8, "big") + position.head
