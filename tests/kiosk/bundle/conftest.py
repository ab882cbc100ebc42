"""The town that the tests of the bundle at a lane share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kiosk.bundle.town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)
