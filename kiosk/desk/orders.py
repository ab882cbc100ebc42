"""What people at a terminal ordered: small files in the journal's folder that the running lane takes up.

Only who may write that folder can leave one, and who may write it can do all this anyway. Who they are and
what they may was checked by the command that left the order.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from config.moment import Clock
from kiosk.desk.roster import Officer, Role
from kiosk.desk.shift import Readiness, ShiftNo
from kiosk.desk.shift_acts import closing as closing_event
from kiosk.desk.shift_acts import opening as opening_event
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import ExportMade, GateCommissioned, LookbackAsked, NotesRead
from sync.journal import Journal
from sync.journal_file import JournalUnavailable, disk_sentence
from sync.journal_reader import JournalReader
from sync.signing import flush_folder, write_private

FOLDER, REFUSED = "orders", "refused"
LOOK_S = 1.0
LARGEST = 4096


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A supervisor opens a shift."""

    officer: str


@dataclass(frozen=True, slots=True)
class CloseShift:
    """A supervisor closes the shift."""

    officer: str


@dataclass(frozen=True, slots=True)
class EraseEarly:
    """Two supervisors have the payloads of records `first` to `last` erased."""

    officer: str
    second: str
    reason: str
    case: str
    first: int
    last: int


Order = OpenShift | CloseShift | EraseEarly | ExportMade | GateCommissioned | LookbackAsked | NotesRead
_KINDS: dict[str, type[Order]] = {
    one.__name__: one
    for one in (OpenShift, CloseShift, EraseEarly, ExportMade, GateCommissioned, LookbackAsked, NotesRead)
}


def lane_runs(folder: Path) -> bool:
    """Whether a program writes the journal in `folder` just now. Raises OSError."""
    lock = folder / "journal.lock"
    if not lock.exists():
        return False
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def leave(folder: Path, order: Order) -> None:
    """Puts an order where the lane finds it. Raises OSError."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    content = json.dumps({"order": type(order).__name__, **asdict(order)}).encode()
    taken = sum(1 for _ in place.glob("*.json"))
    write_private(place / f"{taken:06d}-{secrets.token_hex(4)}.json", content)


def take(folder: Path) -> list[Order]:
    """The orders, oldest first, taken away; one that can't be read is set aside. Raises OSError."""
    place, found = folder / FOLDER, list[Order]()
    for file in sorted(place.glob("*.json"), key=lambda one: (one.stat().st_mtime_ns, one.name)):
        with file.open("rb") as opened:
            order = _read(opened.read(LARGEST + 1))
        if order is None:
            (place / REFUSED).mkdir(exist_ok=True)
            file.replace(place / REFUSED / file.name)
        else:
            file.unlink()
            found.append(order)
        flush_folder(place)
    return found


def perform(
    order: Order,
    journal: Journal,
    folder: Path,
    clock: Clock,
    record: Callable[[Event], object],
    readiness: Readiness,
) -> ShiftNo | None:
    """Does what was ordered; `record` writes one event. Raises `JournalUnavailable`."""
    if isinstance(order, EraseEarly):
        journal.erase_early(order.first, order.last, order.officer, order.second, order.reason, order.case)
        return None
    if isinstance(order, Event):
        record(order)
        return None
    officer = Officer(order.officer, Role.SUPERVISOR, "")
    reader = JournalReader(folder)
    try:
        made: Event | ShiftNo
        if isinstance(order, OpenShift):
            made = opening_event(reader, officer, clock().utc, readiness)
        else:
            made = closing_event(reader, officer)
    finally:
        reader.close()
    if isinstance(made, ShiftNo):
        return made
    record(made)
    return None


def record_made(folder: Path, event: ExportMade | GateCommissioned, clock: Clock) -> None:
    """Has it recorded that an export or a sheet was made: by the lane that runs, or here.

    Raises as the journal does.
    """
    try:
        if lane_runs(folder):
            leave(folder, event)
            return
    except OSError as error:
        raise JournalUnavailable(disk_sentence(folder, error)) from error
    with closing(Journal(folder, clock, device_key(folder))) as journal:
        journal.append([event], clock().utc)


class OrderWatch:
    """Takes up orders on a thread of its own, so that neither lane nor screens wait for a long one."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        clock: Clock,
        post: Callable[[Event], None],
        readiness: Callable[[], Readiness],
    ) -> None:
        self._folder, self._journal, self._clock = folder, journal, clock
        self._post, self._readiness = post, readiness
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="orders", daemon=True)

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the order in hand."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def look_again(self) -> None:
        """Does what was ordered since."""
        try:
            for order in take(self._folder):
                perform(order, self._journal, self._folder, self._clock, self._post, self._readiness())
        except (OSError, JournalUnavailable):
            return  # the journal's own fault names the disk; a shift is opened again by hand

    def _watch(self) -> None:
        while not self._ending.wait(LOOK_S):
            self.look_again()


def _read(data: bytes) -> Order | None:
    try:
        table = json.loads(data)
        kind = _KINDS[table.pop("order")]
        return kind(**table)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
