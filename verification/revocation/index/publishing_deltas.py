"""Writes a signed delta: what came and went, and where a stored prefix is another hash's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable

from verification.revocation.index.batches import Batch, lasting
from verification.revocation.index.documents import Base, Delta, Stated, write_delta
from verification.revocation.index.fields import name_of
from verification.revocation.index.keys import NEVER, Scope, prefix_range, week_of
from verification.revocation.index.records import ALWAYS, MOST_CHANGE, Record, pack
from verification.signed_lists import SigningKey

Held = Callable[[Scope, bytes, bytes], Collection[bytes]]
"""The hashes without a time that a *base* lists in a scope, from a first to a last one."""


def publish_delta(
    base: Base,
    held: Held,
    stated: Stated,
    steps: tuple[int, int],
    key: SigningKey,
    *,
    adds: Iterable[Batch] = (),
    removals: Iterable[Batch] = (),
    exceptions: Iterable[tuple[Scope, bytes]] = (),
) -> tuple[bytes, bytes]:
    """The signed document and the file of its records.

    `steps` are the state of the chain that the delta applies to (0: the base) and the one it leads to. A
    removal takes one reference back, of the expiry that its batch had. `exceptions` are hashes that were
    never listed and were found to share a listed one's prefix. `held` must answer for `base`, whatever
    happened since. Raises `CannotPublish`.
    """
    this_week = week_of(stated.signed_at)
    changes: Counter[tuple[Scope, bytes, int, int]] = Counter()
    for sign, batches in ((1, adds), (-1, removals)):
        for batch in lasting(batches, this_week):
            for digest in batch.hashes:
                changes[batch.scope, digest, batch.week, batch.before_us] += sign
    for scope, digest in exceptions:
        changes[scope, digest, NEVER, ALWAYS] += 0
    bits = {scope: table[0] for scope, table in zip(base.scopes, base.tables, strict=True)}
    scopes = tuple(dict.fromkeys(scope for scope, _, _, _ in changes))
    number = {scope: at for at, scope in enumerate(scopes)}
    records: list[Record] = []
    for (scope, digest, week, before), change in changes.items():
        foreign = scope in bits and bool(set(held(scope, *prefix_range(digest, bits[scope]))) - {digest})
        if change == 0 and not foreign:
            continue
        records += [Record(digest, number[scope], week, part, before, foreign) for part in _parts(change)]
    data = pack(records)
    delta = Delta(stated, base.name, *steps, scopes, name_of(data))
    return write_delta(delta, key), data


def _parts(change: int) -> list[int]:
    """A change in steps that a record can hold."""
    sign = -1 if change < 0 else 1
    whole, rest = divmod(abs(change), MOST_CHANGE)
    return [sign * MOST_CHANGE] * whole + ([sign * rest] if rest or not whole else [])
