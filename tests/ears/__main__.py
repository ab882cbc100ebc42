"""`make screen-reader`: officers who hear the screen work by keys alone, and what real Orca said of it.

The programs are those an operator has; keys come from xdotool, words from Orca through a voice
that writes them down. What has to be heard is checked, and that a PIN never is; the rest is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.ears.at_the_desk import AtTheDesk
from tests.ears.at_the_lane import AtTheLane
from tests.ears.at_the_screen import AtTheScreen
from tests.ears.orca import Orca, missing
from tests.flows.live_lane import ROOT
from tests.hands.display import Display

WIDTH, HEIGHT = 1280, 800
STORIES = {"lane": AtTheLane, "desk": AtTheDesk, "screen": AtTheScreen}


def main(arguments: Sequence[str] = ()) -> int:
    """Plays the stories. 0: everything that has to be heard was; 1: not; 2: something is not installed."""
    parser = argparse.ArgumentParser(prog="python -m tests.ears")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "ears", help="where log and picture go")
    parser.add_argument("--only", choices=tuple(STORIES), action="append", help="not all of them")
    chosen = parser.parse_args(arguments)
    if lacking := missing():
        print(f"missing here: apt-get install --no-install-recommends {' '.join(lacking)}", file=sys.stderr)
        return 2
    chosen.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    went = [_play(name, chosen.out) for name in chosen.only or STORIES]
    if all(went):
        print("everything that has to be heard was heard, and no PIN")
    return 0 if all(went) else 1


def _play(name: str, out: Path) -> bool:
    """Whether everything was heard."""
    with tempfile.TemporaryDirectory() as place, Display(WIDTH, HEIGHT) as display:
        folder = Path(place) / "programs"
        folder.mkdir()
        with Orca(display.environment, Path(place) / "reader") as orca:
            story = STORIES[name](display, orca, folder, out / f"{name}.log")
            try:
                story.start()
                for done, step in story.steps():
                    print(done, flush=True)
                    step()
            except AssertionError as wrong:
                display.picture(out / f"{name}-went-wrong.png")
                print(f"went wrong: {wrong}", file=sys.stderr)
                return False
            finally:
                story.stop()
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
