"""The bundle's names: who signs which target, and for whom, so that publisher and lane cannot differ.

The metadata are The Update Framework's, version 1.0, with consistent snapshots (docs/bundle.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

METADATA, TARGETS = "metadata", "targets"
"""The two folders of a published tree."""
URL_PATH = "/bundle"
"""Where a hub serves the tree."""
STICK_FOLDER = "checkpoint-bundle"
"""The folder of a USB stick that holds the same tree."""
MOST_METADATA_BYTES = 4 * 1024 * 1024
MOST_TARGET_BYTES = 8 * 1024 * 1024
"""Anything larger is a mistake or an attack: what is large is a revocation index and comes in parts."""
CURRENT = "CURRENT"
"""The one target of a revocation index; it leads to all its other files by their SHA-256."""
SIGNATURE = ".sig"
"""Ending of a list's detached signature, which lies beside the list."""
STATION = "station"
"""First part of the paths that the top-level targets role signs, and it alone."""


class NoTarget(ValueError):
    """A path that no role of the bundle may sign. `str()` is one sentence."""


class Jurisdiction(StrEnum):
    """The delegated roles. Each signs its own keys and lists, and nobody else's."""

    HONG_KONG = "hk"
    GUANGDONG = "gd"
    MACAO = "mo"
    NATIONAL = "cn"
    CUSTOMS = "customs"
    WORLD = "world"


class Kind(StrEnum):
    """What a target is: the second part of its path."""

    KEY = "keys"
    """A public key in PEM that signs this role's lists."""
    TRUST = "trust"
    STATUS = "status"
    REVOCATION = "revocation"
    """A list in one file, or the `CURRENT` of a large index."""
    RULES = "rules"
    VALUE_SETS = "value-sets"
    POLICY = "policy"
    ROSTER = "roster"
    NOTICE = "notices"
    MINIMUM = "minimum.json"


@dataclass(frozen=True, slots=True)
class Target:
    """A target path, understood. `owner` is a jurisdiction, or `STATION` for the top-level targets role."""

    path: str
    owner: str
    kind: Kind
    name: str
    """The last part; of a revocation index the index's name."""

    @property
    def role(self) -> str:
        """The TUF role that alone may sign it."""
        return "targets" if self.owner == STATION else self.owner

    @property
    def is_index(self) -> bool:
        """Whether this is the `CURRENT` of a large revocation index."""
        return self.kind is Kind.REVOCATION and self.path.endswith(f"/{CURRENT}")

    @property
    def is_signature(self) -> bool:
        """Whether it is the detached signature of the list of the same path without `.sig`."""
        return self.kind in (Kind.TRUST, Kind.REVOCATION) and self.name.endswith(SIGNATURE)


_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}"
_LISTS = "|".join((Kind.KEY, Kind.TRUST, Kind.STATUS, Kind.REVOCATION, Kind.RULES, Kind.VALUE_SETS))
_OF_ROLE = re.compile(rf"({'|'.join(Jurisdiction)})/({_LISTS})/({_NAME})(/{CURRENT})?")
_OF_STATION = re.compile(rf"{STATION}/({Kind.POLICY}|{Kind.ROSTER}|{Kind.NOTICE})/({_NAME})")
_ENDINGS = {Kind.POLICY: ".json", Kind.ROSTER: ".sealed", Kind.NOTICE: ".json", Kind.KEY: ".pem"}
_INDEX_FILE = re.compile(r"[0-9a-f]{64}\.(?:json|part|records)")

_COLOUR = frozenset({"HK1", "GD1", "MO1", "CN1", "CD1", "TC1", "IE1", "PV1"})
_CERTIFICATES = frozenset({"HC1", "SHC", "VDSNC"})
_REMITS = {
    Jurisdiction.HONG_KONG: ("HK", {"HK1", "PV1", *_CERTIFICATES}),
    Jurisdiction.GUANGDONG: ("CN-GD", {"GD1", "PV1"}),
    Jurisdiction.MACAO: ("MO", {"MO1", "PV1", *_CERTIFICATES}),
    Jurisdiction.NATIONAL: ("CN", {"CN1", "TC1", "IE1", "PV1", *_CERTIFICATES}),
    Jurisdiction.CUSTOMS: ("CN", {"CD1"}),
}
_OTHER_NAMES = {"CN-HK": "HK", "CN-91": "HK", "CN-MO": "MO", "CN-92": "MO", "CN-44": "CN-GD"}
"""What else ISO 3166-2 and the schemes call them."""


