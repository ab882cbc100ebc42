"""The hub's tables: migrations make what the program means out of every version there was, losing nothing."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

import sync.hub
from sync.hub.database import MIGRATIONS, open_database
from sync.hub.models import Base

for _module in pkgutil.iter_modules(sync.hub.__path__):
    if _module.name.endswith("models"):
        importlib.import_module(f"sync.hub.{_module.name}")


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.set_main_option("path_separator", "os")
    return made


DEVICE = """INSERT INTO devices (kiosk, public_key, enrolled_at, sequence, head)
VALUES ('lane-1', :key, :at, 1, :key)"""
RECORD = """INSERT INTO records (device_id, sequence, at, kind, digest, head, salt, payload)
VALUES (1, 1, :at, 'gate.passage', :key, :key, NULL, NULL)"""
REVISIONS = [one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return [one for one in compare_metadata(context, Base.metadata) if not _left_out_for_speed(one)]


def _left_out_for_speed(difference: Any) -> bool:
    """On PostgreSQL a record's device is looked up once, when its row is locked (migration 0002)."""
    return difference[0] == "add_fk" and difference[1].table.name == "records"


def test_the_migrations_make_the_tables_the_program_means(tmp_path: Path, database: str | None) -> None:
    engine = open_database(tmp_path, database)
    found = differences(engine)
    engine.dispose()
    assert found == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_hub_of_every_earlier_version_is_brought_up_to_date_with_what_it_held(
    revision: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'hub.sqlite'}"
    older = create_engine(url)
    with older.begin() as connection:
        upgrading = config()
        upgrading.attributes["connection"] = connection
        command.upgrade(upgrading, revision)
        for row in (DEVICE, RECORD):
            connection.execute(text(row), {"key": bytes(32), "at": "2026-01-01T00:00:00.000000Z"})
    older.dispose()
    engine = open_database(tmp_path, url)
    assert differences(engine) == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT kiosk FROM devices")).scalars().all() == ["lane-1"]
        assert connection.execute(text("SELECT kind FROM records")).scalars().all() == ["gate.passage"]
    engine.dispose()
