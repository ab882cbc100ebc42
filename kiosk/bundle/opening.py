"""The lists of a lane by its settings: those of the bundle where a root is configured, else single files."""

from __future__ import annotations

from collections.abc import Sequence

import requests

from config.moment import Clock
from config.settings import Settings
from kiosk.bundle.keeper import BundleKeeper
from kiosk.bundle.looking import looking_out
from kiosk.bundle.settled import lane_of
from kiosk.bundle.worker import BundleWorker, Tell
from kiosk.list_keeper import ListKeeper


def open_lists(
    settings: Settings, session: requests.Session, clock: Clock, tell: Tell, program: Sequence[str]
) -> tuple[ListKeeper | BundleKeeper, BundleWorker | None]:
    """The lists, and who looks for newer ones. Raises `Refused` for a root that cannot be read.

    `program` is the command that runs this program, for what is done beside it.
    """
    lane = lane_of(settings)
    if lane is None:
        return ListKeeper(settings.trust, settings.lane.policy), None
    worker = looking_out(settings, lane, session, clock, tell, program)
    return BundleKeeper(settings, clock), worker
