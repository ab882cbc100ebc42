"""Which database the hub uses, and how its URL gets here without its password being seen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

VARIABLE = "CHECKPOINT_HUB_DATABASE"
LARGEST = 4096
POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}
FORMS = "postgresql+psycopg://ROLE@HOST/DATABASE or sqlite:////FILE"


class DatabaseRefused(Exception):
    """The hub can't or must not work on this database. `str()` is one sentence that says what to do."""


def database_url(text: str) -> URL:
    """The URL as SQLAlchemy takes it; PostgreSQL's own form is understood too. Raises `DatabaseRefused`."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as error:
        raise DatabaseRefused(f"This is not the URL of a database: write {FORMS}.") from error
    if url.drivername in POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise DatabaseRefused(f"The hub works on PostgreSQL and SQLite: write {FORMS}.")


def chosen_database(
    given: str | None, file: Path | None, environment: Mapping[str, str] = os.environ
) -> URL | None:
    """The URL from the command line, from a file, or from `CHECKPOINT_HUB_DATABASE`; None where none says.

    Raises `DatabaseRefused`, also for a password on the command line, and OSError.
    """
    if given is not None:
        url = database_url(given)
        if url.password is not None:
            raise DatabaseRefused(
                "Everybody on this machine can read a password on the command line: write the URL into a "
                "file (mode 600) and say --database-file FILE."
            )
        return url
    if file is not None:
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_mode & 0o077:
                raise DatabaseRefused(f"{file} can be read by others: run chmod 600 on it.")
            return database_url(stream.read(LARGEST).decode(errors="replace"))
    text = environment.get(VARIABLE)
    return database_url(text) if text else None
