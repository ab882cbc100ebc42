"""A symbol is painted in runs, and every module of it."""

from __future__ import annotations

from itertools import pairwise

from kiosk.presenters.qr import modules
from kiosk.widgets.qr_picture import dark_runs


def test_runs_are_the_dark_modules_and_nothing_else() -> None:
    for row in (b"", b"\0", b"\1", b"\0\1\1\0\1", *modules("https://port-health.example/objections")):
        painted = bytearray(len(row))
        for start, long in dark_runs(row):
            painted[start : start + long] = b"\1" * long
        assert bytes(painted) == row


def test_runs_do_not_touch() -> None:
    runs = [list(dark_runs(row)) for row in modules("HKEN:0123456789abcdef")]
    for row in runs:
        assert all(one[0] + one[1] < other[0] for one, other in pairwise(row))
