"""Records: equal by value, hashable, and frozen for the type checker."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import field
from pathlib import Path

from verification.record import record

ROOT = Path(__file__).resolve().parents[2]
WRITES = """
from verification.evidence import Personal
Personal().name = "Made Up"
"""


@record
class Pair:
    first: int
    second: int = field(default=0, compare=False)


def test_records_of_equal_values_are_equal_and_hash_alike() -> None:
    assert Pair(1) == Pair(1, 2) != Pair(2)
    assert len({Pair(1), Pair(1, 2), Pair(2)}) == 2


def test_the_type_checker_refuses_to_change_a_record(tmp_path: Path) -> None:
    written = tmp_path / "writes.py"
    written.write_text(WRITES, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), "--follow-imports=silent", str(written)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Property "name" defined in "Personal" is read-only' in checked.stdout
