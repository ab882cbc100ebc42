"""A journal folder, a clock and a device key for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from sync.device_key import device_key
from sync.hub.database import open_database
from sync.journal import Journal
from sync.signing import SigningKey
from tests.postgres import MISSING, REQUIRED, Postgres
from tests.sync.ground import HandClock

OpenJournal = Callable[..., Journal]


@pytest.fixture(autouse=True)
def logging_as_at_first() -> Iterator[None]:
    """A command sets up the log of its whole process; here it ends with the test."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "journal"
    made.mkdir()
    return made


@pytest.fixture
def device(folder: Path) -> SigningKey:
    return device_key(folder)


@pytest.fixture
def open_journal(folder: Path, clock: HandClock, device: SigningKey) -> Iterator[OpenJournal]:
    opened: list[Journal] = []

    def open_one(**settings: Any) -> Journal:
        settings.setdefault("reserve_bytes", 100_000)
        journal = Journal(folder, clock, device, **settings)
        opened.append(journal)
        return journal

    yield open_one
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_journal: OpenJournal) -> Journal:
    return open_journal()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the tests of this process; each test gets a database of its own in it."""
    if not Postgres.installed:
        if REQUIRED:
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def made_database(postgres: Postgres) -> str:
    """The name of a database with every table of the hub, to make copies of."""
    url = postgres.database()
    open_database(Path(), url).dispose()
    return url.rpartition("/")[2]


@pytest.fixture
def postgres_url(postgres: Postgres, made_database: str) -> Iterator[str]:
    """A hub's database on PostgreSQL, for one test."""
    url = postgres.database(made_database)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """Each of the hub's databases in turn: a URL, or None for SQLite in the hub's folder."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgres_url")
    return url
