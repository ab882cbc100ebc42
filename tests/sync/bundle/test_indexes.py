"""A large revocation index in a bundle: brought up by deltas, by parts, never by more than is missing."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.bundle.lane import Lane
from sync.bundle.layout import TARGETS, index_file
from sync.bundle.refused import Why
from sync.bundle.update import update
from tests.sync.bundle.repository import AT, Counting, Repository, lane_of
from tests.verification.revocation.index.publisher import HASTY, PUBLIC, Publisher, opened, uci
from verification.revocation.index import layout
from verification.revocation.index.fields import name_of
from verification.revocation.index.manifest import CURRENT, Manifest, put_all, read_manifest, write_manifest
from verification.revocation.index.mapped import MappedIndex

INDEX = "hk/revocation/border/CURRENT"
PEM = PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
HASHES = [sha256(bytes([number])).digest()[:16] for number in range(40)]


class Border:
    """A publisher of an index, its bundle, and a lane."""

    def __init__(self, folder: Path) -> None:
        self.publisher = Publisher(folder / "publisher")
        self.repository = Repository(folder / "published", roles=("hk",))
        self.repository.files["hk/keys/list.pem"] = PEM
        self.publisher.add(*(uci(one) for one in HASHES[:20]))
        self.publisher.new_base()
        self._put()
        self.lane: Lane = lane_of(folder / "lane", self.repository.start())
        self.source = Counting(self.repository.mirror())

    def delta(self, number: int, *, whole: bool = False) -> None:
        """One hash more, published as a delta, or as one that covers all before it."""
        document, records = self.publisher.delta([uci(HASHES[number])], [], whole=whole)
        manifest = read_manifest(self.publisher.folder)
        deltas = (*(() if whole else manifest.deltas), name_of(document))
        files = [(name_of(document) + ".json", document), (name_of(records) + ".records", records)]
        put_all(HASTY, self.publisher.folder, files)
        write_manifest(HASTY, self.publisher.folder, Manifest(manifest.base, deltas))
        self.publish()

    def publish(self) -> None:
        """The bundle with the index as it is."""
        self._put()
        self.repository.publish()

    def look(self, **more: object) -> tuple[str, ...]:
        """The lane looks once; returns what it fetched of the index."""
        self.source.asked.clear()
        self.outcome = update(self.lane, self.source, AT + timedelta(hours=1), **more)  # type: ignore[arg-type]
        below = f"{TARGETS}/hk/revocation/border/"
        asked = [path.removeprefix(below) for path, _ in self.source.asked if path.startswith(below)]
        return tuple(sorted(name.partition(".")[2] for name in asked if not name.endswith(CURRENT)))

    def index(self) -> MappedIndex:
        """The lane's index."""
        return opened(self.lane.store.folder / "index" / "hk.border")

    def _put(self) -> None:
        self.repository.files[INDEX] = (self.publisher.folder / CURRENT).read_bytes()
        for file in self.publisher.folder.iterdir():
            if file.suffix in (".json", ".part", ".records"):
                there = self.repository.folder / TARGETS / index_file(INDEX, file.name)
                there.parent.mkdir(parents=True, exist_ok=True)
                there.write_bytes(file.read_bytes())


@pytest.fixture
def border(tmp_path: Path) -> Border:
    return Border(tmp_path)


def test_an_index_arrives_whole(border: Border) -> None:
    assert border.look() == ("json", "part", "records")
    assert border.outcome.indexes == (INDEX,) and not border.outcome.pending
    assert len(border.index()) == 20


def test_an_index_that_is_up_to_date_is_not_touched(border: Border) -> None:
    border.look()
    assert border.look() == ()
    assert border.outcome.indexes == ()


def test_a_lane_that_is_one_delta_behind_fetches_that_delta(border: Border) -> None:
    border.look()
    for number in range(20, 25):
        border.delta(number)
    assert border.look() == ("json",) * 5 + ("records",) * 5
    border.delta(25)
    assert border.look() == ("json", "records")
    assert border.index().number == 6


def test_a_merged_delta_takes_the_place_of_those_that_were_applied(border: Border) -> None:
    border.look()
    border.delta(20)
    border.look()
    border.delta(21, whole=True)
    assert border.look() == ("json", "records")
    assert border.index().number == 2 and len(border.index().deltas) == 1


