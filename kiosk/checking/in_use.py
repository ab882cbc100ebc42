"""The lists that a kiosk runs on, for a person at its machine: those of its bundle, or the files it names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.settings import SettingsError, load_settings
from kiosk.checking.list_files import Unusable
from kiosk.lists import Lists, load_lists
from sync.bundle.refused import Refused


def lists_in_use(config: Path, note: Callable[[str], None]) -> Lists:
    """As a lane with these settings would have them now; `note` hears what is wrong. Raises `Unusable`."""
    from kiosk.bundle.keeper import BundleKeeper
    from kiosk.clock_watch import open_clock

    try:
        settings = load_settings(config)
        if settings.bundle.root is None:
            lists = load_lists(settings.trust, settings.lane.policy)
        else:
            lists = BundleKeeper(settings, open_clock(settings)).lists
    except SettingsError as error:
        raise Unusable(str(error)) from error
    except Refused as refused:
        raise Unusable(refused.advice) from refused
    for fault in lists.faults:
        note(f"{fault.code} {fault.part}: {fault.advice}")
    return lists


def refuse_both(config: Path | None, *others: object) -> None:
    """Settings name every list: single files beside them would be neither. Raises `Unusable`."""
    if config is not None and any(others):
        raise Unusable("--config names the lists of a kiosk: leave the options for single files away")
