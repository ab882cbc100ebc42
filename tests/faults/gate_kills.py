"""Kiosks killed at any moment: real processes and signals, emulated gates, and what was left of the gate.

`python -m tests.faults.gate_kills --kills 300` is a count of `make soak`. A little kiosk writes down each
authorisation before it asks for it, and dies at a moment drawn by lot: killed, frozen or crashed.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from drivers.turnstile.emulators.catalogue import FIRMWARES, emulated
from drivers.turnstile.emulators.person import NOBODY
from drivers.turnstile.emulators.running import Running
from tests.drivers.turnstile.conftest import ROOT, settings_for
from tests.drivers.turnstile.devices import device as protocol_of

PASSAGE_S = 0.5
BLOWS = (signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV)
LATE_S = 0.3
"""What a busy machine may add to every time."""
GONE_S = 15.0


class Broken(AssertionError):
    """A rule was broken; the message says which, where and by which blow."""


def one_kill(name: str, chance: random.Random, folder: Path) -> tuple[int, float]:
    """Authorisations asked for and the longest ON. Raises `Broken`."""
    blow = chance.choice(BLOWS)
    with emulated(name, folder / "gate") as device:
        device.set_person(NOBODY)
        settings = settings_for(device, name, passage_s=PASSAGE_S)
        kiosk = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.drivers.turnstile.little_kiosk",
                settings.model_dump_json(),
                "again",
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert kiosk.stdout is not None
        try:
            kiosk.stdout.readline()
            select.select([], [], [], chance.uniform(0.0, 2.0))
            os.kill(kiosk.pid, blow)
            return _left(name, device, kiosk, blow)
        finally:
            kiosk.kill()
            kiosk.wait()
            kiosk.stdout.close()


def _left(
    name: str, device: Running, kiosk: subprocess.Popen[bytes], blow: signal.Signals
) -> tuple[int, float]:
    asked = 1
    assert kiosk.stdout is not None
    if blow is not signal.SIGSTOP:
        kiosk.wait()
        asked += kiosk.stdout.read().count(b"\n")
    off = device.wait_for(lambda firmware: not firmware.on, GONE_S)
    select.select([], [], [], 2.5)  # a frozen kiosk's worker waits for a sign of life before it goes
    if blow is signal.SIGSTOP:
        kiosk.kill()
        kiosk.wait()
        asked += kiosk.stdout.read().count(b"\n")
    firmware = device.firmware
    with device.held() as now:
        pulses, longest, on = firmware.pulses, firmware.longest_on(now), firmware.on
    dialect = protocol_of(name)
    limit = (PASSAGE_S + 2.0 if dialect.withdrawn_by_off else 1.0) + LATE_S
    where = f"{name}, {blow.name}: {asked} asked, {pulses} pulses, ON for {longest:.3f} s"
    if not off or on:
        raise Broken(f"the gate stays open: {where}")
    if not asked - 1 <= pulses <= asked:
        raise Broken(f"pulses are not authorisations: {where}")
    if longest > limit:
        raise Broken(f"ON too long: {where}")
    return asked, longest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    names = sorted(FIRMWARES)
    asked, longest, of = 0, 0.0, Counter[str]()
    with tempfile.TemporaryDirectory(prefix="gate-kills-") as folder:
        for number in range(chosen.kills):
            name = names[number % len(names)]
            some, on = one_kill(name, chance, Path(folder))
            asked, of[name] = asked + some, of[name] + 1
            longest = max(longest, on if not protocol_of(name).withdrawn_by_off else 0.0)
    print(f"{chosen.kills} kiosks killed at {len(of)} kinds of gates, {asked} authorisations asked for")
    print(f"kills: longest ON of a relay {longest:.3f} s; every gate was locked at the end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
