"""What all tests share: the public conformance data, and how many of its cases were really run."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.order import rank
from tests.quick_hashes import quicken

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a busy machine is no failure
quicken()

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = os.environ.get("CONFORMANCE_REQUIRED") == "1"


def conformance_folder() -> Path:
    """Where the public codes and keys are expected: CONFORMANCE_DIR, relative to the repository root."""
    return ROOT / os.environ.get("CONFORMANCE_DIR", "../shared/conformance")


@pytest.fixture(scope="session")
def conformance_dir() -> Path:
    """The folder of public codes and keys.

    Absent: the test skips and says so, or fails with CONFORMANCE_REQUIRED=1. A test that uses it calls
    `record_property("conformance_cases", n)` with the number of cases it ran.
    """
    folder = conformance_folder().resolve()
    if (folder / "dcc").is_dir():
        return folder
    missing = f"no conformance data at {folder} (set CONFORMANCE_DIR)"
    if REQUIRED:
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@pytest.fixture(autouse=True)
def _windows_end_in_their_own_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program: Python's collector may run in any thread, and must not meet a window there."""
    with_windows = "qapp" in request.fixturenames
    if with_windows:
        gc.disable()
    yield
    if with_windows:
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first."""
    items.sort(key=lambda item: rank(item.path))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many cases ran. Reports carry their properties through xdist, so the sum is whole."""
    tests = cases = 0
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            counts = [int(n) for name, n in report.user_properties if name == "conformance_cases"]
            tests += bool(counts)
            cases += sum(counts)
    skipped = sum(
        "no conformance data at" in str(report.longrepr)
        for report in terminalreporter.stats.get("skipped", [])
    )
    terminalreporter.write_line(
        f"conformance: {cases} cases ran in {tests} tests, {skipped} tests skipped for want of data"
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes and long texts are often made anew at every run; workers must agree on the names of tests."""
    made = isinstance(val, bytes) or (isinstance(val, str) and len(val) > 24)
    return argname if made else None
