"""What of the bundle is over when, and who does what about it; lists are given their end here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tuf.api.metadata import Metadata, Targets

from sync.bundle.ending import end_at, may_end, until_of
from sync.bundle.layout import Kind, Target, parse, target_file
from sync.bundle.publishing.keys import OnlineKeys
from sync.bundle.publishing.lifetimes import days_of, is_due
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.state import State
from sync.bundle.publishing.tree import Tree
from sync.bundle.refused import Refused
from sync.bundle.remit import RoleFiles
from sync.bundle.station_files import read_notice
from sync.canonical import NotCanonical

_SOON = timedelta(days=days_of("targets")) / 3


@dataclass(frozen=True, slots=True)
class End:
    """One thing that is over at a time. `do` is empty where nobody has to do anything about it now."""

    at: datetime
    what: str
    says: str
    do: str = ""


def ends_of(state: State, tree: Tree, now: datetime) -> list[End]:
    """Everything published that has an end, the next first. Raises `NotPublished`."""
    found = [_role(state, role, at, now) for role, at in state.ends().items()]
    for role, signed in state.roles.items():
        found += _files(role, signed.signed, tree, now)
    return sorted(found, key=lambda end: (end.at, end.what))


def due_roles(state: State, now: datetime) -> list[str]:
    """Roles that people must sign before long, or must have signed already: root first."""
    ends = state.ends()
    return [
        role
        for role, at in ends.items()
        if role not in OnlineKeys.ROLES
        and (is_due(role, at, now) or (role in state.roles and _unsigned(state, role)))
    ]


def let_end(targets: Metadata[Targets], what: str, at: datetime | None) -> list[str]:
    """Gives a list, or every list of a role, its end; None takes it away. The paths that were changed.

    Raises `NotPublished` for what has no end of its own.
    """
    listed = targets.signed.targets
    if what not in listed:
        paths = [path for path in listed if path.startswith(f"{what}/") and may_end(parse(path))]
        if not paths:
            raise NotPublished(f"{what} is no list that is published: `hub publish show` says what is.")
    elif not may_end(parse(what)):
        raise NotPublished(
            f"Lanes ask trust and revocation lists alone how old they are: publish what comes after {what}, "
            f"or take it away with `hub publish remove {what}`."
        )
    else:
        paths = [what]
    for path in paths:
        end_at(listed[path], at)
    return sorted(paths)


def _role(state: State, role: str, at: datetime, now: datetime) -> End:
    if role in OnlineKeys.ROLES:
        late = at <= now or is_due(role, at, now)
        return End(at, role, "the running hub signs it anew", "hub publish refresh" if late else "")
    says = "people sign it anew"
    if role in state.roles and _unsigned(state, role):
        return End(at, role, "its signatures do not count any more", f"hub publish renew {role}")
    return End(at, role, says, f"hub publish renew {role}" if is_due(role, at, now) else "")


def _unsigned(state: State, role: str) -> bool:
    try:
        return bool(state.signatures_missing(role, state.roles[role]))
    except NotPublished:
        return False  # its keys were taken away: it is to end


def _files(role: str, signed: Targets, tree: Tree, now: datetime) -> Iterator[End]:
    names = {path: str(target.hashes["sha256"]) for path, target in signed.targets.items()}
    places = {sha256: target_file(path, sha256) for path, sha256 in names.items()}
    own = RoleFiles(role, names, lambda sha256: tree.target(places[sha256]) or b"")
    for path, meta in sorted(signed.targets.items()):
        target = parse(path)
        try:
            given = until_of(meta)
            if given is not None:
                yield End(given, path, f"the end that {role} gave it: codes are referred then")
            if (at := _own_end(own, target)) is not None:
                known = given is not None and given <= at
                yield End(at, path, *_own_words(target, known, at, now))
        except (Refused, NotCanonical) as error:
            raise NotPublished(f"{path}: {error}: publish it anew.") from error


def _own_end(own: RoleFiles, target: Target) -> datetime | None:
    """What a file itself says of its end."""
    if target.kind is Kind.NOTICE:
        return read_notice(own.content(target)).until
    if target.is_signature or target.is_index:
        return None
    if target.kind is Kind.TRUST:
        return own.trust_list(target).expires_at
    if target.kind is Kind.STATUS:
        return getattr(own.revocation_list(target, own.trust()), "fresh_until", None)
    return None


def _own_words(target: Target, known: bool, at: datetime, now: datetime) -> tuple[str, str]:
    if target.kind is Kind.NOTICE:
        return "officers see it until then", f"hub publish remove {target.path}" if at <= now else ""
    due = not known and at - now < min(_SOON, timedelta(days=7))
    return "its own words", f"hub publish add {target.path} FILE" if due else ""
