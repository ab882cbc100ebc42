"""Writes docs/codes.md from the table of out-of-order codes: `python -m kiosk.health.codes_page`."""

from __future__ import annotations

from pathlib import Path

from kiosk.health.codes import Code, codes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "codes.md"
LANGUAGES = ("en", "zh_HK", "zh_CN", "pt")

_HEAD = """\
# Out-of-order codes

Two letters for the telephone. They stand on the officer's screen, on the traveller's when the lane is closed,
and before each line of `main.py doctor`. This page is written from `kiosk/health/codes.toml` by
`python -m kiosk.health.codes_page`: change the table, not the page. The English detail of the case at hand
stands below the advice on the officer's screen.
"""


def render() -> str:
    """The whole page as Markdown."""
    rows = [codes()[letters] for letters in sorted(codes())]
    overview = ["| code | part | what to do |", "|---|---|---|"]
    overview += [
        f"| [{row.letters}](#{row.letters.lower()}) | {row.part['en']} | {row.advice['en']} |" for row in rows
    ]
    return "\n".join([_HEAD, *overview, "", *(_section(row) for row in rows)])


def _section(row: Code) -> str:
    lines = [f"## {row.letters}", "", "| | part | what to do |", "|---|---|---|"]
    lines += [f"| {name} | {row.part[name]} | {row.advice[name]} |" for name in LANGUAGES]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
