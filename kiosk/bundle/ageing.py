"""Says that a list grows old while there is still time: what it is, until when it holds, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kiosk.lane_view import Fault
from kiosk.lists import Lists
from sync.bundle.held import Held, HeldRole
from sync.bundle.layout import CURRENT
from verification.snapshot import Freshness, ListAge

CODE = "AG"
_DO = "Connect this lane to its hub, or bring a newer stick (main.py bundle update --from FOLDER)."


def ageing(lists: Lists, held: Held, at: datetime) -> Iterator[Fault]:
    """A fault for every list that is near its end or past it.

    The warning comes at the policy's `warn`, and for a list that its role lets end as long before that
    as the policy's `warn` is before its `refer`.
    """
    trusted = [(str(one.file), one.age) for one in lists.trust]
    for name, age in (*trusted, *((str(one.file), one.age) for one in lists.revocation)):
        if age is not None:
            role = held.jurisdictions.get(name.partition("/")[0])
            yield from _of(name, age, at, None if role is None else _end(role, name))


def _end(role: HeldRole, name: str) -> datetime:
    """An index is named by its folder; its one file is `CURRENT`."""
    return min(role.end_of(name), role.end_of(f"{name}/{CURRENT}"))


def _of(name: str, age: ListAge, at: datetime, ends: datetime | None) -> Iterator[Fault]:
    part = f"age of {name}"
    limits = [age.signed_at + age.refer, *([age.expires_at] if age.expires_at else [])]
    until = min(limits)
    if age.freshness(at) is Freshness.STALE:
        yield Fault(part, CODE, f"Codes that need this list are referred since {_time(until)}. {_DO}")
    elif age.freshness(at) is Freshness.AGEING:
        yield Fault(part, CODE, f"Codes that need this list will be referred from {_time(until)} on. {_DO}")
    elif ends is not None and at > ends - (age.refer - age.warn):
        yield Fault(
            part, CODE, f"Its signer lets this list end at {_time(ends)}: have it signed anew before. {_DO}"
        )


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
