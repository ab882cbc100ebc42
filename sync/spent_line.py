"""Which of this lane's spent codes the hub has to hear of, kept in the journal's own file.

    asked -> (owed | told) -> gone     the lane asked, admitted, and the hub knows
    asked | owed | told -> release     it was not admitted, or nobody passed: the hub gives it back

What the gate opened for is `owed` in the very transaction that authorised it, so that a lane that dies at any
moment neither forgets a use nor keeps a code that nobody used.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sync.canonical import utc_text
from sync.day_keys import LIFE_DAYS
from sync.event import Event
from sync.event_types import GateAuthorised
from sync.fingerprint import Fingerprints
from sync.spent_words import MOST_USES, Returned, UseTold

TABLE = "spent_line"


class SpentLine:
    """Every call holds the journal's lock and may come from any thread. Raises sqlite3.Error."""

    def __init__(
        self, connection: sqlite3.Connection, lock: threading.RLock, fingerprints: Fingerprints
    ) -> None:
        self.active = False
        """Whether there is a hub to tell. Without one nothing is kept here."""
        self._connection, self._lock, self._fingerprints = connection, lock, fingerprints
        self._known_first: set[str] = set()

    def ask(self, uses: Iterable[bytes], at: datetime, crossing: str) -> list[UseTold] | None:
        """Writes down what the hub is about to be asked. None: no key of the station for this day."""
        with self._lock:
            told: list[UseTold] = []
            for use in uses:
                if (one := self._told(use, at, crossing, taken=False)) is None:
                    return None
                told.append(one)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._insert(told, at, "asked")
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            return told

    def is_first(self, references: Iterable[str]) -> None:
        """The hub said so before the gate was asked: it need not be told again."""
        with self._lock:
            self._known_first.update(references)

    def note(
        self, events: Sequence[Event], at: datetime, spend: Sequence[bytes], give_back: Sequence[bytes]
    ) -> None:
        """What the journal is writing. The caller holds the lock and has begun the transaction."""
        if not self.active or not (spend or give_back):
            return
        for use in give_back:
            self._set(use, "release", ("asked", "owed", "told"))
        for use in spend:
            if self._taken(use):
                continue
            crossing = next((event.crossing for event in events if isinstance(event, GateAuthorised)), "")
            if (told := self._told(use, at, crossing, taken=True)) is not None:
                self._insert([told], at, "owed")

    def drop(self, references: Iterable[str] | None = None) -> None:
        """What was asked for and did not come about; None: all of it, after a start."""
        with self._lock:
            if references is None:
                self._connection.execute("UPDATE spent_line SET state = 'release' WHERE state = 'asked'")
                return
            self._connection.executemany(
                "UPDATE spent_line SET state = 'release' WHERE reference = ? AND state = 'asked'",
                [(reference,) for reference in references],
            )

    def due(self) -> tuple[list[Returned], list[UseTold]]:
        """What the hub has to be told now, the oldest first, at most `MOST_USES` of each."""
        with self._lock:
            select = "SELECT reference, token, also, at FROM spent_line WHERE state = ? ORDER BY at LIMIT ?"
            released = self._connection.execute(select, ("release", MOST_USES)).fetchall()
            owed = self._connection.execute(select, ("owed", MOST_USES)).fetchall()
        return (
            [Returned(reference, token) for reference, token, _, _ in released],
            [
                UseTold(reference, token, tuple(map(bytes.fromhex, json.loads(also))), at, taken=True)
                for reference, token, also, at in owed
            ],
        )

    def done(self, returned: Iterable[Returned], told: Iterable[str]) -> None:
        """The hub has heard of these."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany(
                    "DELETE FROM spent_line WHERE reference = ? AND state = 'release'",
                    [(back.reference,) for back in returned],
                )
                self._connection.executemany(
                    "UPDATE spent_line SET state = 'told' WHERE reference = ? AND state = 'owed'",
                    [(reference,) for reference in told],
                )
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def forget(self, today: date) -> None:
        """Removes what no living key could recognise."""
        last_dead = (today - timedelta(days=LIFE_DAYS)).isoformat()
        with self._lock:
            self._connection.execute("DELETE FROM spent_line WHERE day <= ?", (last_dead,))

    def tokens(self, use: bytes, day: date) -> tuple[bytes, ...]:
        """What other lanes may know a use by."""
        with self._lock:
            return self._fingerprints.shared_tokens(use, day)

    def _taken(self, use: bytes) -> bool:
        """Whether a question for this use stands, which the journal now makes true."""
        rows = self._rows(use, ("asked",))
        for reference in rows:
            state = "told" if reference in self._known_first else "owed"
            self._known_first.discard(reference)
            self._connection.execute(
                "UPDATE spent_line SET state = ? WHERE reference = ?", (state, reference)
            )
        return bool(rows)

    def _set(self, use: bytes, state: str, of: tuple[str, ...]) -> None:
        for reference in self._rows(use, of):
            self._connection.execute(
                "UPDATE spent_line SET state = ? WHERE reference = ?", (state, reference)
            )

    def _rows(self, use: bytes, states: tuple[str, ...]) -> list[str]:
        tokens = self._fingerprints.shared_tokens(use)
        marks = (",".join("?" * len(tokens)), ",".join("?" * len(states)))
        found = self._connection.execute(
            f"SELECT reference FROM spent_line WHERE token IN ({marks[0]}) AND state IN ({marks[1]})",  # noqa: S608 (only question marks)
            (*tokens, *states),
        )
        return [reference for (reference,) in found.fetchall()]

    def _told(self, use: bytes, at: datetime, crossing: str, *, taken: bool) -> UseTold | None:
        tokens = self._fingerprints.shared_tokens(use, at.date())
        if not tokens:
            return None
        reference = f"{crossing[:40] or 'crossing'}.{secrets.token_hex(6)}"
        return UseTold(reference, tokens[0], tokens[1:], utc_text(at), taken)

    def _insert(self, told: Iterable[UseTold], at: datetime, state: str) -> None:
        self._connection.executemany(
            "INSERT INTO spent_line (reference, token, also, day, at, state) VALUES (?,?,?,?,?,?)",
            [
                (
                    use.reference,
                    use.token,
                    json.dumps([token.hex() for token in use.also]),
                    at.date().isoformat(),
                    use.at,
                    state,
                )
                for use in told
            ],
        )
