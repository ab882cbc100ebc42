"""What keeps a lane from starting at all, said in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

import requests

from config.settings import Settings
from sync.event import Event
from sync.session import open_session
from verification.policy import Policy


class CannotStart(Exception):
    """The lane cannot be started at all. `str()` is one sentence that says what to do."""


def refuse_specimens(settings: Settings, policy: Policy | None, other: Policy | None) -> None:
    """Raises `CannotStart` for a policy, of either direction, that only a demonstration may use."""
    here, there = settings.lane, settings.other_direction
    for one, section, file, profile, chosen in (
        (policy, "lane", here.policy, settings.bundle.profile, "bundle"),
        (other, "other_direction", there.policy, there.profile, "other_direction"),
    ):
        if not one or not one.accept_specimens:
            continue
        what = f"policy {profile} of the bundle" if profile else f"{file}"
        other_key = f"{chosen}.profile" if profile else f"{section}.policy"
        raise CannotStart(
            f"{what}: this policy accepts specimens, which no real gate may open for; choose another "
            f"with {other_key}"
        )


def refuse_unknown_kinds(kinds: Iterable[str]) -> None:
    """Raises `CannotStart` for a kind of `journal.keep_kinds` that is none, or is never erased."""
    known = {kind.kind for kind in Event.__subclasses__() if not kind.kept}
    if unknown := sorted(set(kinds) - known):
        raise CannotStart(
            f"journal.keep_kinds names {unknown[0]}, which is no kind of event that is erased by age: "
            "docs/events.md has them"
        )


def hub_session(settings: Settings) -> requests.Session:
    """A session that believes the hub's certificate authority. Raises `CannotStart` where that is no file."""
    authority = settings.hub.ca
    if authority is not None and not authority.is_file():
        raise CannotStart(f"hub.ca: {authority} is no file: put the hub's certificate authority there")
    return open_session(authority)
