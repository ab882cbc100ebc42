"""Days without the hub, then all of it at once: `python -m tests.sync.catch_up --days 30 --a-day 20000`.

The journal is filled in virtual time. Then a real uplink brings it to a real hub process, and what both
processes hold in memory is looked at all the way.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from config.moment import system_clock
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.line import Line
from sync.session import open_session
from sync.signing import load_public
from sync.uplink import Uplink
from tests.bench.crossings import DayWriter
from tests.postgres import Postgres
from tests.sync.test_hub_process import HubProcess

KIOSK = "lane-1"
DAY_S = 86_400
HOUR_S = 3600.0
FLAT = 1.15
"""So much more than after the first tenth is still flat."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """How it went. Memory in MB: at the beginning, after each tenth."""

    crossings: int
    records: int
    journal_mb: float
    filled_s: float
    sent_s: float
    uplink_mb: tuple[float, ...]
    hub_mb: tuple[float, ...]
    complete: bool

    @property
    def flat(self) -> bool:
        """Whether neither process grew after the first tenth."""
        return all(max(sizes[1:]) <= FLAT * sizes[1] for sizes in (self.uplink_mb, self.hub_mb))


def resident_mb(process: int | str) -> float:
    """What a process holds in memory now."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def catch_up(folder: Path, days: int, a_day: int, database: str | None, limit_s: float = HOUR_S) -> CaughtUp:
    """Fills the journal of so many days and brings it to a hub."""
    began = time.monotonic()
    day = DayWriter(folder / "journal", start=system_clock().utc - timedelta(days=days))
    day.write(days * a_day, every_s=DAY_S / a_day)
    day.close()
    filled_s = time.monotonic() - began
    last = day.position
    (folder / "hub").mkdir()
    hub = HubProcess(folder / "hub", database)
    engine = open_database(folder / "hub", database)
    ledger = Ledger(engine, system_clock)
    ledger.enrol(KIOSK, day.device.public)
    hub.start()
    assert hub.process is not None
    pause = threading.Event()
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        stack.callback(lambda: hub.end(signal.SIGTERM))
        session = stack.enter_context(open_session())
        line = Line(hub.url, KIOSK, day.device, load_public(folder / "hub" / "hub.pub.pem"), session)
        uplink = Uplink(day.folder, KIOSK, day.device, line, system_clock, lambda event: None)
        sizes: list[tuple[float, float]] = [(resident_mb("self"), resident_mb(hub.process.pid))]
        begin = time.monotonic()
        uplink.start()
        stack.callback(uplink.stop)
        while uplink.watermark != last and time.monotonic() - begin < limit_s:
            pause.wait(0.02)
            if uplink.watermark.sequence * 10 >= last.sequence * len(sizes):
                sizes.append((resident_mb("self"), resident_mb(hub.process.pid)))
        sent_s = time.monotonic() - begin
        complete = ledger.held(KIOSK, "n").position == last
        near, far = ([round(size[side], 1) for size in sizes] for side in (0, 1))
        journal_mb = sum(file.stat().st_size for file in day.folder.iterdir()) / 1e6
    return CaughtUp(
        days * a_day, last.sequence, journal_mb, filled_s, sent_s, tuple(near), tuple(far), complete
    )


def main(arguments: Sequence[str] = ()) -> int:
    """0: all there within the hour and memory flat; 1: not."""
    parser = argparse.ArgumentParser(prog="python -m tests.sync.catch_up", description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--a-day", type=int, default=20_000, help="crossings a day")
    parser.add_argument("--sqlite", action="store_true", help="a hub on SQLite instead of PostgreSQL")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place, nullcontext() if chosen.sqlite else Postgres() as server:
        database = server.database() if server is not None else None
        done = catch_up(Path(place), chosen.days, chosen.a_day, database)
    print(json.dumps(asdict(done)))
    kind = "SQLite" if chosen.sqlite else "PostgreSQL"
    print(
        f"{chosen.days} days, {done.crossings} crossings, {done.records} records ({done.journal_mb:.0f} MB) "
        f"to a hub on {kind} in {done.sent_s:.0f} s, {done.records / done.sent_s:.0f} a second; "
        f"uplink {done.uplink_mb[1]:.0f} MB early, {done.uplink_mb[-1]:.0f} MB at the end; "
        f"hub {done.hub_mb[1]:.0f}, {done.hub_mb[-1]:.0f} MB"
    )
    if not done.complete or not done.flat:
        print("NOT complete within the hour" if not done.complete else "memory NOT flat")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
