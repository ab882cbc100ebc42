"""One desk for every test of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.kiosk.desk.ground import Ground


@pytest.fixture
def ground(tmp_path: Path, qtbot: QtBot) -> Iterator[Ground]:
    """A desk with nobody signed in, that is put away afterwards."""
    made = Ground(tmp_path, qtbot)
    yield made
    made.session.stop()
