"""Checks of what a lane keeps and knows: records, lists, clock, keys, permissions. They change nothing."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import sqlite3
import stat
from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from config.settings import Settings
from kiosk.bundle.keeper import BundleKeeper
from kiosk.bundle.settled import lane_of
from kiosk.clock_watch import advice, open_clock
from kiosk.health.finding import Finding, broken, look, well
from kiosk.lane_view import ListView
from kiosk.lists import Lists, load_lists
from sync.bundle.refused import Refused
from sync.clock.machine import LinuxClocks
from sync.clock.states import ClockState
from sync.device_key import FILE
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader
from verification.snapshot import Freshness

MEGABYTE = 1_000_000
KEYS = ("*.key", "*.pem", "lockouts.json", "day-keys/*")
OPEN_FILES = ".pub.pem"
TPM = Path("/dev/tpmrm0")
HOPELESS = {"TL", "RL", "LK", "PO"}
"""Without these every code is referred."""


def storage(settings: Settings) -> Sequence[Finding]:
    """The journal's folder, file and disk."""
    journal = settings.journal
    folder = journal.folder
    if not folder.is_dir():
        made = next((parent for parent in folder.parents if parent.exists()), Path("/"))
        if os.access(made, os.W_OK):
            return [look("JR", f"{folder} is not there yet: it is made at the first start.")]
        return [broken("JR", f"{folder} cannot be made: create it for the kiosk's user.")]
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return [broken("JR", f"{folder} may not be written: give it to the kiosk's user.")]
    return [_records(folder), *_room(settings)]


def _records(folder: Path) -> Finding:
    try:
        reader = JournalReader(folder)
        try:
            last = reader.last()
        finally:
            reader.close()
    except (JournalUnavailable, sqlite3.Error, OSError) as error:
        if not (folder / "journal.sqlite").exists():
            return well("JR", "No record yet: the journal begins at the first start.")
        return broken("JR", f"The journal cannot be read ({error}): call the operator, delete nothing.")
    return well("JR", f"The journal holds records up to number {last}.")


def _room(settings: Settings) -> Iterator[Finding]:
    journal = settings.journal
    try:
        free = shutil.disk_usage(journal.folder).free / MEGABYTE
    except OSError as error:
        yield broken("SR", f"The disk of the records cannot be asked ({error.strerror}).")
        return
    left = f"The disk of the records has {free:.0f} MB left"
    if free < journal.refer_free_mb:
        yield broken("SR", f"{left}, so every traveller is referred: free some space now.")
    elif free < journal.warn_free_mb:
        yield look("SW", f"{left}: have the operator free some.")
    else:
        yield well("SW", f"{left}.")


def lists(settings: Settings) -> Sequence[Finding]:
    """What the lane judges by, from its bundle or its own files, with ages."""
    try:
        bundled = lane_of(settings) is not None
        held: Lists = (
            BundleKeeper(settings, open_clock(settings)).lists
            if bundled
            else load_lists(settings.trust, settings.lane.policy)
        )
    except Refused as refused:
        return [broken("BU", str(refused))]
    found = [(broken if fault.code in HOPELESS else look)(fault.code, fault.advice) for fault in held.faults]
    now = datetime.now(UTC)
    return [*found, *aged(held.views(now), now, {one.code for one in found})]


def aged(views: Sequence[ListView], at: datetime, named: Container[str] = ()) -> Iterator[Finding]:
    """How each list in use is. One that is missing is passed over where its code was `named` already."""
    for view in views:
        code = {"trust": "TL", "revocation": "RL"}.get(view.kind, "PO")
        name = f"{view.kind} {view.name}".rstrip()
        if not view.signed:
            yield look(code, f"{name}: not signed: whoever can write the file decides who passes.")
        elif view.signed_at is None:
            if code not in named:
                yield broken(code, f"{name}: there is none, so codes are referred.")
        else:
            said = f"{name}: signed {(at - view.signed_at).total_seconds() / 3600:.0f} h ago"
            if view.freshness is Freshness.STALE:
                yield broken("AG", f"{said}, too old, so codes are referred: bring a newer one.")
            elif view.freshness is Freshness.AGEING:
                yield look("AG", f"{said}, ageing: bring a newer one.")
            else:
                yield well(code, f"{said}.")


