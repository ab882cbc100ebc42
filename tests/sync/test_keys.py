"""Key files that are not what they should be, and disks that take only half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sync.signing import KeyUnusable, load_public, write_private


def test_a_key_file_without_end_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="no regular file"):
        load_public(Path("/dev/zero"))
    large = tmp_path / "large.pem"
    with large.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(KeyUnusable, match="not a public key"):
        load_public(large)


def test_half_a_key_is_not_put_in_the_place_of_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "day.key"
    file.write_bytes(b"whole")
    whole_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: whole_write(handle, data[:3]))
    with pytest.raises(OSError, match="No space left"):
        write_private(file, b"newer")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"whole", [file])
