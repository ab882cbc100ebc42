"""The turnstile that the settings ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from config.other_direction import OtherDirection
from config.settings import SettingsError
from config.settings import Turnstile as TurnstileSettings
from drivers.turnstile.client import GateProcess
from drivers.turnstile.port import Capabilities, Turnstile, Way
from drivers.turnstile.protocols.catalogue import configured
from drivers.turnstile.staffed import NoTurnstile
from drivers.turnstile.turning import TurningGate
from drivers.turnstile.wiring import UnsuitableSetting


def turnstile_for(
    settings: TurnstileSettings, program: Sequence[str], alive: Callable[[], bool] = lambda: True
) -> Turnstile:
    """The gate of this lane, not started yet.

    `program` is the argument prefix that starts this product (`[sys.executable, "main.py"]` in a checkout);
    `alive` says whether the lane still works (see `GateProcess`). Raises `SettingsError` with one line that
    names the key, its value and what is allowed.
    """
    if settings.protocol == "none":
        return NoTurnstile()
    text = settings.model_dump_json()
    try:
        configured(text)
    except UnsuitableSetting as error:
        raise SettingsError(str(error)) from error
    return GateProcess([*program, "gate-worker", text], alive)


def lane_gate(
    settings: TurnstileSettings,
    other: OtherDirection,
    program: Sequence[str],
    alive: Callable[[], bool] = lambda: True,
) -> Turnstile:
    """The gate of a lane that may have two directions. Raises `SettingsError` as `turnstile_for` does."""
    own = turnstile_for(settings, program, alive)
    if not other.direction or settings.protocol == "none":
        return own
    _, dialect = configured(settings.model_dump_json())
    key = f"other_direction.channel = {other.channel}"
    if dialect.both_ways:
        if other.channel:
            raise SettingsError(f"{key}: {dialect.name} opens both ways by itself, leave it out")
        return own
    if settings.protocol == "generic":
        raise SettingsError(
            "other_direction.direction: turnstile.frames describes one relay and no other: take "
            "other_direction out"
        )
    if not other.channel:
        has = "only one relay" if dialect.channels == 1 else f"relays 1 to {dialect.channels}"
        raise SettingsError(
            f"{key}: {dialect.name} opens one way with one relay, and here it has {has}: name the relay that "
            "opens the other way, or take other_direction out"
        )
    texts = {Way(settings.way): _text(settings, other.channel)}
    there = turned(settings, other.channel)
    texts[Way(there.way)] = _text(there, settings.channel)
    for text in texts.values():
        try:
            configured(text)
        except UnsuitableSetting as error:
            raise SettingsError(str(error).replace("turnstile.channel", "other_direction.channel")) from error

    def gate(way: Way) -> Turnstile:
        return GateProcess([*program, "gate-worker", texts[way]], alive)

    return TurningGate(gate, Way(settings.way))


def turned(settings: TurnstileSettings, channel: int) -> TurnstileSettings:
    """The gate as it is set up for the other direction: its relay, and the contact that watches that way."""
    inputs = settings.inputs
    back = inputs.model_copy(update={"passage": inputs.passage_back, "passage_back": inputs.passage})
    way = "backward" if settings.way == "forward" else "forward"
    return settings.model_copy(update={"channel": channel, "way": way, "inputs": back})


def _text(settings: TurnstileSettings, idle_channel: int) -> str:
    idle = 0 if idle_channel == settings.channel else idle_channel
    return json.dumps({**settings.model_dump(mode="json"), "idle_channel": idle})


def capabilities_of(settings: TurnstileSettings) -> Capabilities:
    """What the configured gate can do, for the officer's screen. All false without a turnstile."""
    if settings.protocol == "none":
        return Capabilities()
    return configured(settings.model_dump_json())[1].capabilities
