"""A crossing of a station by the reference on its slip, for its desks: written down first, and not often."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync import event_types as e
from sync.canonical import utc_text
from sync.decision import OFFICER
from sync.hub.acts import What, Who, lock_acts, write_act
from sync.hub.database import for_reading
from sync.hub.desks import NoDesk, NotPossible, station_of_desk
from sync.hub.device_auth import Calling
from sync.hub.device_models import DeviceProfile
from sync.hub.models import Device, Stored
from sync.hub.people_models import Act
from sync.hub.picture_models import CrossingSpan
from sync.hub.spent_uses import NoStation
from sync.looked_up import (
    MOST_CROSSINGS,
    MOST_PAYLOAD,
    MOST_RECORDS,
    CrossingShown,
    FoundAtHub,
    RecordShown,
)
from sync.reference import names, read_reference

AN_HOUR = 60
"""Look-ups of one desk in an hour: nobody goes through all digits."""
WHYS = ("traveller", "objection", "colleague")
AT_A_TIME = 5000
MOST_HEARD = 20_000
"""Requests that this process remembers."""
KINDS = tuple(
    kind.kind
    for kind in (
        *(e.CrossingOpened, e.CrossingDecided, e.CrossingClosed, e.GatePassage, e.GateCorrected),
        *(e.OfficerEnteredDocument, e.OfficerDecided, e.OfficerApproved, e.OfficerUndone),
    )
)
"""What a desk is told of a crossing. Nothing of its codes, and no note: that stays at its lane."""
router = APIRouter()


class _Span(NamedTuple):
    device_id: int
    crossing: str
    first: int
    last: int
    lane: str


class Lookup:
    """Raises SQLAlchemyError, `NoStation` and `NotPossible`."""

    def __init__(self, engine: Engine, clock: Clock, an_hour: int = AN_HOUR) -> None:
        self._engine, self._clock, self._an_hour = engine, clock, an_hour
        self._heard: OrderedDict[tuple[int, str], None] = OrderedDict()

    def find(self, desk_id: int, reference: str, officer: str, why: str, nonce: str) -> FoundAtHub:
        """The station's crossings with these nine digits. The act is written before anything is looked up.

        `nonce` is the request's: one that was heard before is somebody who listened. Raises `NotPossible`.
        """
        station = self._write_down(desk_id, reference, officer, why, nonce)
        with Session(for_reading(self._engine)) as session:
            found = []
            for span in self._spans(session, station):
                if names(span.crossing, reference):
                    found.append(span)
                if len(found) == MOST_CROSSINGS:
                    break
            return FoundAtHub(
                crossings=tuple(
                    CrossingShown(lane=span.lane, crossing=span.crossing, records=_records(session, span))
                    for span in found
                )
            )

    def _write_down(self, desk_id: int, reference: str, officer: str, why: str, nonce: str) -> str:
        now = self._clock().utc
        with Session(self._engine) as session, session.begin():
            station = station_of_desk(session, desk_id)
            desk = session.scalars(select(Device.kiosk).where(Device.id == desk_id)).one()
            lock_acts(session)
            self._once(desk_id, nonce)
            asked = session.scalar(
                select(func.count(Act.id)).where(
                    Act.at > utc_text(now - timedelta(hours=1)),
                    Act.login == desk,
                    Act.what == What.LOOKED_UP.value,
                )
            )
            if (asked or 0) >= self._an_hour:
                raise NotPossible("too_often", "This desk has looked up as often as one may in an hour.")
            who = Who(desk, officer, "desk")
            write_act(session, utc_text(now), who, What.LOOKED_UP, f"reference {reference}", why)
        return station

    def _once(self, desk_id: int, nonce: str) -> None:
        """No act is written in an officer's name, and no look-up used up, by a request that is sent again."""
        if (desk_id, nonce) in self._heard:
            raise NotPossible("repeated", "This very request was answered before: look the crossing up anew.")
        self._heard[desk_id, nonce] = None
        while len(self._heard) > MOST_HEARD:
            self._heard.popitem(last=False)

    def _spans(self, session: Session, station: str) -> Iterator[_Span]:
        """Every crossing of every lane, a page at a time: no reading is long."""
        lanes = session.execute(
            select(Device.id, Device.kiosk)
            .join(DeviceProfile, DeviceProfile.device_id == Device.id)
            .where(DeviceProfile.station == station)
        ).all()
        for device, lane in lanes:
            behind = ""
            while True:
                rows = session.execute(
                    select(CrossingSpan.crossing, CrossingSpan.first, CrossingSpan.last)
                    .where(CrossingSpan.device_id == device, CrossingSpan.crossing > behind)
                    .order_by(CrossingSpan.crossing)
                    .limit(AT_A_TIME)
                ).all()
                yield from (_Span(device, *row, lane) for row in rows)
                if len(rows) < AT_A_TIME:
                    break
                behind = rows[-1].crossing


def _records(session: Session, span: _Span) -> tuple[RecordShown, ...]:
    rows = session.execute(
        select(Stored.sequence, Stored.at, Stored.kind, Stored.payload)
        .where(
            Stored.device_id == span.device_id,
            Stored.sequence.between(span.first, span.last),
            Stored.kind.in_(KINDS),
            Stored.payload.contains(f'"{span.crossing}"', autoescape=True),
            func.length(Stored.payload) <= MOST_PAYLOAD,  # no lane writes longer ones of these kinds
        )
        .order_by(Stored.sequence)
        .limit(MOST_RECORDS)
    )
    return tuple(
        RecordShown(sequence=row.sequence, at=row.at, kind=row.kind, payload=row.payload or "")
        for row in rows
    )


@router.post("/v1/kiosks/{kiosk}/desk/crossings")
async def crossings(caller: Calling, request: Request) -> Response:
    """An officer at a desk looks a crossing of the station up, by the nine digits on its slip."""
    table = caller.table()
    reference, officer, why = (str(table.get(name, "")) for name in ("reference", "officer", "why"))
    digits = read_reference(reference)
    if set(table) != {"reference", "officer", "why"} or digits is None or why not in WHYS:
        raise caller.refusal(400, "desk", "This takes reference (nine digits), officer and why.")
    if not OFFICER.fullmatch(officer):
        raise caller.refusal(400, "officer", "An officer has a service number, as in O-17.")
    lookup: Lookup = request.app.state.lookup
    try:
        found = await run_in_threadpool(lookup.find, caller.device_id, digits, officer, why, caller.nonce)
    except NoDesk as error:
        raise caller.refusal(403, error.word, str(error)) from error
    except NotPossible as error:
        raise caller.refusal(409, error.word, str(error)) from error
    except NoStation as error:
        raise caller.refusal(409, "no_station", "This device belongs to no station here.") from error
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't use its database now") from error
    return caller.answer(found.model_dump(mode="json"))
