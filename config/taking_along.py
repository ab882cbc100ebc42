"""What a traveller may take along: where to object, where to renew a code, the venue's code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from config.mistakes import written_as
from config.section import Language, Section


def _in_all_languages(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


Address = Annotated[
    str, written_as(r"(https?://[!-~]{1,190})?", "an address that begins with https:// or http://")
]
OneLine = Annotated[
    str,
    written_as(
        r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{0,80}", "one line of at most 80 letters"
    ),
]
Words = Annotated[dict[Language, OneLine], BeforeValidator(_in_all_languages)]
"""One text, or one for each language. Where a language has none, English stands."""
Telephone = Annotated[str, written_as(r"(\+?[0-9][0-9 ()-]{2,28})?", "a telephone number: + and digits")]

RenewUrls = dict[Annotated[str, Field(max_length=64)], Address]
"""Where a new code is made, by the code's scheme (`HK`) or else its issuer (`CN-GD`)."""


class Slip(Section):
    """The slip after a referral or a refusal (docs/slip.md)."""

    authority: Words = Field(default_factory=dict)
    """Who decides about objections."""
    url: Address = ""
    telephone: Telephone = ""
    address: Words = Field(default_factory=dict)
    renew_url: RenewUrls = Field(default_factory=dict)
    """Where the lane's policy names no address for the code (`Policy.renew_url`)."""


class Venue(Section):
    """The venue's own code, which travellers may photograph for their record. Nobody keeps who did."""

    code: Annotated[str, written_as(r"[ -~]{0,300}", "at most 300 plain letters, digits and signs")] = ""
    """What the code says, to the letter. Empty: none is shown."""
    name: Words = Field(default_factory=dict)


class Privacy(Section):
    """Whom to ask about what this kiosk keeps."""

    url: Address = ""
    """Where the same is written for reading at home. Empty: the screen alone says it."""


def in_language(words: Mapping[Language, str], language: str) -> str:
    """The text in this language, else in English, else in any; empty where there is none."""
    table: dict[str, str] = dict(words.items())
    return table.get(language) or table.get("en") or next(iter(table.values()), "")
