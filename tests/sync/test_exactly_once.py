"""Whatever a network does to batches and receipts, the hub has every record exactly once and in order."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

import sync.journal
from sync.chain import Position, Record, follow, genesis
from sync.device_key import device_key
from sync.hub.models import Stored
from sync.journal import Journal
from sync.line import NoAnswer, Signed
from sync.receipt import batch_name
from sync.uplink import Uplink
from sync.uplink_core import Pace
from tests.postgres import Postgres
from tests.sync.ground import DirectLine, HandClock, key, open_hub, opened

KIOSK = "lane-1"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""No history here loses its power: thousands of them need not wait for a disk."""


class BadLine(DirectLine):
    """Loses, repeats, delays and reorders what it carries; `fate` decides the next exchange."""

    fate = "deliver"

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.late: list[bytes] = []
        self.old_answers: list[bytes] = []

    def send(self, body: bytes) -> Signed:
        fate, self.fate = self.fate, "deliver"
        if fate == "lose batch":
            raise NoAnswer("lost")
        if fate == "delay batch":
            self.late.append(body)
            raise NoAnswer("late")
        answer = self.deliver(body)
        self.old_answers.append(answer)
        if fate == "repeat batch":
            answer = self.deliver(body)
        if fate == "lose receipt":
            raise NoAnswer("lost")
        if fate == "old receipt":
            answer = self.old_answers[0]
        return self.signed(answer, batch_name(body))


class Histories(RuleBasedStateMachine):
    """A kiosk that writes, restarts and sends, and a hub that is restarted, over a bad line."""

    server: ClassVar[Postgres | None] = None
    """Where the hub keeps its database, if not in a file of SQLite."""
    template: ClassVar[str] = "template1"

    def __init__(self) -> None:
        super().__init__()
        self.short = patch.object(sync.journal, "TAIL_CHECKED", 5)
        self.short.start()  # so few records are kept back that these short histories lose some, too
        self.database = self.server.database(self.template) if self.server is not None else None
        self.place = Path(tempfile.mkdtemp(dir=MEMORY))
        self.clock = HandClock()
        self.folder = self.place / "journal"
        self.folder.mkdir()
        self.device = device_key(self.folder)
        self.open_journal()
        self.ledger = open_hub(self.place / "hub", self.clock, self.database)
        self.ledger.enrol(KIOSK, self.device.public)
        self.line = BadLine(self.ledger, KIOSK, self.device, key())
        self.open_uplink()
        self.written = 0

    def open_journal(self) -> None:
        self.journal = Journal(self.folder, self.clock, self.device, checkpoint_every=7, reserve_bytes=1000)

    def open_uplink(self) -> None:
        self.uplink = Uplink(
            self.folder,
            KIOSK,
            self.device,
            self.line,
            self.clock,
            lambda event: None,
            batch=3,
            pace=Pace(gather_s=0.0),
            chance=lambda: 1.0,
        )

    @rule(count=st.integers(1, 6))
    def write(self, count: int) -> None:
        self.journal.append([opened(self.written + number) for number in range(count)], self.clock().utc)
        self.written += count

    @rule(
        fate=st.sampled_from(
            ["deliver", "lose batch", "lose receipt", "repeat batch", "delay batch", "old receipt"]
        )
    )
    def exchange(self, fate: str) -> None:
        self.clock.pass_time(seconds=61)
        self.line.fate = fate
        self.uplink.step()
        self.uplink.step()

    @rule(number=st.integers(0, 5))
    def late_batch_arrives(self, number: int) -> None:
        if self.line.late:
            self.line.deliver(self.line.late.pop(number % len(self.line.late)))

    @rule()
    def restart_kiosk(self) -> None:
        self.uplink.close()
        self.journal.close()
        self.open_journal()
        self.open_uplink()

    @rule()
    def restart_hub(self) -> None:
        self.ledger.engine.dispose()
        self.ledger = self.line.ledger = open_hub(self.place / "hub", self.clock, self.database)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        """What the hub signed for and is older than a month leaves the journal, digests and all."""
        self.clock.pass_time(days=days)
        self.journal.housekeep(self.uplink.watermark.sequence)

    @invariant()
    def the_hub_holds_a_beginning_of_the_journals_chain(self) -> None:
        with Session(self.ledger.engine) as session:
            rows = session.scalars(select(Stored).order_by(Stored.sequence)).all()
            held = [Record(r.sequence, r.at, r.kind, r.digest, r.salt, r.payload, r.head) for r in rows]
        end = follow(genesis(self.device.public.raw), held)
        assert isinstance(end, Position)
        assert end == self.ledger.held(KIOSK, "n").position
        assert end.sequence <= self.journal.position.sequence
        assert self.uplink.status().watermark.sequence <= end.sequence
        assert self.ledger.status()[0].alarms == 0

    def teardown(self) -> None:
        self.short.stop()
        for _ in range(200):
            self.clock.pass_time(seconds=61)
            self.uplink.step()
            if self.uplink.status().unsent == 0:
                break
        assert self.ledger.held(KIOSK, "n").position == self.journal.position
        self.uplink.close()
        self.journal.close()
        self.ledger.engine.dispose()
        if self.server is not None and self.database is not None:
            self.server.drop(self.database)
        shutil.rmtree(self.place)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
"""`make soak` plays two thousand of forty steps."""


def run_histories(machine: type[Histories], *, histories: int, steps: int) -> None:
    """As many generated histories of at most so many steps. Raises what a machine raises."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def on_postgresql(server: Postgres, template: str) -> type[Histories]:
    """The same histories with a hub on PostgreSQL."""
    return type("HistoriesOnPostgresql", (Histories,), {"server": server, "template": template})


def test_histories_with_a_hub_on_postgresql(postgres: Postgres, made_database: str) -> None:
    run_histories(on_postgresql(postgres, made_database), histories=5, steps=20)
