"""The hub in numbers for Prometheus, asked of the database by any process; nothing about people."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.hub.database import for_reading
from sync.hub.models import Device
from sync.hub.people_models import Hold
from sync.hub.picture_models import LanePicture
from sync.hub.station_picture import LaneState, StationPicture


class HubNumbers(Collector):
    """What is asked anew at every scrape. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._picture = StationPicture(engine, clock)

    def collect(self) -> Iterator[Metric]:
        """All of them. Lanes are called by the names of their machines."""
        now = self._picture.now()
        lanes = GaugeMetricFamily("checkpoint_hub_lanes", "Lanes in each state.", labels=["state"])
        for state in LaneState:
            lanes.add_metric([state.value], sum(lane.state is state for lane in now.lanes))
        yield lanes
        heard = _of_lanes("heard_seconds", "Seconds since the hub last heard of the lane.")
        unsent = _of_lanes("unsent_records", "Records the lane last said it holds without a receipt.")
        oldest = _of_lanes("oldest_unsent_seconds", "Age of the oldest of them.")
        lost = _of_lanes("lost", "1: heard of before, not switched off, and silent for 20 seconds. Else 0.")
        faults = _of_lanes("faults", "Parts that the lane last said do not work.")
        ages = GaugeMetricFamily(
            "checkpoint_hub_lane_list_age_seconds",
            "Age of a list of the lane.",
            labels=["kiosk", "kind", "name"],
        )
        for lane in now.lanes:
            for family, value in (
                (heard, lane.heard_s),
                (unsent, lane.unsent),
                (oldest, lane.oldest_unsent_s),
                (faults, len(lane.faults)),
                (lost, int(lane.lost)),
            ):
                if value is not None:
                    family.add_metric([lane.kiosk], value)
            for one in lane.lists:
                if one.age_s is not None:
                    ages.add_metric([lane.kiosk, one.kind, one.name], one.age_s)
        yield from (heard, lost, unsent, oldest, faults, ages)
        alarms = sum(lane.alarms for lane in now.lanes)
        yield GaugeMetricFamily("checkpoint_hub_alarms_open", "Alarms nobody has seen to.", value=alarms)
        with Session(for_reading(self._engine)) as session:
            records = session.scalar(select(func.sum(Device.sequence)))
            holds = session.scalar(select(func.count()).where(Hold.released_at.is_(None)))
            behind = session.scalar(
                select(func.sum(Device.sequence - func.coalesce(LanePicture.followed, 0))).outerjoin(
                    LanePicture, LanePicture.device_id == Device.id
                )
            )
        yield GaugeMetricFamily("checkpoint_hub_records", "Records held of all devices.", value=records or 0)
        yield GaugeMetricFamily("checkpoint_hub_holds", "Legal holds in force.", value=holds or 0)
        yield GaugeMetricFamily(
            "checkpoint_hub_records_behind", "Records the pages do not know of yet.", value=behind or 0
        )


def _of_lanes(name: str, says: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"checkpoint_hub_lane_{name}", says, labels=["kiosk"])


def metrics_routes(engine: Engine, clock: Clock) -> APIRouter:
    """`GET /metrics`, with a registry of its own; `app.state.numbers` may hold another one's."""
    router = APIRouter()
    registry = CollectorRegistry(auto_describe=False)
    registry.register(HubNumbers(engine, clock))

    @router.get(
        "/metrics",
        response_class=Response,
        responses={
            200: {"description": "Prometheus's text format", "content": {"text/plain": {}}},
            503: {"description": "try again later"},
        },
    )
    def metrics(request: Request) -> Response:
        """Numbers for Prometheus. Nothing in them is about a person."""
        try:
            numbers = generate_latest(registry)
            if (more := getattr(request.app.state, "numbers", None)) is not None:
                numbers += generate_latest(more)
            return Response(numbers, media_type=CONTENT_TYPE_LATEST)
        except SQLAlchemyError as error:
            raise HTTPException(503, "the hub can't read its database now") from error

    return router
