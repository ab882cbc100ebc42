"""What the settings say of the bundle, made into what the bundle needs: folder, anchor, sources."""

from __future__ import annotations

from pathlib import Path

import requests

from config.regular import open_regular
from config.settings import Settings
from sync.bundle.held import Wanted
from sync.bundle.lane import Lane
from sync.bundle.layout import STICK_FOLDER, URL_PATH
from sync.bundle.mirror import Mirror
from sync.bundle.refused import Refused, Why
from sync.bundle.remit import examine
from sync.bundle.source import Source
from sync.bundle.stick import Stick, plugged_in, tree_in
from sync.bundle.store import Store
from sync.bundle.update import MOST_ROOT_BYTES


def lane_of(settings: Settings) -> Lane | None:
    """The lane's side of the bundle; None where no root is configured. Raises `Refused`."""
    if settings.bundle.root is None:
        return None
    return Lane(store_of(settings), _anchor(settings.bundle.root), wanted_of(settings), examine)


def store_of(settings: Settings) -> Store:
    """Where the lane keeps its bundle."""
    return Store(settings.bundle.folder)


def wanted_of(settings: Settings) -> Wanted:
    """Which of the station's files are this lane's."""
    return Wanted(settings.bundle.profile, settings.lane.station, settings.other_direction.profile)


def mirror_of(settings: Settings, session: requests.Session) -> Mirror | None:
    """The mirror that the settings name; None where the bundle comes by hand."""
    url = settings.bundle.url
    if url == "hub":
        url = settings.hub.url and settings.hub.url.rstrip("/") + URL_PATH
    return Mirror(url, session) if url else None


def sticks_of(settings: Settings) -> tuple[Source, ...]:
    """Every stick with a bundle that is plugged in now, where the settings allow them."""
    mounted = settings.bundle.sticks
    return () if mounted is None else tuple(map(Stick, plugged_in((mounted,))))


def named_source(name: str, session: requests.Session) -> Source:
    """The folder or address that somebody named. Raises `Refused`."""
    if name.startswith(("http://", "https://")):
        return Mirror(name, session)
    tree = tree_in(Path(name))
    if tree is None:
        raise Refused(Why.UNREACHABLE, f"there is no bundle in {name}: a folder {STICK_FOLDER} is expected")
    return Stick(tree)


def _anchor(file: Path) -> bytes:
    try:
        with open_regular(file) as stream:
            data = stream.read(MOST_ROOT_BYTES + 1)
    except OSError as error:
        raise Refused(Why.STORAGE, f"{file}: cannot be read: {error.strerror}") from error
    if len(data) > MOST_ROOT_BYTES:
        raise Refused(Why.OVERSIZED, f"{file} is larger than {MOST_ROOT_BYTES} bytes")
    return data
