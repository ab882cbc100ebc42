"""What the uplink does next, and what an answer means: pure, with time and chance handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sync.chain import Position
from sync.event import Event
from sync.event_types import FaultCleared, FaultRaised, UplinkLost, UplinkRefused, UplinkRestored
from sync.receipt import Answer, Receipt

PART, FORKED = "hub", "HF"
FORK_ADVICE = (
    "The hub and this kiosk hold different histories, and nothing more is sent: keep this kiosk's disk and "
    "call the operator (a kiosk with a new key or a new journal is enrolled anew: hub enrol --replace)."
)

FULL = "HQ"
FULL_ADVICE = (
    "The hub takes no more records of this kiosk today; they wait here, nothing is lost: call the operator."
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds."""

    every_s: float = 2.0
    gather_s: float = 0.2
    """So long a record waits for others to go with it; what fills a batch does not wait."""
    most_gather_s: float = 5.0
    """However much longer the hub asks to wait, no record waits longer than this."""
    first_backoff_s: float = 1.0
    most_backoff_s: float = 60.0
    ask_s: float = 15.0
    """Without anything to send, the hub is asked this often whether it is still there."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the hub what it holds."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send the records that follow this position."""

    after: Position


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do for so many seconds, unless poked."""

    seconds: float
    pokable: bool


@dataclass(frozen=True, slots=True)
class Effects:
    """What an answer leads to."""

    keep: bool = False
    """The receipt is to be remembered."""
    refused: tuple[int, str] | None = None
    """A record for the dead-letter list, and why."""
    events: tuple[Event, ...] = ()


class UplinkCore:
    """The state of one line to the hub."""

    def __init__(
        self,
        watermark: Position,
        pace: Pace,
        chance: Callable[[], float],
        withheld: Iterable[int] = (),
        batch: int = 500,
    ) -> None:
        """`chance` gives numbers from 0 to 1, so that a station's lanes do not all call at once."""
        self.watermark = watermark
        self.connected: bool | None = None
        self.trouble = ""
        self._pace = pace
        self._chance = chance
        self._failures = 0
        self._sending = self._send_failed = False
        self._behind: int | None = None
        """What a hub said it lacks since a batch failed; only the next shows whether the line is back."""
        self._not_before = 0.0
        self._last_contact = 0.0
        self._forked = False
        self._full = False
        self.withheld = set(withheld)
        self._gaps = 0
        self._batch = batch
        self._gathers_since: float | None = None
        self._wish_s, self._share = 0.0, 1.0
        """What the hub asks for, and how much of it this batch waits: lanes must not all come at once."""
        self.hurrying = False
        """The program ends: nothing waits for anything any more."""

    def plan(self, last: int, mono: float) -> Ask | Send | Wait:
        """What to do now, with `last` the journal's last sequence number."""
        waiting = last - self.watermark.sequence
        if waiting <= 0:
            self._gathers_since = None
        elif self._gathers_since is None:
            self._gathers_since, self._share = mono, 0.5 + self._chance() / 2
        if mono < self._not_before:
            return Wait(self._not_before - mono, pokable=False)
        self._sending = False
        if self._forked or not (self.connected or self._behind):
            return Ask()
        if self._gathers_since is not None:
            gather_s = max(self._pace.gather_s, self._wish_s * self._share)
            rest = self._gathers_since + gather_s - mono
            if rest > 0 and waiting < self._batch and not self.hurrying:
                return Wait(rest, pokable=False)
            self._sending = True
            return Send(self.watermark)
        idle = mono - self._last_contact
        if idle >= self._pace.ask_s:
            return Ask()
        return Wait(min(self._pace.every_s, self._pace.ask_s - idle), pokable=True)

    def failed(self, why: str, mono: float) -> Effects:
        """The hub could not be asked, or its answer could not be believed. `why` is one sentence."""
        self._back_off(mono)
        self.trouble = why
        lost = self.connected is not False
        self.connected, self._behind = False, None
        self._send_failed = self._send_failed or self._sending
        return Effects(events=(UplinkLost(why=why),) if lost else ())

    def answered(
        self, receipt: Receipt, mono: float, waiting: Callable[[int], int], agrees: Callable[[Position], bool]
    ) -> Effects:
        """The hub answered this very request.

        `waiting` counts the journal's records behind a sequence number; `agrees` says whether a position may
        be one of the journal's own.
        """
        events: list[Event] = []
        self._last_contact = mono
        self._wish_s = min(receipt.gather_ms / 1000, self._pace.most_gather_s)
        forked = receipt.answer is Answer.FORK or not agrees(receipt.position)
        if self._only_reads(receipt, waiting) and not forked:
            moved, self.watermark = receipt.position != self.watermark, receipt.position
            return Effects(keep=moved)
        if self.connected is False:
            behind = waiting(receipt.position.sequence) if self._behind is None else self._behind
            events.append(UplinkRestored(waiting=behind))
        self.connected, self._behind, self._send_failed = True, None, False
        if forked:
            return self._fork(events, mono)
        if self._forked:
            self._forked = False
            events.append(FaultCleared(part=PART, code=FORKED))
        moved = receipt.position != self.watermark
        if moved:
            self._gathers_since = None
        self.watermark = receipt.position
        self.trouble = ""
        refused = None
        self._gaps = self._gaps + 1 if receipt.answer is Answer.GAP else 0
        if receipt.answer is Answer.REFUSED:
            refused = (receipt.refused, receipt.why)
            if receipt.refused not in self.withheld:
                events.append(UplinkRefused(sequence=receipt.refused, why=receipt.why))
        if receipt.answer is Answer.LATER:
            self._later(receipt.why, events, mono)
            return Effects(keep=moved, events=tuple(events))
        if self._full and receipt.answer in (Answer.STORED, Answer.DUPLICATE):
            self._full = False
            events.append(FaultCleared(part=PART, code=FULL))
        if self._gaps > 1 or (refused is not None and refused[0] in self.withheld):
            self.trouble = f"The hub does not take the records: {receipt.why}."
            self._back_off(mono)
        else:
            self._failures = 0
        if refused is not None:
            self.withheld.add(refused[0])
        return Effects(keep=moved, refused=refused, events=tuple(events))

    def _only_reads(self, receipt: Receipt, waiting: Callable[[int], int]) -> bool:
        """Whether a hub that took no batch answers a question, as one whose disk is full does for hours."""
        if self.connected is not False or not self._send_failed or receipt.answer is not Answer.HELD:
            return False
        self._behind = waiting(receipt.position.sequence)
        return self._behind > 0

    def _later(self, why: str, events: list[Event], mono: float) -> None:
        """The hub takes no more today; records wait here."""
        self.trouble = f"The hub takes no more of this kiosk today: {why}."
        self._back_off(mono)
        if not self._full:
            self._full = True
            events.append(FaultRaised(part=PART, code=FULL, advice=FULL_ADVICE))

    def _fork(self, events: list[Event], mono: float) -> Effects:
        self.trouble = FORK_ADVICE
        self._back_off(mono)
        if not self._forked:
            self._forked = True
            events.append(FaultRaised(part=PART, code=FORKED, advice=FORK_ADVICE))
        return Effects(events=tuple(events))

    def _back_off(self, mono: float) -> None:
        longest = min(self._pace.most_backoff_s, self._pace.first_backoff_s * 2 ** min(self._failures, 16))
        self._failures += 1
        self._not_before = mono + longest * (0.5 + self._chance() / 2)
