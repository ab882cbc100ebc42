"""How long the whole kiosk takes to end, with the gate OFF: real program, real gate process, open gate."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.report import Result, percentile, report
from tests.flows.live_lane import LiveLane

ROUNDS = 5
AIM_S = 2.0


def once(number: signal.Signals) -> float:
    """Seconds from the signal to the end of the program; the gate was open when it came."""
    with tempfile.TemporaryDirectory() as folder:
        lane = LiveLane(Path(folder))
        try:
            lane.hold_up(lane.code())
            lane.start()
            lane.wait_for_kind("gate.accepted")
            _, took, _ = lane.end(number)
            if not lane.emulator.wait_for(lambda firmware: not firmware.on):
                raise RuntimeError("the gate was still open")
            return took
        finally:
            lane.stop()


def main(arguments: Sequence[str] = ()) -> int:
    """Ctrl-C and SIGTERM, several times each. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_stop")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(arguments)
    results = []
    for number in (signal.SIGINT, signal.SIGTERM):
        took = [once(number) for _ in range(chosen.rounds)]
        results.append(Result(f"{number.name} to the end, median", percentile(took, 0.5), "s"))
        results.append(Result(f"{number.name} to the end, slowest", max(took), "s", aim=AIM_S))
    report("stop", results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
