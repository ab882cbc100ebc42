"""A number of things in words, for lines at a terminal."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """`1 lane`, `2 lanes`: for English words that take an s."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
