"""A crash report says where the mistake is and nothing of whom it met."""

from __future__ import annotations

from kiosk.crash_report import crash_report


def read_birth(name: str) -> int:
    return int(name)


def handle(name: str) -> int:
    try:
        return read_birth(name)
    except ValueError as error:
        raise RuntimeError(f"{name} has no birth") from error


def report(name: str) -> str:
    try:
        handle(name)
    except RuntimeError as error:
        return crash_report(error)
    raise AssertionError


def test_a_crash_report_has_every_place_and_kind_and_no_value() -> None:
    said = report("MADE-UP TRAVELLER")
    assert "MADE-UP" not in said
    assert said.index("in read_birth") < said.index("builtins.ValueError") < said.index("RuntimeError")
    assert "return int(name)" in said


def test_mistakes_that_go_round_in_a_circle_end() -> None:
    first, second = ValueError("MADE-UP"), KeyError("MADE-UP")
    first.__cause__, second.__cause__ = second, first
    assert crash_report(first).count("message left out") == 2
