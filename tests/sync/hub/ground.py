"""A station's hub and two lanes of it, with and without HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.hub.acts import Who
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.ledger import Ledger
from sync.hub.models import Device
from sync.sealing import SealKey
from sync.signing import SigningKey
from tests.sync.ground import HandClock, key

STATION = "shenzhen-bay"
CHAN = Who("chan", "Chan Made-Up", "administrator")


def seal_pair() -> SealKey:
    return SealKey.of(X25519PrivateKey.generate())


@dataclass
class LaneKeys:
    """What a lane has."""

    name: str
    device: SigningKey = field(default_factory=key)
    seal: SealKey = field(default_factory=seal_pair)


class StationHub:
    """A hub's rooms around one database, as one process has them."""

    def __init__(
        self, folder: Path, clock: HandClock, hub: SigningKey | None = None, database: str | None = None
    ) -> None:
        self.clock, self.hub = clock, hub or key()
        self.engine = open_database(folder, database)
        self.devices = Devices(self.engine, clock)
        self.app = create_app(Ledger(self.engine, clock), self.hub)

    def enrol(self, lane: LaneKeys, station: str = STATION) -> int:
        """The number of the lane's device."""
        self.devices.enrol(
            lane.name,
            lane.device.public,
            station=station,
            hub=self.hub.public,
            seal_key=lane.seal.public.raw,
        )
        with Session(self.engine) as session:
            query = select(Device.id).where(Device.public_key == lane.device.public.raw)
            return session.scalars(query).one()

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()
