"""Two authorities that publish through a bundle, and a lane of the town between them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.moment import Moment
from config.settings import Bundle, Journal, Lane, Settings, Trust
from kiosk.bundle.keeper import BundleKeeper
from kiosk.bundle.settled import lane_of
from kiosk.bundle.worker import BundleWorker
from kiosk.crossing_io import PartFailed, PartRecovered
from sync.bundle.source import Source
from sync.event import Event
from tests.sync.bundle.repository import AT, Repository
from verification.assessment import Assessment
from verification.evidence import Colour
from verification.formats.registry import KNOWN
from verification.issuing.authority import Authority, found_authority
from verification.issuing.colour_code import ColourCode, issue
from verification.policy import built_in
from verification.revocation import station_list as revocation_file
from verification.trust import station_list as trust_file
from verification.verifier import Verifier

ISSUERS = {"hk": ("HK", "HK1"), "mo": ("MO", "MO1")}
Told = Event | PartFailed | PartRecovered


@dataclass
class HandClock:
    """A clock that a test sets."""

    at: datetime = AT

    def __call__(self) -> Moment:
        return Moment(self.at.timestamp(), self.at)


class Town:
    """The publisher, two authorities, and one lane."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, HandClock()
        self.repository = Repository(folder / "published")
        self.list_keys = {role: ed25519.Ed25519PrivateKey.generate() for role in ISSUERS}
        self.authorities = {role: self.authority(role) for role in ISSUERS}
        for role, key in self.list_keys.items():
            public = key.public_key()
            pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            self.repository.files[f"{role}/keys/list.pem"] = pem
            self.write_trust(role)
            self.write_revocation(role)
        self.write_policy("first")
        anchor = self.repository.start()
        (folder / "root.json").write_bytes(anchor)
        self.settings = Settings(
            lane=Lane(station="station", id="lane-1"),
            journal=Journal(folder=folder / "journal"),
            trust=Trust(),
            bundle=Bundle(root=folder / "root.json", folder=folder / "bundle", profile="lane"),
        )
        self.told: list[Told] = []
        lane = lane_of(self.settings)
        assert lane is not None
        self.sources: list[Source] = [self.repository.mirror()]
        self.worker = BundleWorker(lane, lambda: self.sources, self.clock, self.told.append, 60.0)

    def authority(self, role: str) -> Authority:
        """A new signer of a role's issuer."""
        issuer, prefix = ISSUERS[role]
        return found_authority(issuer, frozenset({prefix}), AT, demo=False)

    def write_trust(self, role: str, *more: Authority) -> None:
        """The role's trust list, with further signers."""
        entries = [row for one in (self.authorities[role], *more) for row in one.entries()]
        document = trust_file.write(entries, role, self.repository.at, self.list_keys[role])
        self.repository.files[f"{role}/trust/signers.json"] = document

    def write_revocation(self, role: str, *withdrawn: object, covers: tuple[str, str] | None = None) -> None:
        """The role's revocation list."""
        issuer, prefix = ISSUERS[role]
        document = revocation_file.write(
            withdrawn,  # type: ignore[arg-type]
            [covers or (prefix, issuer)],
            role,
            self.repository.at,
            self.list_keys[role],
        )
        self.repository.files[f"{role}/revocation/list.json"] = document

    def write_policy(self, name: str, **changes: object) -> None:
        """The lane's policy."""
        document = built_in().model_dump(mode="json") | {"name": name} | changes
        self.repository.files["station/policy/lane.json"] = json.dumps(document).encode()

    def publish(self, hours: float = 0) -> None:
        """Publishes what changed, so many hours later."""
        self.repository.at += timedelta(hours=hours)
        self.clock.at = max(self.clock.at, self.repository.at)
        self.repository.publish()

    def keeper(self) -> BundleKeeper:
        """The lane's lists, as they are loaded at a start."""
        return BundleKeeper(self.settings, self.clock)

    def code(self, role: str = "hk", authority: Authority | None = None) -> bytes:
        """A green code of today."""
        code = ColourCode(
            prefix=ISSUERS[role][1],
            cti=bytes(16),
            issued_at=self.clock.at - timedelta(hours=1),
            expires_at=self.clock.at + timedelta(hours=6),
            colour=Colour.GREEN,
        )
        return issue(code, authority or self.authorities[role]).encode()

    def check(self, keeper: BundleKeeper, code: bytes) -> Assessment:
        """What the lane's verifier says of a code now."""
        return Verifier(lambda: keeper.lists.snapshot, KNOWN).verify(code, self.clock.at)

    def faults(self) -> list[str]:
        """What the officer was told: parts that failed (-) and came back (+)."""
        return [
            f"-{one.fault.part}" if isinstance(one, PartFailed) else f"+{one.part}"
            for one in self.told
            if not isinstance(one, Event)
        ]

    def events(self) -> list[str]:
        """The kinds of events that were told."""
        return [one.kind for one in self.told if isinstance(one, Event)]
