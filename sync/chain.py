"""The chain of records: each link holds the one before, over salted digests, so payloads can be erased."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from sync import canonical

SALT_BYTES = 16


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


def genesis(public: bytes) -> Position:
    """Where the chain of the device with this raw Ed25519 public key (32 bytes) begins."""
    return Position(0, hashlib.sha256(canonical.GENESIS + public).digest())


def payload_digest(salt: bytes, payload: str) -> bytes:
    """What stays of a payload: SHA-256 over domain, salt and text."""
    return hashlib.sha256(canonical.PAYLOAD + salt + payload.encode()).digest()


def link(previous: bytes, sequence: int, at: str, kind: str, digest: bytes) -> bytes:
    """The head after a record: SHA-256 over the head before, sequence, time, kind and payload digest."""
    text = f"{at}\n{kind}\n".encode()
    return hashlib.sha256(canonical.LINK + previous + sequence.to_bytes(8, "big") + text + digest).digest()


def follow(start: Position, records: Iterable[Record]) -> Position | Break:
    """The position after `records`, each checked against its own payload and its number."""
    sequence, head = start.sequence, start.head
    for record in records:
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
