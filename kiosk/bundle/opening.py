"""The lists of a lane by its settings: those of the bundle where a root is configured, else single files."""

from __future__ import annotations

from collections.abc import Sequence

import requests

from config.moment import Clock
from config.settings import Settings
from kiosk.bundle.compacting import CompactionProcess
from kiosk.bundle.keeper import BundleKeeper
from kiosk.bundle.settled import lane_of, mirror_of, sticks_of
from kiosk.bundle.worker import BundleWorker, Tell
from kiosk.list_keeper import ListKeeper
from sync.bundle.source import Source


def open_lists(
    settings: Settings, session: requests.Session, clock: Clock, tell: Tell, program: Sequence[str]
) -> tuple[ListKeeper | BundleKeeper, BundleWorker | None]:
    """The lists, and who looks for newer ones. Raises `Refused` for a root that cannot be read.

    `program` is the command that runs this program, for what is done beside it.
    """
    lane = lane_of(settings)
    if lane is None:
        return ListKeeper(settings.trust, settings.lane.policy), None
    mirror = mirror_of(settings, session)

    def sources() -> list[Source]:
        return [*([mirror] if mirror else []), *sticks_of(settings)]

    compactor = CompactionProcess([*program, "index-worker"])
    worker = BundleWorker(lane, sources, clock, tell, settings.bundle.every_s, compactor=compactor)
    return BundleKeeper(settings, clock), worker
