"""Frame to verdict against the reader's own time on the same frame, through the real lane.

A camera's frame is handed over as the camera's thread does it: grey, newest-frame slot, reader process, lane
thread, verifier, policy, journal. The reader's own time is that of the same reader on the same frame with
nothing round it, in turns in the same run. Phones and papers are drawn by lot, a third of them each easy,
medium and hard to read; every frame holds another traveller's code, so that every frame ends in a verdict.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np

from config.moment import system_clock
from drivers.camera.port import Frame
from drivers.camera.synthetic.appearance import Difficulty, sample
from drivers.camera.synthetic.canvas import Picture
from drivers.camera.synthetic.generator import render
from drivers.reader.port import Reading
from drivers.reader.process import ReaderProcess
from drivers.reader.zxing import ZxingReader
from drivers.turnstile.simulated import at_once
from kiosk.crossing_io import Patience
from kiosk.lane_view import LaneView, Phase
from kiosk.program import program
from tests.bench.real_lane import RealLane
from tests.bench.report import FOLDER, Result, percentile, report, spread
from verification.assessment import Assessment
from verification.verdict import Gathering, Verdict

TRAVELLERS, ROUNDS = 60, 10
AIM = 1.25
PERIOD_S = 1 / 30
LOST_S = 1.0
"""A frame without a verdict after this long was not read."""
READER = "reader alone"


@dataclass(slots=True)
class Passage:
    """Clock readings of one frame, in monotonic seconds."""

    handed_over: float
    took: float = 0.0
    arrived: float = 0.0
    decided: float = 0.0
    published: float = 0.0
    alone: float = 0.0
    """What the reader needs for this frame when nothing else is to be done, in seconds."""


class Course:
    """Sends one frame after the other through the lane and notes when it was where."""

    def __init__(self, folder: Path) -> None:
        self._now: Passage | None = None
        self._read, self._done, self._calm = (threading.Event() for _ in range(3))
        patience = Patience(rearm=0.001)
        self.parts = RealLane(folder, system_clock, self._published, later=at_once, patience=patience)
        self._judge = self.parts.rulebook.judge
        self.parts.rulebook.judge = self._judged  # type: ignore[method-assign]
        self._reader = ReaderProcess([*program(), "reader-worker"], self._reading)
        self._alone = ZxingReader()

    def start(self) -> None:
        """Brings lane, gate and reader up; returns when the reader has answered."""
        self.parts.lane.start()
        self.parts.connect(self.parts.lane.post)
        self._reader.start()
        empty = render([]).pixels
        while not self._read.wait(0.1):
            self._reader.submit(Frame(empty, system_clock().mono, 0))

    def stop(self) -> None:
        """Ends reader and lane."""
        self._reader.stop()
        self.parts.lane.stop()
        self.parts.close()

    def send(self, pixels: Picture, number: int) -> Passage | None:
        """One frame to its verdict, and the lane back to waiting; None when the frame was not read."""
        for event in (self._read, self._done, self._calm):
            event.clear()
        began = system_clock().mono
        self._now = passage = Passage(began)
        self._reader.submit(Frame(pixels, began, number))
        read = self._done.wait(LOST_S)
        self._now = None
        if not read:
            return None
        self._calm.wait(LOST_S)
        _rest(began + PERIOD_S)
        passage.alone = self._read_alone(pixels, number)
        return passage

    def _read_alone(self, pixels: Picture, number: int) -> float:
        began = system_clock().mono
        self._alone.read(Frame(pixels, began, number))
        took = system_clock().mono - began
        _rest(began + PERIOD_S)
        return took

    # --- on the workers' threads ---

    def _reading(self, reading: Reading) -> None:
        if self._now is not None:
            self._now.arrived, self._now.took = system_clock().mono, reading.took_us / 1e6
        self.parts.lane.read(reading)
        self._read.set()

    def _judged(
        self, assessments: Sequence[Assessment], at: datetime, crossing: str = ""
    ) -> Verdict | Gathering:
        verdict = self._judge(assessments, at, crossing)
        if self._now is not None:
            self._now.decided = system_clock().mono
        return verdict

    def _published(self, view: LaneView) -> None:
        passage = self._now
        if passage and view.crossing and view.crossing.outcome and not passage.published:
            passage.published = system_clock().mono
            self._done.set()
        if view.phase is Phase.WAITING:
            self._calm.set()


def _rest(until: float) -> None:
    """The time to the camera's next frame."""
    threading.Event().wait(max(0.0, until - system_clock().mono))


def frames(lane: RealLane, travellers: int) -> list[Picture]:
    """One picture for each traveller; the same every time but for the codes' own bytes."""
    lots = np.random.default_rng(2024)
    difficulties = tuple(Difficulty)
    return [
        render([(lane.code(), sample(difficulties[number % 3], lots))], seed=number).pixels
        for number in range(travellers)
    ]


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_lane")
    parser.add_argument("--travellers", type=int, default=TRAVELLERS, help="different frames")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is sent")
    chosen = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        course = Course(Path(place))
        pictures = frames(course.parts, chosen.travellers)
        course.start()
        warm = [course.send(pixels, number) for number, pixels in enumerate(pictures, 1)]
        easily_read = [pixels for pixels, passage in zip(pictures, warm, strict=True) if passage]
        again = easily_read * chosen.rounds
        sent = [course.send(pixels, len(warm) + number) for number, pixels in enumerate(again, 1)]
        course.stop()
    report("lane", results([passage for passage in sent if passage], len(easily_read) / len(pictures)))
    return 0


def results(read: list[Passage], share: float) -> list[Result]:
    """The figures of every frame that was read."""

    def ms(begin: str, end: str) -> list[float]:
        return [(getattr(one, end) - getattr(one, begin)) * 1e3 for one in read]

    alone = [one.alone * 1e3 for one in read]
    rows = spread(READER, alone, "ms")
    for name, end, aim in (
        ("frame to verdict", "decided", AIM),
        ("frame to verdict shown", "published", None),
    ):
        figures = spread(name, ms("handed_over", end), "ms")
        ratio = figures[0].value / percentile(alone, 0.5)
        figures[0] = Result(figures[0].name, figures[0].value, "ms", ratio, f"{READER} median", aim)
        rows += figures
    between = [(one.arrived - one.handed_over - one.took) * 1e3 for one in read]
    for name, values in (
        ("of it: the reader in its process", [one.took * 1e3 for one in read]),
        ("of it: grey, slot, message, two wake-ups", between),
        ("of it: lane thread, verifier, policy", ms("arrived", "decided")),
        ("after it: journal with fsync, view", ms("decided", "published")),
    ):
        rows.append(Result(f"{name}, median", percentile(values, 0.5), "ms"))
    rows.append(Result("frames read at the first look", 100 * share, "%"))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
