"""The tables of the journal file and how an older file becomes a newer one."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

journal_migrations = Migrations("journal")


class TooNew(Exception):
    """The file was written by a newer version of this program."""


@journal_migrations()
def m001_events(db: Database) -> None:
    """Records in order, what was spent, and facts about the file itself."""
    events = db.table("events")
    assert isinstance(events, Table)
    events.create(
        {
            "sequence": int,
            "at": str,
            "kind": str,
            "digest": bytes,
            "head": bytes,
            "salt": bytes,
            "payload": str,
            "erasable": int,
        },
        pk="sequence",
        not_null={"at", "kind", "digest", "head", "erasable"},
    )
    runs = db.table("runs")
    assert isinstance(runs, Table)
    runs.create({"first": int, "day": str}, pk="first", not_null={"day"})
    spent = db.table("spent")
    assert isinstance(spent, Table)
    spent.create({"token": bytes, "day": str, "sequence": int}, pk="token", not_null={"day", "sequence"})
    spent.create_index(["day"])
    facts = db.table("facts")
    assert isinstance(facts, Table)
    facts.create({"name": str, "value": str}, pk="name", not_null={"value"})


@journal_migrations()
def m002_segments(db: Database) -> None:
    """Where the chain goes on behind a damaged file: numbers between `after` and `begins` may be missing."""
    segments = db.table("segments")
    assert isinstance(segments, Table)
    segments.create({"begins": int, "after": int}, pk="begins", not_null={"after"})


@journal_migrations()
def m003_ageing(db: Database) -> None:
    """Kinds of events age apart: where the records of a day begin, for each mark of `sync.retention`."""
    ageing = db.table("ageing")
    assert isinstance(ageing, Table)
    ageing.create({"mark": int, "first": int, "day": str}, pk=("mark", "first"), not_null={"day"})
    db.execute("INSERT INTO ageing (mark, first, day) SELECT 1, first, day FROM runs")
    db["runs"].drop()


@journal_migrations()
def m004_spent_line(db: Database) -> None:
    """Spent codes that the hub has to hear of (`sync.spent_line`)."""
    line = db.table("spent_line")
    assert isinstance(line, Table)
    line.create(
        {"reference": str, "token": bytes, "also": str, "day": str, "at": str, "state": str},
        pk="reference",
        not_null={"token", "also", "day", "at", "state"},
    )
    line.create_index(["token"])
    line.create_index(["state"])


@journal_migrations()
def m005_admitted(db: Database) -> None:
    """Who was let in a moment ago (`sync.admitted`)."""
    admitted = db.table("admitted")
    assert isinstance(admitted, Table)
    admitted.create(
        {"token": bytes, "at": str, "authorisation": str}, not_null={"token", "at", "authorisation"}
    )
    for column in ("token", "at", "authorisation"):
        admitted.create_index([column])


RARE = (
    "clock.floor",
    "lane.alarm",
    "lane.closed",
    "lane.freed",
    "lane.held",
    "lane.turned",
    "shift.closed",
    "shift.opened",
)
"""Kinds of events of which the newest are asked for and may lie a million records back."""
OF_RARE_KIND = f"kind IN ({', '.join(repr(kind) for kind in RARE)})"
"""SQLite finds these records by their index only where a query says it in these very words."""


@journal_migrations()
def m006_rare(db: Database) -> None:
    """An index of the few: the record of any other kind costs an append nothing more."""
    db.execute(f"CREATE INDEX rare ON events (kind) WHERE {OF_RARE_KIND}")


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Runs the migrations a file lacks, each in its own transaction. Raises `TooNew` and sqlite3.Error."""
    db = Database(connection)
    known = {migration.name for migration in journal_migrations.pending(Database(memory=True))}
    if any(applied.name not in known for applied in journal_migrations.applied(db)):
        raise TooNew
    if journal_migrations.pending(db):
        journal_migrations.apply(db)
