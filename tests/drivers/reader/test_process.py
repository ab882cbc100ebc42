"""The reader's own process: fed, killed, stopped, talking nonsense, absent."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from config import settings
from drivers.camera.port import Frame
from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.generator import render
from drivers.reader import duty, process
from drivers.reader.from_settings import reader_of
from drivers.reader.port import Reading
from drivers.reader.process import ReaderProcess
from tests.drivers.reader.drawn import drawn, on_a_page

ROOT = Path(__file__).resolve().parents[3]
REAL = [sys.executable, str(ROOT / "main.py"), "reader-worker"]
PATIENCE_S = 30.0
LOOK_S = 0.02
CONTENT = b"HC1:MADE-UP\x00\xff"


class Lane:
    """A reader process and what it told."""

    def __init__(self, argv: list[str]) -> None:
        self.readings: list[Reading] = []
        self.said: list[str | None] = []
        self.of_relief: list[str | None] = []
        self.ahead = 0.0
        """Seconds by which the reader's clock was put forward."""
        self._news = threading.Condition()
        self.reader = ReaderProcess(
            argv, self._reading, self._fault, self._relief, clock=lambda: time.monotonic() + self.ahead
        )
        self._page = on_a_page(drawn(CONTENT))
        self._sequence = 0

    def _reading(self, reading: Reading) -> None:
        with self._news:
            self.readings.append(reading)
            self._news.notify_all()

    def _fault(self, fault: str | None) -> None:
        with self._news:
            self.said.append(fault)
            self._news.notify_all()

    def _relief(self, fault: str | None) -> None:
        with self._news:
            self.of_relief.append(fault)
            self._news.notify_all()

    def until_there_is_a_reserve(self) -> None:
        """Lets the time pass until the second worker is begun, and waits until it is up."""
        self.ahead += duty.RESERVE_AFTER_S
        self.until(lambda: len(self.reader.pids) == 2 and self.reader.has_reserve)

    def submit(self, pixels: npt.NDArray[np.uint8] | None = None) -> int:
        self._sequence += 1
        self.reader.submit(
            Frame(self._page if pixels is None else pixels, self._sequence / 30, self._sequence)
        )
        return self._sequence

    def until(self, condition: Callable[[], bool]) -> None:
        """Not everything that changes is told, so it looks again now and then."""
        until = time.monotonic() + PATIENCE_S
        with self._news:
            while not self._news.wait_for(condition, LOOK_S):
                assert time.monotonic() < until, f"said {self.said}, {len(self.readings)} readings"

    def until_read(self, sequence: int) -> Reading:
        self.until(lambda: any(reading.frame_sequence == sequence for reading in self.readings))
        return next(reading for reading in self.readings if reading.frame_sequence == sequence)


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane(REAL)
    lane.reader.start()
    lane.until(lambda: lane.said == [None])
    yield lane
    lane.reader.stop()


def test_a_frame_goes_in_and_its_exact_bytes_come_out(lane: Lane) -> None:
    reading = lane.until_read(lane.submit())
    assert [symbol.content for symbol in reading.symbols] == [CONTENT]
    assert reading.captured_at == pytest.approx(1 / 30)
    assert reading.symbols[0].corners[0] == pytest.approx((316, 166), abs=3)


def test_a_frame_submitted_before_the_worker_is_up_is_read_when_it_is() -> None:
    lane = Lane(REAL)
    lane.reader.start()
    sequence = lane.submit()
    try:
        assert lane.until_read(sequence).symbols
    finally:
        lane.reader.stop()


def test_aztec_is_read_by_the_process_of_a_lane_that_allows_it() -> None:
    page = render([(CONTENT.decode("latin-1"), Appearance(aztec=True))], seed=1).pixels
    for symbols, count in (("qr",), 0), (("qr", "aztec"), 1):
        lane = Lane(REAL)
        lane.reader.stop()
        lane.reader = reader_of(
            settings.Reader.model_validate({"symbols": symbols}),
            REAL[:-1],
            lane._reading,
            lane._fault,
            lane._relief,
        )
        lane.reader.start()
        try:
            assert len(lane.until_read(lane.submit(page)).symbols) == count
        finally:
            lane.reader.stop()


def test_the_worker_takes_one_processor_and_leaves_the_others_to_the_kiosk(lane: Lane) -> None:
    def threads() -> int:
        return len(os.listdir(f"/proc/{lane.reader.pid}/task"))

    before = threads()
    noise = np.random.default_rng(0).integers(0, 256, (720, 1280, 3), dtype=np.uint8)
    lane.until_read(lane.submit(noise))
    assert threads() == before


def test_frames_are_replaced_not_queued(lane: Lane) -> None:
    pid = lane.reader.pid
    assert pid is not None
    lane.until_read(lane.submit())
    os.kill(pid, signal.SIGSTOP)
    first = lane.submit()
    for _ in range(8):
        last = lane.submit()
    os.kill(pid, signal.SIGCONT)
    lane.until_read(last)
    between = [reading.frame_sequence for reading in lane.readings if first <= reading.frame_sequence < last]
    assert between == []


