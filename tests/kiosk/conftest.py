"""What tests of screens share: the pinned environment, and the translations compiled from their sources."""

from __future__ import annotations

import pytest

from kiosk.i18n.build import build, is_fresh
from kiosk.theme.environment import prepare
from tests.kiosk.lane_bench import LaneBench

prepare()


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """Compiles the .ts files if that was not done since they were changed."""
    if not is_fresh():
        build()


@pytest.fixture
def lane() -> LaneBench:
    """A lane on the bench: scripted rules, a hand-turned clock."""
    return LaneBench()
