"""No crossing stays open in the journal: what a stop, a kill or a power cut broke off is closed there."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from kiosk.lane_view import LaneView
from sync.event_types import CrossingClosed, CrossingOpened
from sync.journal_reader import JournalReader

STOPPED, INTERRUPTED = "stopped", "interrupted"
_KINDS = (CrossingOpened.kind, CrossingClosed.kind)


def broken_off(view: LaneView) -> tuple[CrossingClosed, ...]:
    """What closes the crossing that is under way while the lane is stopped."""
    return () if view.crossing is None else (CrossingClosed(view.crossing.crossing, STOPPED),)


def left_open(folder: Path) -> tuple[CrossingClosed, ...]:
    """What closes the crossing that was under way when the program ended without a stop.

    A lane has one crossing at a time: only the newest can be open. Raises `JournalUnavailable`.
    """
    with closing(JournalReader(folder)) as reader:
        newest = reader.of_kinds(_KINDS, 1)
    if not newest or newest[0].kind != CrossingOpened.kind or newest[0].payload is None:
        return ()
    return (CrossingClosed(json.loads(newest[0].payload)["crossing"], INTERRUPTED),)
