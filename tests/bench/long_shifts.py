"""A lane's own journal with long shifts in it, and a hub that holds every record of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from config.moment import system_clock
from kiosk.demo.workshop import KIOSK, Workshop
from kiosk.desk.shift import Shift
from kiosk.desk.shift_acts import known_shifts
from sync.device_key import device_key
from sync.event_types import ShiftClosed, ShiftOpened
from sync.journal_reader import JournalReader
from sync.line import Line
from sync.session import open_session
from sync.signing import load_public
from sync.uplink import Uplink
from tests.bench.crossings import EVENTS, DayWriter

SUPERVISOR = "S-1"
EACH_S = 0.8
"""Between two travellers."""
AT_ONCE = 50


def fill(folder: Path, sizes: Sequence[int]) -> list[Shift]:
    """Writes one shift after the other, the last left open; the newest record is of a moment ago.

    A shift has at most `AT_ONCE` crossings more than its size says. A journal with shifts is left as it is.
    """
    if not known(folder):
        crossings = [size // EVENTS + 1 for size in sizes]
        start = system_clock().utc - timedelta(seconds=(sum(crossings) + AT_ONCE * len(sizes)) * EACH_S)
        writer = DayWriter(folder, start=start)
        for number, size in enumerate(sizes):
            name, begun = f"S-{number}", writer.position.sequence
            writer.tell(ShiftOpened(name, SUPERVISOR, True, (), ()))
            while (left := size - 1 - (writer.position.sequence - begun)) > 0:
                writer.write(min(AT_ONCE, -(-left // EVENTS)), every_s=EACH_S)
            if number + 1 < len(sizes):
                writer.tell(ShiftClosed(name, SUPERVISOR, 0, 0, 0))
        writer.close()
    return known(folder)


def known(folder: Path) -> list[Shift]:
    """The shifts of a journal, oldest first; none where there is no journal yet."""
    if not (folder / "journal.sqlite").exists():
        return []
    with closing(JournalReader(folder)) as reader:
        return known_shifts(reader)


def hand_over(workshop: Workshop) -> int:
    """Brings every record to the workshop's hub with a real uplink. Returns the number of the last."""
    assert workshop.cable is not None
    key, hub = device_key(workshop.journal), load_public(workshop.folder / "hub" / "hub.pub.pem")
    with closing(JournalReader(workshop.journal)) as reader:
        last = reader.last()
    pause = threading.Event()
    with open_session() as session:
        line = Line(f"http://127.0.0.1:{workshop.cable.port}", KIOSK, key, hub, session)
        uplink = Uplink(workshop.journal, KIOSK, key, line, system_clock, lambda _event: None)
        uplink.start()
        while uplink.watermark.sequence < last:
            pause.wait(0.02)
        uplink.stop()
    return last
