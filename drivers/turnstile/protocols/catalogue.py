"""The dialects by the name that the settings use: one row for each file in this folder."""

from __future__ import annotations

from drivers.turnstile.protocols.codec import Protocol, UnsuitableSetting
from drivers.turnstile.protocols.lcus import Lcus
from drivers.turnstile.protocols.tx1500 import Tx1500

PROTOCOLS: dict[str, type[Protocol]] = {kind.name: kind for kind in (Lcus, Tx1500)}


def protocol(name: str, channel: int) -> Protocol:
    """The dialect `name` for this channel. Raises `UnsuitableSetting`."""
    kind = PROTOCOLS.get(name)
    if kind is None:
        raise UnsuitableSetting(f"turnstile.protocol = {name}: one of {', '.join(sorted(PROTOCOLS))}")
    return kind(channel)