def clock(settings: Settings) -> Sequence[Finding]:
    """What the lane would believe of the time if it started now."""
    status = open_clock(settings).look()
    said = f"{status.now:%Y-%m-%d %H:%M} UTC, {status.state}. {advice(status)}"
    if not status.works:
        return [broken("CK", said)]
    if status.state is ClockState.UNSURE:
        return [look("CU", said)]
    return [well("CK", said)]


def chrony(_settings: Settings) -> Sequence[Finding]:
    """Whether the kernel says that somebody keeps this machine's clock right."""
    if LinuxClocks().read().synchronised:
        return [well("CY", "The machine's clock is kept right.")]
    if shutil.which("chronyc") is None:
        return [look("CY", "chrony is not installed: docs/clock.md says how, in two lines.")]
    return [look("CY", "chrony does not have the time: `chronyc sources` says which source is missing.")]


def device_key(settings: Settings) -> Sequence[Finding]:
    """Where the key that says "this lane wrote it" is kept. Makes none."""
    file = settings.journal.folder / FILE
    chip = "there is a TPM, which is not used" if TPM.exists() else "there is no TPM"
    try:
        load_pem_private_key(file.read_bytes(), password=None)
    except FileNotFoundError:
        return [look("DK", f"{file} is not there yet: it is made at the first start, then enrol the kiosk.")]
    except OSError as error:
        return [broken("DK", f"{file} cannot be read ({error.strerror}): give it to the kiosk's user.")]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return [broken("DK", f"{file} is no key: bring back the copy, or enrol this kiosk anew.")]
    return [well("DK", f"The device's key is kept in a file, {file}; {chip}.")]


def permissions(settings: Settings) -> Sequence[Finding]:
    """Whether the configured devices may be used, and nobody else can read a key."""
    found = [*_devices(settings), *_key_files(settings.journal.folder)]
    return found or [well("PM", f"Devices may be used and keys are private (user {_user()}).")]


def _devices(settings: Settings) -> Iterator[Finding]:
    wanted = [("camera.path", settings.camera.path)] if settings.camera.source == "v4l2" else []
    if settings.turnstile.protocol != "none" and not settings.turnstile.host:
        wanted.append(("turnstile.path", settings.turnstile.path))
    if settings.scanner.kind != "none":
        wanted.append(("scanner.path", settings.scanner.path))
    if settings.officers.card_reader.kind != "none":
        wanted.append(("officers.card_reader.path", settings.officers.card_reader.path))
    if settings.lamp.kind == "adafruit":
        wanted.append(("lamp.path", settings.lamp.path))
    for key, path in wanted:
        reads = key in ("scanner.path", "officers.card_reader.path")
        needs = os.R_OK if reads else os.R_OK | os.W_OK
        if path.exists() and not os.access(path, needs):
            yield broken(
                "PM", f"{key}: {path} may not be used: usermod -aG {_group(path)} {_user()}, sign in anew."
            )


def _key_files(folder: Path) -> Iterator[Finding]:
    try:
        files = sorted({file for pattern in KEYS for file in folder.glob(pattern)})
        loose = [
            file
            for file in files
            if not file.name.endswith(OPEN_FILES) and stat.S_IMODE(file.stat().st_mode) & 0o077
        ]
    except OSError as error:
        yield broken("PM", f"{error.filename or folder} cannot be looked at: give it to the kiosk's user.")
        return
    for file in loose:
        yield broken("PM", f"{file} can be read by others: run chmod 600 on it.")


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _group(path: Path) -> str:
    try:
        return grp.getgrgid(path.stat().st_gid).gr_name
    except (KeyError, OSError):
        return "GROUP"
