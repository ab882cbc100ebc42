"""What a lane says of itself every few seconds, signed by its device: state, faults, ages, what is unsent."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from sync.canonical import NotCanonical, read_json_object, utc_text, utc_time
from sync.exchange import Exchange
from sync.line import NoAnswer

EVERY_S = 5.0
MAX_BYTES = 65_536
STOP_SECONDS = 0.5
Time = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$")]
Count = Annotated[StrictInt, Field(ge=0, le=2**63 - 1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FaultSaid(_Part):
    """A part that does not work, by its two-letter code."""

    part: str = Field(max_length=32)
    code: str = Field(max_length=8)
    stops: StrictBool


class ListSaid(_Part):
    """A list the lane runs on. `signed_at` is empty where there is no usable one."""

    kind: str = Field(max_length=32)
    name: str = Field(max_length=120)
    freshness: Literal["FRESH", "AGEING", "STALE"]
    signed_at: Time | None


class DutySaid(_Part):
    """What officers ordered the lane to be, as `kiosk.lane_view.DutyView` has it."""

    direction: str = Field(max_length=32, pattern=r"^[a-z_]*$")
    turns_to: str = Field(max_length=32, pattern=r"^[a-z_]*$")
    turned: StrictBool
    shut: Literal["", "hold", "close"]
    muted: StrictBool
    alarm: StrictBool


class ChoiceSaid(_Part):
    """A kind of document that can be entered at the lane, and whose it may be."""

    kind: str = Field(max_length=32, pattern=r"^[a-z_]+$")
    issuers: tuple[Annotated[str, Field(max_length=16)], ...] = Field(max_length=200)


class LaneReport(_Part):
    """The body of `POST /v1/kiosks/NAME/status`. Nothing in it is about a traveller."""

    at: Time
    """The kiosk's own time."""
    phase: str = Field(max_length=32, pattern=r"^[a-z_]+$")
    demo: StrictBool
    version: str = Field(max_length=32)
    faults: tuple[FaultSaid, ...] = Field(max_length=32)
    lists: tuple[ListSaid, ...] = Field(max_length=64)
    unsent: Count
    oldest_unsent_at: Time | None
    duty: DutySaid | None = None
    """None: the lane is older than orders from desks."""
    entries: tuple[ChoiceSaid, ...] = Field(default=(), max_length=16)
    """What a desk can enter for a person without a code."""

    def content(self) -> dict[str, object]:
        """As JSON."""
        return self.model_dump(mode="json")


def read_lane_report(body: bytes) -> LaneReport:
    """A report from a kiosk. Raises `NotCanonical`."""
    if len(body) > MAX_BYTES:
        raise NotCanonical(f"a report has at most {MAX_BYTES} bytes")
    try:
        report = LaneReport.model_validate(read_json_object(body))
    except ValidationError as error:
        raise NotCanonical(f"{error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from error
    for text in (report.at, report.oldest_unsent_at, *(one.signed_at for one in report.lists)):
        if text is not None:
            utc_time(text)
    return report


def time_said(at: datetime | None) -> str | None:
    """A time as a report writes it."""
    return None if at is None else utc_text(at)


class Reporter:
    """Sends a report every few seconds from a thread of its own. A hub that is not there misses nothing."""

    def __init__(
        self, exchange: Exchange, report: Callable[[], LaneReport | None], every_s: float = EVERY_S
    ) -> None:
        """`report` gives what to say now; None: there is nothing to say yet."""
        self._exchange = exchange
        self._report = report
        self._every_s = every_s
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; a report under way is not waited for."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def poke(self) -> None:
        """The lane is not as it was: the next report goes now. Returns at once."""
        self._wake.set()

    def step(self) -> bool:
        """Sends one report; whether the hub took it."""
        if (report := self._report()) is None:
            return False
        try:
            reply = self._exchange.ask("POST", "/status", report.content())
        except NoAnswer:
            return False  # the uplink says on the officer's screen that the hub is away
        return reply.status == 200

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self.step()
            self._wake.wait(self._every_s)
