"""Spent codes over HTTP: what a lane asks before it opens, and what it hears of the others."""

from __future__ import annotations

from contextlib import nullcontext
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from sync.canonical import NotCanonical
from sync.hub.device_auth import Caller, Calling, DeviceAuth, KioskName, Said, check, hear
from sync.hub.device_routes import Rooms
from sync.hub.spent_news import Known
from sync.hub.spent_uses import DayUsedUp, NoStation
from sync.hub.waiting import What
from sync.spent_words import read_told

router = APIRouter()
LONGEST_WAIT_S = 25.0
NO_STATION = "This kiosk belongs to no station here: enrol it with --station."


def _rooms(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.device_rooms
    return rooms


@router.post("/v1/kiosks/{kiosk}/spent")
def spend(caller: Calling, request: Request) -> Response:
    """Uses that are given back, then uses that are asked for or told."""
    try:
        returned, uses = read_told(caller.table())
    except NotCanonical as error:
        raise caller.refusal(400, "uses", f"The uses can't be read: {error}.") from error
    rooms = _rooms(request)
    try:
        words = rooms.spent.take(caller.device_id, returned, uses)
        rooms.bell.ring(rooms.devices.station_of(caller.device_id))
    except DayUsedUp as error:
        raise caller.refusal(429, "day_limit", str(error)) from error
    except NoStation as error:
        raise caller.refusal(409, "no_station", NO_STATION) from error
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't write its database now") from error
    return caller.answer({"uses": [word.table() for word in words]})


@router.get("/v1/kiosks/{kiosk}/spent")
async def spent_elsewhere(
    kiosk: KioskName,
    request: Request,
    after: Annotated[int, Query(ge=0, lt=2**62)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for a change.")] = 0,
) -> Response:
    """What other lanes of the station spent and gave back since change `after`; where nothing, it may wait.

    Who waits holds no thread, and shares each look at the database with the others of its station.
    """
    rooms, until, said = _rooms(request), monotonic() + wait, await hear(request)
    try:
        caller, known = _remembered(rooms, kiosk, request, said) or await _looked_up(kiosk, request, said)
        ears = rooms.bell.listening(known.station, What.CHANGE, known.device_id) if wait else nullcontext()
        with ears as listener:
            while True:
                if listener:
                    listener.event.clear()
                look = await rooms.news.look(known, after)
                if look is None:  # it was revoked or moved, or was away for long: told alone, and at once
                    caller, known = await _looked_up(kiosk, request, said)
                    feed = await run_in_threadpool(rooms.spent.changes, known.device_id, after)
                    return caller.answer(feed.table())
                body, new = look.body(after, known.device_id)
                if new or listener is None or listener.over or monotonic() >= until:
                    return caller.answer_written(body)
                await listener.wait(until - monotonic())
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't read its database now") from error


def _remembered(rooms: Rooms, kiosk: str, request: Request, said: Said) -> tuple[Caller, Known] | None:
    known, auth = rooms.news.known(kiosk), request.app.state.device_auth
    assert isinstance(auth, DeviceAuth)
    caller = auth.if_it_is(kiosk, known.device_id, known.key, request, said) if known else None
    return (caller, known) if caller and known else None


async def _looked_up(kiosk: str, request: Request, said: Said) -> tuple[Caller, Known]:
    caller, rooms = await check(kiosk, request, said), _rooms(request)
    station = await run_in_threadpool(rooms.devices.station_of, caller.device_id)
    if not station:
        raise caller.refusal(409, "no_station", NO_STATION)
    known = Known(station, caller.device_id, caller.device)
    rooms.news.remember(kiosk, known)
    return caller, known