def test_the_next_base_is_made_here_and_not_fetched(border: Border) -> None:
    border.look()
    border.delta(20)
    border.look()
    border.publisher.new_base()
    border.publish()
    assert "part" not in border.look()
    assert border.index().number == 0 and len(border.index()) == 21


def test_a_base_of_several_parts_comes_part_by_part(border: Border, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "PART_PAYLOAD", 500)
    border.publisher.add(*(uci(one, kid=kid) for one in HASHES for kid in (b"k1", b"k2", None)))
    border.publisher.sequence += 1
    parts = len(border.publisher.new_base().roots)
    assert parts > 2
    border.publish()
    asked = count()
    assert border.look(enough=lambda: next(asked) >= 1).count("part") == 1
    assert border.outcome.pending == {INDEX: parts - 1}
    assert border.look() == ("part",) * (parts - 1)
    assert not border.outcome.pending and len(border.index()) == 120 + 20


def test_a_damaged_part_on_this_disk_is_fetched_again(border: Border) -> None:
    border.look()
    part = next((border.lane.store.folder / "index" / "hk.border").glob("*.part"))
    part.write_bytes(part.read_bytes()[:-1])
    assert border.look() == ("part",)
    for _ in border.index().check_rest():
        pass


def test_damage_that_somebody_saw_is_looked_for_and_fetched_again(border: Border) -> None:
    border.look()
    folder = border.lane.store.folder / "index" / "hk.border"
    part = next(folder.glob("*.part"))
    data = part.read_bytes()
    part.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert border.look() == (), "the heads are sound, nobody has looked further"
    border.lane.store.doubt(folder)
    assert border.look() == ("part",)
    assert part.read_bytes() == data
    assert border.look() == ()


def test_an_index_that_its_publisher_did_not_sign_holds_back_itself_alone(border: Border) -> None:
    border.look()
    before = border.index().base.name
    strange = Ed25519PrivateKey.generate().public_key()
    border.repository.files["hk/keys/list.pem"] = strange.public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    border.publisher.sequence += 1
    border.publisher.new_base()
    border.publish()
    border.look()
    assert [(one.part, one.refused.why) for one in border.outcome.held_back] == [(INDEX, Why.UNFIT)]
    assert border.index().base.name == before


def test_a_mirror_that_damages_a_part_leaves_the_index_that_was_there(border: Border) -> None:
    border.look()
    before = border.index().base.name
    border.publisher.add(uci(HASHES[30]), uci(HASHES[31]))
    border.publisher.sequence += 5
    border.publisher.new_base()
    border.publish()
    for file in (border.repository.folder / TARGETS).rglob("*.part"):
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    border.look()
    assert [one.refused.why for one in border.outcome.held_back] == [Why.DAMAGED]
    assert border.index().base.name == before


def test_nothing_is_refused_as_a_whole_for_an_index(border: Border) -> None:
    for file in (border.repository.folder / TARGETS).rglob("*.part"):
        file.unlink()
    border.look()
    assert [one.refused.why for one in border.outcome.held_back] == [Why.INCOMPLETE]


class Elsewhere:
    """A compactor that works in the background, as long as a test says."""

    def __init__(self) -> None:
        self.ended = False
        self.asked: list[tuple[Path, str]] = []

    def finished(self, folder: Path, base: str, _keys: object) -> bool:
        self.asked.append((folder, base))
        return self.ended


def test_while_a_base_is_made_in_the_background_news_come_in(border: Border) -> None:
    border.look()
    border.publisher.add(uci(HASHES[30]))
    border.publisher.sequence += 1
    base = border.publisher.new_base().name
    border.publish()
    background = Elsewhere()
    assert border.look(compactor=background) == ("json", "records")
    assert not border.outcome.indexes and not border.outcome.pending and not border.outcome.held_back
    border.repository.files["hk/trust/a.json"] = b"news"
    border.repository.publish()
    assert border.look(compactor=background) == ()
    assert border.outcome.changed and len(border.index()) == 20
    assert {name for _, name in background.asked} == {base}
    background.ended = True  # without having made anything: then it is fetched
    assert border.look(compactor=background) == ("part",)
    assert border.outcome.indexes == (INDEX,) and len(border.index()) == 21
