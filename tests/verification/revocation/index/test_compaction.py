"""A lane makes the next base itself, byte for byte as it was signed, and fetches what it cannot make."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.verification.made import EC_KEY, VACCINATION, Bench, hc1, kid_of
from tests.verification.revocation.index.publisher import (
    COVERS,
    HASTY,
    KEY,
    PUBLIC,
    START,
    Publisher,
    batches,
    opened,
    uci,
)
from tests.verification.revocation.index.test_shared_prefixes import says
from verification.assessment import Revocation
from verification.revocation.hashes import UCI, truncated
from verification.revocation.index import layout
from verification.revocation.index.batches import Entries, Gathered
from verification.revocation.index.compaction import compact
from verification.revocation.index.documents import Base, Stated
from verification.revocation.index.keys import Scope, week_of
from verification.revocation.index.manifest import DOCUMENT, RECORDS
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.publishing import publish_base
from verification.revocation.index.publishing_deltas import publish_delta
from verification.revocation.index.receiving import Receiving, apply_delta, begin
from verification.revocation.index.records import unpack

UCIS = Scope(b"k1", UCI)
LATER = START + timedelta(weeks=3)
MANY = 400_000


def large(random: np.random.Generator) -> Entries:
    """Some for ever, some for one week to thirty."""
    high = np.sort(random.integers(0, 2**64, MANY, np.uint64))
    low = random.integers(0, 2**64, MANY, np.uint64)
    week = random.integers(1, 31, MANY).astype(np.uint16) + np.uint16(week_of(START))
    return Entries(high, low, np.where(random.random(MANY) < 0.5, week, 0).astype(np.uint16))


def digest(entries: Entries, row: int) -> bytes:
    return int(entries.high[row]).to_bytes(8) + int(entries.low[row]).to_bytes(8)


class Large:
    """A base of many parts, a delta three weeks later, and the base that follows."""

    def __init__(self, folder: Path) -> None:
        self.lane, self.next = folder / "lane", folder / "next"
        entries = large(np.random.default_rng(3))
        self.base = publish_base(self.lane, Gathered({UCIS: entries}), stated(0), 7, KEY, disk=HASTY)
        forever = np.flatnonzero(entries.week == 0)
        self.gone = [digest(entries, int(row)) for row in forever[::150]]
        self.come = [Random(4).randbytes(16) for _ in range(1500)]
        self.kept = [digest(entries, int(row)) for row in forever[1::150]]
        self.over = [digest(entries, int(row)) for row in np.flatnonzero(entries.week == week_of(LATER))[:99]]
        changes = publish_delta(
            self.base,
            Gathered({UCIS: entries}).held,
            stated(3),
            (0, 1),
            KEY,
            adds=batches(uci(one) for one in self.come),
            removals=batches(uci(one) for one in self.gone),
        )
        self.index = apply_delta(self.lane, *changes, PUBLIC, disk=HASTY)
        keep = np.setdiff1d(np.arange(MANY), forever[::150])
        came = np.sort(np.frombuffer(b"".join(self.come), ">u8").astype(np.uint64).reshape(-1, 2)[:, 0])
        low = {int.from_bytes(one[:8]): int.from_bytes(one[8:]) for one in self.come}
        places = np.searchsorted(entries.high[keep], came)
        after = Entries(
            np.insert(entries.high[keep], places, came),
            np.insert(entries.low[keep], places, np.array([low[int(one)] for one in came], np.uint64)),
            np.insert(entries.week[keep], places, 0),
        )
        self.after = publish_base(
            self.next, Gathered({UCIS: after}), stated(3), 8, KEY, previous=self.base, disk=HASTY
        )

    def receiving(self) -> Receiving:
        document = (self.next / (self.after.name + DOCUMENT)).read_bytes()
        exact = (self.next / (self.after.exact + RECORDS)).read_bytes()
        return begin(self.lane, document, exact, PUBLIC, disk=HASTY)

    def is_right(self, index: MappedIndex) -> None:
        assert set(says(index, *self.come, *self.kept)) == {"revoked"}
        assert set(says(index, *self.gone, *self.over)) == {"clear"}


def stated(weeks: int) -> Stated:
    return Stated("publisher", START + timedelta(weeks=weeks), COVERS)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Large:
    monkeypatch.setattr(layout, "PART_PAYLOAD", 800_000)
    return Large(tmp_path)


NO_EXACT = unpack(b"", 1)


def test_a_large_base_with_changes_and_weeks_gone_by_comes_out_as_it_was_signed(made: Large) -> None:
    made.is_right(made.index)
    receiving = made.receiving()
    parts = len(receiving.missing)
    steps = sum(1 for _ in compact(made.index, receiving, NO_EXACT))
    assert receiving.missing == set()
    assert steps > parts > 3, "it rests after every section"
    made.is_right(made.index)
    fresh = receiving.finish()
    assert fresh.changes == 0 and fresh.sequence == made.index.sequence == 8
    made.is_right(fresh)
    assert len(list(fresh.check_rest())) == len(fresh.parts)


def test_a_compaction_that_was_interrupted_goes_on_with_what_is_missing(made: Large) -> None:
    compaction = compact(made.index, made.receiving(), NO_EXACT)
    for _ in range(3):
        next(compaction)
    del compaction
    again = made.receiving()
    assert 0 < len(again.missing) < len(again.base.roots)
    for _ in compact(made.index, again, NO_EXACT):
        pass
    made.is_right(again.finish())


def test_the_lane_goes_on_answering_while_another_thread_compacts(made: Large) -> None:
    receiving = made.receiving()
    thread = threading.Thread(target=lambda: [None for _ in compact(made.index, receiving, NO_EXACT)])
    thread.start()
    while thread.is_alive():
        made.is_right(made.index)
    thread.join()
    assert receiving.missing == set()


def test_what_does_not_come_out_as_signed_is_fetched(made: Large) -> None:
    """The publisher signs a base that the changes do not lead to: nothing of it is made up."""
    bare = opened(made.next)
    receiving = made.receiving()
    wrong = Gathered({UCIS: large(np.random.default_rng(5))})
    other = publish_base(made.next / "x", wrong, stated(3), 8, KEY, previous=made.base, disk=HASTY)
    unlike = opened(made.next / "x")
    assert other.tables != bare.base.tables
    for _ in compact(unlike, receiving, NO_EXACT):
        pass
    assert len(receiving.missing) == len(receiving.base.roots)
    for number in sorted(receiving.missing):
        receiving.put(number, (made.next / f"{receiving.base.roots[number]}.part").read_bytes())
    made.is_right(receiving.finish())


@pytest.mark.parametrize("damaged", [False, True])
def test_as_many_entries_as_signed_are_not_enough(tmp_path: Path, damaged: bool) -> None:
    publisher = Publisher(tmp_path / "publisher")
    publisher.add(uci(b"0" * 16))
    publisher.new_base()
    lane = tmp_path / "lane"
    publisher.fetch(publisher.send_base(lane, HASTY))
    if damaged:
        part = next(lane.glob("*.part"))
        part.write_bytes(part.read_bytes()[:-1] + b"?")
    else:
        publisher.live.clear()
        publisher.add(uci(b"1" * 16))
    publisher.new_base()
    receiving = publisher.send_base(lane, HASTY)
    assert publisher.made_by(opened(lane), receiving) == {0}
    fetched = publisher.fetch(receiving)
    assert says(fetched, b"0" * 16, b"1" * 16) == (["revoked", "clear"] if damaged else ["clear", "revoked"])


def test_a_table_that_has_outgrown_its_size_is_fetched(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "publisher")
    publisher.add(uci(b"0" * 16))
    bits = publisher.new_base().tables[0][0]
    lane = tmp_path / "lane"
    publisher.fetch(publisher.send_base(lane, HASTY))
    random = Random(1)
    changes = publisher.delta([uci(random.randbytes(16)) for _ in range(200)], [])
    index = apply_delta(lane, *changes, PUBLIC, disk=HASTY)
    grown: Base = publisher.new_base()
    assert grown.tables[0][0] > bits
    receiving = publisher.send_base(lane, HASTY)
    assert publisher.made_by(index, receiving) == {0}
    assert says(publisher.fetch(receiving), b"0" * 16) == ["revoked"]


def test_a_verifier_asks_an_index_as_it_asks_a_list(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    code = hc1()
    publisher.new_base()
    assert Bench(revocation=opened(tmp_path)).check(code).revocation is Revocation.CLEAR
    identifier = truncated(str(VACCINATION["ci"]).encode())
    publisher.add((Scope(kid_of(EC_KEY), UCI), identifier, None, None))
    publisher.sequence += 1
    publisher.new_base()
    assert Bench(revocation=opened(tmp_path)).check(code).revocation is Revocation.REVOKED
