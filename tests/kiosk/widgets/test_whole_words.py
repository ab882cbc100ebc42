"""A word stays on one line."""

from __future__ import annotations

import pytest

from kiosk.widgets.line_breaks import broken

KEPT = "職員對你的決定，以及所據文件的類別。絕不保存文件號碼"
KEPT_CN = "工作人员对您的决定，以及所依据文件的类别。绝不保存文件号码"
CROSSED = "有人在此過關：時間、通道、結果及原因，以及有否要求職員協助"


@pytest.mark.parametrize("lines", [2, 3, 4, 5])
@pytest.mark.parametrize("text", [KEPT, KEPT_CN, CROSSED])
def test_no_known_word_is_torn(text: str, lines: int) -> None:
    rows = broken(text, lines, lambda row: float(len(row)))
    assert "".join(rows) == text
    for word in ("文件", "類別", "类别", "以及", "有否", "要求", "通道", "號碼", "号码"):
        assert "".join(rows).count(word) == sum(row.count(word) for row in rows), (word, rows)


def test_no_line_begins_with_a_particle_of_the_word_before() -> None:
    rows = broken("以及只有本站能產生的指紋", 2, lambda row: float(len(row)))
    assert all(not row.startswith("的") for row in rows)


def test_please_stays_together_in_portuguese() -> None:
    rows = broken("Dirija-se ao balcão, por favor. Lá vão ajudar.", 2, lambda row: float(len(row)), room=26.0)
    assert rows == ["Dirija-se ao balcão,", "por favor. Lá vão ajudar."]
