"""What the hub does by itself while it runs: follows records, erases what is due, forgets old sessions."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.moment import Clock
from sync.hub.follower import Follower
from sync.hub.lane_orders import LaneOrders
from sync.hub.people import People
from sync.hub.referrals import Referrals
from sync.hub.retention import LONGEST_DAYS, Retention
from sync.hub.station_keys import StationKeys

EVERY_S = 1.0
ERASE_EVERY = 600
"""Rounds of following between two of erasing: ten minutes."""
STOP_SECONDS = 5.0
log = structlog.get_logger("hub")


class Chores:
    """A thread of its own, in each of several hub processes: rows are locked while they are worked on."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        people: People,
        keep_days: int = LONGEST_DAYS,
        every_s: float = EVERY_S,
    ) -> None:
        self._every_s = every_s
        self._follower = Follower(engine)
        self._retention = Retention(engine, clock, keep_days)
        self._keys = StationKeys(engine, clock)
        self._people = people
        self._referrals = Referrals(engine, clock)
        self._orders = LaneOrders(engine, clock)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the transaction under way."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def behind(self) -> bool:
        """Whether there are records that the pictures do not show yet."""
        return bool(self._follower.behind())

    def follow(self) -> None:
        """Brings the pictures up to date."""
        waiting = self._follower.behind()
        while waiting and not self._ending.is_set():
            waiting = self._follower.round(waiting)

    def tidy(self) -> None:
        """Erases what is due: payloads, fingerprints, keys of the day, old orders."""
        self._retention.round(self._ending.is_set)
        self._keys.destroy_due()
        self._people.forget_old()
        self._orders.tidy()

    def _run(self) -> None:
        rounds = 0
        away = False
        while not self._ending.wait(self._every_s):
            try:
                self.follow()
                self._referrals.tidy()
                if rounds % ERASE_EVERY == 0:
                    self.tidy()
                rounds += 1
                away = False
            except SQLAlchemyError as error:
                if not away:
                    log.error("chores wait for the database", why=type(error).__name__)
                away = True
