"""Where things lie: bytes per entry, parts that travel, tables scaled to their list, hashes that are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.verification.revocation.index.publisher import COVERS, HASTY, KEY, START, opened
from tests.verification.revocation.index.test_shared_prefixes import says
from verification.revocation.index import layout
from verification.revocation.index.batches import Batch, CannotPublish, Entries, Gathered, gather
from verification.revocation.index.documents import Base, Stated
from verification.revocation.index.keys import Scope, bits_for
from verification.revocation.index.layout import PART_PAYLOAD, places
from verification.revocation.index.part import head_bytes
from verification.revocation.index.publishing import publish_base
from verification.revocation.index.unusable import IndexUnusable

UCIS = Scope(b"k1", "UCI")


def published(folder: Path, gathered: Gathered) -> Base:
    return publish_base(folder, gathered, Stated("publisher", START, COVERS), 1, KEY, disk=HASTY)


def many(entries: int) -> Gathered:
    random = np.random.default_rng(7)
    high = np.sort(random.integers(0, 2**64, entries, np.uint64))
    low = random.integers(0, 2**64, entries, np.uint64)
    return Gathered({UCIS: Entries(high, low, np.zeros(entries, np.uint16))})


def hashes(gathered: Gathered, rows: range) -> list[bytes]:
    entries = gathered.entries[UCIS]
    return [int(entries.high[row]).to_bytes(8) + int(entries.low[row]).to_bytes(8) for row in rows]


@pytest.mark.parametrize("entries", [0, 1, 9, 10, 1000, 400_000])
def test_every_listed_hash_is_found_and_no_other(tmp_path: Path, entries: int) -> None:
    gathered = many(entries)
    base = published(tmp_path, gathered)
    index = opened(tmp_path)
    listed = hashes(gathered, range(0, entries, 1 + entries // 2000))
    assert len(index) == base.entries == entries
    assert set(says(index, *listed)) <= {"revoked"}
    others = [bytes([digest[0]]) + digest[:0:-1] for digest in listed]
    assert set(says(index, *others, b"\0" * 16, b"\xff" * 16)) == {"clear"}


@pytest.mark.parametrize("entries", [330_000, 655_360, 1_000_000, 100_000_000, 167_772_160, 300_000_000])
def test_an_entry_takes_less_than_eight_bytes_however_many_there_are(entries: int) -> None:
    bits = bits_for(entries)
    sections = layout.section_count(bits)
    counts = [entries // sections + 40] * sections
    found = list(places([(bits, counts)]))
    payloads = [place.end for place in found]
    total = sum(
        end + head_bytes(end) for end, after in zip(payloads, [*payloads[1:], 0], strict=True) if after <= end
    )
    assert total / (entries + 40 * sections) < 7.83
    assert max(payloads) + head_bytes(max(payloads)) < 8_000_000


def test_a_large_list_travels_in_several_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "PART_PAYLOAD", 1_000_000)
    gathered = many(400_000)
    base = published(tmp_path, gathered)
    assert len(base.roots) == 4
    index = opened(tmp_path)
    assert set(says(index, *hashes(gathered, range(0, 400_000, 500)))) == {"revoked"}
    assert len(list(index.check_rest())) == 4


def test_hashes_that_all_begin_alike_are_found_and_more_than_a_part_of_them_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = [b"\x11" * 2 + number.to_bytes(4) * 3 + b"\x11" * 2 for number in range(0, 400_000_000, 100_000)]
    alike = [b"\x11" * 9 + number.to_bytes(7) for number in range(50)]
    published(tmp_path, gather([Batch(UCIS, crowd), Batch(UCIS, alike)], 0))
    index = opened(tmp_path)
    assert set(says(index, *crowd, *alike)) == {"revoked"}
    assert says(index, b"\x11" * 9 + b"another", b"\x12" * 16) == ["clear", "clear"]
    with pytest.raises(IndexUnusable, match="no hashes"):
        list(places([(0, [PART_PAYLOAD // 7])]))
    monkeypatch.setattr(layout, "PART_PAYLOAD", 20_000)
    with pytest.raises(CannotPublish, match="no hashes"):
        published(tmp_path, gather([Batch(UCIS, crowd)], 0))
    monkeypatch.undo()
    assert set(says(opened(tmp_path), *alike)) == {"revoked"}


def test_a_suffix_is_not_found_across_two_neighbours(tmp_path: Path) -> None:
    first, second, across = (b"\x00\x11\x22\x33\x44\x55", b"\x66" * 6, b"\x11\x22\x33\x44\x55\x66")
    tail = b"-" * 10
    published(tmp_path / "without", gather([Batch(UCIS, [first + tail, second + tail])], 0))
    assert says(opened(tmp_path / "without"), first + tail, across + tail) == ["revoked", "clear"]
    published(tmp_path / "with", gather([Batch(UCIS, [first + tail, across + tail, second + tail])], 0))
    assert says(opened(tmp_path / "with"), across + tail, second + tail) == ["revoked", "revoked"]
