"""Opens the hub's database and brings its tables up to date."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def open_database(data: Path, url: str | None = None) -> Engine:
    """The engine for `url`, or for SQLite in `data/hub.sqlite`. Raises OSError and SQLAlchemyError."""
    if url is None:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = data / "hub.sqlite"
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        engine = create_engine(URL.create("sqlite", database=str(file)), connect_args={"timeout": 30})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    else:
        engine = create_engine(url, pool_pre_ping=True)
    with engine.begin() as connection:
        migrate(connection)
    return engine


def migrate(connection: Connection) -> None:
    """Runs the migrations that are still missing, in the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_immediately(connection: Connection) -> None:
    """One writer at a time from the first statement on: what FOR UPDATE does on PostgreSQL."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
