"""Show the kiosk doing its main job on simulated travellers and devices."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.opening import Opening

MARK = ".checkpoint-kiosk-demo"
"""In a folder that a demonstration made, and may therefore empty."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many come, from which seed, and where everything is put."""
    add = parser.add_argument
    add("--headless", action="store_true", help="without a display (by itself where there is none)")
    add("--windowed", action="store_true", help="an ordinary window instead of the full screen")
    add("--travellers", type=int, help="how many come (default: the whole cast once)")
    add("--seed", type=int, default=1, help="decides everything random (default: %(default)s)")
    add(
        "--out",
        type=Path,
        help="for journal, export and screenshots (default: build/demo, bundled checkpoint-kiosk-demo)",
    )
    add("--size", default="1080x1920", help="of the window in pixels (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: every crossing ended as the cast says; 1: some did not; 2: it could not be shown."""
    size = re.fullmatch(r"(\d{3,4})x(\d{3,4})", args.size)
    if size is None or (args.travellers is not None and args.travellers < 1):
        print("main.py demo: --size is WIDTHxHEIGHT, --travellers at least 1", file=sys.stderr)
        return 2
    headless = args.headless
    if not headless and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here: the demonstration runs without one and takes pictures.")
        headless = True
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kiosk.program import place_for

    try:
        folder = _empty(args.out or place_for("demo"))
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; choose another --out", file=sys.stderr)
        return 2
    from config.glimpse import Glimpse
    from kiosk.opening import AtOnce, FirstScreen

    pixels = (int(size[1]), int(size[2]))
    if headless:
        return _show(args, folder, headless, pixels, AtOnce())
    display = Glimpse(width=pixels[0], height=pixels[1])
    with FirstScreen(display, windowed=args.windowed, not_real="demo") as opening:
        return opening.run(lambda: _show(args, folder, headless, pixels, opening))


def _import_demo() -> None:
    """Imports take time, so they are work like any other."""
    import sync.export  # noqa: F401


def _show(
    args: argparse.Namespace, folder: Path, headless: bool, size: tuple[int, int], opening: Opening
) -> int:
    opening.meanwhile(_import_demo)
    from kiosk.demo.cast import WHOLE_CAST
    from kiosk.demo.director import line
    from kiosk.demo.performance import Wish, perform
    from kiosk.demo.summary import lines, write_summary
    from kiosk.program import program
    from kiosk.start_conditions import CannotStart
    from sync.device_key import device_key
    from sync.export import ExportFailed, export

    travellers = args.travellers or WHOLE_CAST
    wish = Wish(folder, travellers, args.seed, headless, args.windowed, size)
    print(f"{'who':<28} {'verdict':<7} {'reason':<6} {'read to verdict':>10}  gate", flush=True)
    try:
        played = perform(wish, program(), lambda ending: print(line(ending), flush=True), opening)
        done = export(
            folder / "journal", folder / "export", device_key(folder / "journal"), datetime.now(UTC)
        )
    except (CannotStart, RuntimeError, ExportFailed) as error:
        print(error, file=sys.stderr)
        return 2
    more = {"seed": args.seed, "pulses": played.opened, "exported_to": done.last.sequence}
    summary = write_summary(folder, played.endings, played.hub, played.kiosk, more)
    print("\n".join(lines(summary, folder)))
    complete = len(played.endings) == travellers and summary["as_cast"] == travellers
    return played.exit_code or (0 if complete and summary["agree"] else 1)


def _empty(folder: Path) -> Path:
    """The folder, new or emptied of an earlier demonstration. Raises OSError for anybody else's folder."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise FileExistsError(17, "is not empty and was not made by a demonstration", str(folder))
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    return folder.resolve()
