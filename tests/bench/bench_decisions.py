"""From an officer's last touch at the desk to the lane that has the decision, through the hub."""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import threading
import time
from pathlib import Path

from config.moment import system_clock
from sync.decision import new_statement, sign_decision
from sync.exchange import Exchange
from sync.referral import read_for_lane
from sync.session import open_session
from sync.signing import load_public
from tests.bench.report import Result, percentile, report, spread
from tests.faults.station_hub import HubProgram
from tests.sync.ground import key
from tests.sync.hub.ground import STATION, LaneKeys
from tests.sync.hub.waiting_ground import opened

AIM_MS = 500.0
WAIT_S = 20


class Station:
    """One lane, one desk, one hub, all with real requests."""

    def __init__(self, folder: Path) -> None:
        self.hub = HubProgram(folder / "hub")
        self.hub.data.mkdir()
        self.keys = {name: LaneKeys(name) for name in ("lane-1", "desk-1")}
        for name, one in self.keys.items():
            file = folder / f"{name}.pem"
            file.write_bytes(one.device.public.pem)
            kind = ["--desk"] if name == "desk-1" else []
            said = self.hub.do("enrol", "--kiosk", name, "--key", str(file), "--station", STATION, *kind)
            if said.returncode:
                raise SystemExit(said.stderr)
        self.hub.start()
        self._public = load_public(self.hub.data / "hub.pub.pem")

    def exchange(self, name: str) -> Exchange:
        return Exchange(self.hub.url, name, self.keys[name].device, self._public, open_session())


def measure(rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds from the decision to the lane, and from the referral to the desk."""
    with tempfile.TemporaryDirectory(prefix="bench-decisions-") as folder:
        station = Station(Path(folder))
        try:
            return _measure(station, rounds)
        finally:
            station.hub.kill()


def _measure(station: Station, rounds: int) -> tuple[list[float], list[float]]:
    lane, telling = station.exchange("lane-1"), station.exchange("lane-1")
    desk, acting = station.exchange("desk-1"), station.exchange("desk-1")
    officer, nonces = key(), itertools.count()
    decided: list[float] = []
    appeared: list[float] = []
    after = change = 0
    for number in range(rounds):
        crossing = f"crossing-{number}"
        seen, heard = threading.Event(), threading.Event()
        at: dict[str, float] = {}

        def look(change: int = change, seen: threading.Event = seen, at: dict[str, float] = at) -> None:
            reply = desk.ask("GET", f"/desk?after={change}&wait={WAIT_S}", read_s=30.0)
            at["seen"], at["change"] = time.perf_counter(), float(str(reply.table["change"]))
            seen.set()

        def listen(after: int = after, heard: threading.Event = heard, at: dict[str, float] = at) -> None:
            reply = lane.ask("GET", f"/decisions?after={after}&wait={WAIT_S}", read_s=30.0)
            at["heard"], at["last"] = time.perf_counter(), float(read_for_lane(reply.table).last)
            heard.set()

        threads = [threading.Thread(target=look), threading.Thread(target=listen)]
        for thread in threads:
            thread.start()
        time.sleep(0.05)  # so that both questions are open, as they always are at a station
        begun = time.perf_counter()
        telling.ask("POST", "/referrals", {"opened": [opened(crossing).model_dump(mode="json")]})
        seen.wait(WAIT_S)
        appeared.append((at["seen"] - begun) * 1e3)
        acting.ask("POST", "/desk/claim", {"lane": "lane-1", "crossing": crossing, "officer": "O-17"})
        statement = new_statement(
            "lane-1",
            crossing,
            "admit",
            "DOCUMENT_GENUINE",
            "O-17",
            "desk-1",
            system_clock().utc,
            f"a-made-up-nonce-{next(nonces)}",
        )
        begun = time.perf_counter()
        signature = sign_decision(officer, statement).hex()
        acting.ask("POST", "/desk/decide", {"statement": statement.text(), "signature": signature})
        heard.wait(WAIT_S)
        decided.append((at["heard"] - begun) * 1e3)
        after = int(at["last"])
        telling.ask(
            "POST",
            "/referrals",
            {
                "heard": [{"number": after, "word": "taken"}],
                "closed": [{"crossing": crossing, "how": "admit", "by": "O-17"}],
            },
        )
        change = int(str(desk.ask("GET", "/desk").table["change"]))
        for thread in threads:
            thread.join()
    return decided, appeared


def main(rounds: int) -> int:
    """Prints and keeps the figures."""
    decided, appeared = measure(rounds)
    late = percentile(decided, 0.99)
    report(
        "decisions",
        [
            *spread("decision from the desk to the lane", decided, "ms"),
            Result("decision from the desk to the lane, slowest of 100", late, "ms", aim=AIM_MS),
            *spread("referral from the lane to the desk", appeared, "ms"),
        ],
    )
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    sys.exit(main(parser.parse_args().rounds))
