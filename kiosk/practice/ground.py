"""The ground to practise on: authorities made on the spot, lists that trust them alone, a gate in memory."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Bundle, Hub, Journal, Lane, Settings, Trust, Turnstile
from config.taking_along import Venue
from drivers.turnstile.port import Passage
from drivers.turnstile.simulated import SimulatedTurnstile
from kiosk.demo.authorities import Authorities, found, write_lists
from kiosk.desk.pin import hash_pin, weakness
from kiosk.desk.roster import Officer, Role, Roster, save_roster
from kiosk.issuing.authority_files import load_authority, save_authority
from kiosk.issuing.key_files import read_file
from kiosk.practice.place import MARK, practice_folder
from kiosk.practice.practised import practised, practised_turned
from verification.formats.colour_claims import CTI_BYTES
from verification.issuing.authority import CannotIssue

KEPT = ("hong_kong", "guangdong", "macao", "customs", "certificates")
REVOKED = "withdrawn.hex"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """One lane's place of practice."""

    folder: Path
    issuers: Authorities
    """Whose codes count here. Everything they sign is a specimen."""
    revoked: bytes
    """The `cti` of the code that is withdrawn."""

    @property
    def journal(self) -> Path:
        """Folder of the records of practice."""
        return self.folder / "journal"


def open_ground(journal: Path, at: datetime) -> Ground:
    """The place of practice below a lane's journal folder; made where there is none.

    The authorities stay until their keys end, so that a sheet and the lane know each other whichever was
    first. Raises `CannotIssue` and OSError.
    """
    folder = practice_folder(journal)
    kept = folder / "authorities"
    (folder / "journal").mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "journal" / MARK).touch()
    if not kept.exists() or _ended(kept, at):
        _make(kept, at)
    issuers = found(at).standing_for(**{name: load_authority(kept / name) for name in KEPT})
    try:
        revoked = bytes.fromhex(read_file(kept / REVOKED).decode("ascii"))
    except ValueError as error:
        raise CannotIssue(f"{kept / REVOKED}: is not hexadecimal; remove {kept}") from error
    return Ground(folder, issuers, revoked)


def practice_settings(settings: Settings, ground: Ground, at: datetime) -> Settings:
    """The lane's settings with nothing left of gate, hub, bundle and lists. Writes fresh lists and policy.

    Raises OSError.
    """
    told = practised(settings).document
    turned = practised_turned(settings) if settings.other_direction.direction else None
    lists = write_lists(ground.folder / "lists", ground.issuers, (ground.revoked,), at, told, turned)
    lane = settings.lane.model_copy(update={"policy": lists.policy, "formats": Lane().formats})
    other = settings.other_direction
    if other.direction:  # turned in practice, too; where its policy can't be used, judged by the same one
        policy = lists.policy if turned is None else lists.turned
        other = other.model_copy(update={"policy": policy, "profile": "", "channel": 0})
    trust = Trust(lists=(lists.trust,), key=(lists.key,), revocation=(lists.revocation,))
    journal = Journal(
        folder=ground.journal,
        warn_free_mb=settings.journal.warn_free_mb,
        refer_free_mb=settings.journal.refer_free_mb,
    )
    return settings.model_copy(
        update={
            "lane": lane,
            "other_direction": other,
            "turnstile": Turnstile(way=settings.turnstile.way),
            "trust": trust,
            "journal": journal,
            "hub": Hub(),
            "bundle": Bundle(),
            "venue": Venue(),
        }
    )


def with_officers(settings: Settings, ground: Ground) -> tuple[Settings, str]:
    """The lane's own officers where a roster file names them (PIN empty); else two made for this practice.

    The PIN is for saying once: it is written nowhere. Raises OSError and `RosterError`.
    """
    if settings.officers.roster is not None:
        return settings, ""
    pin = _pin()
    file = ground.folder / "roster.json"
    two = (Officer("P-1", Role.OFFICER, hash_pin(pin)), Officer("P-2", Role.SUPERVISOR, hash_pin(pin)))
    save_roster(file, Roster(two))
    officers = settings.officers.model_copy(update={"roster": file})
    return settings.model_copy(update={"officers": officers}), pin


def gate_in_memory(_alive: Callable[[], bool]) -> SimulatedTurnstile:
    """The gate of practice, through which everybody goes: no line to the configured one is opened."""
    return SimulatedTurnstile()


def gate_nobody_passes(_alive: Callable[[], bool]) -> SimulatedTurnstile:
    """The same, and nobody goes through: the code is given back, and may be shown again."""
    return SimulatedTurnstile(usually=Passage.NO_PASSAGE)


def _make(kept: Path, at: datetime) -> None:
    """Written beside and renamed: half a set of authorities is none."""
    half = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    issuers = found(at)
    for name in KEPT:
        save_authority(getattr(issuers, name), half / name)
    (half / REVOKED).write_text(secrets.token_bytes(CTI_BYTES).hex(), encoding="ascii")
    shutil.rmtree(kept, ignore_errors=True)
    half.rename(kept)


def _ended(kept: Path, at: datetime) -> bool:
    """Whether a key ends within a day, begins later than now, or belongs to an authority that means it."""
    try:
        known = [load_authority(kept / name) for name in KEPT]
    except CannotIssue:
        return True
    return any(not one.demo or not one.not_before <= at < one.not_after - A_DAY for one in known)


def _pin() -> str:
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if weakness(pin) is None:
            return pin
