"""Photographs every screen in every language, layout and look, with an index page to look at them all."""

from __future__ import annotations

import argparse
import html
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

OUT = Path("build/screenshots")
LOOKS = ("usual", "strong", "large", "large-strong")
"""High contrast and large letters, as a traveller or the settings file can choose them."""
FAST = 60
"""PNG's own scale: as small as the default, in three quarters of the time."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pictures")
    parser.add_argument("--demo", action="store_true", help="the traveller's screens with the DEMO mark")
    parser.add_argument("--all", action="store_true", help="every hint, kind of code and reason, too")
    parser.add_argument("--only", default="", metavar="WORD", help="screens with this word in their name")
    parser.add_argument("--look", choices=LOOKS, help="one look of the traveller's screens only")


def run(args: argparse.Namespace) -> int:
    """Writes `<layout>/<screen>.<language>.png` and `index.html`. 0 when all is written, else 2."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk.i18n.texts import TranslationsMissing, load
    from kiosk.theme.environment import prepare

    prepare()
    try:
        load()
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance() or QApplication(["screenshots"])
        written = []
        for name, image in _pictures(args):
            file = args.out / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            if not image.save(str(file), quality=FAST):
                raise OSError(f"{file} cannot be written")
            written.append(f"{name}.png")
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "index.html").write_text(index_page(written), encoding="utf-8")
        del app
    except (TranslationsMissing, OSError) as error:
        print(f"screenshots: {error}")
        return 2
    print(f"{len(written)} pictures: {args.out / 'index.html'}")
    return 0


def _pictures(args: argparse.Namespace) -> Iterator[tuple[str, QImage]]:
    from kiosk.i18n.texts import LANGUAGES
    from kiosk.screens.crossings_shots import crossings_screens
    from kiosk.screens.help_shots import help_photographs
    from kiosk.screens.officer_shots import officer_screens
    from kiosk.screens.shift_shots import shift_screens
    from kiosk.screens.starting_shots import first_window
    from kiosk.screens.station_shots import station_screens
    from kiosk.screens.traveller_shots import LAYOUTS, MODES, SHORT_SET, photographs, scene, stories

    frame = scene()
    told = [story for story in stories() if (args.all or story.name in SHORT_SET) and args.only in story.name]
    looks = [args.look] if args.look else LOOKS if args.all else LOOKS[:3]
    for layout, look, language in product(LAYOUTS, looks, LANGUAGES):
        mode = "" if look == LOOKS[0] else f"-{look}"
        display = LAYOUTS[layout].model_copy(update=MODES[mode])
        for story, image in photographs(display, language, told, frame, demo=args.demo):
            yield f"{layout}{mode}/{story.name}.{language}", image
        if args.only in "starting":
            first = first_window(display, language, not_real="demo" if args.demo else "")
            yield f"{layout}{mode}/starting.{language}", first.grab().toImage()
            first.close()
        for opened, image in help_photographs(display, language, args.only):
            yield f"{layout}{mode}/{opened.name}.{language}", image
    for shots in (officer_screens, crossings_screens, station_screens, shift_screens):
        for name, panel in shots():
            if args.only in name:
                screen, language, size = name.rsplit("-", 2)
                yield f"officer-{size}/{screen}.{language}", panel.grab().toImage()


def index_page(files: list[str]) -> str:
    """A page with one row for each screen and one picture for each language."""
    rows: dict[str, list[str]] = {}
    for file in files:
        rows.setdefault(file.rsplit(".", 2)[0], []).append(file)
    body = []
    for screen, pictures in rows.items():
        cells = "".join(f'<a href="{file}"><img loading="lazy" alt="" src="{file}"></a>' for file in pictures)
        body.append(f"<h3>{html.escape(screen)}</h3><div>{cells}</div>")
    style = "body{font:16px sans-serif;margin:2em}div{display:flex;gap:1em;overflow:auto}img{height:24em}"
    head = f'<!doctype html><meta charset="utf-8"><title>Screens</title><style>{style}</style>'
    return f"{head}{''.join(body)}\n"
