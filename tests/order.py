"""Files that take long come first: whoever starts one of them last is whom the whole run waits for.

A worker takes a file as a whole (`--dist loadfile`), in this order (`--no-loadscope-reorder`: xdist alone
would begin with the files of many tests, and leave the whole demonstration with its ten to the end).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

LONG = (
    "bench/test_benchmarks.py",
    "flows/test_demo.py",
    "flows/test_operator.py",
    "flows/test_station_desk.py",
    "sync/hub/test_hub_pages_in_chromium.py",
    "kiosk/screens/test_officer_fit.py",
    "kiosk/screens/test_station_fit.py",
    "kiosk/commands/test_screenshots.py",
    "flows/test_scanner_and_lamp.py",
    "flows/test_enrolment.py",
    "soak/test_soak.py",
    "sync/test_exactly_once.py",
    "sync/test_journal_faults.py",
    "sync/hub/test_hub_serves_people.py",
    "kiosk/screens/test_shift.py",
    "kiosk/screens/test_officer_reach.py",
    "sync/export/test_flat_memory.py",
    "sync/clock/test_promises.py",
    "kiosk/test_crossing_model.py",
)
"""Below `tests`, the longest first: what took more than ten seconds on a busy machine."""
TESTS = Path(__file__).parent
_RANK = {TESTS / file: number for number, file in enumerate(LONG)}


def rank(file: Path) -> int:
    """Lower comes first; all others together at the end, in the order they had."""
    return _RANK.get(file, len(LONG))


def first_the_long(files: Sequence[Path]) -> list[Path]:
    """`files` as they are run."""
    return sorted(files, key=rank)
