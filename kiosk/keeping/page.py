"""Writes docs/privacy.md from the table of what is kept: `python -m kiosk.keeping.page`."""

from __future__ import annotations

from pathlib import Path

from kiosk.keeping.table import Group, days, groups
from sync.day_keys import LIFE_DAYS
from sync.retention import Keeping

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"

_HEAD = f"""\
# What is kept of whom

This page is written from `kiosk/keeping/kept.toml` by `python -m kiosk.keeping.page`: change the table,
not the page. The screen *What this kiosk keeps about you* is made from the same table and from the
settings that the journal itself erases by (`journal.keep_days`, `journal.keep_kinds`), so that it cannot
promise what is not done. The days here are those of a kiosk whose settings say nothing; none can say more
than {LIFE_DAYS}.

Never kept, neither here nor at the hub: a name, a document number, a date of birth, a picture of the
camera, a sound, or the text of a code. The officer who decides a referral sees a masked name while the
traveller stands there; it goes to the station's desks sealed to their keys, is emptied at the hub when
the referral is over, and is written nowhere. A traveller's screen, slip and sound never tell that a code
is revoked.

Erasing is done whether or not the hub has the record, and is itself a record; the salted digest of what
was erased stays, so that the chain of records can be checked ([export](export.md)). The hub keeps what it
was sent for as long at most, unless a challenged crossing is put on legal hold ([hub](hub.md)). Slips are
made of what is kept and nothing more ([slip](slip.md)); who photographs one, or the venue's code, is
known to nobody here.
"""


def render() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for about, title in (("traveller", "Of a traveller"), ("officer", "Of an officer")):
        parts.append(f"## {title}\n")
        parts.append("| what | why | who sees it | days | events |\n|---|---|---|---|---|")
        parts += [_row(group) for group in groups() if group.about == about]
        parts.append("")
    return "\n".join(parts)


def _row(group: Group) -> str:
    number = days(group, Keeping())
    told = "never erased" if number is None else str(number.most)
    kinds = ", ".join(f"`{kind}`" for kind in group.kinds) or "beside the journal"
    return f"| {group.what['en']} | {group.why['en']} | {group.who['en']} | {told} | {kinds} |"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
