"""Every text of the pages in four languages, and which of them a browser wants."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("texts.toml")
LANGUAGES = {"en": "English", "zh_HK": "繁體", "zh_CN": "简体", "pt": "Português"}
"""By what each calls itself."""
_ACCEPTED = {"zh-hk": "zh_HK", "zh-tw": "zh_HK", "zh-mo": "zh_HK", "zh-hant": "zh_HK", "zh": "zh_CN"}


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The whole table by key."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


class Words:
    """The texts in one language. Times are shown in the station's zone."""

    def __init__(self, language: str, zone: tzinfo) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.tag = self.language.replace("_", "-")
        self._zone = zone

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key; a missing key is a mistake of ours (KeyError)."""
        return texts()[key][self.language].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in texts()

    def age(self, seconds: float | None) -> str:
        """A span of time in its largest unit."""
        if seconds is None:
            return "–"
        for size, key in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
            if seconds >= 2 * size:
                return self(key, n=int(seconds // size))
        return self("seconds", n=int(seconds))

    def local(self, at: datetime | str, form: str = "%Y-%m-%d %H:%M:%S") -> str:
        """A time, aware or as the records write it (UTC), in the station's zone."""
        if isinstance(at, str):
            at = datetime.fromisoformat(at)
        return at.astimezone(self._zone).strftime(form)

    def people(self, low: int) -> str:
        """A range of people that begins at `low` and holds ten numbers."""
        return self("fewer_than_ten") if low < 10 else self("tens", low=low, high=low + 9)


def wanted(accept: str, chosen: str | None) -> str:
    """The language of a browser: what was chosen, else the first of Accept-Language that we speak."""
    if chosen in LANGUAGES:
        return chosen
    for part in accept[:200].split(","):
        tag = part.split(";")[0].strip().lower()
        if tag in _ACCEPTED:
            return _ACCEPTED[tag]
        for known in ("zh-hant", "zh", "pt", "en"):
            if tag.split("-")[0] == known or tag.startswith(f"{known}-"):
                return _ACCEPTED.get(known, known)
    return "en"
