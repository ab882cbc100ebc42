"""Looking a crossing up on a thread of its own: in the lane's journal, or at the hub for a whole station."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kiosk.desk.crossed import Crossed
from kiosk.desk.crossing_lookup import Told, Why, crossed_of, found_here
from sync.canonical import NotCanonical, utc_time
from sync.event import Event
from sync.event_types import ReferenceAsked
from sync.exchange import Exchange
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader
from sync.line import NoAnswer
from sync.looked_up import RecordShown, read_found

_YEARS = range(2000, 3000)
"""Of times that can be shown in every zone."""


class Failed(StrEnum):
    """Why there is no answer. The page has a sentence for each."""

    JOURNAL = "journal"
    AWAY = "away"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for these digits: each crossing with its lane (empty: this one)."""

    reference: str
    rows: tuple[tuple[str, Crossed], ...] = ()
    failed: Failed | None = None


class Finding(QObject):
    """`find` and `stop` belong to the thread of the screen; the answer is a signal.

    Nothing is shown of a crossing before it is on its way to the journal who looked, and why.
    """

    answered = Signal(object)
    """An `Answer`. Emitted on the worker: connect it queued."""
    everywhere = False
    """Whether it looks at all lanes of the station."""

    def __init__(self, record: Callable[[Event], None], desk: str = "") -> None:
        """`record` writes an event of this machine; `desk` is the station desk's name."""
        super().__init__()
        self._record, self._desk = record, desk
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="finding")

    def find(self, reference: str, officer: str, why: Why) -> None:
        """Looks for the crossings of these nine digits."""
        self._worker.submit(self._found, reference, officer, why)

    def stop(self) -> None:
        """Waits for what is under way."""
        self._worker.shutdown(wait=True)

    @abstractmethod
    def _rows(self, reference: str, officer: str, why: Why) -> tuple[tuple[str, Crossed], ...]:
        """Raises `JournalUnavailable`, `NoAnswer` and `NotCanonical`."""

    def _found(self, reference: str, officer: str, why: Why) -> None:
        try:
            rows = self._rows(reference, officer, why)
        except JournalUnavailable:
            self.answered.emit(Answer(reference, failed=Failed.JOURNAL))
        except TooOften:
            self.answered.emit(Answer(reference, failed=Failed.TOO_OFTEN))
        except (NoAnswer, NotCanonical):
            self.answered.emit(Answer(reference, failed=Failed.AWAY))
        else:
            crossing = rows[0][1].crossing if rows else ""
            self._record(ReferenceAsked(officer, self._desk, reference, crossing, why.value, len(rows)))
            self.answered.emit(Answer(reference, rows))


class TooOften(NoAnswer):
    """The hub answers a desk so many look-ups in an hour."""


class LaneFinding(Finding):
    """In the journal of this lane."""

    def __init__(self, folder: Path, record: Callable[[Event], None]) -> None:
        super().__init__(record)
        self._folder = folder

    def _rows(self, reference: str, officer: str, why: Why) -> tuple[tuple[str, Crossed], ...]:  # noqa: ARG002
        with closing(JournalReader(self._folder)) as reader:
            return tuple(("", one) for one in found_here(reader, reference))


class HubFinding(Finding):
    """At the hub, which has what the station's lanes have sent, whether they still run or not."""

    everywhere = True

    def __init__(self, exchange: Callable[[], Exchange], record: Callable[[Event], None], desk: str) -> None:
        super().__init__(record, desk)
        self._exchange = exchange

    def _rows(self, reference: str, officer: str, why: Why) -> tuple[tuple[str, Crossed], ...]:
        content: dict[str, object] = {"reference": reference, "officer": officer, "why": why.value}
        reply = self._exchange().ask("POST", "/desk/crossings", content)
        if reply.status == 429 or reply.table.get("refused") == "too_often":
            raise TooOften("The hub has answered this desk as often as it does in an hour.")
        if reply.status != 200:
            raise NoAnswer(f"the hub does not look up ({reply.table.get('refused', reply.status)})")
        rows = []
        for one in read_found(reply.table).crossings:
            crossed = crossed_of(one.crossing, filter(None, map(_told, one.records)))
            if crossed is not None:
                rows.append((one.lane, crossed))
        return tuple(rows)


def _told(row: RecordShown) -> Told | None:
    """A record of another lane; None: it can't be read, which is no reason not to read the others."""
    try:
        at, payload = utc_time(row.at), row.told()
    except NotCanonical:
        return None
    return Told(row.sequence, row.at, row.kind, payload) if at.year in _YEARS else None
