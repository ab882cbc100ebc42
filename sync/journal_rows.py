"""Events as rows of the journal: numbered, salted, and each linked to the one before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

from sync import canonical, chain
from sync.chain import Position
from sync.event import Event
from sync.retention import Keeping

Row = tuple[object, ...]
INSERT = (
    "INSERT INTO events (sequence, at, kind, digest, head, salt, payload, erasable) VALUES (?,?,?,?,?,?,?,?)"
)


def rows(
    after: Position, events: Sequence[Event], at: datetime, keeping: Keeping
) -> tuple[list[Row], Position]:
    """The rows for `INSERT`, and the chain's position behind them."""
    sequence, head = after.sequence, after.head
    at_text = canonical.utc_text(at)
    made: list[Row] = []
    for event in events:
        sequence += 1
        payload = canonical.canonical_json(event.payload()).decode()
        salt = os.urandom(chain.SALT_BYTES)
        digest = chain.payload_digest(salt, payload)
        head = chain.link(head, sequence, at_text, event.kind, digest)
        made.append((sequence, at_text, event.kind, digest, head, salt, payload, keeping.mark(event)))
    return made, Position(sequence, head)
