"""A kiosk reduced to its gate: opens once and waits to be killed. Run by test_orphaned_gate."""

from __future__ import annotations

import sys
import threading

from config.settings import Turnstile
from drivers.turnstile.from_settings import turnstile_for
from drivers.turnstile.port import GateReport, LinkChanged, LinkState
from tests.drivers.turnstile.conftest import PROGRAM


def main() -> None:
    up = threading.Event()

    def hear(report: GateReport) -> None:
        if isinstance(report, LinkChanged) and report.state is LinkState.UP:
            up.set()

    gate = turnstile_for(Turnstile.model_validate_json(sys.argv[1]), PROGRAM)
    gate.start(hear)
    up.wait()
    gate.authorise("the only one")
    threading.Event().wait()


if __name__ == "__main__":
    main()
