"""The roster: which officers may sign in at this lane. No names in it, service numbers only."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from config.regular import open_regular
from kiosk.desk.card import same_card
from kiosk.desk.durable import write_durably
from kiosk.desk.officer_key import SealedKeyError, check_sealed
from kiosk.desk.pin import PinHashError, check_hash
from sync.signing import PublicKey
from sync.weak_keys import is_weak

LARGEST = 1_000_000
_ID = re.compile(r"[A-Z]{1,3}-[0-9]{1,6}")
_HEX = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_KEYS = {"id", "role", "pin", "not_after", "key", "sealed_key", "card", "card_pin"}
CARD_PIN = {"asked": True, "not_asked": False}


class Role(StrEnum):
    """What a person at the desk may do."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"


class RosterError(Exception):
    """A roster that cannot be used. `str()` is one line: the file, the entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class Officer:
    """One entry: a service number, a role, the PIN's hash, and the key for decisions from a station desk."""

    id: str
    role: Role
    pin_hash: str = field(repr=False)
    not_after: datetime | None = None
    """Aware UTC; the entry counts until then. None: no end."""
    public: PublicKey | None = None
    """None, in older rosters: this officer decides at the lane's own panel only."""
    sealed_key: str = field(default="", repr=False)
    """The private half, under the PIN (`officer_key`)."""
    card: bytes = field(default=b"", repr=False)
    """The digest of the officer's card (`kiosk.desk.card`); empty: there is none."""
    card_pin: bool = True
    """Whether the PIN is asked for behind the card. At a station desk it always is: it unlocks the key."""

    @property
    def number(self) -> str:
        """The digits of the service number: what is typed on a pad that has no letters."""
        return self.id.rpartition("-")[2]

    def may_work(self, at: datetime) -> bool:
        """Whether the entry has not ended."""
        return self.not_after is None or at < self.not_after


class Roster:
    """Officers by service number. The digits alone are enough, as no two officers share them."""

    def __init__(self, officers: tuple[Officer, ...] = (), card_salt: bytes = b"") -> None:
        """`card_salt` is what all card digests were made with; empty: nobody has a card."""
        self.officers, self.card_salt = officers, card_salt
        self._by_id = {officer.id: officer for officer in officers}
        self._by_number = {officer.number: officer for officer in officers}
        if twins := _twins(officers, lambda officer: officer.number):
            raise RosterError(f"{twins} share the digits of a service number: give one of them others")
        if twins := _twins(officers, lambda officer: officer.card):
            raise RosterError(f"{twins} share a card: give one of them another")
        if not card_salt and any(officer.card for officer in officers):
            raise RosterError("card_salt: there are cards, but not what their digests were made with")

    def find(self, typed: str) -> Officer | None:
        """The officer known by `O-17`, `o-17` or `17`."""
        wanted = typed.strip().upper()
        return self._by_id.get(wanted) or self._by_number.get(wanted)

    def officer(self, identifier: str) -> Officer | None:
        """The officer of exactly this service number."""
        return self._by_id.get(identifier)

    def of_card(self, digest: bytes) -> Officer | None:
        """Whose card has this digest."""
        found = [officer for officer in self.officers if officer.card and same_card(officer.card, digest)]
        return found[0] if found else None

    def with_officer(self, officer: Officer, card_salt: bytes = b"") -> Roster:
        """A roster with this entry added, or put in place of the one with the same id."""
        others = tuple(other for other in self.officers if other.id != officer.id)
        return Roster((*others, officer), card_salt or self.card_salt)


def _twins(officers: Iterable[Officer], shared: Callable[[Officer], object]) -> str:
    """The first two that have the same, by name; empty: there are none."""
    known: dict[object, Officer] = {}
    for officer in officers:
        if (what := shared(officer)) and (first := known.setdefault(what, officer)) is not officer:
            return f"{first.id} and {officer.id}"
    return ""


def valid_id(identifier: str) -> bool:
    """Whether this is a service number: one to three capital letters, a hyphen, one to six digits."""
    return _ID.fullmatch(identifier) is not None


def load_roster(file: Path) -> Roster:
    """Reads a roster, strictly. Raises `RosterError` with one line that never shows a hash."""
    try:
        with open_regular(file) as opened:
            mode = os.fstat(opened.fileno()).st_mode
            raw = opened.read(LARGEST + 1)
    except OSError as error:
        raise RosterError(f"{file}: cannot be read: {error.strerror}") from error
    if mode & stat.S_IRWXO:
        raise RosterError(f"{file}: everybody on this machine may read the PIN hashes; run chmod 600 on it")
    try:
        return read_roster(raw)
    except RosterError as error:
        raise RosterError(f"{file}: {error}") from error


