"""Publishing's ends: what is over when, what must be signed anew, and lists that shall count no more."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from config.moment import system_clock
from kiosk.commands.hub_publish_at import (
    Passphrases,
    finish,
    pending,
    private_keys,
    repository,
    require_none_waiting,
    target_of,
)
from kiosk.commands.hub_publish_exchange import sign_folder
from sync.bundle.layout import Jurisdiction
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.ends import End, due_roles, ends_of, let_end
from sync.bundle.publishing.keys import OnlineKeys, RoleKey
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal, Repository
from sync.bundle.publishing.state import State

_LEAST = timedelta(minutes=1)


def expire(args: argparse.Namespace) -> int:
    """Lists ends, renews what is near its own, or lets a list or a jurisdiction's lists end."""
    chosen = [args.at is not None, args.now, args.never]
    if args.what is None:
        if any(chosen):
            raise NotPublished("Say what shall end: a jurisdiction such as hk, or a list's path.")
        if args.data is None:
            raise NotPublished("What ends when is known at the hub: name its folder with --data.")
        return _renew(args) if args.renew else _list(args)
    if sum(chosen) != 1 or args.renew:
        raise NotPublished(
            f"Say when {args.what} ends: --at 2026-12-01T00:00:00+08:00, --now, or --never. What ends by "
            "itself is signed anew with --renew."
        )
    return _end(args)


def _list(args: argparse.Namespace) -> int:
    """Prints every end, the next first; 1 where somebody has to do something."""
    hub = repository(args.data)
    state, now = hub.state(), hub.now
    found = ends_of(state, hub.tree, now)
    widest = max(len(end.what) for end in found)
    for end in found:
        print(f"{end.at:%Y-%m-%d %H:%M} UTC  {_left(end.at, now):<16} {end.what:<{widest}}  {_words(end)}")
    for role in ("root", "targets", *Jurisdiction):
        if (pending(args.data, role) / handing.PROPOSED).exists():
            print(f"A change of {role} waits for signatures: `hub publish sign {role}`")
    return 1 if any(end.do for end in found) else 0


def _renew(args: argparse.Namespace) -> int:
    """Signs everything anew that is near its end and that the keys at hand may sign."""
    hub = repository(args.data)
    keys = private_keys(args, Passphrases(args.passphrase_file))
    state = hub.state()
    if hub.refresh():
        print(f"{' and '.join(OnlineKeys.ROLES)}: signed anew by the hub's own keys where it was time.")
    due = due_roles(state, hub.now)
    left = [role for role in due if not _signs_anew(args, hub, role, keys)]
    if not due:
        print("Nothing else is near its end.")
    for role in left:
        print(f"{role} is near its end: bring a key of it, `hub publish renew {role} --sign-with KEY`.")
    return 1 if left else 0


def _signs_anew(args: argparse.Namespace, hub: Repository, role: str, keys: list[RoleKey]) -> bool:
    state = hub.state()
    try:
        own = [key for key in keys if key.id in state.keys_of(role).keyids]
    except NotPublished:
        return True  # its keys were taken away: it is to end
    if not own:
        return False
    require_none_waiting(args.data, role)
    if role == "root":
        proposal = Proposal(proposing.next_root(state, hub.now, args.days))
    else:
        proposal = Proposal(roles={role: proposing.next_targets(state, role, hub.now, args.days)})
    whole = finish(args.data, hub, role, proposal, own)
    if whole:
        print(f"{role} is signed anew, until {hub.state().ends()[role]:%Y-%m-%d}.")
    return whole


def _end(args: argparse.Namespace) -> int:
    role = _role_of(args.what)
    if args.folder is not None:
        return _end_apart(args, role)
    hub = repository(args.data)
    require_none_waiting(args.data, role)
    at = _when(args, hub.now)
    proposal, paths = _ended(hub.state(), role, args, hub.now, at)
    keys = private_keys(args, Passphrases(args.passphrase_file))
    if finish(args.data, hub, role, proposal, keys):
        _say(paths, at, hub.now)
    return 0


def _end_apart(args: argparse.Namespace, role: str) -> int:
    folder: Path = args.folder
    state, now = handing.read_published(folder), system_clock().utc.replace(microsecond=0)
    if (folder / handing.PROPOSED).exists():
        raise NotPublished(f"{folder} holds a signed list already: begin with a new request.")
    at = _when(args, now)
    proposal, paths = _ended(state, role, args, now, at)
    code = sign_folder(folder, state, proposal, private_keys(args, Passphrases(args.passphrase_file)))
    _say(paths, at, now)
    return code


def _ended(
    state: State, role: str, args: argparse.Namespace, now: datetime, at: datetime | None
) -> tuple[Proposal, list[str]]:
    if role not in state.roles:
        raise NotPublished(f"{role} has signed nothing: there is nothing to end.")
    targets = proposing.next_targets(state, role, now, args.days)
    return Proposal(roles={role: targets}), let_end(targets, args.what, at)


def _role_of(what: str) -> str:
    if what in tuple(Jurisdiction):
        return what
    if what in OnlineKeys.ROLES or what in ("root", "targets"):
        raise NotPublished(
            f"Without {what} no news reaches any lane: it is renewed, or its keys are taken away (`hub "
            "publish rotate`, `revoke`). A jurisdiction ends, or a list."
        )
    return target_of(what).role


def _when(args: argparse.Namespace, now: datetime) -> datetime | None:
    if args.never:
        return None
    if args.now:
        return now
    at: datetime = args.at
    if at - now < _LEAST:
        raise NotPublished(f"{at:%Y-%m-%d %H:%M} UTC is over already: use --now.")
    return at


def _say(paths: list[str], at: datetime | None, now: datetime) -> None:
    for path in paths:
        if at is None:
            print(f"{path} ends with its role, as before.")
        elif at <= now:
            print(
                f"{path} is over: lanes refer whom they would have asked it about, from their next look on."
            )
        else:
            print(
                f"{path} ends at {at:%Y-%m-%d %H:%M} UTC: lanes refer from then on, also without a network."
            )


def _left(at: datetime, now: datetime) -> str:
    left = at - now
    if left <= timedelta(0):
        return "OVER"
    return f"in {left.days} days" if left.days > 1 else f"in {left.total_seconds() / 3600:.0f} hours"


def _words(end: End) -> str:
    return f"{end.says}: NOW `{end.do}`" if end.do else end.says


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"expire": expire}
