"""A record as a row for people, and the row as a line of CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from sync.canonical import utc_time
from sync.chain import Record
from sync.event_types import LOCAL_KINDS

COLUMNS = (
    *("sequence", "time_utc", "time_local", "kind", "crossing", "officer", "verdict", "reasons"),
    *("details", "erased"),
)
BOM = "\ufeff".encode()
_OWN = {"crossing": 4, "officer": 5, "outcome": 6, "reasons": 7}
_DANGEROUS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What makes a spreadsheet calculate, in both widths."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BLANK = re.compile(r"^[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]+")


def cells(record: Record, zone: ZoneInfo) -> list[str]:
    """The row, one text for each of `COLUMNS`. A payload that was erased, or stayed behind, is empty."""
    local = _local(record.at[:19] + ".000000Z", zone)
    row = [str(record.sequence), record.at, local, record.kind, "", "", "", "", "", ""]
    if record.payload is None:
        row[9] = "local" if record.kind in LOCAL_KINDS else "yes"
        return row
    details = []
    for name, value in json.loads(record.payload).items():
        if name in _OWN:
            row[_OWN[name]] = _words(value)
        else:
            details.append(f"{name}: {_words(value)}")
    row[8] = "; ".join(details)
    return row


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet may take this for more than text, blanks in front or not."""
    if not text:
        return False
    return text[0] in "\t\r\n" or _BLANK.sub("", text)[:1] in tuple(_DANGEROUS)


def is_plain(text: str) -> bool:
    """Whether nothing has to be done about this text: the quick answer for nearly all of them."""
    return not text or (text[0].isascii() and text[0].isalnum() and text.isprintable())


def plain(text: str) -> str:
    """The text on one line."""
    return _CONTROL.sub(" ", text)


def csv_line(row: list[str]) -> bytes:
    """Every cell between quotation marks; one that begins like a formula is led by an apostrophe."""
    made = []
    for text in row:
        if not is_plain(text):
            text = plain("'" + text if is_dangerous(text) else text)
        made.append('"' + text.replace('"', '""') + '"')
    return (",".join(made) + "\r\n").encode("utf-8", errors="replace")


def csv_head() -> bytes:
    """The byte order mark, which makes Excel read UTF-8, and the names of the columns."""
    return BOM + csv_line(list(COLUMNS))


@lru_cache(maxsize=1024)
def _local(second: str, zone: ZoneInfo) -> str:
    return utc_time(second).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _words(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value)
