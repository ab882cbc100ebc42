"""Tells the hub which version runs here; hears the minimum version, the station's keys, or a revocation."""

from __future__ import annotations

import base64
import binascii
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from config.moment import Clock
from sync.canonical import NotCanonical, read_json_object
from sync.day_keys import KEY_BYTES, keep_station_keys
from sync.event import Event
from sync.event_types import StationKeysMissing, StationKeysTaken
from sync.journal_file import JournalUnavailable
from sync.line import NoAnswer
from sync.other_lanes import Hub
from sync.sealing import DAY_KEYS, NotOpened, SealKey
from sync.signing import write_private

EVERY_S = 30.0
ENOUGH_DAYS = 45
MOST_KEYS = 400
REVOKED_STATUS = 410
REVOKED_MARK = "device-revoked"
MOST_WORDS = 200


class Trouble(StrEnum):
    """What a person has to act on."""

    REVOKED = "revoked"
    OUTDATED = "outdated"
    KEYS = "keys"


ADVICE = {
    Trouble.REVOKED: (
        "The hub has revoked this lane's device: {}. Stop using this lane and ask the station's operator; "
        "to use the machine again, give it a new journal folder and run `main.py enrol`."
    ),
    Trouble.OUTDATED: "This program is too old for the station: {}. Install the newer version.",
    Trouble.KEYS: (
        "The station's keys of the day can't be used: {}. Codes for one use can't be checked with the other "
        "lanes: enrol this lane with its station, or call the operator."
    ),
}


@dataclass(frozen=True, slots=True)
class Status:
    """What the hub answers."""

    minimum_version: str
    station: str
    sealed: bytes
    """The station's keys, sealed to this device; empty where none were asked for or can be given."""


class HubContact:
    """`start`, `stop`; `step` is one round."""

    def __init__(
        self,
        hub: Callable[[], Hub],
        clock: Clock,
        seal: SealKey,
        version: str,
        folder: Path,
        adopt: Callable[[Mapping[date, bytes]], None],
        tell: Callable[[Event], None],
        changed: Callable[[Trouble, str | None], None],
    ) -> None:
        """`folder` holds the keys of the days; beside it stands what must outlive a restart.

        `adopt` takes new keys and raises `JournalUnavailable`.

        `changed` gets a sentence for a trouble that began, None for one that ended.
        """
        self._hub, self._clock, self._seal, self._version = hub, clock, seal, version
        self._folder, self._adopt, self._tell, self._changed = folder, adopt, tell, changed
        self._mark = folder.parent / REVOKED_MARK
        self._said: dict[Trouble, str | None] = {}
        self._until: date | None = None
        self._missed: date | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub-contact", daemon=True)

    def start(self) -> None:
        """Begins. A device that was revoked stays so until the hub says otherwise, also without a network."""
        self.remember()
        self._thread.start()

    def stop(self) -> None:
        """Ends after the question under way, or leaves it behind after a second."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def remember(self) -> None:
        """Says again that the device was revoked, where it was before the last end."""
        try:
            with self._mark.open("rb") as stream:
                self._say(Trouble.REVOKED, stream.read(MOST_WORDS * 4).decode("utf-8", "replace"))
        except FileNotFoundError:
            return
        except OSError as error:
            self._say(Trouble.REVOKED, f"{self._mark}: {error.strerror}")

    def _revoked(self, why: str | None) -> None:
        self._say(Trouble.REVOKED, why)
        try:
            if why is None:
                self._mark.unlink(missing_ok=True)
            elif not self._mark.exists():
                write_private(self._mark, why.encode())
        except OSError:
            return  # the journal, on the same disk, says what is wrong with it

    def _run(self) -> None:
        hub = self._hub()
        while not self._ending.is_set():
            self.step(hub)
            self._ending.wait(EVERY_S)

    def step(self, hub: Hub) -> None:
        """Asks once. A hub that does not answer changes nothing: the uplink says that it is away."""
        today = self._clock().utc.date()
        wants = self._until is None or self._until < today + timedelta(days=ENOUGH_DAYS)
        content: dict[str, object] = {
            "version": self._version,
            "seal": self._seal.public.raw.hex(),
            "keys": wants,
        }
        try:
            reply = hub.ask("POST", "/device", content)
            if reply.status == REVOKED_STATUS and reply.table.get("refused") == "revoked":
                self._revoked(str(reply.table.get("why", ""))[:MOST_WORDS])
                return
            self._revoked(None)
            status = read_status(reply.table)
        except (NoAnswer, NotCanonical):
            return
        old = is_below(self._version, status.minimum_version)
        self._say(
            Trouble.OUTDATED,
            f"it is version {self._version}, the hub asks for {status.minimum_version}" if old else None,
        )
        if wants:
            self._take_keys(status, today)

    def _take_keys(self, status: Status, today: date) -> None:
        try:
            if not status.sealed:
                raise NotCanonical("the hub knows no station for this lane")
            station, keys = read_keys(self._seal.open(DAY_KEYS, status.sealed))
            keep_station_keys(self._folder, keys)
            self._adopt(keys)
        except (NotOpened, NotCanonical) as error:
            self._say(Trouble.KEYS, str(error))
        except (OSError, JournalUnavailable) as error:
            self._say(Trouble.KEYS, f"{self._folder} can't be written ({type(error).__name__})")
        else:
            self._until = max(keys)
            self._say(Trouble.KEYS, None)
            self._tell(StationKeysTaken(station=station, until=self._until.isoformat()))
            return
        if self._missed != today:
            self._missed = today
            self._tell(StationKeysMissing(day=today.isoformat()))

    def _say(self, trouble: Trouble, why: str | None) -> None:
        if self._said.get(trouble) != why:
            self._said[trouble] = why
            self._changed(trouble, None if why is None else ADVICE[trouble].format(why))


def read_status(table: dict[str, object]) -> Status:
    """Raises `NotCanonical`."""
    minimum, station, keys = (table.get(name) for name in ("minimum_version", "station", "keys"))
    if not isinstance(minimum, str) or not isinstance(station, str) or not isinstance(keys, str):
        raise NotCanonical("the hub's status lacks a text")
    try:
        return Status(minimum[:32], station[:32], base64.b64decode(keys, validate=True))
    except (binascii.Error, ValueError) as error:
        raise NotCanonical("the hub's keys are not base64") from error


def read_keys(plain: bytes) -> tuple[str, dict[date, bytes]]:
    """A station's name and its keys by day. Raises `NotCanonical`."""
    table = read_json_object(plain)
    station, rows = table.get("station"), table.get("keys")
    if not isinstance(station, str) or not isinstance(rows, dict) or not 0 < len(rows) <= MOST_KEYS:
        raise NotCanonical("the keys are not those of a station")
    try:
        keys = {date.fromisoformat(day): bytes.fromhex(key) for day, key in rows.items()}
    except (ValueError, TypeError) as error:
        raise NotCanonical("a day or its key can't be read") from error
    if any(len(key) != KEY_BYTES for key in keys.values()):
        raise NotCanonical("a key has another length")
    return station[:32], keys


def is_below(version: str, minimum: str) -> bool:
    """Whether a version is older than the minimum; where either can't be read, no."""
    own, least = _numbers(version), _numbers(minimum)
    return bool(own and least) and own < least


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"[0-9]{1,6}(\.[0-9]{1,6}){0,4}", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    return tuple(numbers + [0] * (5 - len(numbers))) if numbers else ()
