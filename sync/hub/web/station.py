"""The station page: every lane as it stands, and the part of it that a browser fetches again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from sync.bundle.publishing.refused import NotPublished
from sync.hub.publication import Renewal
from sync.hub.roles import Right
from sync.hub.station_picture import LaneState, StationNow, StationPicture
from sync.hub.web.guard import Asks, Person, Web

router = APIRouter(include_in_schema=False)
Looks = Annotated[Person, Depends(Asks(Right.LOOK))]
SYMBOLS = {
    LaneState.OPEN: "●",
    LaneState.REFERRAL: "▲",
    LaneState.HELD: "■",
    LaneState.CLOSED: "■",
    LaneState.OUT_OF_ORDER: "✕",
    LaneState.EVACUATE: "▲",
    LaneState.STOPPED: "□",
    LaneState.UNHEARD: "?",
    LaneState.NEVER: "?",
}
"""Told apart by shape: a page printed in grey says the same."""


@dataclass(frozen=True, slots=True)
class BundleNow:
    """The bundle that this hub publishes: until when each role's signatures count, and what is to be done."""

    ends: tuple[tuple[str, float], ...]
    """Seconds, the first to end first; below 0 afterwards."""
    trouble: str | None


@router.get("/hub/station")
def station(person: Looks) -> Response:
    """The whole page."""
    return _page(person, "station.html")


@router.get("/hub/station/part")
def part(person: Looks) -> Response:
    """What changes, alone: for the script."""
    return _page(person, "station_part.html")


def _page(person: Person, template: str) -> Response:
    web = person.visit.web
    now = picture_of(web)
    states = Counter(lane.state for lane in now.lanes)
    return person.page(
        template,
        now=now,
        symbols=SYMBOLS,
        states=states,
        order=list(LaneState),
        bundle=bundle_now(person.visit.request),
    )


def picture_of(web: Web) -> StationNow:
    """The station by its own clock."""
    return StationPicture(web.engine, web.clock, web.zone).now()


def bundle_now(request: Request) -> BundleNow | None:
    """None where this hub publishes none."""
    renewal: Renewal | None = getattr(request.app.state, "bundle", None)
    if renewal is None:
        return None
    try:
        ends = renewal.ends()
    except NotPublished as error:
        return BundleNow((), str(error))
    if not ends and renewal.trouble is None:
        return None
    return BundleNow(tuple(sorted(ends.items(), key=lambda end: end[1])), renewal.trouble)
