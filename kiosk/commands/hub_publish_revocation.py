"""Publishing a large revocation list: the next state of its index, at the hub or on another machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from config.moment import system_clock
from kiosk.commands.hub_publish_at import (
    Passphrases,
    alter,
    change,
    private_keys,
    repository,
    require_none_waiting,
    target_of,
)
from kiosk.commands.hub_publish_exchange import sign_folder
from sync.bundle.layout import Kind, Target, may_speak
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.checks import list_keys
from sync.bundle.publishing.keys import ListKey, RoleKey, load_list_key
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal
from sync.bundle.publishing.revocation import IndexBuilder, Published
from sync.bundle.publishing.state import State
from sync.bundle.publishing.tree import Tree
from sync.bundle.publishing.withdrawn import read_withdrawn
from sync.canonical import utc_text
from verification.revocation.index.documents import Stated
from verification.revocation.index.fields import Covers

ANY_ISSUER = "*"


def revocation(args: argparse.Namespace) -> int:
    """Makes the next state of an index, and publishes it or signs it into a request's folder."""
    target = target_of(args.target)
    if not target.is_index:
        raise NotPublished(f"{args.target} is no index: name it as hk/revocation/border/CURRENT.")
    passphrases = Passphrases(args.passphrase_file)
    key = load_list_key(args.list_key, passphrases.of)
    keys = private_keys(args, passphrases)
    return _here(args, target, key, keys) if args.data is not None else _apart(args, target, key, keys)


def _here(args: argparse.Namespace, target: Target, key: ListKey, keys: list[RoleKey]) -> int:
    hub = repository(args.data)
    require_none_waiting(args.data, target.role)
    builder = IndexBuilder(args.work or args.data / "revocation" / target.owner / target.name, key)
    made = _make(args, target, builder, key, hub.state(), hub.tree)
    contents, more = {target.path: made.current}, builder.files(target.path, hub.tree)
    done = f"{target.path} is published: {_words(made)}"
    return change(args, target.role, contents, [], done, keys=keys, more=more)


def _apart(args: argparse.Namespace, target: Target, key: ListKey, keys: list[RoleKey]) -> int:
    if args.work is None:
        raise NotPublished("Say with --work which folder of this machine keeps the list whole.")
    if (args.folder / handing.PROPOSED).exists():
        raise NotPublished(f"{args.folder} holds a signed list already: begin with a new request.")
    state, tree = handing.read_published(args.folder), Tree(args.folder)
    builder = IndexBuilder(args.work, key)
    made = _make(args, target, builder, key, state, tree)
    now = system_clock().utc.replace(microsecond=0)
    targets = proposing.next_targets(state, target.role, now, args.days)
    files = alter(utc_text(now), targets, target.role, {target.path: made.current}, [])
    files |= builder.files_beyond(target.path, tree)
    print(f"{target.path}: {_words(made)}")
    return sign_folder(args.folder, state, Proposal(roles={target.role: targets}, files=files), keys)


def _make(
    args: argparse.Namespace, target: Target, builder: IndexBuilder, key: ListKey, state: State, tree: Tree
) -> Published:
    covers = frozenset(_covered(target.role, pair) for pair in args.covers)
    known = list_keys(target.role, state.roles.get(target.role), tree)
    if key.public_key() not in known:
        raise NotPublished(
            f"Lanes do not know the key in {args.list_key}: publish its public half first, as "
            f"{target.owner}/{Kind.KEY}/lists.pem."
        )
    stated = Stated(target.owner, system_clock().utc.replace(microsecond=0), Covers(covers))
    return builder.publish(read_withdrawn(args.lists, known), stated)


def _words(made: Published) -> str:
    what = "a new base" if made.new_base else f"delta {made.deltas} of its base"
    return f"{what}, {made.adds} came and {made.removals} went."


def _covered(role: str, pair: str) -> tuple[str, str]:
    """A jurisdiction says that codes are not withdrawn for its own codes only."""
    prefix, found, issuer = pair.partition(":")
    if not found or not prefix or not issuer:
        raise NotPublished(f"--covers {pair}: write it as FORMAT:ISSUER, for example HK1:HK.")
    if not may_speak(role, prefix, issuer) and not (role == "world" and issuer == ANY_ISSUER):
        raise NotPublished(f"--covers {pair}: {role} does not speak for these codes.")
    return prefix, issuer


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {"revocation": revocation}
