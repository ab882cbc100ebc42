"""Finds a crossing by the digits that somebody reads out, and makes of its records what an officer reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.desk.crossed import APPROVED, NOTED, TAKEN_BACK, Crossed, Said
from kiosk.desk.crossings_read import SLACK
from kiosk.desk.giving_way import giving_way
from kiosk.reference import names
from sync import event_types as e
from sync.journal_reader import JournalReader

_SAID = {
    e.OfficerDecided.kind: "",
    e.OfficerApproved.kind: APPROVED,
    e.OfficerUndone.kind: TAKEN_BACK,
    e.OfficerNoted.kind: NOTED,
}
_PASSAGE = (e.GatePassage.kind, e.GateCorrected.kind)
_AT_ONCE = (e.CrossingDecided.kind, e.CrossingClosed.kind, e.OfficerEnteredDocument.kind, *_PASSAGE)
KINDS = (e.CrossingOpened.kind, *_AT_ONCE, *_SAID)
"""The records that a looked-up crossing is made of."""
MOST = 5
"""Crossings with the same digits: two are a rare coincidence."""


class Why(StrEnum):
    """Why an officer looks a crossing up. The journal has the word."""

    TRAVELLER = "traveller"
    OBJECTION = "objection"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a crossing."""

    sequence: int
    at: str
    kind: str
    payload: dict[str, Any]


def found_here(reader: JournalReader, reference: str) -> tuple[Crossed, ...]:
    """What the journal knows of the crossings of this reference. Raises `JournalUnavailable`."""
    last, found = reader.last(), []
    for record in giving_way(reader.in_parts((e.CrossingOpened.kind,), reader.first(), last)):
        name = "" if record.payload is None else str(json.loads(record.payload)["crossing"])
        if name and names(name, reference):
            found.append((record.sequence, name))
    return tuple(
        crossed for first, name in found[:MOST] if (crossed := _of(reader, name, first, last)) is not None
    )


def _of(reader: JournalReader, name: str, first: int, last: int) -> Crossed | None:
    records = [
        *reader.between((e.CrossingOpened.kind, *_AT_ONCE), first, first + SLACK),
        *reader.between((*_SAID,), first, last),
    ]
    told = [Told(one.sequence, one.at, one.kind, json.loads(one.payload)) for one in records if one.payload]
    return crossed_of(name, told)


def crossed_of(name: str, records: Iterable[Told]) -> Crossed | None:
    """The crossing in these records; others' are passed over. None: nothing of it is left."""
    mine = sorted(
        (one for one in records if one.payload.get("crossing") == name), key=lambda one: one.sequence
    )
    if not mine:
        return None
    known: dict[str, Any] = {"sequence": mine[0].sequence, "at": mine[0].at, "outcome": "", "reasons": ()}
    said: list[Said] = []
    for one in mine:
        with suppress(KeyError, TypeError):  # another lane may have written anything
            known |= _known(one)
            said += _said(one)
    return Crossed(crossing=name, said=tuple(said), **known)


def _known(one: Told) -> dict[str, Any]:
    told = one.payload
    match one.kind:
        case e.CrossingDecided.kind:
            reasons = tuple(map(str, told["reasons"]))
            return {
                "sequence": one.sequence,
                "at": one.at,
                "outcome": str(told["outcome"]),
                "reasons": reasons,
            }
        case e.CrossingClosed.kind:
            return {"how": str(told["how"]), "closed_at": one.at}
        case e.OfficerEnteredDocument.kind:
            return {"doubts": tuple(map(str, told["reasons"]))}
        case e.GatePassage.kind | e.GateCorrected.kind:
            return {"passage": str(told["passage"])}
    return {}


def _said(one: Told) -> list[Said]:
    if one.kind not in _SAID:
        return []
    told = one.payload
    act, late = _SAID[one.kind] or str(told["action"]), not told.get("in_time", True)
    return [Said(one.sequence, one.at, str(told["officer"]), act, str(told.get("reason", "")), late)]