def parse(path: str) -> Target:
    """What a target path means, and whose it is. Raises `NoTarget`."""
    if path == MINIMUM:
        return Target(path, STATION, Kind.MINIMUM, Kind.MINIMUM)
    target = None
    if found := _OF_ROLE.fullmatch(path):
        target = Target(path, found[1], Kind(found[2]), found[3])
        if found[4] and target.kind is not Kind.REVOCATION:
            target = None
    elif found := _OF_STATION.fullmatch(path):
        target = Target(path, STATION, Kind(found[1]), found[2])
    if target is None or not target.name.endswith(_ENDINGS.get(target.kind, "")):
        raise NoTarget(f"{path[:120]!r} is no path of the bundle")
    return target


def may_sign(role: str, path: str) -> bool:
    """Whether this TUF role is the one that signs this path. Also "targets" may not sign a jurisdiction's."""
    try:
        return parse(path).role == role
    except NoTarget:
        return False


def patterns(role: Jurisdiction) -> tuple[str, ...]:
    """The path patterns of the role's terminating delegation; in TUF a `*` ends at the next slash."""
    return (f"{role}/*/*", f"{role}/*/*/{CURRENT}")


def may_speak(role: str, prefix: str, issuer: str) -> bool:
    """Whether a role's lists count for codes of this format that this issuer signs.

    `issuer` is as a trust list files its keys: ISO 3166-1 or -2, or what a health card's issuer is called.
    The world's lists count for whoever has no role of its own: they may hold more, which is dropped.
    """
    if role == Jurisdiction.WORLD:
        return prefix not in _COLOUR and jurisdiction_of(issuer) is None
    if role not in _REMITS:
        return False
    own, formats = _REMITS[Jurisdiction(role)]
    whose = _OTHER_NAMES.get(issuer, issuer)
    if role == Jurisdiction.NATIONAL:
        return prefix in formats and jurisdiction_of(issuer) is Jurisdiction.NATIONAL
    return prefix in formats and whose == own


def formats_of(role: str) -> frozenset[str] | None:
    """The formats a role may speak about; None: all but the colour codes of this border."""
    return frozenset(_REMITS[Jurisdiction(role)][1]) if role in _REMITS else None


def jurisdiction_of(issuer: str) -> Jurisdiction | None:
    """Whose key an issuer's is; None: one of the world's."""
    whose = _OTHER_NAMES.get(issuer, issuer)
    for role in (Jurisdiction.GUANGDONG, Jurisdiction.HONG_KONG, Jurisdiction.MACAO):
        own = _REMITS[role][0]
        if whose == own or whose.startswith(f"{own}-"):
            return role
    return Jurisdiction.NATIONAL if whose == "CN" or whose.startswith("CN-") else None


def of_role(role: Jurisdiction, kind: Kind, name: str) -> str:
    """The path of a jurisdiction's key, list or rule file. Raises `NoTarget`."""
    return parse(f"{role}/{kind}/{name}").path


def index_path(role: Jurisdiction, index: str) -> str:
    """The one target of a large revocation index. Raises `NoTarget`."""
    return parse(f"{role}/{Kind.REVOCATION}/{index}/{CURRENT}").path


def index_file(index_target: str, file: str) -> str:
    """Where a file that an index leads to lies below `TARGETS`. It is known by its own name and is no target.

    Raises `NoTarget`.
    """
    if not parse(index_target).is_index or not _INDEX_FILE.fullmatch(file):
        raise NoTarget(f"{file[:120]!r} is no file of a revocation index")
    return f"{index_target.removesuffix(CURRENT)}{file}"


def policy_path(profile: str) -> str:
    """The policy of a lane profile. Raises `NoTarget`."""
    return parse(f"{STATION}/{Kind.POLICY}/{profile}.json").path


def roster_path(station: str) -> str:
    """A station's roster, sealed to its lanes. Raises `NoTarget`."""
    return parse(f"{STATION}/{Kind.ROSTER}/{station}.sealed").path


def notice_path(name: str) -> str:
    """Words for the officers of a station. Raises `NoTarget`."""
    return parse(f"{STATION}/{Kind.NOTICE}/{name}.json").path


MINIMUM = f"{STATION}/{Kind.MINIMUM}"
"""The oldest version of the program that may run."""


def metadata_file(role: str, version: int | None = None) -> str:
    """A role's file below `METADATA`: `3.hk.json`; `timestamp.json` alone has no number."""
    return f"{role}.json" if version is None else f"{version}.{role}.json"


def target_file(path: str, sha256: str) -> str:
    """A target's file below `TARGETS`: `hk/trust/<sha256>.list.json` (consistent snapshots)."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{sha256}.{name}"
