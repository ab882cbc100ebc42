"""Records the hub could not take, and histories that fork: what to do, and who saw to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.canonical import utc_text
from sync.hub.acts import What, write_act
from sync.hub.database import for_reading
from sync.hub.models import Alarm, Device
from sync.hub.people_models import AlarmSeen
from sync.hub.roles import Right
from sync.hub.web.guard import Asks, Person, Posts, Web, clean
from sync.hub.web.station import bundle_now, picture_of

router = APIRouter(include_in_schema=False)
MOST = 200
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """One alarm."""

    id: int
    kiosk: str
    what: str
    sequence: int
    why: str
    at: str
    seen: AlarmSeen | None


@router.get("/hub/alarms")
def alarms(person: Annotated[Person, Depends(Asks(Right.LOOK))]) -> Response:
    """Those nobody has seen to first."""
    return _page(person)


@router.post("/hub/alarms/{number}/seen")
def seen(
    number: int,
    person: Annotated[Person, Depends(Posts(Right.ATTEND))],
    note: Annotated[str, Form()] = "",
) -> Response:
    """Somebody has seen to it, and says what they found."""
    web = person.visit.web
    text = clean(note, LONGEST_NOTE)
    if text is None:
        return _page(person, "note_missing", 400)
    now = utc_text(web.clock().utc)
    with Session(web.engine) as session, session.begin():
        found = 0 < number < 2**63
        known = session.scalar(select(Alarm).where(Alarm.id == number).with_for_update()) if found else None
        if known is None:
            raise person.visit.refuse("no_such_alarm", 404)
        if session.get(AlarmSeen, number) is None:
            session.add(AlarmSeen(alarm_id=number, login=person.who.login, at=now, note=text))
            write_act(session, now, person.who.who, What.ALARM_SEEN, f"alarm {number}", text)
    return person.go("/hub/alarms")


def _page(person: Person, why: str = "", status: int = 200) -> Response:
    """What stands until it is mended comes first: the bundle, and lanes that are not heard of."""
    bundle, web = bundle_now(person.visit.request), person.visit.web
    standing = bundle.trouble if bundle else None
    lost = picture_of(web).lost
    return person.page("alarms.html", status, alarms=_alarms(web), why=why, standing=standing, lost=lost)


def _alarms(web: Web) -> list[Shown]:
    with Session(for_reading(web.engine)) as session:
        rows = session.execute(
            select(Alarm, Device.kiosk, AlarmSeen)
            .join(Device, Device.id == Alarm.device_id)
            .outerjoin(AlarmSeen, AlarmSeen.alarm_id == Alarm.id)
            .order_by(AlarmSeen.alarm_id.is_not(None), Alarm.id.desc())
            .limit(MOST)
        )
        return [Shown(one.id, kiosk, one.what, one.sequence, one.why, one.at, by) for one, kiosk, by in rows]