def read_roster(raw: bytes) -> Roster:
    """The same of a roster's bytes. Raises `RosterError` with one line that never shows a hash."""
    if len(raw) > LARGEST:
        raise RosterError(f"is larger than {LARGEST} bytes")
    try:
        content = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_twins)
    except UnicodeDecodeError as error:
        raise RosterError(f"is not UTF-8 text (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise RosterError(f"is not JSON: {error}") from error
    return _roster(content)


def save_roster(file: Path, roster: Roster) -> None:
    """Writes a roster whole or not at all, readable by its owner only. Raises `RosterError`."""
    entries = [
        {"id": officer.id, "role": officer.role.value, "pin": officer.pin_hash}
        | ({} if officer.not_after is None else {"not_after": officer.not_after.isoformat()})
        | (
            {}
            if officer.public is None
            else {"key": officer.public.raw.hex(), "sealed_key": officer.sealed_key}
        )
        | ({"card": officer.card.hex()} if officer.card else {})
        | ({} if officer.card_pin else {"card_pin": "not_asked"})
        for officer in sorted(roster.officers, key=lambda officer: officer.id)
    ]
    salt = {"card_salt": roster.card_salt.hex()} if roster.card_salt else {}
    text = json.dumps({"roster": 1, **salt, "officers": entries}, indent=1)
    try:
        write_durably(file, text.encode())
    except OSError as error:
        raise RosterError(f"{file}: cannot be written: {error.strerror}") from error


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key appears twice")
    return table


def _roster(content: object) -> Roster:
    if not isinstance(content, Mapping) or set(content) - {"card_salt"} != {"roster", "officers"}:
        raise RosterError('is not a roster: {"roster": 1, "officers": [...]} is expected')
    if content["roster"] != 1:
        raise RosterError("roster: this program knows version 1 only")
    if not isinstance(content["officers"], list):
        raise RosterError("officers: a list is expected")
    salt = content.get("card_salt", "")
    if salt != "" and (not isinstance(salt, str) or not _SALT.fullmatch(salt)):
        raise RosterError("card_salt: 32 hexadecimal digits are expected")
    officers = tuple(_officer(number, entry) for number, entry in enumerate(content["officers"], start=1))
    return Roster(officers, bytes.fromhex(salt))


def _officer(number: int, entry: object) -> Officer:
    where = f"officers, entry {number}"
    if not isinstance(entry, Mapping) or not all(isinstance(value, str) for value in entry.values()):
        raise RosterError(f"{where}: a table of texts is expected")
    if unknown := set(entry) - _KEYS:
        raise RosterError(f"{where}: there is no such key: {sorted(unknown)[0]}")
    if missing := {"id", "role", "pin"} - set(entry):
        raise RosterError(f"{where}: {sorted(missing)[0]} is missing")
    if not valid_id(entry["id"]):
        raise RosterError(f"{where}: id: letters, a hyphen and digits are expected, as in O-17")
    where = f"officer {entry['id']}"
    if entry["role"] not in {role.value for role in Role}:
        raise RosterError(f"{where}: role: {' or '.join(role.value for role in Role)} is expected")
    try:
        check_hash(entry["pin"])
    except PinHashError as error:
        raise RosterError(f"{where}: pin: {error}") from error
    not_after = _not_after(where, entry.get("not_after"))
    public, sealed = _key(where, entry.get("key"), entry.get("sealed_key"))
    card, card_pin = entry.get("card", ""), entry.get("card_pin", "asked")
    if card and not _HEX.fullmatch(card):
        raise RosterError(f"{where}: card: a digest of 64 hexadecimal digits is expected")
    if card_pin not in CARD_PIN:
        raise RosterError(f"{where}: card_pin: {' or '.join(CARD_PIN)} is expected")
    role, asked = Role(entry["role"]), CARD_PIN[card_pin]
    return Officer(entry["id"], role, entry["pin"], not_after, public, sealed, bytes.fromhex(card), asked)


def _key(where: str, key: str | None, sealed: str | None) -> tuple[PublicKey | None, str]:
    if key is None and sealed is None:
        return None, ""
    if key is None or sealed is None:
        raise RosterError(f"{where}: key and sealed_key belong together")
    if not _HEX.fullmatch(key) or is_weak(bytes.fromhex(key)):
        raise RosterError(f"{where}: key: a public key of 64 hexadecimal digits is expected")
    try:
        check_sealed(sealed)
    except SealedKeyError as error:
        raise RosterError(f"{where}: sealed_key: {error}") from error
    return PublicKey(bytes.fromhex(key)), sealed


def _not_after(where: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RosterError(f"{where}: not_after: a time is expected, as in 2027-01-31T00:00:00Z") from error
    if moment.utcoffset() is None:
        raise RosterError(f"{where}: not_after: the time needs its zone, as in 2027-01-31T00:00:00Z")
    return moment.astimezone(UTC)
