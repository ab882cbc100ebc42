"""Referrals, decisions and orders over HTTP: the doors of lane and desk. Both may wait for what is new."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import Annotated, TypeVar

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.moment import Clock
from sync.canonical import NotCanonical
from sync.decision import CROSSING, OFFICER, read_statement
from sync.hub.allowance import Allowance
from sync.hub.desks import Desks, NoDesk, NotPossible
from sync.hub.device_auth import Caller, Calling
from sync.hub.lane_orders import LaneOrders
from sync.hub.referrals import Referrals
from sync.hub.spent_uses import DayUsedUp, NoStation
from sync.hub.waiting import Bell, Listener, What
from sync.lane_order import read_order
from sync.referral import read_lane_says

router = APIRouter()
LONGEST_WAIT_S = 25.0
After = Annotated[int, Query(ge=0, lt=2**62, description="What the caller knows already.")]
Wait = Annotated[float, Query(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for something new.")]
NO_STATION = "This device belongs to no station here: enrol it with --station."
Orders = Annotated[
    int | None, Query(ge=0, lt=2**62, description="The newest order known; without it, none are sent.")
]
_Given = TypeVar("_Given")


class Rooms:
    """Referrals and desks around one database."""

    def __init__(self, engine: Engine, clock: Clock, allowance: Allowance | None) -> None:
        self.referrals = Referrals(engine, clock, allowance)
        self.desks = Desks(engine, clock, allowance)
        self.orders = LaneOrders(engine, clock, allowance)
        self.bell = Bell(engine)


def install(app: FastAPI, engine: Engine, clock: Clock, allowance: Allowance | None = None) -> None:
    """Opens the doors of this module in an application that `device_auth.install` was called for."""
    app.state.referral_rooms = Rooms(engine, clock, allowance)
    app.include_router(router)


def _rooms(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.referral_rooms
    return rooms


# --- the lane ---


@router.post("/v1/kiosks/{kiosk}/referrals")
async def tell(caller: Calling, request: Request) -> Response:
    """A lane tells who waits, who does not any more, and what it made of decisions."""
    rooms = _rooms(request)
    try:
        said = read_lane_says(caller.body)
    except NotCanonical as error:
        raise caller.refusal(400, "referrals", f"The referrals can't be read: {error}.") from error
    station = await _do(caller, lambda: rooms.referrals.says(caller.device_id, said))
    if said.obeyed:
        await _do(caller, lambda: rooms.orders.obeyed(caller.device_id, said.obeyed))
    rooms.bell.ring(station, frozenset({What.CHANGE}))
    known = await _do(caller, lambda: rooms.referrals.for_lane(caller.device_id, 2**62 - 1))
    return _answer(caller, known.model_copy(update={"last": 0}))


@router.get("/v1/kiosks/{kiosk}/decisions")
async def decisions(
    caller: Calling, request: Request, after: After = 0, wait: Wait = 0, orders: Orders = None
) -> Response:
    """Decisions for the lane behind number `after`, orders behind `orders`; where there is none, it waits."""
    rooms, until = _rooms(request), monotonic() + wait
    station = await _do(caller, lambda: rooms.referrals.station(caller.device_id))
    with _ears(rooms, station, What.DECISION, caller, wait) as listener:
        while True:
            if listener:
                listener.event.clear()
            found = await _do(caller, lambda: rooms.referrals.for_lane(caller.device_id, after))
            if orders is not None:
                ordered = await _do(caller, lambda: rooms.orders.for_lane(caller.device_id, orders or 0))
                found = found.model_copy(update={"orders": ordered})
            if found.decisions or found.orders or listener is None or listener.over or monotonic() >= until:
                return _answer(caller, found)
            await listener.wait(until - monotonic())


# --- the desk ---


@router.get("/v1/kiosks/{kiosk}/desk")
async def picture(
    caller: Calling, request: Request, after: After = 0, wait: Wait = 0, orders: Orders = None
) -> Response:
    """All lanes and referrals of the desk's station, once the station's count of changes is not `after`."""
    rooms, until = _rooms(request), monotonic() + wait
    station = await _do(caller, lambda: rooms.desks.station(caller.device_id))
    with _ears(rooms, station, What.CHANGE, caller, wait) as listener:
        while True:
            if listener:
                listener.event.clear()
            changed = await _do(caller, lambda: rooms.desks.change(caller.device_id)) != after
            if changed or listener is None or listener.over or monotonic() >= until:
                break
            await listener.wait(until - monotonic())
    found = await _do(caller, lambda: rooms.desks.picture(caller.device_id))
    if orders is not None:
        given = await _do(caller, lambda: rooms.orders.for_desk(caller.device_id))
        found = found.model_copy(update={"orders": given})
    return _answer(caller, found)


@router.post("/v1/kiosks/{kiosk}/desk/claim")
async def claim(caller: Calling, request: Request) -> Response:
    """An officer takes a referral, or says again to have it."""
    rooms = _rooms(request)
    lane, crossing, officer = _named(caller, "lane", "crossing", "officer")
    if not OFFICER.fullmatch(officer):
        raise caller.refusal(400, "officer", "An officer has a service number, as in O-17.")
    station = await _do(caller, lambda: rooms.desks.claim(caller.device_id, lane, crossing, officer))
    rooms.bell.ring(station, frozenset({What.CHANGE}))
    return caller.answer({"officer": officer})


@router.post("/v1/kiosks/{kiosk}/desk/release")
async def release(caller: Calling, request: Request) -> Response:
    """An officer lets go of a referral."""
    rooms = _rooms(request)
    lane, crossing = _named(caller, "lane", "crossing")
    station = await _do(caller, lambda: rooms.desks.release(caller.device_id, lane, crossing))
    rooms.bell.ring(station, frozenset({What.CHANGE}))
    return caller.answer({"released": True})


@router.post("/v1/kiosks/{kiosk}/desk/decide")
async def decide(caller: Calling, request: Request) -> Response:
    """A signed decision for a lane. The first one counts."""
    rooms = _rooms(request)
    text, signature = _named(caller, "statement", "signature")
    try:
        statement, raw = read_statement(text), bytes.fromhex(signature)
    except (NotCanonical, ValueError) as error:
        raise caller.refusal(400, "decision", "The decision can't be read.") from error
    if statement.desk != caller.kiosk or len(raw) != 64:
        raise caller.refusal(400, "decision", "The decision was made at another desk.")
    number, station = await _do(caller, lambda: rooms.desks.decide(caller.device_id, statement, text, raw))
    rooms.bell.ring(station)
    return caller.answer({"number": number})


@router.post("/v1/kiosks/{kiosk}/desk/order")
async def order(caller: Calling, request: Request) -> Response:
    """A signed order for a lane: how it is to be. It is carried for half a minute."""
    rooms = _rooms(request)
    text, signature = _named(caller, "statement", "signature")
    try:
        statement, raw = read_order(text), bytes.fromhex(signature)
    except (NotCanonical, ValueError) as error:
        raise caller.refusal(400, "order", "The order can't be read.") from error
    if statement.desk != caller.kiosk or len(raw) != 64:
        raise caller.refusal(400, "order", "The order was given at another desk.")
    number, station = await _do(caller, lambda: rooms.orders.send(caller.device_id, statement, text, raw))
    rooms.bell.ring(station)
    return caller.answer({"number": number})


def _ears(
    rooms: Rooms, station: str, what: What, caller: Caller, wait: float
) -> AbstractContextManager[Listener | None]:
    """Who does not wait listens to nothing, and ends no question that does."""
    return rooms.bell.listening(station, what, caller.device_id) if wait else nullcontext()


def _named(caller: Caller, *names: str) -> tuple[str, ...]:
    table = caller.table()
    values = [table.get(name) for name in names]
    if set(table) != set(names) or not all(isinstance(value, str) and len(value) <= 2048 for value in values):
        raise caller.refusal(400, "desk", f"This takes {', '.join(names)}.")
    if "crossing" in names and not CROSSING.fullmatch(str(table["crossing"])):
        raise caller.refusal(400, "desk", "A crossing has letters, digits, - and _.")
    return tuple(map(str, values))


async def _do(caller: Caller, work: Callable[[], _Given]) -> _Given:
    try:
        return await run_in_threadpool(work)
    except NoDesk as error:
        raise caller.refusal(403, error.word, str(error)) from error
    except NotPossible as error:
        raise caller.refusal(409, error.word, str(error)) from error
    except DayUsedUp as error:
        raise caller.refusal(429, "day_limit", str(error)) from error
    except NoStation as error:
        raise caller.refusal(409, "no_station", NO_STATION) from error
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't use its database now") from error


def _answer(caller: Caller, said: BaseModel) -> Response:
    """Who did not ask for orders may be too old to know the word."""
    none = {"orders"} if not getattr(said, "orders", ()) else None
    return caller.answer(said.model_dump(mode="json", exclude=none))
