"""Takes what the lanes say of themselves: the newest report of each, and when it came."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import NotCanonical, utc_text, utc_time
from sync.hub.device_auth import Caller, Calling
from sync.hub.picture_models import LaneReport as Row
from sync.lane_report import LaneReport, read_lane_report

LATE = timedelta(seconds=60)
"""A report that is older than this when it comes is news of its own time, not of now."""
AHEAD = timedelta(minutes=5)


class Taken(BaseModel):
    """The hub's time when it took a report."""

    at: str


class LaneReports:
    """One row for each device. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def take(self, device: int, report: LaneReport) -> str:
        """Keeps a report in the place of an older one; gives the hub's time.

        Whoever listened can send a report again, and one that was held back can come late: it counts as of
        the time it tells, so that no lane looks alive on it.
        """
        at, body = self._clock().utc, report.model_dump_json()
        now = utc_text(at)
        heard = now if utc_time(report.at) > at - LATE else report.at
        for _ in range(2):
            try:
                with Session(self._engine) as session, session.begin():
                    row = session.get(Row, device, with_for_update=True)
                    if row is None:
                        session.add(Row(device_id=device, at=heard, body=body))
                    elif not _is_old(report.at, body, row.body, at):
                        row.at, row.body = heard, body
            except IntegrityError:  # two first reports at once
                continue
            break
        return now


def _is_old(at: str, body: str, held_body: str, now: datetime) -> bool:
    """Whether a report is the one that is held or older, unless that one's clock ran ahead."""
    try:
        held = read_lane_report(held_body.encode()).at
    except NotCanonical:
        return False  # a later version wrote it
    return body == held_body or (at < held and utc_time(held) <= now + AHEAD)


def lane_report_routes(reports: LaneReports) -> APIRouter:
    """`POST /v1/kiosks/NAME/status`."""
    router = APIRouter()

    @router.post(
        "/v1/kiosks/{kiosk}/status",
        response_model=Taken,
        responses={
            400: {"description": "no report"},
            403: {"description": "not signed by the device"},
            404: {"description": "not enrolled"},
            408: {"description": "too slow"},
            413: {"description": "too large"},
            503: {"description": "try again later"},
        },
    )
    def take_report(caller: Calling) -> Response:
        """Keeps what a lane says of itself. Answered through the signed exchange."""
        return _taken(reports, caller)

    return router


def _taken(reports: LaneReports, caller: Caller) -> Response:
    try:
        report = read_lane_report(caller.body)
        return caller.answer({"at": reports.take(caller.device_id, report)})
    except NotCanonical as error:
        raise caller.refusal(400, "no_report", f"The report can't be read: {error}.") from error
    except SQLAlchemyError as error:
        raise caller.refusal(503, "database", "The hub can't write its database now.") from error
