"""What the tests of people and pages stand on: a hub's database, quick passwords, lanes with records."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from sync.batch import batch_body, signed_message
from sync.canonical import utc_text
from sync.chain import Position, Record, follow, genesis, payload_digest
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.hub.models import Device, Stored
from sync.hub.passwords import Passwords
from sync.hub.people import People, SignedIn
from sync.hub.roles import Role
from sync.hub.web.pages import install_pages
from sync.receipt import Answer
from sync.signing import SigningKey
from tests.sync.ground import HandClock, key

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "a long made-up password"
HOST = "http://hub.example"


class Desk:
    """A hub with its people, and lanes that write to it without a network."""

    def __init__(self, folder: Path, clock: HandClock, url: str | None = None) -> None:
        self.clock = clock
        self.engine: Engine = open_database(folder, url)
        self.people = People(self.engine, clock, QUICK)
        self.ledger = Ledger(self.engine, clock)
        self._lanes: dict[str, tuple[SigningKey, Position]] = {}

    def close(self) -> None:
        self.engine.dispose()

    def person(self, login: str = "sam", role: Role = Role.SUPERVISOR) -> SignedIn:
        """Adds somebody and signs them in."""
        self.people.add(login, f"{login.title()} Made-Up", role, PASSWORD)
        signed_in = self.people.sign_in(login, PASSWORD)
        assert isinstance(signed_in, SignedIn)
        return signed_in

    def lane(self, name: str = "lane-1") -> int:
        """Enrols a lane; the number of its device."""
        device = key()
        self.ledger.enrol(name, device.public)
        self._lanes[name] = (device, genesis(device.public.raw))
        return self.device(name)

    def device(self, name: str) -> int:
        with Session(self.engine) as session:
            return session.scalars(
                select(Device.id).where(Device.kiosk == name, Device.retired_at.is_(None))
            ).one()

    def write(self, name: str, *events: tuple[str, dict[str, object]]) -> int:
        """The lane sends these events, as happened now; the last sequence number."""
        device, after = self._lanes[name]
        at = utc_text(self.clock().utc)
        records = []
        for number, (kind, said) in enumerate(events, after.sequence + 1):
            payload, salt = json.dumps(said, sort_keys=True, separators=(",", ":")), bytes(16)
            digest = payload_digest(salt, payload)
            records.append(Record(number, at, kind, digest, salt, payload))
        body = batch_body(name, after, records)
        receipt = self.ledger.take(name, body, device.sign(signed_message(body)))
        assert receipt.answer is Answer.STORED
        self._lanes[name] = (device, receipt.position)
        return receipt.position.sequence

    def payloads(self, device: int) -> list[str | None]:
        with Session(self.engine) as session:
            rows = select(Stored.payload).where(Stored.device_id == device).order_by(Stored.sequence)
            return list(session.scalars(rows))

    def chain_holds(self, device: int) -> bool:
        """Whether the records the hub holds still lead to the head it signed for."""
        with Session(self.engine) as session:
            row = session.get_one(Device, device)
            stored = select(Stored).where(Stored.device_id == device).order_by(Stored.sequence)
            records = [
                Record(one.sequence, one.at, one.kind, one.digest, one.salt, one.payload, one.head)
                for one in session.scalars(stored)
            ]
            return follow(genesis(row.public_key), records) == Position(row.sequence, row.head)


def crossing(
    name: str, fingerprint: str = "ab" * 16, outcome: str = "ADMIT"
) -> list[tuple[str, dict[str, object]]]:
    """The events of one crossing."""
    return [
        ("crossing.opened", {"crossing": name, "direction": "any"}),
        ("crossing.code", {"crossing": name, "fingerprint": fingerprint}),
        ("crossing.decided", {"crossing": name, "outcome": outcome, "reasons": []}),
        ("crossing.closed", {"crossing": name, "how": "passed"}),
    ]


class Browser:
    """A person's browser without a screen: keeps cookies, finds the form's token, follows nothing."""

    def __init__(self, desk: Desk, app: FastAPI | None = None, base: str = HOST) -> None:
        if app is None:
            app = FastAPI()
            install_pages(app, desk.engine, desk.clock, passwords=QUICK)
        self.base = base
        self.cookies = httpx.Cookies()
        self._app = app

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request, as the browser sends it. A bug in the page answers 500, as it would on the socket."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=self.base, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, fields: dict[str, str], page: str | None = None) -> httpx.Response:
        """Fills in the form of `page` and posts it, as the page itself would."""
        token = self.token(page or path)
        return self.ask("POST", path, data={"csrf": token, **fields}, headers={"Origin": self.base})

    def token(self, page: str) -> str:
        """What the forms of a page carry."""
        return self.get(page).text.partition('name="csrf" value="')[2].partition('"')[0]

    def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        return self.post("/hub/sign-in", {"login": login, "password": password})
