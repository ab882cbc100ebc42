"""Officers at a terminal: whose roster counts, and signing in by number and PIN without a window."""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings
    from kiosk.desk.roster import Officer, Role, Roster

Ask = Callable[[str, bool], str]
"""Asks for one line: the question, and whether the answer is secret."""
FIRST_AND_SECOND = ("First officer's", "Second officer's")


def roster_in_force(settings: Settings | None, named: Path | None) -> Roster:
    """The roster that counts: what was named, else the bundle's in use, else the file of the settings.

    Raises `RosterError`.
    """
    from kiosk.desk.roster import RosterError, load_roster

    if named is not None:
        return load_roster(named)
    if settings is not None and settings.bundle.root is not None:
        return _sealed(settings)
    if settings is not None and settings.officers.roster is None:
        raise RosterError(
            "Which officers? The settings name no officers.roster: name it there, or with --roster."
        )
    if settings is None or settings.officers.roster is None:
        raise RosterError("Which officers? Name their roster with --roster, or the settings with --config.")
    return load_roster(settings.officers.roster)


def _sealed(settings: Settings) -> Roster:
    """The roster of the bundle in use, opened with this kiosk's seal key."""
    from kiosk.bundle.settled import store_of, wanted_of
    from kiosk.bundle.station import no_station_files, read_station
    from kiosk.desk.roster import RosterError
    from sync.bundle.held import load
    from sync.bundle.refused import Refused

    try:
        held = load(store_of(settings), wanted_of(settings))
    except Refused as refused:
        raise RosterError(refused.advice) from refused
    if held is None:
        raise RosterError("There is no bundle here yet, so nobody is on the roster: bring one first.")
    station, faults = read_station(store_of(settings), held, settings, no_station_files())
    if station.roster is not None:
        return station.roster
    why = next((fault.advice for fault in faults if fault.part == "roster"), "")
    raise RosterError(why or f"The bundle has no roster for {settings.lane.station}: have it published.")


def signed_in(
    roster: Roster, folder: Path, at: datetime, ask: Ask, who: Sequence[str], role: Role | None = None
) -> list[Officer] | None:
    """One officer for each of `who`, with the right PIN, not ended `at`, of `role` where one is asked for.

    Wrong tries count, over restarts too. None: somebody was not let in, and standard error says why.
    """
    from config.moment import Moment, system_clock
    from kiosk.desk.lockouts import Lockouts, LockoutsError
    from kiosk.desk.pin import pin_matches
    from kiosk.desk.sign_in import Denied, Limits, SignIn

    lockouts = Lockouts(folder / "clock-lockouts.json")
    now = system_clock()
    try:
        tries = SignIn(roster, Limits(), lockouts.load(), now)
    except LockoutsError as error:
        print(f"{error}: call the operator", file=sys.stderr)
        return None
    found: list[Officer] = []
    for place in who:
        typed, pin = ask(f"{place} number: ", False), ask("PIN: ", True)
        check = tries.attempt(typed, pin, now)
        if check is None or isinstance(check, Denied):
            print("Too many wrong tries: wait, or have the PIN replaced.", file=sys.stderr)
            return None
        try:
            lockouts.save(check.tries)
            officer = check.officer
            matches = officer is not None and pin_matches(pin, officer.pin_hash)
            denied, _ = tries.checked(check, matches, Moment(now.mono, at))
            lockouts.save(tries.tries)
        except LockoutsError as error:
            print(str(error), file=sys.stderr)
            return None
        if officer is None or denied is not None:
            print("The number or the PIN is wrong, or the entry has ended.", file=sys.stderr)
            return None
        tries.sign_out("officer")
        if role is not None and officer.role is not role:
            print(f"{officer.id} is {officer.role}: it takes a {role}.", file=sys.stderr)
            return None
        found.append(officer)
    return found


def two_different(officers: Sequence[Officer] | None) -> tuple[str, str] | None:
    """The numbers of two officers who are not one and the same."""
    if officers is None:
        return None
    first, second = officers
    if first.id == second.id:
        print("It takes two officers: that was one of them twice.", file=sys.stderr)
        return None
    return first.id, second.id


def unseen(question: str) -> str:
    """Asks for a secret at the terminal. Raises EOFError where there is none: nothing is typed in sight."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(question)
        except getpass.GetPassWarning:
            raise EOFError from None


def asked(question: str, secret: bool) -> str:
    """Asks at the terminal."""
    if secret:
        return unseen(question)
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def from_stdin(_question: str, _secret: bool) -> str:
    """Takes the next line of standard input."""
    return sys.stdin.readline().rstrip("\r\n")
