"""What other lanes spent is forgotten by a time that has surely passed, not by a clock that runs ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config.moment import Moment
from sync.canonical import utc_text
from sync.device_key import device_key
from sync.exchange import Reply
from sync.journal import Journal
from sync.other_lanes import OtherLanes
from sync.spent_elsewhere import SpentElsewhere
from sync.spent_words import Change
from tests.sync.clock.bench import NOON

FEED, TOKEN = "ab", b"t" * 32


class QuietHub:
    """A hub with nothing new."""

    def ask(self, method: str, path: str, content: object = None, **_: object) -> Reply:
        return Reply(200, {"feed": FEED, "last": 1, "more": False, "changes": []})


@pytest.mark.parametrize(("passed", "kept"), [(NOON + timedelta(days=1), True), (None, False)])
def test_a_clock_far_ahead_forgets_nothing_that_is_young(
    tmp_path: Path, passed: datetime | None, kept: bool
) -> None:
    def ahead() -> Moment:
        return Moment(0.0, NOON + timedelta(days=60))

    journal = Journal(tmp_path, ahead, device_key(tmp_path), reserve_bytes=100_000)
    elsewhere = SpentElsewhere(tmp_path)
    elsewhere.take(FEED, 1, [Change(1, TOKEN, True, "lane-2", utc_text(NOON))])
    lanes = OtherLanes(
        journal.spent_line,
        elsewhere,
        QuietHub,
        ahead,
        lambda _event: None,
        lambda _advice: None,
        passed=lambda: passed,
    )
    lanes.step(QuietHub())
    assert elsewhere.any_of([TOKEN]) is kept
    elsewhere.close()
    journal.close()
