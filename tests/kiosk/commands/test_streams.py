"""The program when its standard streams were closed by whoever started it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).resolve().parents[3] / "main.py"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_as_good_as_an_empty_one(closed: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$1" verify - {closed}', sys.executable, str(MAIN)],
        input=b"",
        capture_output=True,
        timeout=60,
        cwd=tmp_path,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    script = (
        "import os; from kiosk.commands.streams import ensure_standard_streams as ensure; ensure();"
        f"print(os.open({str(tmp_path / 'journal')!r}, os.O_CREAT | os.O_RDWR), file=open(3, 'w'))"
    )
    ended = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" 3>&1 <&- >&- 2>&-', sys.executable, script],
        capture_output=True,
        timeout=60,
        cwd=MAIN.parent,
        check=False,
    )
    assert int(ended.stdout) > 2
