"""Opens the hub's database, SQLite or PostgreSQL, and brings its tables up to date."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from sync.hub.address import DatabaseRefused, database_url

if TYPE_CHECKING:  # a hub on SQLite needs none of it
    import psycopg

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
MIGRATION_LOCK = 0x43484B50_48554201
"""The number of PostgreSQL's advisory lock under which one hub at a time changes tables."""
WAIT_S = 8
"""For a lock or a free connection: less than a kiosk waits for its answer."""
POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": WAIT_S, "pool_recycle": 1800}
"""Connections of one hub process: two of them stay well below PostgreSQL's usual hundred."""
FRESH_S = 1.0
"""A connection used within this time is believed to be alive; others are tried before they are used."""
_USED = "used"
KEEPALIVE = {
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
SESSION = f"""
SET lock_timeout = '{WAIT_S}s';
SET statement_timeout = '60s';
SET idle_in_transaction_session_timeout = '60s';
SET TIME ZONE 'UTC'
"""


def open_database(data: Path, url: URL | str | None = None) -> Engine:
    """The engine for `url`, or for SQLite in `data/hub.sqlite`, with every table as this version wants it.

    Raises OSError, SQLAlchemyError and `DatabaseRefused`.
    """
    if url is None:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        url = URL.create("sqlite", database=str(data / "hub.sqlite"))
    elif isinstance(url, str):
        url = database_url(url)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    engine = create_engine(url, connect_args={"connect_timeout": 5} | KEEPALIVE, **POOL)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _try_if_idle)
    reading_anew = engine.execution_options(isolation_level="READ COMMITTED")
    with ExitStack() as unusable, reading_anew.begin() as connection:
        unusable.callback(engine.dispose)
        _check_promises(connection)
        connection.execute(text("SET LOCAL lock_timeout = '300s'"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
        migrate(connection)
        unusable.pop_all()
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same database for look-ups: on SQLite they wait for no writer, on PostgreSQL each is its own."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(reading=True)
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def psycopg_of(connection: Connection, statement: str) -> Iterator[psycopg.Connection]:
    """The driver's own connection, for what SQLAlchemy has no way for; errors come as from SQLAlchemy."""
    import psycopg

    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        yield driver
    except psycopg.Error as error:
        if driver.broken or driver.closed:
            connection.invalidate(error)
        raise OperationalError(statement, None, error) from error


def migrate(connection: Connection) -> None:
    """Runs the migrations that are still missing, in the caller's transaction. Raises `DatabaseRefused`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseRefused(
            "The hub's database was made by a newer version of this program: install that version again."
        ) from error


def _open_sqlite(url: URL) -> Engine:
    file = Path(str(url.database))
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(url, connect_args={"timeout": WAIT_S}, **POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediately)
    with alone(file), engine.begin() as connection:
        migrate(connection)
    return engine


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """One hub at a time makes a file ready: SQLite, for one, does not wait while the journal mode changes."""
    handle = os.open(file.with_name(f"{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_immediately(connection: Connection) -> None:
    """One writer at a time from the first statement on: what FOR UPDATE does on PostgreSQL."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Statements, not start-up options: poolers in between take these too."""
    connection.autocommit = True
    for statement in SESSION.split(";"):
        connection.execute(statement)
    held = connection.execute("SELECT current_setting('synchronous_commit')").fetchone()
    if held is not None and held[0] == "off":
        connection.execute("SET synchronous_commit = on")
    connection.autocommit = False


def _note_use(_connection: Any, entry: ConnectionPoolEntry) -> None:
    entry.info[_USED] = time.monotonic()


def _try_if_idle(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Raises `DisconnectionError`, upon which the pool makes a new connection."""
    import psycopg

    used = entry.info.get(_USED)
    if used is None or time.monotonic() - used < FRESH_S:
        return
    connection.autocommit = True
    try:
        connection.execute("")
        connection.autocommit = False
    except psycopg.Error as error:
        raise DisconnectionError from error


def _check_promises(connection: Connection) -> None:
    """A receipt says "on stable storage": the server has to mean it, and to hold every letter."""
    flushed, encoding = connection.execute(
        text("SELECT current_setting('fsync', true), current_setting('server_encoding', true)")
    ).one()
    if flushed == "off":
        raise DatabaseRefused(
            "This PostgreSQL server runs with fsync off and may lose what the hub signs for: switch it on."
        )
    if encoding not in (None, "UTF8"):
        raise DatabaseRefused(
            f"This database is in {encoding}: make one with ENCODING 'UTF8' and give its URL."
        )


__all__ = ["DatabaseRefused", "alone", "for_reading", "migrate", "open_database", "psycopg_of"]
