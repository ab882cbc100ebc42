"""`main.py policy check` as an operator meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands.door import main
from verification.policy import built_in

SHIPPED = Path(__file__).parents[3] / "config" / "policies"


def written(folder: Path, **changes: Any) -> str:
    file = folder / "policy.json"
    file.write_text(json.dumps(built_in().model_dump(mode="json", exclude_defaults=True) | changes))
    return str(file)


def test_a_policy_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", str(SHIPPED / "to-mainland.json")]) == 0
    out = capsys.readouterr().out
    for words in (
        "for travellers to the mainland",
        "green health colour of scheme GD (GD1), at most 24 hours after issue; and customs declaration",
        "once only",
        "until 23:59:59 in Asia/Hong_Kong",
        "must be of one holder",
        "not relied on after 168",
        "REVOKED, ALREADY_USED, COLOUR_RED",
        "One crossing in 200",
        "nothing wrong",
    ):
        assert words in out


def test_rules_are_told_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rule = {"id": "R1", "says": "No names.", "kinds": ["test"], "logic": {"!": [{"var": "payload.birth"}]}}
    file = written(
        tmp_path,
        arrival={"country": "DE", "region": "BW", "on_fail": "REFUSE"},
        rules=[rule],
        outcomes={"EXPIRED": "REFER"},
        one_holder=False,
        second_officer=[],
        accept_specimens=True,
    )
    main(["policy", "check", file])
    out = capsys.readouterr().out
    assert "rules of arrival in DE, region BW: one that fails is refused" in out
    assert "Rule R1 is asked of each test: No names. A code that fails is referred to an officer." in out
    assert "EXPIRED leads to REFER" in out
    assert "One officer overrides alone." in out
    assert "further codes may be of other holders" in out
    assert "demo authorities count" in out


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "to-hong-kong-certificates",
            [
                "  1. vaccination of scheme DCC or DDCC (HC1); and test of scheme DCC or DDCC (HC1),"
                " at most 48 hours after the sample",
                "     provided (rule COMPLETE-14-DAYS): The vaccination is complete, its last dose 14 days"
                " or longer ago.",
                "  2. recovery of scheme DCC (HC1), at most 4320 hours (180 days) after the first"
                " positive test; and test of scheme DCC (HC1), at most 48 hours after the sample",
                "Birthdays, and days that name no hour, begin at midnight in Asia/Hong_Kong.",
                "All codes of a crossing must be of one holder; what cannot be bound is referred.",
            ],
        ),
        (
            "to-macao",
            ["One code is enough; further codes that certainly are of another holder are referred."],
        ),
        (
            "to-mainland-frequent",
            [
                "  1. green health colour of scheme GD (GD1), at most 24 hours after issue; and customs"
                " declaration of scheme CD (CD1), at most 168 hours (7 days) after issue",
            ],
        ),
    ],
)
def test_shipped_policies_are_told_as_an_operator_would_say_them(
    capsys: pytest.CaptureFixture[str], name: str, lines: list[str]
) -> None:
    assert main(["policy", "check", str(SHIPPED / f"{name}.json")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line not in told] == []


def test_what_is_wrong_is_named_with_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["policy", "check", written(tmp_path, spot_check_one_in=1)]) == 1
    assert "WRONG  spot_check_one_in: draws every crossing" in capsys.readouterr().out


def test_a_file_that_is_no_policy_is_named_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good, bad = written(tmp_path), tmp_path / "bad.json"
    bad.write_text("{}")
    assert main(["policy", "check", good, str(bad), str(tmp_path / "gone.json")]) == 2
    out, error = capsys.readouterr()
    assert "nothing wrong" in out
    assert [line.split(":")[0] for line in error.splitlines()] == [str(bad), str(tmp_path / "gone.json")]
