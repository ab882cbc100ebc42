"""A warning of Qt fails the test that it came up in, and no message of Qt is let pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WARNS = "from PySide6.QtCore import qWarning\n\n\ndef test_warns():\n    qWarning('made up')\n"


def test_a_deliberate_warning_fails_its_test(tmp_path: Path) -> None:
    file = tmp_path / "test_warns.py"
    file.write_text(WARNS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), str(file)]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "QtWarningMsg: made up" in done.stdout


def test_no_message_of_the_offscreen_display_or_of_qt_is_let_pass(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("qt_log_level_fail") == "WARNING"
    assert not pytestconfig.getini("qt_log_ignore"), "each that is let pass is named here, with its reason"
    for file in (ROOT / "tests").rglob("*.py"):
        if file != Path(__file__):
            assert "qt_" + "no_exception_capture" not in (text := file.read_text(encoding="utf-8")), file
            assert "qt_" + "log_ignore" not in text, file
