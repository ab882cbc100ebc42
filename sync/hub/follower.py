"""Follows each device's records once, in order, and keeps the pictures that pages and questions need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from sync.hub.database import for_reading
from sync.hub.models import Base, Device, Stored
from sync.hub.people_models import Hold
from sync.hub.picture_models import CrossingSpan, LaneHour, LanePicture, Sighting
from sync.quick_json import read_canonical

CHUNK = 1000
"""Records in one transaction."""
GROUP = 64
"""Devices in one transaction."""
FINGERPRINT_DIGITS = 32
CROSSING = re.compile(r"[A-Za-z0-9_-]{1,64}")
STATES = {
    "lane.started": "open",
    "lane.stopped": "stopped",
    "lane.out_of_order": "out_of_order",
    "lane.in_order": "open",
    "lane.held": "held",
    "lane.closed": "closed",
    "lane.freed": "open",
}
OUTCOMES = {"ADMIT": "admitted", "REFER": "referred", "REFUSE": "refused"}


@dataclass(frozen=True, slots=True)
class Read:
    """One record as far as following it needs."""

    sequence: int
    at: str
    kind: str
    payload: str | None


@dataclass(slots=True)
class Fold:
    """What a run of records says. Erased and withheld payloads say nothing but that they were there."""

    state: str | None = None
    state_at: str | None = None
    version: str | None = None
    hours: dict[str, dict[str, int]] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    sightings: list[tuple[int, str, str, bytes]] = field(default_factory=list)
    """Sequence, time, crossing and fingerprint."""

    def take(self, records: Iterable[Read]) -> Fold:
        """Adds records, in order."""
        for record in records:
            said = _object(record.payload)
            if (state := _state(record.kind, said)) is not None:
                self.state, self.state_at = state, record.at
            if record.kind == "lane.started":
                self.version = "".join(filter(str.isprintable, str(said.get("version", ""))))[:32]
            crossing = said.get("crossing")
            if isinstance(crossing, str) and CROSSING.fullmatch(crossing):
                first, _ = self.spans.get(crossing, (record.sequence, 0))
                self.spans[crossing] = (first, record.sequence)
                if record.kind == "crossing.code" and (seen := _fingerprint(said)) is not None:
                    self.sightings.append((record.sequence, record.at, crossing, seen))
            outcome = OUTCOMES.get(str(said.get("outcome")))
            if record.kind == "crossing.decided" and outcome is not None:
                hour = self.hours.setdefault(record.at[:13], dict.fromkeys(OUTCOMES.values(), 0))
                hour[outcome] += 1
        return self


class Follower:
    """Works over any number of processes: each device's row is locked. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, chunk: int = CHUNK) -> None:
        self._engine = engine
        self._chunk = chunk

    def behind(self) -> list[int]:
        """Devices with records that were not followed yet."""
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(Device.id)
                .outerjoin(LanePicture, LanePicture.device_id == Device.id)
                .where(
                    Device.sequence > 0,
                    (LanePicture.followed.is_(None)) | (LanePicture.followed < Device.sequence),
                )
            )
            return [row[0] for row in rows]

    def catch_up(self) -> None:
        """Follows every device to its end, as it is now."""
        waiting = self.behind()
        while waiting:
            waiting = self.round(waiting)

    def step(self, device: int) -> bool:
        """One run of one device. False where nothing was left, or another process is at it."""
        return bool(self.round([device]))

    def round(self, devices: Sequence[int]) -> list[int]:
        """One transaction with some of the devices. Those of which there may be more to follow.

        A device that another process is at is left to that one.
        """
        group, later = devices[:GROUP], list(devices[GROUP:])
        more, told, left = [], {}, self._chunk
        with self._engine.begin() as connection:
            for picture in _locked_pictures(connection, group):
                if not left:
                    more.append(picture["device_id"])
                    continue
                place = {"device": picture["device_id"], "followed": picture["followed"], "most": left}
                rows = connection.execute(_RECORDS, place).all()
                if not rows:
                    continue
                if len(rows) == left:
                    more.append(picture["device_id"])
                left -= len(rows)
                fold = Fold(picture["state"], picture["state_at"], picture["version"])
                told[picture["device_id"]] = fold.take(Read(*row) for row in rows)
                picture |= {"followed": rows[-1].sequence, "version": fold.version}
                picture |= {"state": fold.state, "state_at": fold.state_at}
                connection.execute(_PICTURE, {"device": picture.pop("device_id")} | picture)
            _keep(connection, told)
        return more + later


_RECORDS = (
    select(Stored.sequence, Stored.at, Stored.kind, Stored.payload)
    .where(Stored.device_id == bindparam("device"), Stored.sequence > bindparam("followed"))
    .order_by(Stored.sequence)
    .limit(bindparam("most"))
)
_PICTURE = (
    update(LanePicture)
    .where(LanePicture.device_id == bindparam("device"))
    .values({name: bindparam(name) for name in ("followed", "state", "state_at", "version")})
)


