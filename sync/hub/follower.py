"""Follows each device's records once, in order, and keeps the pictures that pages and questions need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Executable, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from sync.hub.database import for_reading
from sync.hub.models import Device, Stored
from sync.hub.people_models import Hold
from sync.hub.picture_models import CrossingSpan, LaneHour, LanePicture, Sighting

CHUNK = 1000
"""Records in one transaction."""
FINGERPRINT_DIGITS = 32
CROSSING = re.compile(r"[A-Za-z0-9_-]{1,64}")
STATES = {
    "lane.started": "open",
    "lane.stopped": "stopped",
    "lane.out_of_order": "out_of_order",
    "lane.in_order": "open",
    "lane.held": "held",
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
        for device in self.behind():
            while self.step(device):
                pass

    def step(self, device: int) -> bool:
        """One run of one device. False where nothing was left, or another process is at it."""
        with Session(self._engine) as session, session.begin():
            picture = locked_picture(session, device)
            if picture is None:
                return False
            rows = session.execute(
                select(Stored.sequence, Stored.at, Stored.kind, Stored.payload)
                .where(Stored.device_id == device, Stored.sequence > picture.followed)
                .order_by(Stored.sequence)
                .limit(self._chunk)
            ).all()
            if not rows:
                return False
            fold = Fold().take(Read(*row) for row in rows)
            self._keep(session, device, picture, fold)
            picture.followed = rows[-1].sequence
        return len(rows) == self._chunk

    def _keep(self, session: Session, device: int, picture: LanePicture, fold: Fold) -> None:
        if fold.state is not None:
            picture.state, picture.state_at = fold.state, fold.state_at
        if fold.version is not None:
            picture.version = fold.version
        for name, counts in fold.hours.items():
            hour = session.get(LaneHour, (device, name))
            if hour is None:
                session.add(LaneHour(device_id=device, hour=name, **counts))
                continue
            hour.admitted += counts["admitted"]
            hour.referred += counts["referred"]
            hour.refused += counts["refused"]
        _extend_holds(session, device, fold)
        connection = session.connection()
        if fold.spans:
            connection.execute(
                _longer_span(connection),
                [
                    {"device_id": device, "crossing": crossing, "first": first, "last": last}
                    for crossing, (first, last) in fold.spans.items()
                ],
            )
        if fold.sightings:
            connection.execute(
                insert(Sighting),
                [
                    {
                        "device_id": device,
                        "sequence": sequence,
                        "at": at,
                        "crossing": crossing,
                        "fingerprint": seen,
                    }
                    for sequence, at, crossing, seen in fold.sightings
                ],
            )


def _longer_span(connection: Connection) -> Executable:
    """A crossing's first and last record: new, or gone on with."""
    made = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = made(CrossingSpan)
    return new.on_conflict_do_update(
        index_elements=[CrossingSpan.device_id, CrossingSpan.crossing], set_={"last": new.excluded.last}
    )


def _extend_holds(session: Session, device: int, fold: Fold) -> None:
    """A late decision about a held crossing is held with it."""
    in_force = select(Hold).where(Hold.device_id == device, Hold.released_at.is_(None))
    for hold in session.scalars(in_force):
        _, last = fold.spans.get(hold.crossing, (0, 0))
        hold.last = max(hold.last, last)


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
    said = json.loads(payload) if payload is not None else {}
    return said if isinstance(said, dict) else {}
