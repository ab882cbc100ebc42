"""What a desk hears of lanes that ended in order: their last report says so, and no other's does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from sync.canonical import NotCanonical, read_json_object, utc_text
from sync.hub.picture_models import LanePicture, LaneReport
from sync.referral import read_for_desk
from tests.sync.ground import START, HandClock
from tests.sync.hub.waiting_ground import Station


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    made = Station(tmp_path, clock)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("state", "seconds_after_the_report", "phase"),
    [
        ("stopped", 1, "stopped"),
        ("stopped", -1, "waiting"),  # it was started again, and reported since
        ("out_of_order", 1, "waiting"),
    ],
)
def test_a_lane_whose_records_end_in_order_after_its_report_is_told_to_be_stopped(
    station: Station, state: str, seconds_after_the_report: int, phase: str
) -> None:
    at = utc_text(START + timedelta(seconds=seconds_after_the_report))
    body = f'{{"at":"{utc_text(START)}","phase":"waiting"}}'
    with Session(station.hub.engine) as session, session.begin():
        session.add(LaneReport(device_id=station.one, at=utc_text(START), body=body))
        session.add(
            LanePicture(
                device_id=station.one, followed=0, erased=0, state=state, state_at=at, version="0.1.0"
            )
        )
    one, two = station.desks.picture(station.desk).lanes
    assert one.report is not None
    assert (one.report["phase"], two.report) == (phase, None)


@pytest.mark.parametrize("age", ["1e400", "-1e400", "-1", '"3x"', "[]"])
def test_a_desk_believes_no_age_that_is_none(age: str) -> None:
    said = (
        '{"at": "", "change": 1, "lanes": [{"lane": "lane-1", "age_s": %s, "report": {}}], "referrals": []}'
    )
    assert read_for_desk(read_json_object(said % "7.5")).lanes[0].age_s == 7.5
    with pytest.raises(NotCanonical):
        read_for_desk(read_json_object(said % age))
