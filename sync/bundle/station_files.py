"""The station's own small files in the bundle: a notice to its officers, the oldest version that may run."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from sync.canonical import NotCanonical, read_json_object, utc_text, utc_time

MOST_LETTERS = 500
_LANGUAGES = frozenset({"en", "zh_HK", "zh_CN", "pt"})
_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Notice:
    """Words for officers by language; `until` is when they are over (aware UTC), None for no end."""

    says: dict[str, str]
    until: datetime | None = None


def read_notice(data: bytes) -> Notice:
    """`{"notice": 1, "says": {"en": "...", ...}, "until": "27-character time"}`; English must be there.

    Raises `NotCanonical`.
    """
    document = read_json_object(data)
    says = document.get("says")
    if document.get("notice") != 1 or not set(document) <= {"notice", "says", "until"}:
        raise NotCanonical('it is no notice: {"notice": 1, "says": {"en": "..."}} is expected')
    if not isinstance(says, dict) or "en" not in says or not set(says) <= _LANGUAGES:
        raise NotCanonical(f"says: words in en, and where there are in {', '.join(sorted(_LANGUAGES))}")
    for language, words in says.items():
        if not isinstance(words, str) or not 0 < len(words) <= MOST_LETTERS or not words.isprintable():
            raise NotCanonical(f"says.{language}: 1 to {MOST_LETTERS} printable letters are expected")
    until = document.get("until")
    if until is not None and not isinstance(until, str):
        raise NotCanonical("until: a time is expected, as in 2026-12-01T00:00:00.000000Z")
    return Notice(dict(says), None if until is None else utc_time(until))


def write_notice(notice: Notice) -> bytes:
    """The reverse of `read_notice`."""
    document: dict[str, object] = {"notice": 1, "says": notice.says}
    if notice.until is not None:
        document["until"] = utc_text(notice.until)
    return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"


def read_minimum(data: bytes) -> tuple[int, int, int]:
    """`{"minimum": 1, "version": "0.2.0"}`: the version as numbers. Raises `NotCanonical`."""
    document = read_json_object(data)
    version = document.get("version")
    if document.get("minimum") != 1 or set(document) != {"minimum", "version"}:
        raise NotCanonical('it is no minimum: {"minimum": 1, "version": "0.2.0"} is expected')
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise NotCanonical("version: three numbers are expected, as in 0.2.0")
    first, second, third = map(int, version.split("."))
    return first, second, third


def write_minimum(version: str) -> bytes:
    """The reverse of `read_minimum`. Raises `NotCanonical`."""
    data = json.dumps({"minimum": 1, "version": version}).encode() + b"\n"
    read_minimum(data)
    return data
