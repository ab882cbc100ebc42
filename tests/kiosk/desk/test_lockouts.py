"""Wrong tries are on stable storage before anybody learns the answer, and damage never reads as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.lockouts import Lockouts, LockoutsError
from kiosk.desk.sign_in import Tries
from tests.kiosk.desk.ground import START

SAVED = {"O-17": Tries(7, START.utc, "0123456789abcdef")}


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    lockouts = Lockouts(tmp_path / "lockouts.json")
    lockouts.save(SAVED)
    assert Lockouts(tmp_path / "lockouts.json").load() == SAVED


def test_without_a_file_there_were_no_tries(tmp_path: Path) -> None:
    assert Lockouts(tmp_path / "lockouts.json").load() == {}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"\xff", b'{"lockouts": 5}', b'{"lockouts": {"O-17": {}}}',
        b'{"lockouts": {"O-17": {"count": 0, "last_at": "2023-01-08T01:00:00+00:00", "pin": ""}}}',
        b'{"lockouts": {"O-17": {"count": true, "last_at": "2023-01-08T01:00:00+00:00", "pin": ""}}}',
        b'{"lockouts": {"O-17": {"count": 9, "last_at": "2023-01-08T01:00:00", "pin": ""}}}',
    ],
)  # fmt: skip
def test_damage_is_said_and_not_read_as_no_tries(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "lockouts.json"
    file.write_bytes(content)
    with pytest.raises(LockoutsError) as caught:
        Lockouts(file).load()
    assert str(file) in str(caught.value)


def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lockouts = Lockouts(tmp_path / "lockouts.json")
    lockouts.save(SAVED)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.desk.durable.os.fsync", full)
    with pytest.raises(LockoutsError, match="No space left"):
        lockouts.save({})
    monkeypatch.undo()
    assert lockouts.load() == SAVED
    assert [file.name for file in tmp_path.iterdir()] == ["lockouts.json"]


def test_a_save_is_flushed_before_it_takes_the_old_files_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace = Path.replace

    def flush(_descriptor: int) -> None:
        done.append("flush")

    def put(self: Path, target: Path) -> Path:
        done.append("replace")
        return replace(self, target)

    monkeypatch.setattr("kiosk.desk.durable.os.fsync", flush)
    monkeypatch.setattr(Path, "replace", put)
    Lockouts(tmp_path / "lockouts.json").save(SAVED)
    assert done == ["flush", "replace", "flush"]
