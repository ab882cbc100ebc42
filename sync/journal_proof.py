"""Proves a chain of records: nothing changed, nothing left out, nothing put in, and signed by the device."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from sync.canonical import NotCanonical, read_json_object
from sync.chain import Break, Position, Record, checkpoint_message, follow, segment_of
from sync.event_types import JournalCheckpoint
from sync.signing import PublicKey


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was found. `broken` is None when every record holds; otherwise one sentence."""

    position: Position
    """The last record that holds."""
    erased: int
    checkpoints: int
    signed_to: int
    """Everything up to this sequence number is covered by a signature of the device."""
    broken: str | None = None
    lost: tuple[tuple[int, int], ...] = ()
    """First and last number of each stretch that may have been written and is not here: the file of that
    time was damaged and is kept apart."""


class Proof:
    """Follows a chain record by record, in constant memory."""

    def __init__(self, start: Position, device: PublicKey) -> None:
        self._device = device
        self._position = start
        self._erased = 0
        self._checkpoints = 0
        self._signed_to = 0
        self._lost: list[tuple[int, int]] = []

    def add(self, record: Record) -> str | None:
        """Takes the next record; the sentence of the break if it does not hold."""
        step = follow(self._position, [record])
        if isinstance(step, Break):
            return step.why
        if record.payload is None:
            self._erased += 1
        elif record.kind == JournalCheckpoint.kind and (wrong := self._checkpoint(record)) is not None:
            return wrong
        if (segment := segment_of(record)) is not None and record.sequence > self._position.sequence + 1:
            self._lost.append((segment.after.sequence + 1, segment.begins))
        self._position = step
        return None

    def report(self, broken: str | None = None) -> ChainReport:
        """What was found so far."""
        return ChainReport(
            self._position, self._erased, self._checkpoints, self._signed_to, broken, tuple(self._lost)
        )

    def _checkpoint(self, record: Record) -> str | None:
        wrong = f"the checkpoint in record {record.sequence} was not signed by this device"
        try:
            payload = read_json_object(record.payload or "")
            signature = base64.b64decode(str(payload.get("signature")), validate=True)
        except (NotCanonical, binascii.Error, ValueError):
            return wrong
        here = {"sequence": self._position.sequence, "head": self._position.head.hex()}
        if {name: payload.get(name) for name in here} != here:
            return f"the checkpoint in record {record.sequence} is about another chain"
        if not self._device.verifies(signature, checkpoint_message(self._position)):
            return wrong
        self._checkpoints += 1
        self._signed_to = self._position.sequence
        return None


def prove(start: Position, records: Iterable[Record], device: PublicKey) -> ChainReport:
    """Follows `records` from `start` and checks every payload, number, link and checkpoint."""
    proof = Proof(start, device)
    for record in records:
        if (broken := proof.add(record)) is not None:
            return proof.report(broken)
    return proof.report()