def test_a_killed_worker_comes_back_and_reads_on(lane: Lane) -> None:
    pid = lane.reader.pid
    assert pid is not None
    lane.until_read(lane.submit())
    os.kill(pid, signal.SIGKILL)
    lane.until(lambda: lane.said[1:] == [duty.RESTARTED, None])
    assert lane.reader.pid not in (None, pid)
    assert lane.until_read(lane.submit()).symbols


def test_a_worker_that_hangs_is_killed_and_comes_back(lane: Lane) -> None:
    pid = lane.reader.pid
    assert pid is not None
    lane.until_read(lane.submit())
    os.kill(pid, signal.SIGSTOP)
    lane.submit()
    lane.until(lambda: lane.said[1:] == [duty.RESTARTED, None])
    assert lane.reader.starts == 2
    assert lane.until_read(lane.submit()).symbols


def test_a_killed_worker_is_replaced_by_its_reserve_without_a_fault(lane: Lane) -> None:
    lane.until_there_is_a_reserve()
    first = lane.reader.pid
    assert first is not None
    lane.until_read(lane.submit())
    os.kill(first, signal.SIGKILL)
    lane.until(lambda: lane.of_relief == [duty.RELIEVED])
    assert lane.reader.pid not in (None, first)
    assert lane.until_read(lane.submit()).symbols
    lane.until(lambda: lane.of_relief == [duty.RELIEVED, None])
    assert lane.said == [None], "the lane was never without a reader"


def test_a_frame_that_came_while_a_worker_hangs_is_read_by_its_reserve(lane: Lane) -> None:
    lane.until_there_is_a_reserve()
    first = lane.reader.pid
    assert first is not None
    lane.until_read(lane.submit())
    os.kill(first, signal.SIGSTOP)
    lane.submit()
    assert lane.until_read(lane.submit()).symbols
    lane.until(lambda: first not in lane.reader.pids)
    assert lane.said == [None]


def test_stopping_leaves_no_process_thread_or_descriptor() -> None:
    before = len(os.listdir("/proc/self/fd"))
    lane = Lane(REAL)
    lane.reader.start()
    lane.until(lambda: lane.said == [None])
    lane.until_there_is_a_reserve()
    pids = lane.reader.pids
    lane.reader.stop()
    lane.reader.stop()
    assert len(pids) == 2 and not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert not any(thread.name == "reader" for thread in threading.enumerate())
    assert len(os.listdir("/proc/self/fd")) == before
    assert lane.said == [None] and lane.of_relief == [], "ending workers that were asked to end is no fault"
    lane.submit()


def test_frames_that_cannot_be_read_are_named_until_one_can(lane: Lane) -> None:
    huge = np.zeros((4096, 8000), np.uint8)
    lane.submit(huge)
    lane.submit(huge)
    assert lane.said[-1] == process.UNREADABLE and lane.said.count(process.UNREADABLE) == 1
    lane.until_read(lane.submit())
    assert lane.said[-1] is None


def test_hostile_frames_kill_nobody(lane: Lane) -> None:
    pid = lane.reader.pid
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)
    for pixels in (noise, noise[:5], noise[:, :, 0], noise[:, :, :2], noise[:40, ::2]):
        lane.submit(np.ascontiguousarray(pixels))
    assert lane.until_read(lane.submit()).symbols
    assert lane.reader.pid == pid


@pytest.mark.parametrize(
    ("does", "faults"),
    [
        ("raise SystemExit(3)", {duty.NOT_STARTING}),
        ("print('hello', flush=True); import time; time.sleep(60)", {duty.NOT_STARTING}),
        ("print('{\"ready\": true}\\n{\"frame\": []}', flush=True); input()", {None, duty.RESTARTED}),
        ("print('{\"ready\": true}\\n' + 'x' * (1 << 21), flush=True); input()", {None, duty.RESTARTED}),
    ],
)  # fmt: skip
def test_a_worker_that_talks_nonsense_is_replaced(does: str, faults: set[str | None]) -> None:
    lane = Lane([sys.executable, "-c", does])
    lane.reader.start()
    try:
        lane.until(lambda: lane.reader.starts >= 2 and set(lane.said) == faults)
    finally:
        lane.reader.stop()


def test_a_program_that_is_not_there_is_named() -> None:
    lane = Lane(["/nowhere/reader"])
    lane.reader.start()
    try:
        lane.until(lambda: duty.NOT_STARTING in lane.said)
    finally:
        lane.reader.stop()


def test_the_worker_ends_by_itself_when_its_owner_is_gone() -> None:
    """The owner is killed, so nobody tells the worker: the end of its input must be enough."""
    owner = (
        "import sys, threading\n"
        "from drivers.reader.process import ReaderProcess\n"
        "up = threading.Event()\n"
        f"reader = ReaderProcess({REAL!r}, print, lambda fault: up.set())\n"
        "reader.start(); up.wait(30); print(reader.pid, flush=True); threading.Event().wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", owner], cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        pid = int(child.stdout.readline())
        watched = os.pidfd_open(pid)
        child.kill()
        assert _ends(watched)
    os.close(watched)


def _ends(watched: int) -> bool:
    return bool(select.select([watched], [], [], PATIENCE_S)[0])
