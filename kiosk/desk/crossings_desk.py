"""The crossings behind a list on a screen: read on a thread of its own, a chunk at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kiosk.desk.crossed import Crossed
from kiosk.desk.crossings_read import Begun, CrossingsRead, News, Older
from kiosk.desk.crossings_which import Which
from kiosk.desk.decision import NeedsSecondOfficer
from kiosk.desk.lane_control import Action, Notice
from kiosk.desk.late_override import late_override, late_undone
from sync.event import Event
from sync.event_types import CrossingRead
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader


@dataclass(frozen=True, slots=True)
class Again:
    """Crossings that were read before, as they are now."""

    rows: tuple[Crossed, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The journal can't be read just now. The lane names the fault."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """What came of a late word about a crossing: TAKEN means that it is on its way to the journal."""

    crossing: str
    notice: Notice


Answer = Begun | Older | News | Again | Unreadable | Overridden


class CrossingsDesk(QObject):
    """All methods belong to the thread of the screen and return at once; the answer is a signal.

    It has no Qt parent, and `stop` is called before it is let go: then no thread of it is alive any more.
    """

    answered = Signal(int, object)
    """For which `begin` it is, and an `Answer`. Emitted on the worker: connect it queued."""

    def __init__(
        self,
        folder: Path,
        record: Callable[[Event], None],
        needs_second_officer: NeedsSecondOfficer,
        *,
        demo: bool = False,
        undo_s: float = 5.0,
    ) -> None:
        """`record` hands an event to the lane, from any thread; a word can be taken back for `undo_s`."""
        super().__init__()
        self.undo_s = undo_s
        self._folder, self._record, self._demo = folder, record, demo
        self._needs_second = needs_second_officer
        self._reader: JournalReader | None = None
        self._read: CrossingsRead | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crossings")
        self._looks = self._ended = False
        self.turn = 0
        """The number of the newest `begin`. Answers to an older one are nobody's any more."""

    def begin(self, since: datetime, which: Which = Which.ALL) -> None:
        """Reads the newest chunk of what was written since (aware), in place of all before."""
        self.turn += 1
        turn = self.turn
        self._submit(lambda: self._begun(since, which, turn))

    def look(self) -> None:
        """Asks for what is new; an answer that is on its way is not asked for twice."""
        if not self._looks:
            self._looks = True
            self._submit(self._news)

    def older(self, below: int) -> None:
        """Asks for the chunk below this number."""
        self._submit(lambda: self._known().older(below))

    def again(self, first: int, last: int) -> None:
        """Asks for the crossings with these numbers."""
        self._submit(lambda: Again(self._known().again(first, last)))

    def reading(self, crossed: Crossed, officer: str) -> None:
        """Who reads a crossing is recorded."""
        self._record(CrossingRead(crossed.crossing, officer))

    def override(self, crossed: Crossed, officer: str, action: Action, reason: str, note: str) -> None:
        """An officer's late word, by the rules and by what the journal says now. It never opens a gate."""
        self._submit(lambda: self._overridden(crossed, officer, action, reason, note))

    def take_back(self, crossed: Crossed, officer: str, word: int) -> None:
        """Takes back the officer's late word that has this number, where nothing was said since."""
        self._submit(lambda: self._taken_back(crossed, officer, word))

    def stop(self) -> None:
        """Ends the reading, and waits for its end."""
        self._ended = True
        self._worker.submit(self._close)
        self._worker.shutdown(wait=True)

    def _submit(self, make: Callable[[], Answer]) -> None:
        if not self._ended:
            self._worker.submit(self._answer, self.turn, make)

    # --- on the worker ---

    def _answer(self, turn: int, make: Callable[[], Answer]) -> None:
        if self._ended or turn != self.turn:
            self._looks = False
            return
        try:
            answer = make()
        except JournalUnavailable:
            self._close()
            answer = Unreadable()
        self.answered.emit(turn, answer)

    def _begun(self, since: datetime, which: Which, turn: int) -> Begun:
        if self._reader is None:
            self._reader = JournalReader(self._folder)
        self._read = CrossingsRead(self._reader, since, which, lambda: turn == self.turn and not self._ended)
        return self._read.begin()

    def _news(self) -> News | Begun:
        self._looks = False
        return self._known().news()

    def _overridden(
        self, crossed: Crossed, officer: str, action: Action, reason: str, note: str
    ) -> Overridden:
        now = self._known().now(crossed.sequence)
        if now is None:
            return Overridden(crossed.crossing, Notice.NOT_NOW)
        said = late_override(now, officer, action, reason, note, self._needs_second, demo=self._demo)
        return self._recorded(crossed, said)

    def _taken_back(self, crossed: Crossed, officer: str, word: int) -> Overridden:
        now = self._known().now(crossed.sequence)
        said = Notice.NOT_NOW if now is None else late_undone(now, officer, word)
        return self._recorded(crossed, said)

    def _recorded(self, crossed: Crossed, said: tuple[Event, ...] | Notice) -> Overridden:
        if isinstance(said, Notice):
            return Overridden(crossed.crossing, said)
        for event in said:
            self._record(event)
        return Overridden(crossed.crossing, Notice.TAKEN)

    def _known(self) -> CrossingsRead:
        """Raises `JournalUnavailable` where reading has not begun."""
        if self._read is None:
            raise JournalUnavailable("The journal was not opened.")
        return self._read

    def _close(self) -> None:
        reader, self._reader, self._read = self._reader, None, None
        if reader is not None:
            reader.close()
