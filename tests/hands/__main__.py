"""`make hands`: the whole of it by keys and pointer on real X displays, with a picture of each step.

The programs are those an operator has: `main.py run` with a folder as its camera and an emulated gate,
`main.py hub`, `main.py station`. Nothing is called inside them: hands touch the screen and press keys,
phones are held up, and the journal says what came of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.flows.live_lane import ROOT, LiveLane
from tests.hands.desk_hour import DeskHour
from tests.hands.display import Display
from tests.hands.eyes import Eyes, missing
from tests.hands.hand import Hand, Keys, Pointer
from tests.hands.lane_day import LaneDay
from tests.hands.lanes import both_ways, lane_in, with_printer
from tests.hands.morning import HEIGHT as TALL
from tests.hands.morning import WIDTH as NARROW
from tests.hands.morning import Morning
from tests.hands.seldom import Seldom
from tests.hands.slip_paper import SlipPaper
from tests.hands.station import Station
from tests.hands.story import Story

WIDTH, HEIGHT = 1280, 800
SENTENCE = 200
"""Letters of what is printed when a step goes wrong; all of it is in a file beside the pictures."""
Stage = Callable[[Path, Path], AbstractContextManager[Story]]


@contextmanager
def morning(folder: Path, out: Path) -> Iterator[Story]:
    """Travellers at a tall screen, and an officer who comes to it."""
    with Display(NARROW, TALL) as display:
        yield Morning(lane_in(folder / "lane", display.environment, NARROW, TALL), display, out)


@contextmanager
def _day(folder: Path, out: Path, kind: type[Hand]) -> Iterator[Story]:
    with Display(WIDTH, HEIGHT) as display, Eyes(folder / "bus") as eyes:
        lane = lane_in(folder / "lane", {**display.environment, **eyes.surroundings}, WIDTH, HEIGHT)
        both_ways(lane)
        yield LaneDay(lane, kind(display, eyes, lambda: _number(lane)), out)


def by_pointer(folder: Path, out: Path) -> AbstractContextManager[Story]:
    """A lane's day without one key."""
    return _day(folder, out, Pointer)


def by_keys(folder: Path, out: Path) -> AbstractContextManager[Story]:
    """The same without the pointer."""
    return _day(folder, out, Keys)


@contextmanager
def seldom(folder: Path, out: Path) -> Iterator[Story]:
    """What happens seldom at a lane, with two officers, a supervisor and a slip printer."""
    with (
        Display(WIDTH, HEIGHT) as display,
        Eyes(folder / "bus") as eyes,
        SlipPaper(folder / "printer") as paper,
    ):
        lane = lane_in(folder / "lane", {**display.environment, **eyes.surroundings}, WIDTH, HEIGHT)
        with_printer(lane, folder / "printer")
        hands = [kind(display, eyes, lambda: _number(lane)) for kind in (Pointer, Keys)]
        yield Seldom(lane, hands[0], hands[1], paper, out)


@contextmanager
def desk(folder: Path, out: Path) -> Iterator[Story]:
    """A hub, a lane and the station's desk, each lane and desk on a display of its own."""
    with Display(WIDTH, HEIGHT) as there, Display(WIDTH, HEIGHT) as here, Eyes(folder / "bus") as eyes:
        lane = lane_in(folder / "lane", {**there.environment, **eyes.surroundings}, WIDTH, HEIGHT)
        station = Station(folder, lane, {**here.environment, **eyes.surroundings}, WIDTH, HEIGHT)
        hands = [kind(here, eyes, lambda: station.desk) for kind in (Pointer, Keys)]
        yield DeskHour(station, lane, hands[0], hands[1], out)


STORIES: dict[str, Stage] = {
    "morning": morning,
    "pointer": by_pointer,
    "keys": by_keys,
    "seldom": seldom,
    "desk": desk,
}


def _number(lane: LiveLane) -> int:
    assert lane.program is not None
    return lane.program.pid


def main(arguments: Sequence[str] = ()) -> int:
    """Plays the stories. 0: every step ended as it should; 1: one did not; 2: something is not installed."""
    parser = argparse.ArgumentParser(prog="python -m tests.hands")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "hands", help="where the pictures go")
    parser.add_argument("--only", choices=tuple(STORIES), action="append", help="not all of them")
    chosen = parser.parse_args(arguments)
    if lacking := missing():
        print(f"missing here: apt-get install --no-install-recommends {' '.join(lacking)}", file=sys.stderr)
        return 2
    chosen.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    names = chosen.only or list(STORIES)
    for name in names:
        for old in chosen.out.glob(f"{name}-*"):
            old.unlink()
    went = [_play(name, chosen.out) for name in names]
    return 0 if all(went) else 1


def _play(name: str, out: Path) -> bool:
    """Whether every step ended as it should."""
    with tempfile.TemporaryDirectory() as place, STORIES[name](Path(place), out) as story:
        words = "the programs start"
        try:
            story.start()
            for words, step in story.steps():
                begun = time.monotonic()
                step()
                print(f"{name:<8} {time.monotonic() - begun:5.1f} s  {words}", flush=True)
        except AssertionError as wrong:
            story.see("went-wrong")
            (out / f"{name}-went-wrong.txt").write_text(f"{wrong}\n", encoding="utf-8")
            print(f"{name}: went wrong: {words}: {str(wrong)[:SENTENCE]}", file=sys.stderr)
            return False
        finally:
            story.stop()
    print(f"{name:<8} {len(story.taken)} pictures in {out}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
