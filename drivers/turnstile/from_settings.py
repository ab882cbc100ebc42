"""The turnstile that the settings ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config.settings import SettingsError
from config.settings import Turnstile as TurnstileSettings
from drivers.turnstile.client import GateProcess
from drivers.turnstile.port import Capabilities, Turnstile
from drivers.turnstile.protocols.catalogue import configured
from drivers.turnstile.staffed import NoTurnstile
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


def capabilities_of(settings: TurnstileSettings) -> Capabilities:
    """What the configured gate can do, for the officer's screen. All false without a turnstile."""
    if settings.protocol == "none":
        return Capabilities()
    return configured(settings.model_dump_json())[1].capabilities
