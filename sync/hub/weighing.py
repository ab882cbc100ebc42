"""What a batch means for what the hub already holds: new, known, too far ahead, or another history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sync.batch import Batch
from sync.chain import Position, Segment, segment_of
from sync.hub import content
from sync.receipt import Answer


@dataclass(frozen=True, slots=True)
class Weighed:
    """The answer, and for STORED how many leading records of the batch are held already."""

    answer: Answer
    skip: int = 0
    why: str = ""
    refused: int = 0
    alarm: str = ""
    """What a person has to know of records that were stored."""


def weigh(
    held: Position, batch: Batch, heads: Sequence[bytes], head_at: Callable[[int], bytes | None]
) -> Weighed:
    """Compares a batch with the position the hub holds.

    `heads` are the chain's heads after each record of the batch; `head_at` looks up the head the hub stored
    after a sequence number; after 0 that is where the device's chain begins.
    """
    segment = segment_of(batch.record(0))
    if segment is not None and segment.after.sequence <= held.sequence < segment.begins:
        return _weigh_segment(segment, batch, head_at)
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
    return _weigh_content(batch, skip)


def _weigh_segment(segment: Segment, batch: Batch, head_at: Callable[[int], bytes | None]) -> Weighed:
    """A chain that goes on behind a damaged file: what is held of the stretch between stays as it is."""
    if batch.after != segment.start or head_at(segment.after.sequence) != segment.after.head:
        return Weighed(Answer.FORK, why=f"another history up to record {segment.after.sequence} is held here")
    alarm = (
        f"the kiosk's journal was damaged behind record {segment.after.sequence} and goes on at "
        f"{segment.begins + 1}: have the file that was set aside there looked at"
    )
    return replace(_weigh_content(batch, 0), alarm=alarm)


def _weigh_content(batch: Batch, skip: int) -> Weighed:
    fault = content.first_fault(batch, skip, len(batch.ats))
    if fault is not None:
        place, why = fault
        return Weighed(Answer.REFUSED, why=why, refused=batch.after.sequence + 1 + place)
    return Weighed(Answer.STORED, skip=skip)
