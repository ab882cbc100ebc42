"""What it costs a hub that lanes hear of each other's spent codes: asked twice a second, or kept waiting.

python -m tests.bench.spent_news --lanes 100 --seconds 20 --a-minute 0
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.moment import system_clock
from sync.batch import SIGNATURE_HEADER
from sync.canonical import canonical_json, utc_text
from sync.exchange import NONCE_HEADER, sign_request
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.server import hub_key
from sync.other_lanes import NEWS_PAUSE_S, NEWS_WAIT_S
from tests.bench.plain_http import exchanged
from tests.bench.report import percentile
from tests.sync.hub.ground import LaneKeys
from tests.sync.test_hub_process import HubProcess

POLL_S = 0.5
LAST_S = 3.0
"""Before the end nothing is spent any more, so that all of it is heard of."""
NONCE = "0123456789abcdef"


@dataclass
class Count:
    """What one run came to."""

    requests: int = 0
    delays: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    """How long a lane waited for the word on its own code."""
    spent_at: dict[str, float] = field(default_factory=dict)


class Asking:
    """A connection of one lane, which stays open."""

    def __init__(self, port: int, lane: LaneKeys) -> None:
        self.lane = lane
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> dict[str, object]:
        """One signed request of the lane."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        target = f"/v1/kiosks/{self.lane.name}{path}"
        signature = sign_request(self.lane.device, method, target, NONCE, body)
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: hub\r\n{NONCE_HEADER}: {NONCE}\r\n"
            f"{SIGNATURE_HEADER}: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        status, table = await exchanged(*self._streams, head.encode() + body)
        if status != 200:
            raise RuntimeError(f"the hub answered with {status}: {table}")
        return table

    def close(self) -> None:
        """Hangs up."""
        if self._streams is not None:
            self._streams[1].close()


async def listen(line: Asking, ends: float, count: Count, *, waiting: bool) -> None:
    """A lane that hears what others spent."""
    after = 0
    while time.monotonic() < ends:
        wait = f"&wait={min(NEWS_WAIT_S, max(0.1, ends - time.monotonic())):.2f}" if waiting else ""
        feed = await line.ask("GET", f"/spent?after={after}{wait}")
        count.requests += 1
        now, changes = time.monotonic(), feed["changes"]
        assert isinstance(changes, list) and isinstance(feed["last"], int)
        count.delays += [now - count.spent_at[row["token"]] for row in changes]
        after = feed["last"]
        await asyncio.sleep(NEWS_PAUSE_S if waiting else POLL_S)


async def spend(line: Asking, ends: float, every_s: float, count: Count) -> None:
    """A lane that spends codes."""
    number, chance = 0, random.Random(line.lane.name)
    while every_s:
        await asyncio.sleep(chance.expovariate(1 / every_s))
        if time.monotonic() + LAST_S > ends:
            return
        number += 1
        token = hashlib.sha256(f"{line.lane.name} {number}".encode()).hexdigest()
        use = {"reference": f"{line.lane.name}.{number:08d}", "token": token, "also": [], "taken": False}
        use["at"] = utc_text(system_clock().utc)
        count.spent_at[token] = time.monotonic()
        await line.ask("POST", "/spent", canonical_json({"returned": [], "uses": [use]}))
        count.told.append(time.monotonic() - count.spent_at[token])


async def run(port: int, lanes: list[LaneKeys], seconds: float, every_s: float, *, waiting: bool) -> Count:
    """All lanes for so long."""
    count, ends = Count(), time.monotonic() + seconds
    hearing, telling = [[Asking(port, lane) for lane in lanes] for _ in range(2)]  # as a lane has them
    try:
        await asyncio.gather(
            *(listen(line, ends, count, waiting=waiting) for line in hearing),
            *(spend(line, ends, every_s, count) for line in telling),
        )
    finally:
        for line in hearing + telling:
            line.close()
    return count


def cpu_s(pid: int) -> float:
    """What a process has used of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Both ways, one after the other, each with a hub of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.spent_news", description=__doc__)
    parser.add_argument("--lanes", type=int, default=100)
    parser.add_argument("--station", type=int, default=20, help="lanes of a station")
    parser.add_argument("--waiting-only", action="store_true", help="leave out the old way of asking")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--a-minute", type=float, default=0.0, help="codes that each lane spends a minute")
    args = parser.parse_args()
    for waiting in (True,) if args.waiting_only else (False, True):
        with tempfile.TemporaryDirectory() as folder:
            hub = HubProcess(Path(folder))
            hub.options = ["--rate", "0"]
            lanes = [LaneKeys(f"lane-{number}") for number in range(args.lanes)]
            engine, key = open_database(Path(folder)), hub_key(Path(folder)).public
            for number, lane in enumerate(lanes):
                station = f"station-{number // args.station}"
                Devices(engine, system_clock).enrol(lane.name, lane.device.public, station=station, hub=key)
            engine.dispose()
            hub.start()
            assert hub.process is not None
            try:
                before = cpu_s(hub.process.pid)
                every_s = 60.0 / args.a_minute if args.a_minute else 0.0
                count = asyncio.run(run(hub.port, lanes, args.seconds, every_s, waiting=waiting))
                used = cpu_s(hub.process.pid) - before
            finally:
                hub.end(signal.SIGTERM)
        way = "kept waiting" if waiting else f"asked every {POLL_S} s"
        heard = ""
        if count.delays:
            half, most = percentile(count.delays, 0.5), percentile(count.delays, 0.99)
            heard = f"; heard after {half:.2f} s, p99 {most:.2f} s, at most {max(count.delays):.2f} s"
            own = (percentile(count.told, 0.5), percentile(count.told, 0.99))
            heard += f"; own code answered after {own[0]:.3f} s, p99 {own[1]:.3f} s"
        print(
            f"{args.lanes} lanes {way}: {count.requests / args.seconds:.0f} requests/s, "
            f"{100 * used / args.seconds:.0f} % of one processor{heard}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
