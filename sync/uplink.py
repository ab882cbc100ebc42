"""Carries the journal to the hub in a thread of its own; the lane never waits for it."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.moment import Clock
from sync import canonical
from sync.batch import batch_body
from sync.chain import Break, Position, Record, follow, genesis, segment_of
from sync.device_key import DeviceKey
from sync.event import Event
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader
from sync.line import Line, NoAnswer, Signed
from sync.outbox import DeadLetter, Outbox
from sync.uplink_core import Ask, Effects, Pace, Send, UplinkCore, Wait

BATCH_BYTES = 2_000_000
STOP_SECONDS = 0.8
LOST_AT_HUB = (
    "the hub lacks records that it had signed for and that this kiosk has taken out of its journal since: "
    "put the hub's database back from a copy"
)


@dataclass(frozen=True, slots=True)
class UplinkStatus:
    """The line as a person wants to know it."""

    connected: bool | None
    """None before the first try."""
    unsent: int
    """Records without a receipt."""
    oldest_unsent_s: float | None
    """Age of the oldest of them in seconds."""
    watermark: Position
    """What the hub last signed that it holds."""
    dead_letters: int
    """Records whose payload the hub would not take."""
    trouble: str
    """One sentence, or nothing."""


class Uplink:
    """The uplink of one kiosk. `start`, then `poke` after writing; `stop` returns within a second."""

    def __init__(
        self,
        folder: Path,
        kiosk: str,
        device: DeviceKey,
        line: Line,
        clock: Clock,
        tell: Callable[[Event], None],
        *,
        batch: int = 500,
        pace: Pace | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`folder` is the journal's; `tell` is called in the uplink's thread with what to record.

        Raises `JournalUnavailable`.
        """
        self._kiosk = kiosk
        self._line = line
        self._clock = clock
        self._tell = tell
        self._batch = batch
        self._device = device.public
        self._reader = JournalReader(folder)
        self._outbox = Outbox(folder)
        withheld = [letter.sequence for letter in self._outbox.dead_letters()]
        watermark = self._outbox.watermark(genesis(device.public.raw))
        self._core = UplinkCore(watermark, pace or Pace(), chance, withheld, batch)
        self._last = self._reader.last()
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._run, name="uplink", daemon=True)

    def start(self) -> None:
        """Begins. A hub that is not there is tried again for ever."""
        self._thread.start()

    def poke(self) -> None:
        """There is something to send."""
        self._wake.set()

    def hurry(self) -> None:
        """The program is about to end: what waits for more to go with it goes now."""
        self._core.hurrying = True
        self._hurry.set()
        self._wake.set()

    def stop(self) -> None:
        """Ends within a second. What was not sent is sent after the next start."""
        self._stopping.set()
        self._hurry.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        else:
            self.close()

    @property
    def watermark(self) -> Position:
        """What the hub last signed that it holds; costs nothing to ask."""
        return self._core.watermark

    def status(self) -> UplinkStatus:
        """How things stand now. From any thread, also after the end."""
        core = self._core
        if self._stopping.is_set():
            return self._status(core, max(0, self._last - core.watermark.sequence), None, core.trouble)
        try:
            self._last = self._reader.last()
            at = self._reader.written_after(core.watermark.sequence)
            oldest = max(0.0, (self._clock().utc - at).total_seconds()) if at is not None else None
            return self._status(core, self._reader.waiting(core.watermark.sequence), oldest, core.trouble)
        except JournalUnavailable as error:
            return self._status(core, max(0, self._last - core.watermark.sequence), None, str(error))

    def step(self) -> Wait | None:
        """Does the next thing; a `Wait` is left to the caller. The thread does nothing else than this."""
        try:
            self._last = self._reader.last()
            plan = self._core.plan(self._last, self._clock().mono)
            if isinstance(plan, Wait):
                return plan
            effects = self._try(plan)
            for event in effects.events:
                self._tell(event)
        except JournalUnavailable as error:
            self._core.failed(str(error), self._clock().mono)
        return None

    def close(self) -> None:
        """Closes the files. The thread does it itself at its end."""
        self._reader.close()
        self._outbox.close()

    @staticmethod
    def _status(core: UplinkCore, unsent: int, oldest: float | None, trouble: str) -> UplinkStatus:
        return UplinkStatus(core.connected, unsent, oldest, core.watermark, len(core.withheld), trouble)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                wait = self.step()
                if wait is None:
                    continue
                if wait.pokable:
                    self._wake.wait(wait.seconds)
                    self._wake.clear()
                else:
                    (self._stopping if self._core.hurrying else self._hurry).wait(wait.seconds)
        finally:
            self.close()

    def _try(self, plan: Ask | Send) -> Effects:
        try:
            signed = (
                self._line.ask(secrets.token_urlsafe(16)) if isinstance(plan, Ask) else self._send(plan.after)
            )
        except NoAnswer as error:
            return self._core.failed(f"{str(error)[:1].upper()}{str(error)[1:]}.", self._clock().mono)
        effects = self._core.answered(signed.receipt, self._clock().mono, self._reader.waiting, self._agrees)
        if effects.refused is not None:
            sequence, why = effects.refused
            self._outbox.dead_letter(DeadLetter(sequence, why, canonical.utc_text(self._clock().utc)))
        if effects.keep:
            self._outbox.keep(signed.receipt.position, signed.body, signed.signature)
        return effects

    def _send(self, after: Position) -> Signed:
        start, records = run_of(after, self._reader.records(after.sequence, self._batch, BATCH_BYTES))
        if start.sequence < self._reader.start(self._device).sequence:
            raise NoAnswer(LOST_AT_HUB)
        if isinstance(end := follow(start, records), Break):
            raise NoAnswer(f"the journal does not hold together ({end.why}): call the operator")
        return self._line.send(batch_body(self._kiosk, start, records, self._core.withheld))

    def _agrees(self, position: Position) -> bool:
        return self._reader.agrees(position, self._device)


def run_of(after: Position, records: Sequence[Record]) -> tuple[Position, list[Record]]:
    """What one batch can hold of `records`, and the position it follows: a new segment begins a batch.

    The hub may hold records that were lost here with a damaged file: then `after` is one of those.
    """
    segment = segment_of(records[0])
    if segment is not None and segment.after.sequence <= after.sequence:
        after = segment.start
    others = [number for number, record in enumerate(records) if number and segment_of(record) is not None]
    return after, list(records[: others[0]] if others else records)
