"""Statements with a COPY among them as one message to PostgreSQL, through the driver's own libpq.

The driver sends each statement and waits for its answer. Several in one message, with the rows of a COPY in
their midst, are a simple query of PostgreSQL's protocol, which libpq knows and the driver has no call for.
"""

from __future__ import annotations

import select
from collections.abc import Iterable

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult

_FINE = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.COPY_IN}


def send(driver: psycopg.Connection, statements: str) -> None:
    """Sends them and does not wait: `until_copy` has to follow. Raises psycopg.Error."""
    driver.pgconn.send_query(statements.encode())
    driver.pgconn.flush()


def until_copy(driver: psycopg.Connection) -> list[PGresult]:
    """What the statements before COPY answered; PostgreSQL now waits for rows. Raises psycopg.Error."""
    *before, last = _answers(driver)
    if last.status != ExecStatus.COPY_IN:
        raise psycopg.InternalError("the statements ended without a COPY")
    return before


def copy_and_end(driver: psycopg.Connection, parts: Iterable[bytes]) -> None:
    """Sends the rows and waits until every statement behind them was done. Raises psycopg.Error."""
    link = driver.pgconn
    for part in parts:
        while not link.put_copy_data(part):
            _flush(link)
        link.flush()
    while not link.put_copy_end():
        _flush(link)
    _answers(driver)


def _answers(driver: psycopg.Connection) -> list[PGresult]:
    """All there are, or up to a COPY. Raises psycopg.Error for the first that is no success."""
    link, found = driver.pgconn, list[PGresult]()
    _flush(link)
    while True:
        while link.is_busy():
            _wait(link, select.POLLIN)
        result = link.get_result()
        if result is not None:
            found.append(result)
        if result is None or result.status == ExecStatus.COPY_IN:
            break
    for result in found:
        if result.status not in _FINE:
            raise error_from_result(result, encoding=driver.info.encoding)
    return found


def _flush(link: PGconn) -> None:
    while link.flush():
        _wait(link, select.POLLIN | select.POLLOUT)


def _wait(link: PGconn, events: int) -> None:
    """Until the server can be read or written; what it said is read: it may not take more before."""
    poll = select.poll()
    poll.register(link.socket, events)
    if any(ready & ~select.POLLOUT for _, ready in poll.poll()):
        link.consume_input()
