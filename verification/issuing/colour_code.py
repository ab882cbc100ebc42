"""Issues the colour codes of this border, exactly as docs/colour-code.md specifies them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from verification.evidence import Colour, Direction, Kind, Use
from verification.formats import colour_claims as keys
from verification.formats.personal_names import LONGEST
from verification.issuing.authority import Authority, CannotIssue
from verification.issuing.container import seal

_Value = TypeVar("_Value")
_SCHEME = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,13})?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourCode:
    """What one code is to say. Times are aware; whole seconds count. Defaults are left out of the code."""

    prefix: str
    cti: bytes = field(repr=False)
    """16 random bytes that no other code of this issuer has."""
    issued_at: datetime
    expires_at: datetime
    not_before: datetime | None = None
    colour: Colour | None = None
    scheme: str = ""
    """Empty: the scheme of the prefix (`HK` for `HK1`)."""
    direction: Direction = Direction.ANY
    use: Use = Use.MULTIPLE
    until: datetime | None = None
    masked_name: str = field(default="", repr=False)
    holder: bytes | None = field(default=None, repr=False)
    status: int | None = None
    specimen: bool = False
    kind: Kind | None = None
    """Needed with `PV1` only."""


def issue(code: ColourCode, authority: Authority) -> str:
    """The text for the QR symbol. A demo authority's codes are always marked as specimens.

    Raises `CannotIssue` for everything the specification does not allow.
    """
    return seal(code.prefix, claims(code, authority), authority)


def claims(code: ColourCode, authority: Authority) -> dict[int, Any]:
    """The CWT claims set of a code."""
    if len(code.cti) != keys.CTI_BYTES:
        raise CannotIssue(f"the identifier has {len(code.cti)} bytes, {keys.CTI_BYTES} are needed")
    if code.expires_at <= code.issued_at:
        raise CannotIssue("the code would expire before it is issued")
    table: dict[int, Any] = {
        keys.ISS: authority.issuer,
        keys.EXP: _seconds(code.expires_at),
        keys.IAT: _seconds(code.issued_at),
        keys.CTI: code.cti,
        keys.CLAIM: _statement(code, authority.demo or code.specimen),
    }
    if code.not_before is not None:
        table[keys.NBF] = _seconds(code.not_before)
    return table


def lifetime(prefix: str, issued_at: datetime) -> datetime:
    """The usual end of a code: 23:59:59 of its day in Hong Kong for `HK1`, else 24 hours on."""
    if prefix != "HK1":
        return issued_at + timedelta(hours=24)
    zone = ZoneInfo("Asia/Hong_Kong")
    return datetime.combine(issued_at.astimezone(zone).date(), time(23, 59, 59), zone).astimezone(UTC)


def _statement(code: ColourCode, specimen: bool) -> dict[int, Any]:
    stated: dict[int, Any] = {keys.SCHEME: _scheme(code)}
    kind = _kind(code)
    if code.colour is not None:
        stated[keys.COLOUR] = _number(keys.COLOURS, code.colour)
    elif kind is Kind.HEALTH_COLOUR:
        raise CannotIssue(f"a code of format {code.prefix} needs a colour")
    if keys.KIND_OF_PREFIX[code.prefix] is None:
        stated[keys.KIND] = _number(keys.KINDS, kind)
    if code.direction is not Direction.ANY:
        stated[keys.DIRECTION] = _number(keys.DIRECTIONS, code.direction)
    if code.use is not Use.MULTIPLE:
        stated[keys.USE] = _number(keys.USES, code.use)
    if code.until is not None:
        stated[keys.UNTIL] = _seconds(code.until)
    if code.masked_name:
        if len(code.masked_name) > LONGEST or not code.masked_name.isprintable():
            raise CannotIssue(f"the masked name is not printable text of at most {LONGEST} characters")
        stated[keys.MASKED_NAME] = code.masked_name
    if code.holder is not None:
        if not 16 <= len(code.holder) <= 32:
            raise CannotIssue("the holder digest has to be 16 to 32 bytes long")
        stated[keys.HOLDER] = code.holder
    if code.status is not None:
        if not 0 <= code.status < 1 << 32:
            raise CannotIssue("the status index has to be between 0 and 4294967295")
        stated[keys.STATUS] = code.status
    if specimen:
        stated[keys.SPECIMEN] = True
    return stated


def _scheme(code: ColourCode) -> str:
    if code.prefix not in keys.KIND_OF_PREFIX:
        raise CannotIssue(f"{code.prefix} is no format of colour codes")
    own = code.prefix[:2]
    scheme = code.scheme or own
    if not _SCHEME.match(scheme) or scheme[:2] != own:
        raise CannotIssue(
            f"the scheme {scheme!r} of a {code.prefix} code has to be {own} or begin with {own}-"
        )
    return scheme


def _kind(code: ColourCode) -> Kind:
    own = keys.KIND_OF_PREFIX[code.prefix]
    kind = code.kind or own
    if kind is None:
        raise CannotIssue(f"a code of format {code.prefix} needs a kind")
    if own is not None and kind is not own:
        raise CannotIssue(f"a code of format {code.prefix} is always of the kind {own}")
    return kind


def _number(table: dict[int, _Value], value: _Value) -> int:
    return next(number for number, named in table.items() if named == value)


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise CannotIssue("a time without a zone")
    return int(moment.timestamp())
