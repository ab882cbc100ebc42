"""The main screens to the last pixel: `python -m tests.kiosk.screens.pictures` makes `pictures.json` anew.

One wrong character is 0.09 % of a screen, so nothing is tolerated. What is drawn depends on Qt, the outlines
of the letters and the processor's arithmetic: these are written beside the digests, and only where they agree
is a comparison one. Everything on these screens is painted from outlines, so no font engine has a say.
Whoever makes them anew looks at the pictures, which are put into `build/pictures`.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6 import __version__ as qt
from PySide6.QtGui import QImage

from config.moment import Moment
from kiosk.i18n.texts import LANGUAGES, load
from kiosk.lane_view import LaneView, Phase
from kiosk.screens.starting_shots import first_window
from kiosk.screens.traveller_shots import AT, LAYOUTS, MODES, SHORT_SET, stories
from kiosk.screens.traveller_window import TravellerWindow
from kiosk.theme.environment import prepare
from kiosk.widgets.letters import outline

REFERENCES = Path(__file__).with_name("pictures.json")
OUT = Path("build/pictures")
VERDICTS = ("waiting", "passing", "referred-unknown-signer", "refused-expired")
GROUPS = [
    ("small", "", SHORT_SET, LANGUAGES),
    ("small", "-large-strong", VERDICTS, LANGUAGES),
    ("portrait", "", VERDICTS, ("zh_HK", "pt")),
    ("landscape", "-large", VERDICTS, ("en",)),
]
"""Layout, mode, screens and languages: every main screen in every language, the verdicts in each layout."""
STARTS = [("small", "", LANGUAGES), ("small", "-large-strong", ("en",)), ("portrait", "", ("zh_HK",))]
"""The first screen: layout, mode, and whose own language it is."""
LETTERS = "Hg09|請請骨骨ãçé"


def made_with() -> dict[str, str]:
    """All that a picture depends on and this repository does not decide."""
    digest = hashlib.sha256()
    for language in LANGUAGES:
        for bold in (False, True):
            path = outline(LETTERS, language, bold)
            points = [path.elementAt(at) for at in range(path.elementCount())]
            digest.update(repr([(point.x, point.y) for point in points]).encode())  # type: ignore[attr-defined]
    return {"qt": qt, "letters": digest.hexdigest()[:16], "processor": platform.machine()}


def drawn(
    layout: str, mode: str, names: tuple[str, ...], languages: tuple[str, ...]
) -> Iterator[tuple[str, QImage]]:
    """The pictures of one group, all from one window."""
    told = {story.name: story for story in stories()}
    moments = [AT]
    display = LAYOUTS[layout].model_copy(update=MODES[mode])
    window = TravellerWindow(display, "3", clock=lambda: moments[-1], still=True)
    window.show()
    for language in languages:
        for name in names:
            story = told[name]
            window.show_lane(LaneView(Phase.HELD, "3"))
            window.show_lane(replace(story.view, language=language))
            for later in (0.0, 3.0):
                moments.append(Moment(AT.mono + later, AT.utc))
                window.show_sight(story.sight)
            moments.append(AT)
            window.show_lane(replace(story.view, language=language))
            yield f"{layout}{mode}/{name}.{language}", window.grab().toImage()
    window.close()
    window.deleteLater()


def starting(layout: str, mode: str, languages: tuple[str, ...]) -> Iterator[tuple[str, QImage]]:
    """The first screen."""
    display = LAYOUTS[layout].model_copy(update=MODES[mode])
    for language in languages:
        window = first_window(display, language)
        yield f"{layout}{mode}/starting.{language}", window.grab().toImage()
        window.close()
        window.deleteLater()


def digest(image: QImage) -> str:
    """Of every pixel."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return hashlib.blake2b(bytes(plain.constBits()), digest_size=8).hexdigest()


def references() -> dict[str, Any]:
    """What was written last."""
    found: dict[str, Any] = json.loads(REFERENCES.read_text(encoding="utf-8"))
    return found


def renew(out: Path) -> list[str]:
    """Writes the digests, and the pictures that changed into a folder; returns their names."""
    before = references()["pictures"] if REFERENCES.exists() else {}
    pictures, changed = {}, []
    made = [*(drawn(*group) for group in GROUPS), *(starting(*group) for group in STARTS)]
    for name, image in itertools.chain(*made):
        pictures[name] = digest(image)
        if before.get(name) != pictures[name]:
            changed.append(name)
            file = out / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            image.save(str(file))
    told = json.dumps({"made with": made_with(), "pictures": pictures}, indent=1, sort_keys=True)
    REFERENCES.write_text(told + "\n", encoding="utf-8")
    return changed


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.kiosk.screens.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pictures that changed")
    out = parser.parse_args().out
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    prepare()
    from PySide6.QtWidgets import QApplication

    application = QApplication(["pictures"])
    load()
    changed = renew(out)
    sys.stdout.write("".join(f"{name}\n" for name in changed))
    sys.stdout.write(f"{len(changed)} pictures changed. Look at each of them in {out} before you commit.\n")
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
