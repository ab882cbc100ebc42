"""One table of two-letter codes: every code that a part can fail with is in it, and none is left over."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from kiosk.health.codes import code_of, codes
from kiosk.health.codes_page import LANGUAGES, PAGE, render

ROOT = Path(__file__).resolve().parents[3]
NO_CODES = {
    "CC": "Unicode's category of control characters",
    "CZ": "Unicode's categories",
    "CN": "the mainland",
    "HK": "Hong Kong",
    "MO": "Macao",
    "PT": "the button of Portuguese",
    "UP": "a link's state",
}
"""Two capital letters that mean something else."""
PICTURES = re.compile(r"_shots\.py$|^drivers/turnstile/|/formats/")
"""Made-up faults of pictures, and the letters of protocols."""


@cache
def used() -> set[str]:
    """Every two-letter text of the rooms that can raise a fault."""
    found = set()
    for room in ("kiosk", "drivers", "sync"):
        for file in sorted((ROOT / room).rglob("*.py")):
            if PICTURES.search(str(file.relative_to(ROOT))):
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.update(re.findall(r"\A[A-Z]{2}\Z", node.value))
    return found - set(NO_CODES)


def test_every_code_of_the_tree_is_in_the_table() -> None:
    assert used() - set(codes()) == set()


def test_no_row_of_the_table_is_left_over() -> None:
    assert set(codes()) - used() == set()


@pytest.mark.parametrize("letters", sorted(codes()))
def test_every_row_speaks_every_language_in_one_or_two_sentences(letters: str) -> None:
    row = codes()[letters]
    assert re.fullmatch("[A-Z]{2}", letters)
    for words in (row.part, row.advice):
        assert set(words) == set(LANGUAGES)
        assert all(text.strip() == text and text for text in words.values())
    assert all(text.endswith((".", "。")) and len(text) <= 110 for text in row.advice.values())


def test_what_stands_behind_the_letters_is_the_cases_own() -> None:
    assert code_of("EN 4F7K-2M9Q") is codes()["EN"]
    assert code_of("??") is None


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m kiosk.health.codes_page"
