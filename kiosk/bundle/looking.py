"""Who looks for newer bundles by the settings, the same for a lane and for a station desk."""

from __future__ import annotations

from collections.abc import Sequence

import requests

from config.moment import Clock
from config.settings import Settings
from kiosk.bundle.compacting import CompactionProcess
from kiosk.bundle.settled import mirror_of, sticks_of
from kiosk.bundle.worker import BundleWorker, Tell
from sync.bundle.lane import Lane
from sync.bundle.source import Source


def looking_out(
    settings: Settings,
    lane: Lane,
    session: requests.Session,
    clock: Clock,
    tell: Tell,
    program: Sequence[str],
) -> BundleWorker:
    """A worker for the mirror and the sticks that the settings name; `program` compacts beside it."""
    mirror = mirror_of(settings, session)

    def sources() -> list[Source]:
        return [*([mirror] if mirror else []), *sticks_of(settings)]

    compactor = CompactionProcess([*program, "index-worker"])
    return BundleWorker(lane, sources, clock, tell, settings.bundle.every_s, compactor=compactor)
