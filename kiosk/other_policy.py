"""The policy of the direction a lane can be turned to: a file, or a profile of the bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from config.settings import Settings, Trust
from kiosk.bundle.settled import store_of, wanted_of
from kiosk.checking.list_files import signature_places
from kiosk.lane_view import Fault
from kiosk.lists import CODES, PARTS, load_lists
from sync.bundle.held import load as load_held
from sync.bundle.layout import Kind
from sync.bundle.refused import Refused
from sync.event import Event
from sync.event_types import ListsLoaded, ListsRejected
from verification.policy import Policy, PolicyError, load

PART = "policy of the other direction"


@dataclass(frozen=True, slots=True)
class Found:
    """The policy in force, and what the newest look brought."""

    policy: Policy | None = None
    unsigned: str = ""
    """Name and version of a policy that nobody signed."""
    events: tuple[Event, ...] = ()
    faults: tuple[Fault, ...] = ()
    stamp: object = None

    def without(self, why: str, stamp: object) -> Found:
        """The same policy goes on: what was found cannot be used."""
        fault = Fault(PART, CODES["policy"], why)
        return replace(self, events=(ListsRejected("policy", why),), faults=(fault,), stamp=stamp)


Look = Callable[[Found], Found | None]
"""What is new; None: nothing has changed since."""


def in_file(settings: Settings) -> Look:
    """The policy of `other_direction.policy`, signed like the lists where the lane has a key for them."""
    file, keys = settings.other_direction.policy, Trust(key=settings.trust.key)
    assert file is not None

    def look(before: Found) -> Found | None:
        stamp = tuple(map(_stamp, (file, *signature_places(file), *keys.key)))
        if stamp == before.stamp:
            return None
        loaded = load_lists(keys, file)
        wrong = [one.advice for one in loaded.faults if one.part == PARTS["policy"]]
        if loaded.policy is None:
            return before.without(wrong[0] if wrong else f"{file}: cannot be used", stamp)
        events = (_loaded(loaded.policy),)
        return Found(loaded.policy, loaded.unsigned_policy, events, (), stamp)

    return look


def bundled(settings: Settings) -> Look:
    """The policy of `other_direction.profile`, out of the bundle in use."""
    store, name = store_of(settings), f"{settings.other_direction.profile}.json"

    def look(before: Found) -> Found | None:
        stamp = store.stamp() or ""
        if stamp == before.stamp:
            return None
        try:
            policy = policy_in_bundle(settings, settings.other_direction.profile)
            if policy is None:
                return before.without(f"the bundle has no policy {name}", stamp)
        except (Refused, PolicyError) as error:
            return before.without(f"{name}: {error}", stamp)
        return Found(policy, "", (_loaded(policy),), (), stamp)

    return look


def policy_in_bundle(settings: Settings, profile: str) -> Policy | None:
    """The policy of a profile in the bundle in use, verified again; None: it has none. Changes nothing.

    Raises `Refused` and `PolicyError`.
    """
    store = store_of(settings)
    held = load_held(store, wanted_of(settings))
    files = [] if held is None else list(held.top.files.values())
    wanted = (Kind.POLICY, f"{profile}.json")
    file = next((one for one in files if (one.target.kind, one.target.name) == wanted), None)
    return None if file is None else load(store.target(file.sha256))


def _loaded(policy: Policy) -> ListsLoaded:
    return ListsLoaded("policy", f"{policy.name} {policy.version}", 1)


def _stamp(file: Path) -> tuple[str, int, int] | None:
    try:
        known = file.stat()
    except OSError:
        return None
    return str(file), known.st_mtime_ns, known.st_size
