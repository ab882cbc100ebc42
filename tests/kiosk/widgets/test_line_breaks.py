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


def wide(row: str) -> float:
    return sum(map(_width, row))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("We cannot accept this code. Please go now.", ["We cannot accept this code.", "Please go now."]),
        (
            "Dirija-se ao balcão, por favor. Lá vão ajudar.",
            ["Dirija-se ao balcão, por favor.", "Lá vão ajudar."],
        ),
        ("此碼已過期，請重新申領一個新的碼", ["此碼已過期，", "請重新申領一個新的碼"]),
        ("Aguarde, por favor, um agente", ["Aguarde, por favor,", "um agente"]),
    ],
)
def test_two_lines_break_where_a_reader_pauses(text: str, rows: list[str]) -> None:
    assert broken(text, 2, wide) == rows


def test_a_number_stays_in_one_line_with_what_it_counts() -> None:
    assert broken("A cerca de 15 cm da câmara", 2, wide) == ["A cerca de", "15 cm da câmara"]


def test_lines_break_at_pauses_wherever_there_is_room_and_never_past_it() -> None:
    text = "職員對你的決定，以及所據文件的類別。絕不保存文件號碼"
    assert broken(text, 2, wide, 19) == ["職員對你的決定，", "以及所據文件的類別。絕不保存文件號碼"]
    assert broken(text, 3, wide, 12) == ["職員對你的決定，", "以及所據文件的類別。", "絕不保存文件號碼"]
    assert max(map(wide, broken(text, 2, wide, 14))) <= 14
