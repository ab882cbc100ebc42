"""Runs an emulated gate, scanner or lamp until Ctrl-C: on a pseudo-terminal, or on a port of this machine."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from drivers.scanner.emulator import ScannerFaults
from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.tcp import NetworkEmulator
from drivers.turnstile.protocols.catalogue import PROTOCOLS
from kiosk.commands.emulate_others import OTHERS, run_other

_Named = TypeVar("_Named")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which device, where, and what is wrong with it."""
    parser.add_argument(
        "device", choices=sorted([*FIRMWARES, *OTHERS]), help="the gate's dialect, or scanner, lamp"
    )
    parser.add_argument("--link", type=Path, help="also publish the device here (a symlink)")
    parser.add_argument(
        "--port", type=int, default=0, help="of a device on the network (default: a free one)"
    )
    parser.add_argument(
        "--faults",
        type=_checked(Faults.named),
        default=Faults(),
        help="such as no_ack,late_ack=0.8; help names them all",
    )
    parser.add_argument(
        "--scanner-faults",
        type=_checked(ScannerFaults.named),
        default=ScannerFaults(),
        help="such as split,no_suffix; help names them all",
    )
    parser.add_argument(
        "--person", type=_checked(Person.named), default=Person(), help="passes[:S], nobody, two[:S]"
    )


def run(args: argparse.Namespace) -> int:
    """Prints the device's path, then a line for everything that happens at it."""
    if args.device in OTHERS:
        return run_other(args.device, args.link, args.scanner_faults)
    firmware = FIRMWARES[args.device](args.faults, args.person)
    told = _Told()
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        link = args.link or Path(folder) / args.device
        gate = (
            NetworkEmulator(firmware, args.port, watch=told.look)
            if PROTOCOLS[args.device].over_network
            else Emulator(firmware, link, watch=told.look)
        )
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        try:
            gate.start()
        except OSError as error:
            print(f"{args.link or args.port}: {error.strerror}", file=sys.stderr)
            return 2
        at = gate.device if isinstance(gate, NetworkEmulator) else f"{link} ({gate.device})"
        print(f"{args.device} at {at}; Ctrl-C ends it", flush=True)
        ended.wait()
        gate.stop()
    print(f"{firmware.pulses} pulses, {len(firmware.bodies)} went through", flush=True)
    return 0


class _Told:
    """Prints each new entry of the firmware's records once."""

    def __init__(self) -> None:
        self._switches = 0
        self._bodies = 0

    def look(self, firmware: Firmware) -> None:
        for switch in firmware.record[self._switches :]:
            print(f"{switch.at:.3f} {'released' if switch.on else 'locked'}", flush=True)
        for body in firmware.bodies[self._bodies :]:
            print(f"{body.at:.3f} somebody {'passed' if body.released else 'forced the gate'}", flush=True)
        self._switches, self._bodies = len(firmware.record), len(firmware.bodies)


def _checked(parse: Callable[[str], _Named]) -> Callable[[str], _Named]:
    def checked(text: str) -> _Named:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return checked
