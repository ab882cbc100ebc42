"""What the hub knows of devices beside their chains: station, seal key, version, whether they are revoked."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text
from sync.chain import Position
from sync.hub.acts import CONSOLE, What, Who, write_act
from sync.hub.database import for_reading
from sync.hub.device_models import DeviceProfile, DeviceRevocation, HubFact, Station
from sync.hub.ledger import EnrolmentRefused, enrol_within
from sync.hub.models import Device
from sync.hub.referral_models import StationDesk
from sync.receipt import Answer, Receipt
from sync.sealing import SealPublicKey
from sync.signing import PublicKey
from sync.weak_keys import is_weak

log = structlog.get_logger("hub")

MINIMUM = "minimum_version"
VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


@dataclass(frozen=True, slots=True)
class Revoked:
    """A device that was revoked."""

    kiosk: str
    device: str
    at: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An enrolled device as people list it."""

    kiosk: str
    station: str
    version: str
    heard_at: str | None
    desk: bool
    """Whether it is a desk of the station, not a lane."""
    sealed: bool
    """Whether a seal key is known: without one it gets no keys of the day and no roster."""


class Devices:
    """Every call is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def enrol(
        self,
        kiosk: str,
        key: PublicKey,
        *,
        station: str,
        hub: PublicKey,
        seal_key: bytes | None = None,
        version: str = "",
        by: Who = CONSOLE,
        reason: str = "",
        replace: bool = False,
        desk: bool = False,
        also: Callable[[Session], object] | None = None,
    ) -> bool:
        """Lets a device write as `kiosk` and belong to `station`; False if it might already.

        A `desk` is no lane: it reads referrals of the station and carries decisions.

        An act of `by`. `also` is done in the same transaction. Raises `EnrolmentRefused`.
        """
        if key.raw == hub.raw:
            raise EnrolmentRefused("This is the hub's own key: give the kiosk's device.pub.pem.")
        if is_weak(key.raw):
            raise EnrolmentRefused("This key signs for anybody: make a new device key at the kiosk.")
        if seal_key is not None and not seals(seal_key):
            raise EnrolmentRefused("This seal key hides nothing: make a new seal key at the kiosk.")
        now = utc_text(self._clock().utc)
        try:
            with Session(self._engine) as session, session.begin():
                new = enrol_within(session, now, kiosk, key, replace=replace)
                _ensure_station(session, station)
                device_id = session.scalars(select(Device.id).where(Device.public_key == key.raw)).one()
                profile = session.get(DeviceProfile, device_id)
                if profile is None:
                    called = by.called[:64]
                    profile = DeviceProfile(
                        device_id=device_id, station=station, version=version, enrolled_by=called
                    )
                    session.add(profile)
                profile.station = station
                profile.seal_key = seal_key or profile.seal_key
                if desk:
                    session.merge(StationDesk(device_id=device_id))
                if also is not None:
                    also(session)
                about = f"{kiosk} of {station}, device {key.fingerprint}"
                write_act(session, now, by, What.ENROLLED, about, reason)
        except IntegrityError as error:
            raise EnrolmentRefused(
                f"{kiosk} was enrolled elsewhere at this moment: look at it again."
            ) from error
        if new:
            log.info("enrolled", kiosk=kiosk, device=key.fingerprint, by=by.called)
        return new

    def report(self, device_id: int, version: str, seal_key: bytes | None) -> None:
        """What a device says of itself. Its first seal key stays: another one takes a new enrolment."""
        with Session(self._engine) as session, session.begin():
            profile = session.get(DeviceProfile, device_id)
            if profile is None:
                return
            profile.version, profile.heard_at = version[:32], utc_text(self._clock().utc)
            if profile.seal_key is None and seal_key is not None and seals(seal_key):
                profile.seal_key = seal_key

    def revoke(self, kiosk: str, why: str, by: Who) -> Revoked | None:
        """Ends what the kiosk's device may do. Its records stay. None: no such kiosk is enrolled.

        An act of `by`.
        """
        now = utc_text(self._clock().utc)
        with Session(self._engine) as session, session.begin():
            device = session.scalar(
                select(Device).where(Device.kiosk == kiosk, Device.retired_at.is_(None)).with_for_update()
            )
            if device is None:
                return None
            device.retired_at = now
            fingerprint, called = PublicKey(device.public_key).fingerprint, by.called[:64]
            session.add(DeviceRevocation(device_id=device.id, at=now, why=why, by=called))
            write_act(session, now, by, What.DEVICE_REVOKED, f"{kiosk}, device {fingerprint}", why)
        log.warning("device revoked", kiosk=kiosk, device=fingerprint, by=called)
        return Revoked(kiosk, fingerprint, now, why, called)

    def revoked(self) -> list[Revoked]:
        """Every device that was revoked, the latest first."""
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(DeviceRevocation, Device)
                .join(Device, Device.id == DeviceRevocation.device_id)
                .order_by(DeviceRevocation.at.desc())
            ).all()
            return [
                Revoked(
                    device.kiosk,
                    PublicKey(device.public_key).fingerprint,
                    revocation.at,
                    revocation.why,
                    revocation.by,
                )
                for revocation, device in rows
            ]

    def why_revoked(self, kiosk: str) -> list[tuple[PublicKey, str]]:
        """The revoked keys of a kiosk, and why each was."""
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(Device.public_key, DeviceRevocation.why)
                .join(DeviceRevocation, DeviceRevocation.device_id == Device.id)
                .where(Device.kiosk == kiosk)
                .order_by(Device.id.desc())
                .limit(8)
            ).all()
        return [(PublicKey(row.public_key), row.why) for row in rows]

    def last_word(self, kiosk: str, answers: str) -> Receipt | None:
        """The receipt of a kiosk whose device was revoked; None where none was."""
        with Session(for_reading(self._engine)) as session:
            row = session.execute(
                select(Device, DeviceRevocation.why)
                .join(DeviceRevocation, DeviceRevocation.device_id == Device.id)
                .where(Device.kiosk == kiosk)
                .order_by(Device.id.desc())
            ).first()
            if row is None:
                return None
            held = Position(row[0].sequence, row[0].head)
        return Receipt(kiosk, answers, Answer.REVOKED, held, utc_text(self._clock().utc), row[1])

    def profiles(self) -> list[Profile]:
        """Every enrolled device that has a station, by name."""
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(DeviceProfile, Device.kiosk, StationDesk.device_id)
                .join(Device, Device.id == DeviceProfile.device_id)
                .outerjoin(StationDesk, StationDesk.device_id == Device.id)
                .where(Device.retired_at.is_(None))
                .order_by(Device.kiosk)
            ).all()
            return [
                Profile(
                    kiosk, row.station, row.version, row.heard_at, desk is not None, row.seal_key is not None
                )
                for row, kiosk, desk in rows
            ]

    def station_of(self, device_id: int) -> str:
        """The station of a device; empty where it has none."""
        with Session(for_reading(self._engine)) as session:
            profile = session.get(DeviceProfile, device_id)
            return profile.station if profile else ""

    def seal_keys(self, station: str) -> dict[str, SealPublicKey]:
        """The seal key of each enrolled kiosk of a station: whom a roster is sealed to."""
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(Device.kiosk, DeviceProfile.seal_key)
                .join(DeviceProfile, DeviceProfile.device_id == Device.id)
                .where(
                    Device.retired_at.is_(None),
                    DeviceProfile.station == station,
                    DeviceProfile.seal_key.is_not(None),
                )
            ).all()
        return {row.kiosk: SealPublicKey(row.seal_key) for row in rows}

    @property
    def minimum_version(self) -> str:
        """The least version a kiosk should run; empty: any."""
        with Session(for_reading(self._engine)) as session:
            fact = session.get(HubFact, MINIMUM)
            return fact.value if fact else ""

    def require_version(self, version: str, by: Who, reason: str = "") -> None:
        """Sets the least version. An act of `by`. Raises ValueError for what is no version."""
        if version and not VERSION.fullmatch(version):
            raise ValueError(version)
        with Session(self._engine) as session, session.begin():
            session.merge(HubFact(name=MINIMUM, value=version))
            now = utc_text(self._clock().utc)
            write_act(session, now, by, What.VERSION_REQUIRED, version or "any", reason)


def seals(raw: bytes) -> bool:
    """Whether an X25519 key can keep a secret: its small groups give the same secret to everybody."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError:
        return False
    return True


def _ensure_station(session: Session, name: str) -> None:
    row = {"name": name, "feed": secrets.token_hex(8)}
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(Station)
    session.execute(insert.values(row).on_conflict_do_nothing())
