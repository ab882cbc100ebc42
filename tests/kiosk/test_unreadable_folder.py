"""A journal folder that this program may not look into is one sentence, wherever it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Hub, Journal, Settings
from kiosk.enrolment_watch import is_enrolled
from kiosk.practice.place import is_practice
from sync.clock.journal_mark import journal_mark
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader


@pytest.fixture
def unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As its owner's permissions make it: tests may run as root, whom permissions do not bind."""
    folder, looks = tmp_path / "journal", Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> object:
        if folder in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        return looks(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    return folder


def test_it_is_one_sentence_with_what_to_look_at(unreadable: Path) -> None:
    with pytest.raises(
        JournalUnavailable, match=r"Permission denied\): check the disk, its room and its owner"
    ):
        JournalReader(unreadable)


def test_nothing_else_at_a_start_falls_over_it(unreadable: Path) -> None:
    assert journal_mark(unreadable) is None
    assert not is_practice(unreadable)
    settings = Settings(journal=Journal(folder=unreadable), hub=Hub(url="http://127.0.0.1:9"))
    assert not is_enrolled(settings)
