"""Hashes that an index stores alike: nobody is revoked, and nobody is cleared, for another's sake."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.verification.revocation.index.publisher import (
    HASTY,
    PUBLIC,
    START,
    Publisher,
    Reference,
    opened,
    uci,
)
from verification.revocation.hashes import RID, UCI
from verification.revocation.index.keys import Scope, prefix_range
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.receiving import apply_delta
from verification.snapshot import RevocationAnswer, RevocationQuery

A, B, C = (b"\x5a" * 10 + letter * 6 for letter in (b"A", b"B", b"C"))
"""Three hashes with one beginning."""


def says(index: MappedIndex, *digests: bytes, kind: str = UCI) -> list[str]:
    answers = [
        index.check(RevocationQuery("HC1", "DE", b"k1", ((kind, digest),), None, START)) for digest in digests
    ]
    return ["revoked" if answer is RevocationAnswer.REVOKED else "clear" for answer in answers]


class Lane:
    """A publisher whose own folder is the lane's."""

    def __init__(self, folder: Path, *listed: Reference) -> None:
        self.publisher = Publisher(folder)
        self.publisher.add(*listed)
        self.publisher.new_base()
        self.index = opened(folder)

    def change(
        self,
        adds: list[Reference] | None = None,
        removals: list[Reference] | None = None,
        exceptions: tuple[tuple[Scope, bytes], ...] = (),
    ) -> MappedIndex:
        document, records = self.publisher.delta(adds or [], removals or [], exceptions)
        self.index = apply_delta(self.publisher.folder, document, records, PUBLIC, disk=HASTY)
        return self.index

    def compacted(self) -> MappedIndex:
        """The same after everything was made into one base, by the lane itself."""
        self.publisher.new_base()
        return opened(self.publisher.folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_two_listed_hashes_that_share_a_prefix_are_both_known_whole(folder: Path) -> None:
    index = Lane(folder, uci(A), uci(B)).index
    assert says(index, A, B, C) == ["revoked", "revoked", "clear"]
    assert index.base.entries == 0


def test_of_two_that_share_a_prefix_in_the_base_one_can_be_let_go(folder: Path) -> None:
    lane = Lane(folder, uci(A), uci(B))
    assert says(lane.change(removals=[uci(A)]), A, B, C) == ["clear", "revoked", "clear"]
    assert says(lane.compacted(), A, B) == ["clear", "revoked"]


def test_one_that_came_later_and_shares_a_stored_prefix_can_be_let_go(folder: Path) -> None:
    lane = Lane(folder, uci(B))
    assert says(lane.change(adds=[uci(A)]), A, B) == ["revoked", "revoked"]
    assert says(lane.change(removals=[uci(A)]), A, B) == ["clear", "revoked"]
    assert says(lane.compacted(), A, B) == ["clear", "revoked"]


def test_the_stored_one_can_be_let_go_while_a_later_one_stays(folder: Path) -> None:
    lane = Lane(folder, uci(B))
    lane.change(adds=[uci(A)])
    assert says(lane.change(removals=[uci(B)]), A, B) == ["revoked", "clear"]
    assert says(lane.compacted(), A, B) == ["revoked", "clear"]


def test_a_removed_hash_holds_nobody_who_was_never_listed(folder: Path) -> None:
    lane = Lane(folder, uci(B))
    assert says(lane.index, C) == ["revoked"], "the price of a prefix: see docs/revocation.md"
    assert says(lane.change(removals=[uci(B)]), B, C) == ["clear", "clear"]


def test_a_stranger_who_shares_a_prefix_is_cleared_by_name(folder: Path) -> None:
    lane = Lane(folder, uci(B))
    index = lane.change(exceptions=((Scope(b"k1", UCI), C),))
    assert says(index, A, B, C) == ["revoked", "revoked", "clear"]
    assert says(lane.compacted(), A, B, C) == ["revoked", "revoked", "clear"]


def test_an_exception_gives_way_when_its_hash_is_listed_after_all(folder: Path) -> None:
    lane = Lane(folder, uci(B))
    lane.change(exceptions=((Scope(b"k1", UCI), C),))
    assert says(lane.change(adds=[uci(C)]), B, C) == ["revoked", "revoked"]


@pytest.mark.parametrize("later", [False, True])
def test_a_hash_in_two_batches_stays_until_both_let_go(folder: Path, later: bool) -> None:
    first, second = uci(A, days=30), uci(A, days=60)
    lane = Lane(folder, first) if later else Lane(folder, first, second)
    if later:
        lane.change(adds=[second])
    assert says(lane.change(removals=[first]), A) == ["revoked"]
    assert says(lane.change(removals=[second]), A) == ["clear"]


def test_two_batches_of_one_expiry_count_as_two(folder: Path) -> None:
    lane = Lane(folder, uci(A), uci(A))
    assert lane.index.base.entries == 2
    assert says(lane.change(removals=[uci(A)]), A) == ["revoked"]
    assert says(lane.change(removals=[uci(A)]), A) == ["clear"]


def test_an_entry_ends_with_the_list_of_the_week_after_its_expiry(folder: Path) -> None:
    lane = Lane(folder, uci(A, days=9), uci(C, days=9), uci(B[::-1], days=40))
    lane.publisher.pass_time(8.9)
    assert says(lane.change(), A, B[::-1]) == ["revoked", "revoked"]
    lane.publisher.pass_time(7.1)
    assert says(lane.change(), A, C, B[::-1]) == ["clear", "clear", "revoked"]
    assert says(lane.compacted(), A, C, B[::-1]) == ["clear", "clear", "revoked"]


def test_an_entry_with_a_time_does_not_lend_its_prefix(folder: Path) -> None:
    timed = (Scope(b"k1", RID), A, None, START - timedelta(days=1))
    index = Lane(folder, timed, (Scope(b"k1", RID), B, None, None)).index
    assert says(index, A, B, kind=RID) == ["clear", "revoked"]


def test_the_range_that_an_index_cannot_tell_apart() -> None:
    assert prefix_range(bytes(16), 0) == (bytes(16), bytes(6) + b"\xff" * 10)
    assert prefix_range(b"\xff" * 16, 24) == (b"\xff" * 9 + bytes(7), b"\xff" * 16)
    assert prefix_range(b"\xff" * 16, 3) == (b"\xff" * 6 + b"\xe0" + bytes(9), b"\xff" * 16)
