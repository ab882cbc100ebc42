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
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from config.moment import system_clock
from sync.batch import SIGNATURE_HEADER
from sync.canonical import canonical_json, utc_text
from sync.exchange import NONCE_HEADER, sign_request
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.server import hub_key
from sync.other_lanes import NEWS_PAUSE_S, NEWS_WAIT_S
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
    spent_at: dict[str, float] = field(default_factory=dict)


async def ask(
    client: httpx.AsyncClient, lane: LaneKeys, method: str, path: str, body: bytes = b""
) -> dict[str, object]:
    """One signed request of a lane."""
    target = f"/v1/kiosks/{lane.name}{path}"
    headers = {NONCE_HEADER: NONCE, SIGNATURE_HEADER: sign_request(lane.device, method, target, NONCE, body)}
    answer = await client.request(method, target, headers=headers, content=body)
    table: dict[str, object] = answer.raise_for_status().json()
    return table


async def listen(
    client: httpx.AsyncClient, lane: LaneKeys, ends: float, count: Count, *, waiting: bool
) -> None:
    """A lane that hears what others spent."""
    after = 0
    while time.monotonic() < ends:
        wait = f"&wait={min(NEWS_WAIT_S, max(0.1, ends - time.monotonic())):.2f}" if waiting else ""
        feed = await ask(client, lane, "GET", f"/spent?after={after}{wait}")
        count.requests += 1
        now, changes = time.monotonic(), feed["changes"]
        assert isinstance(changes, list) and isinstance(feed["last"], int)
        count.delays += [now - count.spent_at[row["token"]] for row in changes]
        after = feed["last"]
        await asyncio.sleep(NEWS_PAUSE_S if waiting else POLL_S)


async def spend(client: httpx.AsyncClient, lane: LaneKeys, ends: float, every_s: float, count: Count) -> None:
    """A lane that spends codes."""
    number, chance = 0, random.Random(lane.name)
    while every_s:
        await asyncio.sleep(chance.expovariate(1 / every_s))
        if time.monotonic() + LAST_S > ends:
            return
        number += 1
        token = hashlib.sha256(f"{lane.name} {number}".encode()).hexdigest()
        use = {"reference": f"{lane.name}.{number:08d}", "token": token, "also": [], "taken": False}
        use["at"] = utc_text(system_clock().utc)
        count.spent_at[token] = time.monotonic()
        await ask(client, lane, "POST", "/spent", canonical_json({"returned": [], "uses": [use]}))


async def run(url: str, lanes: list[LaneKeys], seconds: float, every_s: float, *, waiting: bool) -> Count:
    """All lanes for so long."""
    count, ends = Count(), time.monotonic() + seconds
    async with AsyncExitStack() as stack:
        clients = [  # each lane its own: one pool for all of them makes requests wait for one another
            await stack.enter_async_context(
                httpx.AsyncClient(base_url=url, timeout=60.0, trust_env=False, verify=False)
            )
            for _ in lanes
        ]
        each = list(zip(clients, lanes, strict=True))
        await asyncio.gather(
            *(listen(client, lane, ends, count, waiting=waiting) for client, lane in each),
            *(spend(client, lane, ends, every_s, count) for client, lane in each),
        )
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
                count = asyncio.run(run(hub.url, lanes, args.seconds, every_s, waiting=waiting))
                used = cpu_s(hub.process.pid) - before
            finally:
                hub.end(signal.SIGTERM)
        way = "kept waiting" if waiting else f"asked every {POLL_S} s"
        heard = ""
        if count.delays:
            half, most = percentile(count.delays, 0.5), percentile(count.delays, 0.99)
            heard = f"; heard after {half:.2f} s, p99 {most:.2f} s, at most {max(count.delays):.2f} s"
        print(
            f"{args.lanes} lanes {way}: {count.requests / args.seconds:.0f} requests/s, "
            f"{100 * used / args.seconds:.0f} % of one processor{heard}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
