"""Kiosks that ask to be enrolled, until a person at the hub compared the code and decided."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text
from sync.enrolment import NONCE_BYTES, REQUEST, EnrolmentAsked, as_typed, codes, commitment, read_request
from sync.hub.acts import What, Who, write_act
from sync.hub.database import for_reading
from sync.hub.device_models import EnrolmentRequest
from sync.hub.devices import Devices, seals
from sync.hub.ledger import EnrolmentRefused
from sync.signing import PublicKey
from sync.weak_keys import is_weak

log = structlog.get_logger("hub")

MOST_UNDECIDED = 32
TO_REVEAL = timedelta(minutes=2)
TO_DECIDE = timedelta(minutes=15)
TO_FETCH = timedelta(hours=1)
UNDECIDED = ("asked", "waiting")


class TooMany(Exception):
    """So many kiosks wait already that no further one is taken."""


class NotProved(Exception):
    """The request was not made by who has its device key, or one of its keys can't keep a secret."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A request as the person at the hub sees it."""

    id: str
    code: str
    kiosk: str
    station: str
    version: str
    device: str
    """The device key's fingerprint."""
    asked_at: str
    expires_at: str
    desk: bool
    """Whether it would be a desk of the station, not a lane."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What the person tells the kiosk: it opens only to this reply."""

    kiosk: str
    station: str
    device: str
    reply: str
    desk: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a kiosk that asks hears of its request."""

    state: str
    """`asked`, `waiting`, `approved`, `refused` or `gone`."""
    kiosk: str = ""
    station: str = ""
    reply: str = ""
    """Once it is approved. Worth something only on a way that nobody stands in."""


class Enrolments:
    """Every call is one transaction or two that may be repeated. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock, hub: PublicKey) -> None:
        self._engine, self._clock, self._hub = engine, clock, hub
        self._devices = Devices(engine, clock)

    def ask(self, body: bytes, signature: bytes) -> tuple[str, bytes, str]:
        """Keeps a request; its name, this hub's number, and until when it waits.

        Raises `NotCanonical`, `NotProved` and `TooMany`.
        """
        asked = read_request(body)
        if is_weak(asked.device) or asked.device == self._hub.raw or not seals(asked.seal):
            raise NotProved
        if not PublicKey(asked.device).verifies(signature, REQUEST + body):
            raise NotProved
        now = self._clock().utc
        name, nonce, until = (
            secrets.token_hex(16),
            secrets.token_bytes(NONCE_BYTES),
            utc_text(now + TO_REVEAL),
        )
        with Session(self._engine) as session, session.begin():
            same = (EnrolmentRequest.device_key == asked.device, EnrolmentRequest.state.in_(UNDECIDED))
            session.execute(delete(EnrolmentRequest).where(*same))
            long_ago = utc_text(now - TO_FETCH)
            session.execute(delete(EnrolmentRequest).where(EnrolmentRequest.expires_at < long_ago))
            waiting = select(func.count()).where(
                EnrolmentRequest.state.in_(UNDECIDED), EnrolmentRequest.expires_at > utc_text(now)
            )
            if (session.scalar(waiting) or 0) >= MOST_UNDECIDED:
                raise TooMany
            session.add(_row(asked, name, body, nonce, utc_text(now), until))
        return name, nonce, until

    def key_of(self, name: str) -> PublicKey | None:
        """Whose signature counts for a request."""
        with Session(for_reading(self._engine)) as session:
            row = session.get(EnrolmentRequest, name)
            return PublicKey(row.device_key) if row else None

    def reveal(self, name: str, nonce: bytes) -> str:
        """The kiosk tells its number: from now on both sides know the code. The state after it."""
        now = self._clock().utc
        with Session(self._engine) as session, session.begin():
            row = session.get(EnrolmentRequest, name, with_for_update=True)
            if row is None or row.expires_at <= utc_text(now):
                return "gone"
            if row.state == "asked":
                asked = read_request(row.request)
                if commitment(nonce) != asked.commitment:
                    session.delete(row)
                    return "gone"
                made = codes(row.request, self._hub.raw, row.hub_nonce, nonce)
                row.code, row.reply, row.state = made.code, made.reply, "waiting"
                row.expires_at = utc_text(now + TO_DECIDE)
                log.info("enrolment asked", kiosk=row.kiosk, station=row.station, code=row.code)
            return row.state

    def state(self, name: str) -> Standing:
        """How it stands with a request, until nobody decided in time, or nobody fetched it in time."""
        with Session(for_reading(self._engine)) as session:
            row = session.get(EnrolmentRequest, name)
            if row is None or row.expires_at <= utc_text(self._clock().utc):
                return Standing("gone")
            reply = row.reply if row.state == "approved" else None
            return Standing(row.state, row.kiosk, row.station, reply or "")

    def pending(self) -> list[Pending]:
        """Everything a person can decide now, the oldest first."""
        with Session(for_reading(self._engine)) as session:
            rows = session.scalars(
                select(EnrolmentRequest)
                .where(
                    EnrolmentRequest.state == "waiting",
                    EnrolmentRequest.expires_at > utc_text(self._clock().utc),
                )
                .order_by(EnrolmentRequest.asked_at)
            ).all()
            return [
                Pending(
                    row.id,
                    row.code or "",
                    row.kiosk,
                    row.station,
                    row.version,
                    PublicKey(row.device_key).fingerprint,
                    row.asked_at,
                    row.expires_at,
                    read_request(row.request).desk,
                )
                for row in rows
            ]

    def approve(self, code: str, by: Who, *, reason: str = "", replace: bool = False) -> Approved:
        """Enrols the kiosk that shows this code. Repeated, it says the same. An act of `by`.

        Raises `EnrolmentRefused`.
        """
        with Session(for_reading(self._engine)) as session:
            row = self._shown(session, code, ("waiting", "approved"))
            name, asked, reply = row.id, read_request(row.request), row.reply or ""
            approved = row.state == "approved"
        key = PublicKey(asked.device)
        if not approved:
            self._devices.enrol(
                asked.kiosk,
                key,
                station=asked.station,
                hub=self._hub,
                seal_key=asked.seal,
                version=asked.version,
                by=by,
                reason=reason,
                replace=replace,
                also=lambda session: self._decide(session, name, "approved", by),
                desk=asked.desk,
            )
        return Approved(asked.kiosk, asked.station, key.fingerprint, reply, asked.desk)

    def refuse(self, code: str, by: Who, *, reason: str = "") -> str:
        """Turns the kiosk that shows this code away; its name. An act of `by`. Raises `EnrolmentRefused`."""
        with Session(for_reading(self._engine)) as session:
            name = self._shown(session, code, ("waiting",)).id
        return self.turn_away(name, by, reason=reason)

    def turn_away(self, name: str, by: Who, *, reason: str = "") -> str:
        """As `refuse`, by the request's name: for one whose code no screen here shows."""
        with Session(self._engine) as session, session.begin():
            row = self._decide(session, name, "refused", by)
            about = f"{row.kiosk} of {row.station}, device {PublicKey(row.device_key).fingerprint}"
            write_act(session, utc_text(self._clock().utc), by, What.ENROLMENT_REFUSED, about, reason)
            return row.kiosk

    def _shown(self, session: Session, code: str, states: tuple[str, ...]) -> EnrolmentRequest:
        now = utc_text(self._clock().utc)
        row = session.scalar(
            select(EnrolmentRequest).where(
                EnrolmentRequest.code == as_typed(code),
                EnrolmentRequest.state.in_(states),
                EnrolmentRequest.expires_at > now,
            )
        )
        if row is None:
            raise EnrolmentRefused(
                f"No kiosk that waits shows the code {as_typed(code)[:16]}: compare it with its screen. "
                "If it was typed rightly and the kiosk still waits, somebody may stand between them: ask who "
                "keeps the network, and do not enrol."
            )
        return row

    def _decide(self, session: Session, name: str, state: str, by: Who) -> EnrolmentRequest:
        """One decision for one request, however many people decide at once. Raises `EnrolmentRefused`."""
        now = self._clock().utc
        row = session.get(EnrolmentRequest, name, with_for_update=True)
        if row is None or row.state != "waiting" or row.expires_at <= utc_text(now):
            raise EnrolmentRefused("This request waits for nobody any more: look at the list again.")
        row.state, row.decided_at, row.decided_by = state, utc_text(now), by.called[:64]
        row.expires_at = utc_text(now + TO_FETCH)
        log.info("enrolment decided", kiosk=row.kiosk, state=state, by=by.called)
        return row


def _row(
    asked: EnrolmentAsked, name: str, body: bytes, nonce: bytes, now: str, until: str
) -> EnrolmentRequest:
    return EnrolmentRequest(
        id=name,
        state="asked",
        request=body,
        kiosk=asked.kiosk,
        station=asked.station,
        version=asked.version,
        device_key=asked.device,
        seal_key=asked.seal,
        hub_nonce=nonce,
        asked_at=now,
        expires_at=until,
    )
