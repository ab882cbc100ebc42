"""Where a code was used in the last 21 days: the only question about people, and it is written down first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config.counted import counted
from config.moment import Clock
from sync.canonical import utc_text
from sync.hub.acts import What, lock_acts, write_act
from sync.hub.database import for_reading
from sync.hub.models import Device, Stored
from sync.hub.people import SignedIn
from sync.hub.people_models import Act
from sync.hub.picture_models import CrossingSpan, Sighting

DAYS = 21
AN_HOUR = 10
"""Questions of one person in an hour."""
MOST_FINGERPRINTS = 64
"""A code has one for each day whose key lives; a symbol may hold two."""
MOST_ANSWERS = 500


class TooOften(Exception):
    """This person has asked as often as one may in an hour."""


class NoSuchCrossing(Exception):
    """No crossing of that reference is held, or none of its codes had a fingerprint."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the code. Nothing of it says who the holder is."""

    at: str
    kiosk: str
    crossing: str
    sequence: int
    outcome: str
    """ADMIT, REFER or REFUSE; empty where the lane had not decided."""


class Lookback:
    """Asks the sightings that `Follower` keeps. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock, an_hour: int = AN_HOUR) -> None:
        self._engine = engine
        self._clock = clock
        self._an_hour = an_hour

    def ask(self, who: SignedIn, fingerprints: Sequence[bytes], reason: str, about: str = "") -> list[Use]:
        """Every use of a code known by one of these fingerprints (16 bytes), the newest first.

        The act is on stable storage before anything is looked up. Raises `TooOften`.
        """
        several = counted(len(fingerprints), "fingerprint")
        shown = about or f"{several}, first {fingerprints[0].hex()}"
        self._write_down(who, shown, reason)
        return self._uses(fingerprints)

    def ask_crossing(self, who: SignedIn, crossing: str, reason: str) -> list[Use]:
        """Other uses of the codes of one crossing on its day: another day knows them by other fingerprints.

        Raises `TooOften`, `NoSuchCrossing`.
        """
        self._write_down(who, f"codes of crossing {crossing}", reason)
        with Session(for_reading(self._engine)) as session:
            of_crossing = (
                select(Sighting.fingerprint)
                .join(
                    CrossingSpan,
                    (CrossingSpan.device_id == Sighting.device_id)
                    & Sighting.sequence.between(CrossingSpan.first, CrossingSpan.last),
                )
                .where(CrossingSpan.crossing == crossing, Sighting.crossing == crossing)
            )
            fingerprints = list(session.scalars(of_crossing))
        if not fingerprints:
            raise NoSuchCrossing
        return self._uses(fingerprints)

    def _write_down(self, who: SignedIn, about: str, reason: str) -> None:
        now = self._clock().utc
        with Session(self._engine) as session, session.begin():
            lock_acts(session)
            asked = session.scalar(
                select(func.count(Act.id)).where(
                    Act.at > utc_text(now - timedelta(hours=1)),
                    Act.login == who.login,
                    Act.what == What.LOOKED_BACK.value,
                )
            )
            refused = (asked or 0) >= self._an_hour
            what = What.LOOKBACK_REFUSED if refused else What.LOOKED_BACK
            write_act(session, utc_text(now), who.who, what, about, reason)
        if refused:
            raise TooOften

    def _uses(self, fingerprints: Sequence[bytes]) -> list[Use]:
        since = utc_text(self._clock().utc - timedelta(days=DAYS))
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(Sighting.at, Device.kiosk, Sighting.crossing, Sighting.sequence, Sighting.device_id)
                .join(Device, Device.id == Sighting.device_id)
                .where(Sighting.fingerprint.in_(fingerprints), Sighting.at >= since)
                .order_by(Sighting.at.desc())
                .limit(MOST_ANSWERS)
            )
            return [
                Use(at, kiosk, crossing, sequence, self._outcome(session, device, crossing))
                for at, kiosk, crossing, sequence, device in rows.all()
            ]

    def _outcome(self, session: Session, device: int, crossing: str) -> str:
        span = session.get(CrossingSpan, (device, crossing))
        if span is None:
            return ""
        payloads = session.scalars(
            select(Stored.payload).where(
                Stored.device_id == device,
                Stored.sequence.between(span.first, span.last),
                Stored.kind == "crossing.decided",
            )
        )
        for payload in payloads:
            for outcome in ("ADMIT", "REFER", "REFUSE"):
                if payload is not None and f'"outcome":"{outcome}"' in payload and crossing in payload:
                    return outcome
        return ""
