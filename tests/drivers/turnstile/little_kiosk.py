"""A kiosk reduced to its gate: opens once, or again and again, and waits to be killed."""

from __future__ import annotations

import itertools
import sys
import threading

from config.settings import Turnstile
from drivers.turnstile.from_settings import turnstile_for
from drivers.turnstile.port import GateReport, LinkChanged, LinkState, PassageReported
from tests.drivers.turnstile.conftest import PROGRAM


def main() -> None:
    up, over = threading.Event(), threading.Event()

    def hear(report: GateReport) -> None:
        if isinstance(report, LinkChanged) and report.state is LinkState.UP:
            up.set()
        if isinstance(report, PassageReported):
            over.set()

    gate = turnstile_for(Turnstile.model_validate_json(sys.argv[1]), PROGRAM)
    gate.start(hear)
    up.wait()
    for number in itertools.count() if len(sys.argv) > 2 else range(1):
        over.clear()
        print(f"authorisation {number}", flush=True)
        gate.authorise(f"authorisation {number}")
        over.wait()
    threading.Event().wait()


if __name__ == "__main__":
    main()
