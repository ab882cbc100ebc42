"""Single-use codes that were spent at this lane, remembered by keyed hash for 31 days."""

from __future__ import annotations

import sqlite3
import threading

from sync.fingerprint import Fingerprints


class SpentHere:
    """Answers the judgement's one question about replays. It knows this lane only."""

    covers_other_lanes = False
    """Other lanes are not asked: policy decides what that means."""

    def __init__(
        self, connection: sqlite3.Connection, lock: threading.RLock, fingerprints: Fingerprints
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._fingerprints = fingerprints

    def __contains__(self, use: object) -> bool:
        """Whether `use` (`Identity.use`) was spent here, on whichever day. Raises sqlite3.Error."""
        if not isinstance(use, bytes):
            return False
        with self._lock:
            tokens = self._fingerprints.use_tokens(use)
            places = ",".join("?" * len(tokens))
            row = self._connection.execute(
                f"SELECT 1 FROM spent WHERE token IN ({places}) LIMIT 1",  # noqa: S608 (only question marks)
                tokens,
            ).fetchone()
        return row is not None
