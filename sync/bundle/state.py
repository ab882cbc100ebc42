"""What a lane's bundle folder remembers, as two small files: whom it trusts, and what is in use."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sync.bundle.marks import NO_MARKS, Marks, read_marks
from sync.canonical import NotCanonical, canonical_json, read_json_object, utc_text, utc_time

TRUSTED_TYPE = "checkpoint-kiosk/bundle-trusted/v1"
IN_USE_TYPE = "checkpoint-kiosk/bundle-in-use/v1"
_NAME = re.compile(r"[0-9a-f]{64}")


class StateDamaged(Exception):
    """A file of state that is not what was written. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """The newest root and the newest versions ever seen. It only ever grows."""

    root: str
    """SHA-256 of the newest root's metadata."""
    roots: tuple[str, ...]
    """Every root that led here, the anchor first: a settings file that names an old one changes nothing."""
    marks: Marks = NO_MARKS

    def written(self) -> bytes:
        """The file."""
        members = {"root": self.root, "roots": list(self.roots), "marks": self.marks.written()}
        return _sealed(TRUSTED_TYPE, members)


@dataclass(frozen=True, slots=True)
class RoleInUse:
    """One targets role as it is in use."""

    metadata: str
    """SHA-256 of the role's metadata."""
    confirmed_at: datetime
    """When the newest timestamp was signed that had this role as its newest."""
    held_back: str = ""
    """Why something newer of this role was not put to use; empty: this is the newest there is."""


@dataclass(frozen=True, slots=True)
class InUse:
    """One consistent set of verified metadata. The files that they name lie beside it, by their SHA-256."""

    root: str
    timestamp: str
    snapshot: str
    targets: RoleInUse
    jurisdictions: Mapping[str, RoleInUse]
    taken_at: datetime
    """When this machine took it in, by the clock it believed."""
    source: str
    trusted: Trusted = field(repr=False)
    """A second copy of the marks, should the first be lost."""
    policy_of: str = ""
    """SHA-256 of the older `targets` metadata whose policy goes on, where the newest one's cannot be used."""

    @property
    def metadata(self) -> tuple[str, ...]:
        """The names of all metadata of the set."""
        roles = (self.targets, *self.jurisdictions.values())
        older = (self.policy_of,) if self.policy_of else ()
        return (self.root, self.timestamp, self.snapshot, *(role.metadata for role in roles), *older)

    def written(self) -> bytes:
        """The file."""
        members = {
            "root": self.root,
            "timestamp": self.timestamp,
            "snapshot": self.snapshot,
            "targets": _written_role(self.targets),
            "jurisdictions": {name: _written_role(role) for name, role in self.jurisdictions.items()},
            "taken_at": utc_text(self.taken_at),
            "source": self.source,
            "trusted": json.loads(self.trusted.written()),
        }
        return _sealed(IN_USE_TYPE, members | ({"policy_of": self.policy_of} if self.policy_of else {}))


def read_trusted(data: bytes) -> Trusted:
    """The reverse of `Trusted.written`. Raises `StateDamaged`."""
    return _trusted(_unsealed(data, TRUSTED_TYPE))


def read_in_use(data: bytes) -> InUse:
    """The reverse of `InUse.written`. Raises `StateDamaged`."""
    document = _unsealed(data, IN_USE_TYPE)
    try:
        return InUse(
            _name(document["root"]),
            _name(document["timestamp"]),
            _name(document["snapshot"]),
            _role(document["targets"]),
            {str(name): _role(row) for name, row in document["jurisdictions"].items()},
            utc_time(document["taken_at"]),
            str(document["source"]),
            read_trusted(canonical_json(document["trusted"])),
            _name(document["policy_of"]) if "policy_of" in document else "",
        )
    except (KeyError, TypeError, AttributeError, NotCanonical) as error:
        raise StateDamaged("the record of the bundle in use lacks a member") from error


def _trusted(document: dict[str, Any]) -> Trusted:
    try:
        roots = tuple(map(_name, document["roots"]))
        return Trusted(_name(document["root"]), roots, read_marks(document["marks"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StateDamaged("the record of what was trusted lacks a member") from error


def _written_role(role: RoleInUse) -> dict[str, str]:
    return {
        "metadata": role.metadata,
        "confirmed_at": utc_text(role.confirmed_at),
        "held_back": role.held_back,
    }


def _role(row: Any) -> RoleInUse:
    return RoleInUse(_name(row["metadata"]), utc_time(row["confirmed_at"]), str(row["held_back"]))


def _name(found: Any) -> str:
    if isinstance(found, str) and _NAME.fullmatch(found):
        return found
    raise StateDamaged("a name is no SHA-256")


def _sealed(kind: str, members: dict[str, Any]) -> bytes:
    """With a sum over everything: a file that rots is told from one that was written so."""
    document = {"type": kind, **members}
    seal = hashlib.sha256(canonical_json(document)).hexdigest()
    return json.dumps({**document, "sum": seal}, indent=1).encode() + b"\n"


def _unsealed(data: bytes, kind: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = read_json_object(data)
    except (NotCanonical, UnicodeDecodeError) as error:
        raise StateDamaged("a record of the bundle is no JSON") from error
    seal = document.pop("sum", None)
    if document.get("type") != kind or hashlib.sha256(canonical_json(document)).hexdigest() != seal:
        raise StateDamaged("a record of the bundle is not what was written")
    return document
