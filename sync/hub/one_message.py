"""Statements with a COPY among them as one message to PostgreSQL, through the driver's own libpq.

The driver sends each statement and waits for its answer. Several in one message, with the rows of a COPY in
their midst, are a simple query of PostgreSQL's protocol, which libpq knows and the driver has no call for.
"""

from __future__ import annotations

import select
from collections.abc import Iterable
from types import TracebackType

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

_FINE = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.COPY_IN}


class OneMessage:
    """`with OneMessage(driver, statements) as message:` sends; `answers`, then `copy` within.

    Leaving it ends the rows, and the statements behind COPY are done; leaving it by an exception makes COPY
    fail, and they are not. All raise psycopg.Error.
    """

    def __init__(self, driver: psycopg.Connection, statements: str) -> None:
        self._link, self._encoding = driver.pgconn, driver.info.encoding
        self._statements, self._copying = statements.encode(), False

    def __enter__(self) -> OneMessage:
        self._link.send_query(self._statements)
        self._link.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._end(None)
            self._read()
        elif not issubclass(kind, psycopg.Error):
            if not self._copying:
                self.answers()
            self._end(b"given up")
            while self._next() is not None:
                pass

    def answers(self) -> list[PGresult]:
        """Waits for what the statements before COPY answered; PostgreSQL now waits for rows."""
        *before, last = self._read()
        if last.status != ExecStatus.COPY_IN:
            raise psycopg.InternalError("the statements ended without a COPY")
        self._copying = True
        return before

    def copy(self, parts: Iterable[bytes]) -> None:
        """Sends rows as they come."""
        for part in parts:
            while not self._link.put_copy_data(part):
                self._flush()
            self._link.flush()

    def _end(self, why_not: bytes | None) -> None:
        while not self._link.put_copy_end(why_not):
            self._flush()
        self._flush()

    def _read(self) -> list[PGresult]:
        """All answers there are, or up to a COPY; raises for the first that is no success."""
        found: list[PGresult] = []
        self._flush()
        while (result := self._next()) is not None:
            found.append(result)
            if result.status == ExecStatus.COPY_IN:
                break
        for result in found:
            if result.status not in _FINE:
                raise error_from_result(result, encoding=self._encoding)
        return found

    def _next(self) -> PGresult | None:
        while self._link.is_busy():
            self._wait(select.POLLIN)
        return self._link.get_result()

    def _flush(self) -> None:
        while self._link.flush():
            self._wait(select.POLLIN | select.POLLOUT)

    def _wait(self, events: int) -> None:
        """Until the server can be read or written; what it said is read: it may not take more before."""
        poll = select.poll()
        poll.register(self._link.socket, events)
        if any(ready & ~select.POLLOUT for _, ready in poll.poll()):
            self._link.consume_input()