def _locked_pictures(connection: Connection, devices: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of these devices, made where there were none; without those that another process has."""
    table = LanePicture.__table__.c
    known = connection.scalars(select(table.device_id).where(table.device_id.in_(devices)))
    if new := sorted(set(devices) - set(known)):
        rows = [
            {"device_id": device, "followed": 0, "erased": 0, "state": "", "version": ""} for device in new
        ]
        connection.execute(_insert(connection)(LanePicture).on_conflict_do_nothing(), rows)
    question = (
        select(table.device_id, table.followed, table.state, table.state_at, table.version)
        .where(table.device_id.in_(devices))
        .order_by(table.device_id)
        .with_for_update(skip_locked=True)
    )
    return [dict(row) for row in connection.execute(question).mappings()]


def _keep(connection: Connection, told: Mapping[int, Fold]) -> None:
    """Puts what the records of these devices say into the tables, each with one statement."""
    _add(
        connection,
        LaneHour,
        [
            {"device_id": device, "hour": hour} | counts
            for device, fold in told.items()
            for hour, counts in fold.hours.items()
        ],
        plus=tuple(OUTCOMES.values()),
    )
    _extend_holds(connection, told)
    _add(
        connection,
        CrossingSpan,
        [
            {"device_id": device, "crossing": crossing, "first": first, "last": last}
            for device, fold in told.items()
            for crossing, (first, last) in fold.spans.items()
        ],
        instead=("last",),
    )
    _add(
        connection,
        Sighting,
        [
            {"device_id": device, "sequence": sequence, "at": at, "crossing": crossing, "fingerprint": seen}
            for device, fold in told.items()
            for sequence, at, crossing, seen in fold.sightings
        ],
    )


def _add(
    connection: Connection,
    model: type[Base],
    rows: Sequence[dict[str, Any]],
    *,
    plus: Sequence[str] = (),
    instead: Sequence[str] = (),
) -> None:
    """Rows of one table. Where there is one already, `plus` columns are added up, `instead` ones replaced."""
    if not rows:
        return
    columns = {name: model.__table__.c[name] for name in rows[0]}
    new, values = _insert(connection)(model), rows
    if connection.dialect.name == "postgresql":
        # One statement for all: psycopg sends a message, and gets an answer, for each row otherwise.
        arrays = (bindparam(name, type_=postgresql.ARRAY(column.type)) for name, column in columns.items())
        new = new.from_select(
            [*columns], select(*func.unnest(*arrays).table_valued(*columns).render_derived().c)
        )
        values = [{name: [row[name] for row in rows] for name in columns}]
    changed = {name: columns[name] + new.excluded[name] for name in plus}
    changed |= {name: new.excluded[name] for name in instead}
    if changed:
        new = new.on_conflict_do_update(index_elements=[*model.__table__.primary_key], set_=changed)
    connection.execute(new, values)


def _insert(connection: Connection) -> Any:
    """The kind of INSERT that knows ON CONFLICT."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def _extend_holds(connection: Connection, told: Mapping[int, Fold]) -> None:
    """A late decision about a held crossing is held with it."""
    table = Hold.__table__.c
    in_force = select(table.id, table.device_id, table.crossing).where(
        table.device_id.in_([device for device, fold in told.items() if fold.spans]),
        table.released_at.is_(None),
    )
    for hold in connection.execute(in_force).all():
        _, last = told[hold.device_id].spans.get(hold.crossing, (0, 0))
        longer = update(Hold).where(table.id == hold.id, table.last < last).values(last=last)
        connection.execute(longer)


def locked_picture(session: Session, device: int) -> LanePicture | None:
    """The device's row, made where there is none, locked; None where another process has it just now."""
    if session.get(LanePicture, device) is None:
        # Two processes may both find nothing: the device's own row decides who makes it.
        session.execute(select(Device.id).where(Device.id == device).with_for_update())
        if session.get(LanePicture, device, populate_existing=True) is None:
            session.add(LanePicture(device_id=device, followed=0, erased=0, state="", version=""))
            session.flush()
    question = select(LanePicture).where(LanePicture.device_id == device)
    return session.scalar(
        question.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )


def _state(kind: str, said: dict[str, Any]) -> str | None:
    if kind == "gate.fire":
        return "evacuate" if said.get("active") is True else "open"
    return STATES.get(kind)


def _fingerprint(said: dict[str, Any]) -> bytes | None:
    text = said.get("fingerprint")
    if not isinstance(text, str) or len(text) != FINGERPRINT_DIGITS:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def _object(payload: str | None) -> dict[str, Any]:
    """The payload was weighed when it came (`sync.hub.weighing`): it is a JSON object where there is one."""
    if payload is None:
        return {}
    try:
        said = read_canonical(payload.encode())
    except ValueError:
        said = json.loads(payload)
    return said if isinstance(said, dict) else {}
