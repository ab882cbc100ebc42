"""What a display shows, as assistive programs are told: run by the system's Python, which has Atspi.

For each line with the number of a process it answers one line of JSON: everything that process shows,
with its role, its words, those that describe it, and its middle in pixels from the display's top left.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from typing import Any

DEEP, WIDE = 40, 200
"""Nothing of a kiosk is deeper, and no list is read further."""


def below(one: Any, deep: int = 0) -> Iterator[Any]:
    """Itself, then everything below it."""
    yield one
    if deep > DEEP:
        return
    for place in range(min(one.get_child_count(), WIDE)):
        child = one.get_child_at_index(place)
        if child is not None:
            yield from below(child, deep + 1)


def shown(atspi: Any, program: int) -> Iterator[dict[str, object]]:
    """What this process shows now."""
    desktop = atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(place)
        if application is None or application.get_process_id() != program:
            continue
        application.clear_cache()
        for one in below(application):
            states = one.get_state_set()
            if not states.contains(atspi.StateType.SHOWING):
                continue
            box = one.get_extents(atspi.CoordType.SCREEN)
            yield {
                "role": one.get_role_name(),
                "words": one.get_name() or "",
                "about": one.get_description() or "",
                "x": box.x + box.width // 2,
                "y": box.y + box.height // 2,
                "can": bool(states.contains(atspi.StateType.ENABLED)),
                "focus": bool(states.contains(atspi.StateType.FOCUSED)),
            }


def main() -> None:
    """Answers until nobody asks. A screen that changes in between is read again by who asks."""
    gi = importlib.import_module("gi")
    gi.require_version("Atspi", "2.0")
    atspi = importlib.import_module("gi.repository.Atspi")
    failed = importlib.import_module("gi.repository.GLib").GError
    for line in sys.stdin:
        try:
            found = list(shown(atspi, int(line)))
        except failed:
            found = []
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
