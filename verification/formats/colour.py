"""`HK1: GD1: MO1: CN1: CD1: TC1: IE1: PV1:` the colour codes of this border (docs/colour-code.md)."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, TypeVar

from verification.encodings.malformed import Malformed
from verification.evidence import Direction, Evidence, Kind, Personal, Use
from verification.formats import colour_claims as keys
from verification.formats import hcert
from verification.formats.credential import Credential, Format
from verification.formats.numeric_date import Window, instant
from verification.formats.personal_names import LONGEST

_Value = TypeVar("_Value")
_KEYS = frozenset(range(keys.COLOUR, keys.KIND + 1))
_ISSUER = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?\Z")
_SUBSCHEME = re.compile(r"(-[A-Z0-9]{1,13})?\Z")


def read(prefix: str, payload: bytes) -> Credential:
    """What a colour code says. Raises `Malformed` for every departure from the specification."""
    claims = hcert.claims(payload)
    statement = claims.get(keys.CLAIM)
    if not isinstance(statement, dict) or not _KEYS.issuperset(statement):
        raise Malformed("colour: the colour claim is missing or has keys that do not exist")
    issuer, cti = claims.get(keys.ISS), claims.get(keys.CTI)
    if not isinstance(issuer, str) or not _ISSUER.match(issuer):
        raise Malformed("colour: the issuer is no ISO 3166 code")
    if not isinstance(cti, bytes) or len(cti) != keys.CTI_BYTES:
        raise Malformed("colour: the identifier is not 16 bytes")
    evidence = _evidence(prefix, issuer, claims, statement)
    return Credential(
        issuer=issuer,
        window=_window(claims, statement),
        evidence=evidence,
        own_issuer_only=True,
        identifiers=(("CTI", cti),),
        status_index=_status(statement),
        use=cti,
    )


def _evidence(prefix: str, issuer: str, claims: dict[Any, Any], statement: dict[Any, Any]) -> Evidence:
    kind = _kind(prefix, statement)
    colour = _one_of(keys.COLOURS, statement, keys.COLOUR)
    if colour is None and kind is Kind.HEALTH_COLOUR:
        raise Malformed("colour: a health code without a colour")
    scheme = statement.get(keys.SCHEME)
    if not isinstance(scheme, str) or not _scheme_fits(prefix, scheme):
        raise Malformed("colour: the scheme is not that of the prefix")
    return Evidence(
        kind=kind,
        scheme=scheme,
        issuer=issuer,
        issued_at=instant(claims.get(keys.IAT)),
        expires_at=_window(claims, statement).ends,
        colour=colour,
        direction=_one_of(keys.DIRECTIONS, statement, keys.DIRECTION) or Direction.ANY,
        use=_one_of(keys.USES, statement, keys.USE) or Use.MULTIPLE,
        holder=_holder(statement),
        specimen=_specimen(statement),
        personal=Personal(masked_name=_masked_name(statement)),
    )


def _scheme_fits(prefix: str, scheme: str) -> bool:
    return scheme[:2] == prefix[:2] and _SUBSCHEME.match(scheme, 2) is not None


def _kind(prefix: str, statement: dict[Any, Any]) -> Kind:
    own, stated = keys.KIND_OF_PREFIX[prefix], _one_of(keys.KINDS, statement, keys.KIND)
    if own is None and stated is not None:
        return stated
    if own is None or stated not in (None, own):
        raise Malformed("colour: the kind is missing or is not that of the prefix")
    return own


def _one_of(table: dict[int, _Value], statement: dict[Any, Any], key: int) -> _Value | None:
    """The enumerated value, None where the key is absent."""
    if key not in statement:
        return None
    value = statement[key]
    if type(value) is not int or value not in table:
        raise Malformed(f"colour: key {key} has a value that does not exist")
    return table[value]


def _window(claims: dict[Any, Any], statement: dict[Any, Any]) -> Window:
    """From the later of `iat` and `nbf` to the earlier of `exp` and the last moment of use."""
    begins, ends = instant(claims.get(keys.IAT)), instant(claims.get(keys.EXP))
    if begins is not None and keys.NBF in claims:
        not_before = instant(claims[keys.NBF])
        begins = None if not_before is None else max(begins, not_before)
    if ends is not None and keys.UNTIL in statement:
        until = instant(statement[keys.UNTIL])
        ends = None if until is None else min(ends, until)
    return Window(begins, ends)


def _holder(statement: dict[Any, Any]) -> bytes | None:
    if keys.HOLDER not in statement:
        return None
    digest = statement[keys.HOLDER]
    if isinstance(digest, bytes) and 16 <= len(digest) <= 32:
        return digest
    raise Malformed("colour: the holder digest is not 16 to 32 bytes")


def _status(statement: dict[Any, Any]) -> int | None:
    if keys.STATUS not in statement:
        return None
    index = statement[keys.STATUS]
    if type(index) is int and 0 <= index < 1 << 32:
        return index
    raise Malformed("colour: the status index is no index")


def _specimen(statement: dict[Any, Any]) -> bool:
    specimen = statement.get(keys.SPECIMEN, False)
    if isinstance(specimen, bool):
        return specimen
    raise Malformed("colour: the specimen mark is no truth value")


def _masked_name(statement: dict[Any, Any]) -> str:
    name = statement.get(keys.MASKED_NAME, "")
    if isinstance(name, str) and len(name) <= LONGEST and name.isprintable():
        return name
    raise Malformed("colour: the masked name is no printable text of at most 40 characters")


FORMATS = {
    prefix: Format(open=hcert.open_container, read=partial(read, prefix)) for prefix in keys.KIND_OF_PREFIX
}
