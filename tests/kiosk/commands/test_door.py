"""The one door: what no command expected is told there, and nothing of what it was about."""

from __future__ import annotations

import pytest

from kiosk.commands import policy
from kiosk.commands.door import main
from kiosk.crash_report import CRASHED


def test_what_this_user_may_not_touch_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forbidden(_args: object) -> int:
        raise PermissionError(13, "Permission denied", "/var/lib/made-up")

    monkeypatch.setattr(policy, "run", forbidden)
    assert main(["policy", "check", "-"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "/var/lib/made-up: Permission denied: run it as the user who owns that" in said


@pytest.mark.parametrize(
    "mistake", [ValueError("MADE-UP NAME"), FileNotFoundError(2, "gone", "MADE-UP NAME")]
)
def test_a_mistake_in_the_program_is_told_without_what_it_was_about(
    mistake: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def mistaken(_args: object) -> int:
        raise mistake

    monkeypatch.setattr(policy, "run", mistaken)
    assert main(["policy", "check", "-"]) == CRASHED
    said = capsys.readouterr().err
    assert said.startswith("Mistake in the program") and "MADE-UP" not in said
    assert type(mistake).__name__ in said
