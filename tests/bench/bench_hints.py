"""How often the right hint is shown for what is wrong, and how often one is shown when nothing is.

`python -m tests.bench.bench_hints [--seed N] [--each N]`
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np

from drivers.camera.port import Frame
from drivers.camera.synthetic.appearance import Difficulty, sample
from drivers.camera.synthetic.generator import render
from drivers.camera.synthetic.kinds import Ailment, Held, sample_ailment
from drivers.reader.port import Hint
from drivers.reader.zxing import ZxingReader
from tests.bench.report import Result, report
from tests.drivers.made_up_codes import made_up_code

FRESH_SEED = 4_027
"""Not a seed anything was tuned on: the hints were tuned on 41."""
RIGHT: dict[Ailment, tuple[Hint, ...]] = {
    Ailment.FAR: (Hint.CLOSER,),
    Ailment.NEAR: (Hint.FARTHER,),
    Ailment.GLARE: (Hint.GLARE,),
    Ailment.DIM: (Hint.TOO_DARK,),
    Ailment.CLIPPED: (Hint.TOO_BRIGHT, Hint.GLARE),
    Ailment.MOVING: (Hint.HOLD_STILL,),
    Ailment.CUT: (Hint.MORE_OF_THE_CODE, Hint.FARTHER),
}
"""What helps: for an over-exposed screen turning it out of the light does too, for a cut code going back."""
_FRAMES, _FPS = 12, 10
"""A second and a little, at ten frames a second: longer than a hint takes to settle."""


def shown(held: Held, seed: int) -> Hint | None:
    """The hint on the screen after a second of this; None: it was read."""
    reader, last = ZxingReader(), None
    contents = [(made_up_code(seed + part, length), how) for part, (length, how) in enumerate(held)]
    pictures = [
        np.asarray(cv2.cvtColor(render(contents, seed=seed * 10 + turn).pixels, cv2.COLOR_BGR2GRAY), np.uint8)
        for turn in range(2)
    ]
    for number in range(_FRAMES):
        reading = reader.read(Frame(pictures[number % 2], number / _FPS, number))
        if reading.symbols:
            return None
        last = reading.hint
    return last


def ailments(seed: int, each: int) -> tuple[list[Result], dict[Ailment, Counter[str]]]:
    """The share of the unread frames of each kind whose hint helps, and every hint that was shown."""
    results, tables = [], {}
    for ailment in Ailment:
        rng = np.random.default_rng(seed)
        hints = [shown(sample_ailment(ailment, rng), seed + number) for number in range(each)]
        unread = [hint for hint in hints if hint is not None]
        right = sum(hint in RIGHT[ailment] for hint in unread)
        tables[ailment] = Counter(str(hint) for hint in unread)
        results.append(Result(f"{ailment}: right hint", 100 * right / max(1, len(unread)), "%"))
        results.append(Result(f"{ailment}: read all the same", each - len(unread), "codes"))
    return results, tables


def false_alarms(seed: int, each: int) -> list[Result]:
    """Codes held well, and halls with nobody: whether anything but "nobody there" was ever shown."""
    rng = np.random.default_rng(seed)
    well = [shown([(420, sample(Difficulty.EASY, rng))], seed + number) for number in range(each)]
    empty = [shown([], seed + number) for number in range(each)]
    alarms = [
        sum(hint not in (None, Hint.NOTHING_THERE) for hint in hints) / each * 100 for hints in (well, empty)
    ]
    return [
        Result("codes held well: a hint was shown", alarms[0], "%", aim=1),
        Result("nobody there: a hint was shown", alarms[1], "%", aim=0),
    ]


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=FRESH_SEED)
    parser.add_argument("--each", type=int, default=12, help="codes of each kind")
    args = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    results, tables = ailments(args.seed, args.each)
    for ailment, counted in tables.items():
        print(f"{ailment}: " + ", ".join(f"{hint} {count}" for hint, count in counted.most_common()))
    print(report("hints", results + false_alarms(args.seed, args.each)))


if __name__ == "__main__":
    main(sys.argv[1:])
