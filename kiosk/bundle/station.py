"""What a station puts into its bundle beside the policy: roster, notices, the oldest program that may run."""

from __future__ import annotations

from dataclasses import dataclass

from config.settings import Settings
from kiosk.desk.roster import Roster, RosterError, read_roster
from kiosk.lane_view import Fault
from kiosk.program import VERSION
from sync.bundle.held import File, Held
from sync.bundle.layout import Kind
from sync.bundle.refused import Refused
from sync.bundle.station_files import Notice, read_minimum, read_notice
from sync.bundle.store import Store
from sync.canonical import NotCanonical
from sync.sealing import ROSTER, NotOpened, seal_key
from sync.signing import KeyUnusable

PARTS = {"roster": "roster", "notices": "notices", "minimum": "program"}


@dataclass(frozen=True, slots=True)
class StationFiles:
    """The station's own files. `roster` is None where the bundle has none for this station."""

    roster: Roster | None
    notices: tuple[Notice, ...]
    too_old: bool
    """Whether this program is older than the station allows: then every code is referred."""


def no_station_files() -> StationFiles:
    """Before there is a bundle."""
    return StationFiles(None, (), False)


def read_station(
    store: Store, held: Held, settings: Settings, before: StationFiles
) -> tuple[StationFiles, tuple[Fault, ...]]:
    """What the bundle has for this station. What cannot be read leaves what was there before."""
    roster, notices, too_old = None, before.notices, before.too_old
    faults: list[Fault] = []
    read: list[Notice] = []
    for file in held.top.files.values():
        kind = file.target.kind
        try:
            if kind is Kind.ROSTER:
                roster = before.roster
                fresh = _roster(store, file, settings)
                roster = (
                    before.roster if before.roster and before.roster.officers == fresh.officers else fresh
                )
            elif kind is Kind.NOTICE:
                read.append(read_notice(store.target(file.sha256)))
            elif kind is Kind.MINIMUM:
                too_old, fault = _minimum(store.target(file.sha256))
                faults += [fault] if fault else []
        except (Refused, NotCanonical, NotOpened, KeyUnusable, RosterError) as error:
            faults.append(Fault(*_named(kind), f"{file.target.path} cannot be used: {error}"))
    if all(fault.code != "NO" for fault in faults):
        notices = tuple(read)
    if not any(file.target.kind is Kind.MINIMUM for file in held.top.files.values()):
        too_old = False
    return StationFiles(roster, notices, too_old), tuple(faults)


def _roster(store: Store, file: File, settings: Settings) -> Roster:
    key = seal_key(settings.journal.folder)
    return read_roster(key.open_shared(ROSTER, store.target(file.sha256)))


def _minimum(data: bytes) -> tuple[bool, Fault | None]:
    needed = read_minimum(data)
    if tuple(map(int, VERSION.split("."))) >= needed:
        return False, None
    wanted = ".".join(map(str, needed))
    advice = (
        f"This program is version {VERSION} and the station asks for {wanted} or newer: update it. "
        "Until then every code is referred."
    )
    return True, Fault(PARTS["minimum"], "VE", advice)


def _named(kind: Kind) -> tuple[str, str]:
    if kind is Kind.ROSTER:
        return PARTS["roster"], "RO"
    return (PARTS["notices"], "NO") if kind is Kind.NOTICE else (PARTS["minimum"], "VE")
