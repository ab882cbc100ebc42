"""The one door: what no command expected is told there, and nothing of what it was about."""

from __future__ import annotations

import pytest

from kiosk.commands import policy
from kiosk.commands.door import main
from kiosk.crash_report import CRASHED


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
