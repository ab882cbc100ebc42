"""Whose bundle it is: where a lane keeps it, what it wants of it, and where it starts from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from tuf.api.metadata import Root

from sync.bundle import metadata
from sync.bundle.held import Held, Wanted, load
from sync.bundle.metadata import Verified
from sync.bundle.refused import Refused
from sync.bundle.state import Trusted
from sync.bundle.store import Store

Examine = Callable[[str, Mapping[str, str], Callable[[str], bytes]], None]
"""Called with a role, its files (SHA-256 by path) and how to read one; raises `Refused` for what that role
must not say. It is not called for files that were looked into before."""


@dataclass(slots=True)
class Lane:
    """Whose bundle it is: its folder, its anchor, what it wants, and how it looks into files."""

    store: Store
    anchor: bytes
    """The root metadata that the lane was installed with."""
    wanted: Wanted
    examine: Examine
    held: Held | None = None
    """What was loaded last: an unchanged look does not check it once more."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a look starts. `least` is the version of the newest root that was ever reached."""

    root: Verified[Root]
    trusted: Trusted
    least: int


def begin(lane: Lane) -> Beginning:
    """The root to start from: the newest that was reached, or the anchor. Raises `Refused`.

    An anchor that is not among the roots that led here was put in place by somebody: it counts. The marks
    stay; those made by keys that it does not trust count for nothing. Where the newest root cannot be read
    any more the way begins at the anchor, and must lead as far again.
    """
    anchor = metadata.anchor(lane.anchor)
    name = sha256(lane.anchor).hexdigest()
    trusted = lane.store.trusted()
    if trusted is None:
        return Beginning(anchor, Trusted(name, (name,)), anchor.version)
    if name not in trusted.roots:
        return Beginning(anchor, Trusted(name, (name,), trusted.marks), anchor.version)
    try:
        newest = metadata.anchor(lane.store.metadata(trusted.root))
    except Refused:
        way = trusted.roots.index(name)
        least = anchor.version + len(trusted.roots) - 1 - way
        return Beginning(anchor, Trusted(name, trusted.roots[: way + 1], trusted.marks), least)
    return Beginning(newest, trusted, newest.version)


def usable(lane: Lane) -> Held | None:
    """What is in use, if it can be loaded. Where it cannot, everything is fetched anew; the marks hold."""
    try:
        if lane.held is None or lane.store.in_use() != lane.held.in_use:
            lane.held = load(lane.store, lane.wanted)
    except Refused:
        lane.held = None
    return lane.held
