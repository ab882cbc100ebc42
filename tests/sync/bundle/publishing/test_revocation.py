"""The publisher's next state is what is withdrawn now, whatever way it came about."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.bundle.publishing import live
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.revocation import LIVE, IndexBuilder, Published
from sync.bundle.publishing.withdrawn import read_withdrawn
from verification.revocation import station_list
from verification.revocation.index import sorting
from verification.revocation.index.batches import Batch
from verification.revocation.index.documents import Stated
from verification.revocation.index.fields import Covers
from verification.revocation.index.keys import Scope, expiry_week
from verification.revocation.index.manifest import read_manifest, to_manifest
from verification.revocation.index.opening import open_index
from verification.revocation.index.receiving import apply_delta
from verification.revocation.memory import Withdrawn
from verification.snapshot import RevocationAnswer, RevocationIndex, RevocationQuery

UCI, CTI = Scope(None, "UCI"), Scope(b"made up", "CTI")
T0 = datetime(2026, 3, 2, 8, tzinfo=UTC)
COVERS = Covers(frozenset({("HC1", "HK")}))


def digest(number: int) -> bytes:
    return hashlib.sha256(b"made up %d" % number).digest()[:16]


def stated(hours: float = 0) -> Stated:
    return Stated("hk", T0 + timedelta(hours=hours), COVERS)


def is_revoked(index: RevocationIndex, number: int, kind: str, **more: object) -> bool:
    query = RevocationQuery("HC1", "HK", b"made up", ((kind, digest(number)),), **more)  # type: ignore[arg-type]
    found = index.check(query)
    assert found in (RevocationAnswer.REVOKED, RevocationAnswer.CLEAR)
    return found is RevocationAnswer.REVOKED


class Publisher:
    def __init__(self, folder: Path) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.folder = folder
        self.builder = IndexBuilder(folder, self.key)

    def publish(self, *batches: Batch, hours: float = 0, most: int = 48) -> Published:
        return self.builder.publish(batches, stated(hours), most)

    def revoked(self, number: int, **more: object) -> bool:
        return is_revoked(open_index(self.folder, self.key.public_key()), number, "UCI", **more)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "index")


def some(*numbers: int, scope: Scope = UCI, **more: datetime) -> Batch:
    return Batch(scope, [digest(number) for number in numbers], **more)


def test_the_first_state_is_a_base_and_the_next_a_delta(publisher: Publisher) -> None:
    assert publisher.publish(some(1, 2)).new_base
    made = publisher.publish(some(2, 3), hours=1)
    assert (made.new_base, made.deltas, made.adds, made.removals) == (False, 1, 1, 1)
    assert [publisher.revoked(number) for number in (1, 2, 3)] == [False, True, True]


def test_an_unchanged_list_is_signed_anew(publisher: Publisher) -> None:
    publisher.publish(some(1))
    made = publisher.publish(some(1), hours=5)
    assert (made.deltas, made.adds, made.removals) == (1, 0, 0)
    assert open_index(publisher.folder, publisher.key.public_key()).signed_at == T0 + timedelta(hours=5)


def test_a_hash_in_two_batches_stays_until_both_let_go(publisher: Publisher) -> None:
    publisher.publish(some(1), some(1))
    publisher.publish(some(1), hours=1)
    assert publisher.revoked(1)
    publisher.publish(some(), hours=2)
    assert not publisher.revoked(1)


def test_what_is_over_by_itself_is_no_change(publisher: Publisher) -> None:
    publisher.publish(some(1, expires=T0 + timedelta(days=3)), some(2))
    made = publisher.publish(some(2), hours=24 * 20)
    assert (made.adds, made.removals) == (0, 0)
    assert not publisher.revoked(1)


def test_a_changed_expiry_and_a_time_of_issue_are_changes(publisher: Publisher) -> None:
    publisher.publish(some(1, expires=T0 + timedelta(days=30)), some(2))
    made = publisher.publish(some(1), some(2, before=T0), hours=1)
    assert (made.adds, made.removals) == (2, 2)
    publisher.publish(some(1), some(2, before=T0), hours=24 * 60)
    assert publisher.revoked(1)
    assert publisher.revoked(2, issued_at=T0 - timedelta(days=1))
    assert not publisher.revoked(2, issued_at=T0 + timedelta(days=1))


def test_after_so_many_deltas_a_new_base_begins_that_does_not_go_back(publisher: Publisher) -> None:
    sequences = []
    for number in range(8):
        publisher.publish(some(*range(number, number + 5)), hours=number, most=3)
        index = open_index(publisher.folder, publisher.key.public_key())
        assert len(read_manifest(publisher.folder).deltas) <= 3
        sequences.append(index.base.sequence)
    assert sequences == [1, 1, 1, 1, 5, 5, 5, 5]
    assert [publisher.revoked(number) for number in (6, 7, 11, 12)] == [False, True, True, False]


def test_who_was_let_go_stays_clear_in_a_new_base_though_another_shares_the_stored_bits(
    publisher: Publisher,
) -> None:
    neighbour = digest(1)[:10] + bytes(6)
    publisher.publish(some(1), Batch(UCI, [neighbour]))
    publisher.publish(Batch(UCI, [neighbour]), hours=1)
    assert not publisher.revoked(1)
    assert publisher.publish(Batch(UCI, [neighbour]), hours=2, most=1).new_base
    assert not publisher.revoked(1)
    query = RevocationQuery("HC1", "HK", b"made up", (("UCI", neighbour),))
    index = open_index(publisher.folder, publisher.key.public_key())
    assert index.check(query) is RevocationAnswer.REVOKED


def test_a_lane_that_has_the_base_takes_every_delta(publisher: Publisher, tmp_path: Path) -> None:
    made = publisher.publish(some(1, 2, 3))
    lane = tmp_path / "lane"
    lane.mkdir()
    for file in publisher.folder.iterdir():
        (lane / file.name).write_bytes(file.read_bytes())
    assert to_manifest(made.current).deltas == ()
    for hours, numbers in ((1, (2, 3, 4)), (2, (4, 5))):
        publisher.publish(some(*numbers), hours=hours)
        name = read_manifest(publisher.folder).deltas[-1]
        document = (publisher.folder / f"{name}.json").read_bytes()
        records = (publisher.folder / f"{json.loads(document)['records']}.records").read_bytes()
        apply_delta(lane, document, records, publisher.key.public_key())
    query = RevocationQuery("HC1", "HK", b"x", (("UCI", digest(3)),))
    assert open_index(lane, publisher.key.public_key()).check(query) is RevocationAnswer.CLEAR


@pytest.mark.parametrize("compared", [1 << 20, 8], ids=["in one piece", "in slices"])
def test_random_histories_end_where_the_list_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compared: int
) -> None:
    monkeypatch.setattr(live, "_COMPARED", compared)
    monkeypatch.setattr(sorting, "_AT_ONCE", compared)
    made_up = random.Random(7)
    for history in range(3):
        publisher = Publisher(tmp_path / str(history))
        for hour in range(7):
            chosen = [number for number in range(60) if made_up.random() < 0.5]
            twice = [number for number in chosen if made_up.random() < 0.2]
            publisher.publish(some(*chosen), some(*twice), some(*twice, scope=CTI), hours=hour, most=4)
            index = open_index(publisher.folder, publisher.key.public_key())
            for kind, listed in (("UCI", chosen), ("CTI", twice)):
                assert [number for number in range(60) if is_revoked(index, number, kind)] == listed


def test_a_publisher_that_lost_its_whole_hashes_begins_a_new_base(publisher: Publisher) -> None:
    publisher.publish(some(1, 2))
    publisher.publish(some(2), hours=1)
    for file in publisher.folder.glob(f"*{LIVE}"):
        file.unlink()
    made = publisher.publish(some(2, 3), hours=2)
    assert made.new_base
    assert open_index(publisher.folder, publisher.key.public_key()).base.sequence == 3
    assert [publisher.revoked(number) for number in (1, 2, 3)] == [False, True, True]


def test_another_key_cannot_go_on_from_it(publisher: Publisher) -> None:
    publisher.publish(some(1))
    with pytest.raises(NotPublished, match="sign with the key that made it"):
        IndexBuilder(publisher.folder, Ed25519PrivateKey.generate()).publish([some(1)], stated(1))


def test_a_damaged_state_is_named(publisher: Publisher) -> None:
    publisher.publish(some(1))
    next(publisher.folder.glob(f"*{LIVE}")).write_bytes(b"not an archive")
    with pytest.raises(NotPublished, match="begins with a new base"):
        publisher.publish(some(1), hours=1)


@pytest.mark.parametrize("place", [0, 20, 0.5, -40, -1])
def test_one_wrong_byte_of_what_is_kept_whole_is_noticed(publisher: Publisher, place: float) -> None:
    publisher.publish(some(*range(40)), some(1, expires=T0 + timedelta(days=20)), some(2, scope=CTI))
    file = next(publisher.folder.glob(f"*{LIVE}"))
    data = bytearray(file.read_bytes())
    data[int(len(data) * place) if isinstance(place, float) else place] ^= 1
    file.write_bytes(data)
    with pytest.raises(NotPublished, match="is damaged"):
        publisher.publish(some(1), hours=1)


def test_a_disk_without_room_for_sorting_changes_nothing(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish(some(1))
    before = {file.name for file in publisher.folder.iterdir()}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sorting, "_AT_ONCE", 4)
    monkeypatch.setattr(sorting.os, "posix_fallocate", full)
    with pytest.raises(NotPublished, match="make room"):
        publisher.publish(some(*range(20)), hours=1)
    assert {file.name for file in publisher.folder.iterdir()} == before
    assert publisher.revoked(1) and not publisher.revoked(2)


def test_files_of_states_that_nobody_needs_do_not_pile_up(publisher: Publisher) -> None:
    for hour in range(9):
        publisher.publish(some(hour), hours=hour, most=2)
    assert len(list(publisher.folder.iterdir())) <= 3 + 2 * 2 + 2 + 1


def test_lines_are_read_with_scope_expiry_and_time(tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    entry = {"kid": base64.b64encode(b"kid").decode(), "type": "UCI"}
    rows = [
        entry | {"hash": base64.b64encode(digest(1)).decode()},
        entry | {"hash": base64.b64encode(digest(2)).decode(), "expires": T0.isoformat()},
        entry | {"hash": base64.b64encode(digest(3)).decode(), "before": T0.isoformat()},
    ]
    file.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    found = list(read_withdrawn([file], []))
    scope = Scope(b"kid", "UCI")
    assert expiry_week(T0) == expiry_week(T0.replace(day=5, hour=0))
    assert found == [
        Batch(scope, [digest(1)]),
        Batch(scope, [digest(2)], T0.replace(day=5, hour=0)),
        Batch(scope, [digest(3)], None, T0),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        '{"kid": "UNKNOWN_KID", "type": "UCI"}',
        '{"kid": "UNKNOWN_KID", "type": "UCI", "hash": "AAAA"}',
        '{"kid": "UNKNOWN_KID", "type": "UCI", "hash": 7}',
        '{"kid": "UNKNOWN_KID", "type": "NOT", "hash": "AAAAAAAAAAAAAAAAAAAAAA=="}',
        '{"kid": "?", "type": "UCI", "hash": "AAAAAAAAAAAAAAAAAAAAAA=="}',
        '{"kid": "UNKNOWN_KID", "type": "UCI", "hash": "AAAAAAAAAAAAAAAAAAAAAA==", "expires": "soon"}',
        '{"kid": "UNKNOWN_KID", "type": "UCI", "hash": "AAAAAAAAAAAAAAAAAAAAAA==", "more": 1}',
        '"' + "x" * 5000,
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_published(tmp_path: Path, line: str) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("\n" + line)
    with pytest.raises(NotPublished, match="line 2"):
        list(read_withdrawn([file], []))


def test_a_stations_signed_list_is_taken_once_its_signature_holds(tmp_path: Path) -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    file = tmp_path / "list.json"
    entries = [
        Withdrawn(None, "CTI", frozenset({digest(1)})),
        Withdrawn(b"k", "UCI", frozenset({digest(2)}), T0),
    ]
    file.write_bytes(
        station_list.write(entries, [("HK1", "HK")], "made up", T0, key, {"HK": frozenset({4, 5})})
    )
    found = list(read_withdrawn([file], [key.public_key()]))
    assert [(batch.scope.type, len(batch.hashes), batch.before) for batch in found] == [
        ("CTI", 1, None), ("UCI", 1, T0), ("STATUS", 2, None)
    ]  # fmt: skip
    with pytest.raises(NotPublished, match="trusted for lists"):
        list(read_withdrawn([file], [other.public_key()]))
