"""Who may do what at the hub. Who looks after the machines does not search people."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the station. One person has one role."""

    VIEWER = "viewer"
    """A screen on the wall, or somebody who only looks."""
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    """Looks after hub and kiosks."""


class Right(StrEnum):
    """What a page asks for."""

    LOOK = "look"
    """The station page and the alarms."""
    ATTEND = "attend"
    """Say that an alarm was seen to."""
    LOOK_BACK = "look_back"
    """Ask where a code was used."""
    HOLD = "hold"
    """Keep a challenged crossing from being erased, or let it go again."""
    AUDIT = "audit"
    """Read and export what people did."""
    MANAGE = "manage"
    """Enrol and revoke kiosks, ask for a version, let people in and out."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.OFFICER: frozenset({Right.LOOK, Right.ATTEND}),
    Role.SUPERVISOR: frozenset({Right.LOOK, Right.ATTEND, Right.LOOK_BACK, Right.HOLD, Right.AUDIT}),
    Role.ADMINISTRATOR: frozenset({Right.LOOK, Right.ATTEND, Right.AUDIT, Right.MANAGE}),
}
