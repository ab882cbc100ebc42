"""Looks for a newer bundle in a thread of its own; the lane never waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

from config.moment import Clock
from kiosk.bundle.compacting import CompactionProcess
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from sync.bundle.lane import Lane
from sync.bundle.outcome import Outcome
from sync.bundle.refused import Refused, Why
from sync.bundle.source import Source
from sync.bundle.update import update
from sync.event import Event
from sync.event_types import BundleIndexChanged, BundleRefused, BundleTaken

PART, CODE = "bundle", "BU"
QUIET = frozenset({Why.UNREACHABLE})
"""No alarm: days without a network are normal, and the age of the lists says what it means."""
OFTEN, ALARM_AFTER = frozenset({Why.SLOW, Why.INCOMPLETE}), 3
"""What a weak network does now and then: an alarm when it was so at as many looks in a row."""
STOP_SECONDS = 0.5
Tell = Callable[[Event | PartFailed | PartRecovered], None]
Said = tuple[str, str]


class BundleWorker:
    """`start`, then `stop`. What came of each look is told once, not at every look."""

    def __init__(
        self,
        lane: Lane,
        sources: Callable[[], Sequence[Source]],
        clock: Clock,
        tell: Tell,
        every_s: float,
        changed: Callable[[], None] = lambda: None,
        compactor: CompactionProcess | None = None,
    ) -> None:
        """`sources` are asked for anew at every look. `changed` is called after a set was swapped.

        Without `compactor` large indexes are compacted in this thread, and news wait for it.
        """
        self._compactor = compactor
        if compactor is not None:
            compactor.on_end = self.poke
        self._lane, self._sources, self._clock, self._tell = lane, sources, clock, tell
        self._every_s, self._changed = every_s, changed
        self._said: dict[str, dict[str, Said]] = {}
        self._alarms: dict[str, dict[str, Said]] = {}
        self._looks: dict[tuple[str, str], int] = {}
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bundle", daemon=True)

    def start(self) -> None:
        """Begins with a look."""
        self._thread.start()

    def poke(self) -> None:
        """Look at once."""
        self._wake.set()

    def stop(self) -> None:
        """Ends. A download that hangs is left to the end of the process: what has come of it waits."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        if self._compactor is not None:
            self._compactor.stop()

    def look(self) -> bool:
        """One look at every source. Returns whether something large is still on its way."""
        pending = False
        sources = self._sources()
        self._forget_what_is_gone({source.name for source in sources})
        for source in sources:
            until = self._clock().mono + self._every_s
            try:
                enough = partial(self._enough, until)
                outcome = update(self._lane, source, self._clock().utc, enough, self._compactor)
            except Refused as refused:
                self._refuse({PART: refused}, source)
            else:
                self._took(outcome, source)
                pending = pending or bool(outcome.pending)
        return pending

    def _took(self, outcome: Outcome, source: Source) -> None:
        if outcome.changed:
            known = outcome.versions
            self._tell(
                BundleTaken(
                    source.name,
                    known["root"],
                    known["timestamp"],
                    known["snapshot"],
                    known["targets"],
                    outcome.files,
                )
            )
        for index in outcome.indexes:
            self._tell(BundleIndexChanged(source.name, index))
        if outcome.changed or outcome.indexes:
            self._changed()
        self._refuse({f"{PART} {one.part}": one.refused for one in outcome.held_back}, source)

    def _refuse(self, wrong: dict[str, Refused], source: Source) -> None:
        """Tells what is wrong now, and that what was wrong before is well. Only a whole look makes well."""
        said = self._said.setdefault(source.name, {})
        for part, refused in wrong.items():
            words = (str(refused.why), str(refused))
            if said.get(part) != words:
                self._tell(BundleRefused(source.name, part, refused.why.value, str(refused)))
            looks = self._looks.get((source.name, part), 0) + 1
            self._looks[source.name, part] = looks
            alarmed = self._alarms.setdefault(part, {})
            patient = refused.why in QUIET or (refused.why in OFTEN and looks < ALARM_AFTER)
            if not patient and alarmed.get(source.name) != words:
                alarmed[source.name] = words
                self._tell(PartFailed(Fault(part, CODE, refused.advice)))
            said[part] = words
        if PART not in wrong:
            for part in [part for part in said if part not in wrong]:
                del said[part]
                self._well(part, source.name)

    def _forget_what_is_gone(self, names: set[str]) -> None:
        """A stick that was taken out is no trouble any more."""
        for name in set(self._said) - names:
            for part in self._said.pop(name):
                self._well(part, name)

    def _well(self, part: str, source: str) -> None:
        """A part is well when it is well from every source."""
        self._looks.pop((source, part), None)
        alarmed = self._alarms.get(part, {})
        if alarmed.pop(source, None) is not None and not alarmed:
            self._tell(PartRecovered(part))

    def _enough(self, until: float) -> bool:
        return self._stopping.is_set() or self._clock().mono >= until

    def _run(self) -> None:
        while not self._stopping.is_set():
            pending = self.look()
            self._wake.wait(0 if pending else self._every_s)
            self._wake.clear()
