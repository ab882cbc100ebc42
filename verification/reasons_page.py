"""Writes docs/reasons.md from the table of reasons: page, screens and telephone use the same words."""

from __future__ import annotations

from pathlib import Path

from verification.reasons import LANGUAGES, Reason, reasons

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reasons.md"

_HEAD = """\
# Reasons

Every verdict has at least one reason; the first is the one that decided. This page is written from
`verification/reasons.toml` by `python -m verification.reasons`: change the table, not the page.

The short code is for the telephone: the letter says which check (`F` format, `S` signature, `R` revocation,
`V` validity, `U` use, `J` journal, `P` policy, `H` help, `A` admitted). A policy may make an outcome milder
or stricter between `REFER` and `REFUSE`; it can never turn one of these into `ADMIT`. A *private* reason is
told to the officer only: the traveller's screen, sound, lamp and slip behave as for a referral.
"""


def render() -> str:
    """The whole page as Markdown."""
    rows = reasons().values()
    overview = ["| code | id | outcome | what was found |", "|---|---|---|---|"]
    overview += [
        f"| {_code(row)} | [{row.id}](#{row.id.lower()}) | {_outcome(row)} | {row.officer['en']} |"
        for row in rows
    ]
    return "\n".join([_HEAD, *overview, "", *(_section(row) for row in rows)])


def _section(row: Reason) -> str:
    lines = [
        f"## {row.id}",
        "",
        f"{_code(row)}, {_outcome(row)}",
        "",
        "| | traveller reads | officer reads | officer does |",
    ]
    lines.append("|---|---|---|---|")
    lines += [
        f"| {name} | {row.traveller[name]} | {row.officer[name]} | {row.next[name]} |" for name in LANGUAGES
    ]
    return "\n".join([*lines, ""])


def _code(row: Reason) -> str:
    return "`" + row.code.replace("|", r"\|") + "`"


def _outcome(row: Reason) -> str:
    return f"{row.outcome} (private)" if row.private else row.outcome


def write() -> Path:
    """Writes the page and returns where it is."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render(), encoding="utf-8")
    return PAGE
