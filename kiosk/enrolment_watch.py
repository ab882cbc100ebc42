"""A kiosk that is to have a hub and is not enrolled there asks by itself, and shows its code on its screens.

The lane stays out of order until then. Where `hub.ca` is the station's own authority, it fetches the
hub's approval itself; else a person hands it the reply with `main.py enrol --reply`. Enrolled, also at a
terminal or by hand, it goes on by itself.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.regular import is_there
from config.settings import Settings
from kiosk.crossing_io import Input, PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.program import VERSION
from kiosk.start_conditions import CannotStart, hub_session
from sync.device_key import DeviceKey
from sync.enrolling import PROVED, Begun, begin
from sync.enrolment import as_typed
from sync.line import NoAnswer
from sync.process_lock import Busy, process_lock
from sync.sealing import seal_key
from sync.signing import KeyUnusable, write_private

PART, CODE = "enrolment", "EN"
REPLY = "enrolment-reply"
LOCK = "enrolling.lock"
MOST_REPLY = 64
TRIES = 3
LOOK_EVERY_S = 2.0
AGAIN_S = (10.0, 20.0, 40.0, 60.0)
"""Between two requests, the last one for ever."""
SAID = {
    "away": "This kiosk is not enrolled at its hub, and {why}: see to the network, or to hub.url.",
    "shown": "This kiosk is not enrolled. At the hub: type its code {code} on the page Devices, or run "
    "`main.py hub approve {code} --data DIR`.",
    "approved": "The hub approved {code} and shows four characters. Type them here: `main.py enrol --reply "
    "XXXX` with this kiosk's settings.",
    "wrong": "Those are not the four characters that this kiosk's hub shows. Nothing was changed: compare "
    "and type them again.",
    "thief": "Three wrong replies: somebody may stand between kiosk and hub. Ask who keeps the network, then "
    "start the kiosk again.",
    "refused": "The hub refused to enrol this kiosk: ask there why, then start the kiosk again.",
    "busy": "This kiosk is being enrolled at a terminal with `main.py enrol`: go on there.",
    "done": "This kiosk is enrolled now. Start it again.",
    "key": "{why} Put the hub's own key there, or take the file away to be enrolled.",
    "disk": "The hub's key can't be written to {why}: see to the disk, then start the kiosk again.",
}


def hub_key_file(settings: Settings) -> Path:
    """Where the hub's key is, or will be once this kiosk is enrolled."""
    return settings.hub.key or settings.journal.folder / "hub.pub.pem"


def is_enrolled(settings: Settings) -> bool:
    """Whether this kiosk knows the hub that it is to have."""
    return bool(settings.hub.url) and is_there(hub_key_file(settings))


@contextmanager
def enrolling_alone(folder: Path) -> Iterator[None]:
    """One enrolment of this kiosk at a time: a second request would end the first. Raises `Busy`, OSError."""
    with process_lock(folder / LOCK):
        yield


def give_reply(folder: Path, reply: str) -> None:
    """Hands what a person typed to the running kiosk. Raises OSError."""
    write_private(folder / REPLY, reply[:MOST_REPLY].encode())


def enrolment_watch(
    settings: Settings, device: DeviceKey, post: Callable[[Input], None], join: Callable[[], None]
) -> EnrolmentWatch | None:
    """None where no hub is configured, or the kiosk is enrolled. Raises OSError and `KeyUnusable`."""
    if not settings.hub.url or is_enrolled(settings):
        return None
    folder, lane = settings.journal.folder, settings.lane
    seal, session = seal_key(folder).public, hub_session(settings)
    return EnrolmentWatch(
        lambda: begin(settings.hub.url, lane.id, lane.station, VERSION, device, seal, session),
        folder,
        hub_key_file(settings),
        post,
        join,
    )


class EnrolmentWatch:
    """`start`, `stop`. One request at a time, in a thread that the lane never waits for."""

    def __init__(
        self,
        begun: Callable[[], Begun],
        folder: Path,
        out: Path,
        post: Callable[[Input], None],
        join: Callable[[], None],
    ) -> None:
        """`join` takes the kiosk's hub into use once its key lies at `out`, whoever put it there.

        It raises OSError, sqlite3.Error and `KeyUnusable`.
        """
        self._begin, self._folder, self._out, self._post = begun, folder, out, post
        self._join, self._joined = join, False
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="enrolment", daemon=True)
        self._said = ""

    def start(self) -> None:
        """Begins; until the first answer the lane is named as not enrolled."""
        self._say("away", why="it was not reached yet")
        self._thread.start()

    def stop(self) -> None:
        """Ends; the request ends by itself at the hub."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _run(self) -> None:
        asked, over = 0, False
        while not self._joined:
            try:
                if not over:
                    with enrolling_alone(self._folder):
                        (self._folder / REPLY).unlink(missing_ok=True)
                        over = self._ask()
            except NoAnswer as error:
                self._say("away", why=str(error))
            except Busy:
                self._say("busy")
            except OSError as error:
                self._say("disk", why=str(error.filename or self._out))
            if self._ended_within(AGAIN_S[min(asked, len(AGAIN_S) - 1)]):
                return
            asked += 1

    def _ended_within(self, seconds: float) -> bool:
        """Waits, and looks meanwhile whether somebody else brought the hub's key."""
        until = time.monotonic() + seconds
        while not self._ending.is_set() and not self._taken_up() and time.monotonic() < until:
            self._ending.wait(LOOK_EVERY_S)
        return self._ending.is_set()

    def _taken_up(self) -> bool:
        """Whether the hub's key is here and the lane goes on with it."""
        if not self._joined and self._out.exists():
            try:
                self._join()
            except (KeyUnusable, CannotStart) as error:
                self._say("key", why=str(error))
            except (OSError, sqlite3.Error):
                self._say("done")
                self._ending.set()
            else:
                self._joined = True
                self._post(PartRecovered(PART))
        return self._joined

    def _ask(self) -> bool:
        """One request to its end; False where another one may be made. Raises `NoAnswer` and OSError."""
        begun = self._begin()
        self._say("shown", begun.codes.code)
        wrong, until = 0, time.monotonic() + 3600.0
        while not self._ending.wait(LOOK_EVERY_S) and time.monotonic() < until:
            if self._taken_up():
                return True
            try:
                state = begun.state()
            except NoAnswer:
                continue
            if state == "refused":
                self._say("refused")
                return True
            if state == "gone":
                return False
            if state == PROVED:
                self._keep(begun)
                return True
            if state != "approved":
                continue
            if not wrong:
                self._say("approved", begun.codes.code)
            if (reply := self._reply()) is None:
                continue
            if as_typed(reply) == begun.codes.reply:
                self._keep(begun)
                return True
            wrong += 1
            self._say("wrong" if wrong < TRIES else "thief", begun.codes.code)
            if wrong == TRIES:
                return True
        return False

    def _keep(self, begun: Begun) -> None:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        write_private(self._out, begun.hub.pem, mode=0o644)
        self._taken_up()

    def _reply(self) -> str | None:
        """What was typed since the last look."""
        file = self._folder / REPLY
        try:
            with file.open("rb") as stream:
                typed = stream.read(MOST_REPLY).decode("ascii", "replace")
        except FileNotFoundError:
            return None
        file.unlink(missing_ok=True)
        return typed

    def _say(self, what: str, code: str = "", why: str = "") -> None:
        """The code stands beside the two letters, which every screen shows and people say by telephone."""
        advice = SAID[what].format(code=code, why=why)
        if advice != self._said:
            self._said = advice
            self._post(PartFailed(Fault(PART, f"{CODE} {code}".strip(), advice, stops=True)))
