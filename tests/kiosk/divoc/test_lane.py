"""A lane and its DIVOC worker: there where the lane's settings name the format, gone with the lane."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from config.moment import system_clock
from config.settings import Journal, Settings
from config.settings import Lane as LaneSettings
from drivers.turnstile.staffed import NoTurnstile
from kiosk.machinery import Devices, Machinery, Watchers
from kiosk.program import program
from tests.kiosk.test_machinery import Grey
from tests.verification.made import NOW
from tests.verification.made_divoc import code
from verification.assessment import Assessment
from verification.reasons import ReasonId

GENEROUS_S = 30.0


def lane(folder: Path, *formats: str) -> Machinery:
    named = LaneSettings.model_validate({"formats": formats})
    return Machinery(
        Settings(journal=Journal(folder=folder), lane=named),
        Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False),
        program(),
        system_clock,
        Watchers(lambda _: None, lambda _: None, lambda _: None),
    )


def answer(machinery: Machinery) -> Assessment:
    """The lane's answer, once its worker has come up."""
    until = time.monotonic() + GENEROUS_S
    while True:
        checked = machinery.rulebook.verify(code(), NOW)
        if checked.evidence is not None or time.monotonic() > until:
            return checked
        threading.Event().wait(0.05)


def test_a_lane_that_allows_the_format_has_a_worker_while_it_runs(tmp_path: Path) -> None:
    machinery = lane(tmp_path, "HC1", "DIVOC")
    machinery.start()
    try:
        checked = answer(machinery)
        assert machinery._divoc is not None
        pid = machinery._divoc.pid
    finally:
        machinery.stop()
    assert checked.evidence is not None
    assert ReasonId.NO_TRUST_LIST in checked.reasons
    assert pid is not None and not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("formats", [("HC1",), LaneSettings().formats])
def test_other_lanes_have_none(tmp_path: Path, formats: tuple[str, ...]) -> None:
    machinery = lane(tmp_path, *formats)
    try:
        assert machinery._divoc is None
        assert machinery.rulebook.verify(code(), NOW).reasons == (ReasonId.FORMAT_NOT_ALLOWED,)
    finally:
        machinery.journal.close()
