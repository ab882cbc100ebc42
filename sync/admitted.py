"""Who was let in at this lane a moment ago, by keyed hash: for policies that ask for time in between.

What a crossing would be known by is said before it is decided; it is remembered in the very transaction that
authorises its gate, and forgotten when nobody passed.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from sync.canonical import utc_text
from sync.event import Event
from sync.event_types import GateAuthorised, GatePassage
from sync.fingerprint import Fingerprints

LONGEST = timedelta(days=1)
"""No policy asks for more, and nothing is kept for longer."""
_MOST_EXPECTED = 64
_NOBODY = "NO_PASSAGE"


class AdmittedHere:
    """Every call holds the journal's lock and may come from any thread. Raises sqlite3.Error."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        lock: threading.RLock,
        fingerprints: Fingerprints,
        known_since: datetime | None = None,
    ) -> None:
        self.known_since = known_since
        """Where a damaged file took some of them with it: when. Who was let in before is not surely known."""
        self._connection, self._lock, self._fingerprints = connection, lock, fingerprints
        self._expected: dict[str, tuple[bytes, ...]] = {}

    def expect(self, crossing: str, names: tuple[bytes, ...]) -> None:
        """What this crossing is known by, should its gate be authorised. Nothing is written yet."""
        with self._lock:
            self._expected.pop(crossing, None)
            if crossing and names:
                self._expected[crossing] = names
            while len(self._expected) > _MOST_EXPECTED:
                del self._expected[next(iter(self._expected))]

    def any_since(self, names: Sequence[bytes], since: datetime) -> bool:
        """Whether a gate was authorised here after `since` for somebody known by one of these."""
        with self._lock:
            tokens = [token for name in names for token in self._fingerprints.use_tokens(name)]
            places = ",".join("?" * len(tokens))
            row = self._connection.execute(
                f"SELECT 1 FROM admitted WHERE token IN ({places}) AND at > ? LIMIT 1",  # noqa: S608
                (*tokens, utc_text(since)),
            ).fetchone()
        return row is not None

    def note(self, events: Sequence[Event], at: datetime) -> None:
        """What the journal is writing. The caller holds the lock and has begun the transaction."""
        for event in events:
            match event:
                case GateAuthorised():
                    self._remember(event, at)
                case GatePassage(passage=passage) if passage == _NOBODY:
                    self._forget(event.authorisation)

    def _remember(self, event: GateAuthorised, at: datetime) -> None:
        names = self._expected.pop(event.crossing, ())
        if not names:
            return
        day, now = at.date(), utc_text(at)
        self._connection.execute("DELETE FROM admitted WHERE at <= ?", (utc_text(at - LONGEST),))
        self._connection.executemany(
            "INSERT INTO admitted (token, at, authorisation) VALUES (?,?,?)",
            [(self._fingerprints.use_token(name, day), now, event.authorisation) for name in names],
        )

    def _forget(self, authorisation: str) -> None:
        self._connection.execute("DELETE FROM admitted WHERE authorisation = ?", (authorisation,))
