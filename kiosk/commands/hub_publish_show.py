"""Publishing looked at and carried away: who may sign what, renewal of the timestamp, the stick."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import datetime

from config.counted import counted
from kiosk.commands.hub_publish_at import pending, repository
from sync.bundle.ending import until_of
from sync.bundle.layout import STICK_FOLDER, Jurisdiction
from sync.bundle.publishing import handing
from sync.bundle.publishing.lifetimes import is_due
from sync.bundle.publishing.state import State
from sync.bundle.publishing.stick import write_stick

_TOP = ("root", "targets", "snapshot", "timestamp")


def show(args: argparse.Namespace) -> int:
    """Roles with keys, thresholds and ends; then every target; then what waits for signatures."""
    hub = repository(args.data)
    state = hub.state()
    for line in _roles(state, hub.now):
        print(line)
    for role, signed in state.roles.items():
        for path, target in sorted(signed.signed.targets.items()):
            until = until_of(target)
            end = "" if until is None else f", ends {until:%Y-%m-%d %H:%M} UTC"
            print(f"  {path}  {target.length} bytes  {target.hashes['sha256'][:16]}  signed by {role}{end}")
    for role in (*_TOP[:2], *Jurisdiction):
        if (pending(args.data, role) / handing.PROPOSED).exists():
            print(f"A change of {role} waits for signatures: `hub publish sign {role}`")
    return 0


def refresh(args: argparse.Namespace) -> int:
    """Signs a new timestamp now, and a new snapshot where it is time."""
    hub = repository(args.data)
    hub.refresh(anyway=True)
    timestamp = hub.state().timestamp
    assert timestamp is not None
    print(f"The timestamp is signed anew and counts until {timestamp.signed.expires:%Y-%m-%d %H:%M} UTC.")
    return 0


def usb(args: argparse.Namespace) -> int:
    """Writes the tree to a stick, flushes it, reads it back."""
    hub = repository(args.data)
    hub.refresh()
    files, size = write_stick(hub.tree, args.folder)
    timestamp = hub.state().timestamp
    assert timestamp is not None
    print(f"{counted(files, 'file')}, {size} bytes in {args.folder / STICK_FOLDER}; lanes take it until "
          f"{timestamp.signed.expires:%Y-%m-%d %H:%M} UTC.")  # fmt: skip
    print("Saved: you may remove the stick.")
    return 0


def _roles(state: State, now: datetime) -> Iterator[str]:
    ends, versions = state.ends(), {"root": state.root.signed.version}
    versions |= {role: signed.signed.version for role, signed in state.roles.items()}
    for online in (state.snapshot, state.timestamp):
        if online is not None:
            versions[online.signed.type] = online.signed.version
    delegated = state.delegations.roles or {}
    for role in (*_TOP, *(role for role in Jurisdiction if role in delegated)):
        keys = state.keys_of(role)
        ids = ", ".join(key_id[:8] for key_id in keys.keyids)
        signs = f"{role}: {keys.threshold} of {len(keys.keyids)} keys sign ({ids})"
        if role not in ends:
            yield f"{signs}; nothing signed yet"
            continue
        left = (ends[role] - now).days
        yield f"{signs}; version {versions[role]}, until {ends[role]:%Y-%m-%d} ({left} days)" + _call(
            state, role, ends[role], now
        )


def _call(state: State, role: str, expires: datetime, now: datetime) -> str:
    if role in state.roles and state.signatures_missing(role, state.roles[role]):
        return " - ITS SIGNATURES DO NOT COUNT ANY MORE: it must sign anew"
    if expires <= now:
        return " - OVER: sign anew now"
    if is_due(role, expires, now):
        online = role in ("snapshot", "timestamp")
        return f" - soon over: `hub publish {'refresh' if online else f'renew {role}'}`"
    return ""


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"show": show, "refresh": refresh, "usb": usb}
