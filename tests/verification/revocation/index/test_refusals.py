"""An index that is missing, damaged, cut or not signed is refused; a damaged block clears nobody."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tests.verification.revocation.index.publisher import HASTY, KEY, PUBLIC, START, Publisher, opened, uci
from tests.verification.revocation.index.test_shared_prefixes import A, B, says
from verification.revocation.index.batches import Batch, CannotPublish, gather
from verification.revocation.index.keys import Scope, week_of
from verification.revocation.index.opening import open_index
from verification.revocation.index.publishing import publish_base
from verification.revocation.index.receiving import apply_delta, begin
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import ListRejected, sign
from verification.snapshot import RevocationAnswer, RevocationQuery

D = A[::-1]


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """A folder with a base and two deltas."""
    made = Publisher(tmp_path / "index")
    made.add(uci(A), uci(B), uci(D))
    made.new_base()
    for adds, removals in (([uci(b"n" * 16)], []), ([], [uci(D)])):
        apply_delta(made.folder, *made.delta(adds, removals), PUBLIC, disk=HASTY)
    return made


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_every_file_of_an_index_is_needed(publisher: Publisher) -> None:
    kinds = sorted(file.suffix for file in files(publisher.folder))
    assert kinds == ["", ".json", ".json", ".json", ".part", ".records", ".records", ".records"]
    for file in files(publisher.folder):
        data = file.read_bytes()
        file.unlink()
        with pytest.raises(IndexUnusable, match="cannot be read"):
            opened(publisher.folder)
        file.write_bytes(data)
    assert says(opened(publisher.folder), A, D) == ["revoked", "clear"]


@pytest.mark.parametrize("damage", ["cut", "cut to nothing", "longer", "first byte", "middle", "last byte"])
def test_an_index_with_a_damaged_file_is_not_opened_or_clears_nobody(
    publisher: Publisher, damage: str
) -> None:
    for file in files(publisher.folder):
        data = file.read_bytes()
        changed = bytearray(data)
        if damage == "cut":
            changed = changed[:-1]
        elif damage == "cut to nothing":
            changed.clear()
        elif damage == "longer":
            changed.append(32)
        else:
            place = {"first byte": 0, "middle": len(data) // 2, "last byte": -1}[damage]
            if changed:
                changed[place] ^= 1
        file.write_bytes(changed)
        if bytes(changed) == data or (file.name == "CURRENT" and damage in ("cut", "longer", "last byte")):
            pass  # an empty file cannot lose a byte, and the end of the manifest is a line feed
        elif file.suffix == ".part" and damage == "last byte":
            index = opened(publisher.folder)
            asked = RevocationQuery("HC1", "DE", b"k1", (("UCI", D),))
            assert index.check(asked) is RevocationAnswer.STALE
            assert index.damage is not None and "is damaged at byte" in index.damage
            with pytest.raises(IndexUnusable, match="is damaged"):
                list(index.check_rest())
        else:
            with pytest.raises(ListRejected):
                opened(publisher.folder)
        file.write_bytes(data)
    assert list(opened(publisher.folder).check_rest()) == [None]


def test_a_damaged_block_does_not_hide_what_the_exact_list_knows(publisher: Publisher) -> None:
    part = next(file for file in files(publisher.folder) if file.suffix == ".part")
    data = part.read_bytes()
    part.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    index = opened(publisher.folder)
    exact, lost = (("SIGNATURE", b"s" * 16), ("UCI", A))
    assert index.check(RevocationQuery("HC1", "DE", b"k1", (lost,))) is RevocationAnswer.STALE
    publisher.add((Scope(b"k1", "SIGNATURE"), b"s" * 16, None, None))
    document, records = publisher.delta([(Scope(b"k1", "SIGNATURE"), b"s" * 16, None, None)], [])
    index = apply_delta(publisher.folder, document, records, PUBLIC, disk=HASTY)
    assert index.check(RevocationQuery("HC1", "DE", b"k1", (lost, exact))) is RevocationAnswer.REVOKED


def test_only_the_keys_that_are_trusted_for_lists_count(publisher: Publisher) -> None:
    other = ed25519.Ed25519PrivateKey.generate().public_key()
    for keys in ((), (other,), (ec.generate_private_key(ec.SECP256R1()).public_key(),)):
        with pytest.raises(ListRejected):
            open_index(publisher.folder, *keys)
    assert len(open_index(publisher.folder, other, PUBLIC)) == 1


def test_a_base_may_be_signed_with_es256(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    publisher = Publisher(tmp_path)
    batch = gather([Batch(Scope(None, "UCI"), [A])], 0)
    publish_base(tmp_path, batch, publisher.stated(), 1, key, disk=HASTY)
    assert says(open_index(tmp_path, key.public_key()), A, D) == ["revoked", "clear"]


def test_a_folder_that_is_not_there_or_empty_is_no_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexUnusable, match="CURRENT: cannot be read"):
            opened(folder)


def test_signed_nonsense_is_refused(publisher: Publisher) -> None:
    assert publisher.base is not None
    file = publisher.folder / f"{publisher.base.name}.json"
    good = json.loads(file.read_bytes())
    records = (publisher.folder / f"{publisher.base.exact}.records").read_bytes()
    scope = good["scopes"][0]
    for change in (
        {"type": "checkpoint-kiosk/revocation-list/v1"},
        {"sequence": -1},
        {"sequence": True},
        {"signed_at": "yesterday"},
        {"issuer": None},
        {"covers": [["HC1"]]},
        {"covers_keys": [["SHC", "x"]]},
        {"scopes": None},
        {"scopes": [scope, scope]},
        {"scopes": [scope | {"type": "NAME"}]},
        {"scopes": [scope | {"kid": 1}]},
        {"scopes": [scope | {"bits": 29}]},
        {"scopes": [scope | {"bits": True}]},
        {"scopes": [scope | {"counts": [1, 1]}]},
        {"scopes": [scope | {"counts": [-1]}]},
        {"scopes": [scope | {"counts": [2_000_000]}]},
        {"parts": []},
        {"parts": ["../../x"]},
        {"exact": "0"},
    ):
        with pytest.raises(ListRejected):
            begin(publisher.folder, sign(good | change, KEY), records, PUBLIC, disk=HASTY)
    assert says(opened(publisher.folder), A, D) == ["revoked", "clear"]


def test_a_delta_that_does_not_belong_here_changes_nothing(publisher: Publisher, tmp_path: Path) -> None:
    other = Publisher(tmp_path / "other")
    other.add(uci(A))
    other.new_base()
    ahead = publisher.delta([uci(b"1" * 16)], [])
    beyond = publisher.delta([uci(b"2" * 16)], [])
    elsewhere = other.delta([uci(b"3" * 16)], [])
    for document, records in (beyond, elsewhere, (ahead[0], beyond[1]), (ahead[0], b"")):
        with pytest.raises(IndexUnusable):
            apply_delta(publisher.folder, document, records, PUBLIC, disk=HASTY)
    apply_delta(publisher.folder, *ahead, PUBLIC, disk=HASTY)
    with pytest.raises(IndexUnusable, match="does not lead on"):
        apply_delta(publisher.folder, *ahead, PUBLIC, disk=HASTY)
    assert says(apply_delta(publisher.folder, *beyond, PUBLIC, disk=HASTY), b"2" * 16) == ["revoked"]


def test_a_delta_that_takes_away_what_is_not_listed_is_refused(publisher: Publisher) -> None:
    stranger = publisher.delta([], [uci(b"?" * 16)])
    with pytest.raises(IndexUnusable, match="not listed"):
        apply_delta(publisher.folder, *stranger, PUBLIC, disk=HASTY)
    assert says(opened(publisher.folder), A) == ["revoked"]


def test_one_delta_may_take_the_place_of_several(publisher: Publisher) -> None:
    both = publisher.delta([uci(b"4" * 16)], [], whole=True)
    index = apply_delta(publisher.folder, *both, PUBLIC, disk=HASTY)
    assert [(delta.start, delta.end) for delta in index.deltas] == [(0, 3)]
    assert says(index, A, D, b"n" * 16, b"4" * 16) == ["revoked", "clear", "revoked", "revoked"]


def test_a_base_that_is_older_than_the_list_in_use_is_refused(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "publisher")
    publisher.new_base()
    old = publisher.send_base(tmp_path / "lane")
    publisher.fetch(old)
    apply_delta(tmp_path / "lane", *publisher.delta([uci(A)], []), PUBLIC, disk=HASTY)
    with pytest.raises(IndexUnusable, match="older"):
        publisher.send_base(tmp_path / "lane")
    with pytest.raises(IndexUnusable, match="older"):
        old.finish()
    (tmp_path / "lane" / "CURRENT").write_bytes(b"?")
    assert says(old.finish(), A) == ["clear"], "a lane whose list is lost takes what it can get"


def test_a_base_cannot_be_put_in_use_before_it_is_whole(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "publisher")
    publisher.add(uci(A))
    base = publisher.new_base()
    receiving = publisher.send_base(tmp_path / "lane")
    with pytest.raises(IndexUnusable, match="missing"):
        receiving.finish()
    whole = publisher.part(base.roots[0])
    for data in (whole[:-1], whole + b" ", bytes([whole[0] ^ 1]) + whole[1:], whole[:-1] + b"?", b""):
        with pytest.raises(IndexUnusable, match="not the part"):
            receiving.put(0, data)
    assert receiving.missing == {0}


def test_what_no_index_can_hold_is_not_published() -> None:
    scope = Scope(None, "UCI")
    for batch in (
        Batch(scope, [A[:15]]),
        Batch(Scope(None, "NAME"), [A]),
        Batch(Scope(None, "STATUS"), [A]),
        Batch(scope, [A], START + timedelta(weeks=257)),
    ):
        with pytest.raises(CannotPublish):
            gather([batch], week_of(START))


def test_descriptors_are_given_back(publisher: Publisher) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        index = opened(publisher.folder)
        assert len(index) == 1
        del index
    assert len(os.listdir("/proc/self/fd")) == before
