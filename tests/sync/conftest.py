"""A journal folder, a clock and a device key for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from sync.device_key import device_key
from sync.journal import Journal
from sync.signing import SigningKey
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
