"""The hub dies between its commit and its answer, again and again: no code admits two travellers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.moment import system_clock
from sync.signing import load_public
from tests.faults.station_hub import HubProgram
from tests.sync.hub.ground import STATION, LaneKeys
from tests.sync.hub.lanes import StationLane
from verification.verdict import Outcome

KILLS = 4


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProgram]:
    program = HubProgram(tmp_path / "hub")
    program.data.mkdir()
    yield program
    program.kill()


@pytest.fixture
def lanes(hub: HubProgram, tmp_path: Path) -> Iterator[list[StationLane]]:
    made: list[StationLane] = []
    both = [LaneKeys("lane-1"), LaneKeys("lane-2")]
    for keys in both:
        for name, pem in (("device", keys.device.public.pem), ("seal", keys.seal.public.pem)):
            (tmp_path / f"{keys.name}.{name}.pem").write_bytes(pem)
        files = [str(tmp_path / f"{keys.name}.{name}.pem") for name in ("device", "seal")]
        said = hub.do(
            "enrol", "--kiosk", keys.name, "--key", files[0], "--seal", files[1], "--station", STATION
        )
        assert said.returncode == 0, said.stderr
    hub.start()
    hub_key = load_public(hub.data / "hub.pub.pem")
    for keys in both:
        lane = StationLane(tmp_path / keys.name, keys, hub.url, hub_key, system_clock, answer_s=2.0)
        made.append(lane)
    yield made
    for lane in made:
        lane.stop()


def test_a_hub_killed_while_lanes_ask_admits_nobody_twice(hub: HubProgram, lanes: list[StationLane]) -> None:
    for lane in lanes:
        lane.start()
    for kill in range(KILLS):
        codes = [b"declaration %d of %d" % (number, kill) for number in range(12)]
        admitted: list[bytes] = []

        def travellers(lane: StationLane, codes: list[bytes], admitted: list[bytes]) -> None:
            admitted.extend(code for code in codes if lane.show(code).outcome is Outcome.ADMIT)

        threads = [
            threading.Thread(target=travellers, args=(lane, codes[:: (-1) ** place], admitted))
            for place, lane in enumerate(lanes)
        ]
        for thread in threads:
            thread.start()
        lanes[0].wait_until(lambda said=admitted: len(said) > 2)  # type: ignore[misc]
        hub.kill()
        for thread in threads:
            thread.join(60)
        hub.start()
        for lane in lanes:
            lane.lanes.poke()
            lane.wait_until(lambda lane=lane: lane.lanes._reached)  # type: ignore[misc]
            lane.wait_until(lambda lane=lane: lane.journal.spent_line.due() == ([], []))  # type: ignore[misc]
        again = [code for code in codes if lanes[0].show(code).outcome is Outcome.ADMIT]
        both = [code for code in codes if lanes[1].show(code).outcome is Outcome.ADMIT]
        for code in codes:
            assert (admitted + again + both).count(code) == 1, (kill, code)
    assert sum(lane.admitted() for lane in lanes) == KILLS * 12
