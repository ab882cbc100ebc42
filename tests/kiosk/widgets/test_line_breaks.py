"""Where lines break does not depend on how few rows are measured, and few are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.widgets import line_breaks
from kiosk.widgets.line_breaks import broken

LONG = (
    "本站只保存查驗所需的資料，三十一天後刪除；姓名、證件號碼及出生日期一概不保存。"
    "如有疑問，請向職員查詢，或按下列網址閱讀全文。"
) * 2
MIXED = (
    "Your slip 參考編號 S|SIG: what this kiosk keeps about you, and for how many days; port-health.example."
)


def measured(width: Callable[[str], float], seen: set[str]) -> Callable[[str], float]:
    def measure(row: str) -> float:
        seen.add(row)
        return sum(map(width, row))

    return measure


def _width(letter: str) -> float:
    return 1.0 if ord(letter) >= 0x2E80 else 0.25 if letter == " " else 0.55


@pytest.mark.parametrize("text", [LONG, MIXED])
@pytest.mark.parametrize("lines", [2, 3, 5, 8])
def test_lines_are_the_same_as_if_every_row_were_measured(
    text: str, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = broken(text, lines, measured(_width, set()))
    monkeypatch.setattr(line_breaks, "NEAR", 1e9)
    assert quick == broken(text, lines, measured(_width, set()))


def test_rows_clearly_too_short_or_too_long_are_not_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few: set[str] = set()
    broken(LONG, 5, measured(_width, few))
    monkeypatch.setattr(line_breaks, "NEAR", 1e9)
    many: set[str] = set()
    broken(LONG, 5, measured(_width, many))
    assert len(few) < len(many) / 3
