"""Lanes and desks of a station at a hub's rooms, without HTTP: what the tests of referrals stand on."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.decision import TAKEN_BACK, Statement, new_statement, sign_decision
from sync.hub.database import open_database
from sync.hub.desks import Desks, NotPossible
from sync.hub.models import Device
from sync.hub.referrals import Referrals
from sync.referral import Closed, Heard, LaneSays, Opened, Shown
from tests.sync.ground import HandClock, key
from tests.sync.hub.ground import STATION, LaneKeys, StationHub

OFFICERS = {name: key() for name in ("O-17", "O-18", "S-3")}


def opened(crossing: str = "c-1", **changes: Any) -> Opened:
    said = {
        "crossing": crossing,
        "left_s": 120,
        "outcome": "REFER",
        "reasons": ["UNKNOWN_SIGNER"],
        "policy": "to-macao 3",
        "demo": False,
        "why_not_admit": "",
        "second": False,
        "approved_by": "",
        "sealed": "c2VhbGVk",
    }
    return Opened.model_validate(said | changes)


class Station:
    """A hub with two lanes, two desks, and a desk of another station."""

    def __init__(self, folder: Path, clock: HandClock, database: str | None = None) -> None:
        self.clock = clock
        self.folder, self.database = folder, database
        self.hub = StationHub(folder, clock, database=database)
        self.keys = {name: LaneKeys(name) for name in ("lane-1", "lane-2", "desk-1", "desk-2", "far-desk")}
        self.one, self.two = self.enrol("lane-1"), self.enrol("lane-2")
        self.desk, self.other = self.enrol("desk-1", desk=True), self.enrol("desk-2", desk=True)
        self.far = self.enrol("far-desk", "macao", desk=True)
        self.referrals = Referrals(self.hub.engine, clock)
        self.desks = Desks(self.hub.engine, clock)
        self._nonces = itertools.count()
        self._engines: list[Engine] = []

    def enrol(self, name: str, station: str = STATION, *, desk: bool = False) -> int:
        keys = self.keys[name]
        self.hub.devices.enrol(
            name,
            keys.device.public,
            station=station,
            hub=self.hub.hub.public,
            seal_key=keys.seal.public.raw,
            desk=desk,
        )
        with Session(self.hub.engine) as session:
            return session.scalars(select(Device.id).where(Device.public_key == keys.device.public.raw)).one()

    def second_process(self, clock: Clock | None = None) -> tuple[Referrals, Desks]:
        """The rooms of another hub process on the same database."""
        engine = open_database(self.folder, self.database)
        self._engines.append(engine)
        return Referrals(engine, clock or self.clock), Desks(engine, clock or self.clock)

    def opens(self, crossing: str = "c-1", lane: int | None = None, **changes: Any) -> None:
        self.referrals.says(lane or self.one, LaneSays(opened=(opened(crossing, **changes),)))

    def closes(self, how: str, by: str = "", crossing: str = "c-1") -> None:
        self.referrals.says(self.one, LaneSays(closed=(Closed(crossing=crossing, how=how, by=by),)))

    def hears(self, number: int, word: str) -> None:
        self.referrals.says(self.one, LaneSays(heard=(Heard(number=number, word=word),)))

    def shown(self, desk: int | None = None) -> list[Shown]:
        return list(self.desks.picture(desk or self.desk).referrals)

    def claim(self, officer: str = "O-17", desk: int | None = None) -> str:
        """The word of the answer."""
        try:
            self.desks.claim(desk or self.desk, "lane-1", "c-1", officer)
        except NotPossible as no:
            return no.word
        return "claimed"

    def decide(
        self,
        officer: str = "O-17",
        action: str = "admit",
        desk: int | None = None,
        rooms: Desks | None = None,
    ) -> int | str:
        """The decision's number, or the word of the answer."""
        statement = self.statement(officer, action, "desk-1" if desk in (None, self.desk) else "desk-2")
        try:
            return self.send(statement, desk, rooms)
        except NotPossible as no:
            return no.word

    def statement(self, officer: str = "O-17", action: str = "admit", desk: str = "desk-1") -> Statement:
        nonce = f"a-made-up-nonce-{next(self._nonces)}"
        reason = {"admit": "DOCUMENT_GENUINE", "refuse": "DOCUMENT_NOT_GENUINE", "desk": "NEEDS_TIME"}.get(
            action, TAKEN_BACK
        )
        return new_statement("lane-1", "c-1", action, reason, officer, desk, self.clock().utc, nonce)

    def send(self, statement: Statement, desk: int | None = None, rooms: Desks | None = None) -> int:
        signature = sign_decision(OFFICERS[statement.officer], statement)
        number, _ = (rooms or self.desks).decide(desk or self.desk, statement, statement.text(), signature)
        return number

    def close(self) -> None:
        for engine in self._engines:
            engine.dispose()
        self.hub.close()
