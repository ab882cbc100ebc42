"""Thousands of openings and closings: no thread, no descriptor and no memory is left behind."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.turnstile.emulators.catalogue import FIRMWARES, emulated
from drivers.turnstile.emulators.person import passes_after
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.running import Running
from drivers.turnstile.link import Link, LinkDown, SerialLink
from drivers.turnstile.link_tcp import TcpLink
from tests.drivers.turnstile.virtual import VirtualLane

CYCLES = 2000
ASKS = b"\x24"
"""An ETH008 answers it; to an LCUS it is rubbish."""


@pytest.fixture(params=["lcus", "eth008"])
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    with emulated(request.param, tmp_path / "gate") as running:
        yield running


def link_to(device: Running) -> Link:
    if isinstance(device, Emulator):
        return SerialLink(str(device.link), 9600)
    host, _, port = device.device.partition(":")
    return TcpLink(host, int(port))


def heard_or_gone(link: TcpLink) -> None:
    """Waits until the device noticed this guest; one that still holds the last guest sends it away."""
    assert select.select([link.fileno()], [], [], 10.0)[0]
    with contextlib.suppress(LinkDown):
        link.read()


def open_things() -> tuple[int, int]:
    return len(os.listdir("/proc/self/fd")), threading.active_count()


def test_opening_and_closing_thousands_of_times_leaves_nothing_open(device: Running) -> None:
    link = link_to(device)
    link.open()
    link.close()
    before = open_things()
    for _ in range(CYCLES):
        link.open()
        link.force(ASKS)
        if isinstance(link, TcpLink):
            heard_or_gone(link)
        link.close()
    assert open_things()[1] == before[1]
    assert open_things()[0] <= before[0] + 1  # the emulated device may not have let the last guest go yet


def test_failing_to_open_and_unplugging_leave_nothing_open(device: Running) -> None:
    link = link_to(device)
    device.unplug()
    before = open_things()
    for round_ in range(CYCLES):
        with pytest.raises(LinkDown):
            link.open()
        if round_ % 20 == 0:
            device.replug()
            link.open()
            device.unplug()
            link.close()
    assert open_things() == before


def test_thousands_of_authorisations_and_lost_links_leave_no_memory() -> None:
    lane = VirtualLane(FIRMWARES["tx1500"](None, passes_after(0.3))).up()

    def some(first: int, count: int) -> None:
        for number in range(first, first + count):
            lane.authorise(str(number))
            lane.run(1.0)
            if number % 10 == 0:
                lane.unplug()
                lane.plug()
                lane.run(2.0)
            for record in (lane.reports, lane.sent, lane.firmware.record, lane.firmware.bodies):
                record.clear()
            lane.firmware.commands.clear()
            lane.ended_at.clear()
            lane.gate._used._ids.clear()

    some(0, 100)
    gc.collect()
    tracemalloc.start()
    some(100, 20)
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    some(120, 200)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 20_000, f"{grown} bytes more after two hundred crossings"
