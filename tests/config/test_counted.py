"""One thing is one thing, and everything else is several."""

from __future__ import annotations

import pytest

from config.counted import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 lanes"), (1, "1 lane"), (2, "2 lanes")])
def test_only_one_is_said_in_the_singular(number: int, said: str) -> None:
    assert counted(number, "lane") == said
