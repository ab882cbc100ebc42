"""The mapped index answers as the list in memory does, however hashes collide, come, go and expire."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.revocation.index.publisher import (
    HASTY,
    KIDS,
    PUBLIC,
    START,
    Publisher,
    Reference,
    alike,
    opened,
)
from verification.revocation.hashes import CTI, RID, SIGNATURE, UCI
from verification.revocation.index.documents import Base
from verification.revocation.index.keys import Scope, status_hash, status_scope
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.receiving import apply_delta
from verification.snapshot import RevocationQuery

TYPES = (UCI, CTI, SIGNATURE)


def some_reference(random: Random, at: datetime) -> Reference:
    expires = random.choice((None, None, at + timedelta(days=random.randint(8, 30))))
    if random.random() < 0.1:
        return status_scope("HK"), status_hash(random.randrange(4)) or b"", expires, None
    if random.random() < 0.2:
        before = START + timedelta(days=random.randint(-3, 3), microseconds=random.randrange(10))
        return Scope(random.choice(KIDS), RID), alike(random), expires, before
    return Scope(random.choice(KIDS), random.choice(TYPES)), alike(random), expires, None


def some_query(random: Random) -> RevocationQuery:
    kinds = random.sample((*TYPES, RID, "NAME"), random.randint(0, 3))
    prefix, issuer = random.choice((("HC1", "DE"), ("HK1", "HK"), ("HK1", "MO"), ("SHC", "https://issuer")))
    return RevocationQuery(
        prefix,
        issuer,
        random.choice((b"k1", b"k2", b"k3", b"")),
        tuple((kind, random.choice((alike(random), random.randbytes(16), b""))) for kind in kinds),
        random.choice((None, None, 0, 1, 2, 3, -1, 2**70)),
        random.choice((None, START, START + timedelta(days=1), START - timedelta(days=2))),
    )


def lane_agrees(publisher: Publisher, index: MappedIndex, random: Random) -> Counter[str]:
    """Compares on many questions, but not on hashes that share a prefix and were never listed."""
    memory, said = publisher.memory(), Counter[str]()
    for _ in range(60):
        query = some_query(random)
        asked = {Scope(kid, kind): digest for kind, digest in query.hashes for kid in (query.kid, None)}
        if any(
            (scope, digest) not in publisher.ever and digest[:6] == other[:6]
            for scope, digest in asked.items()
            for own, other in publisher.ever
            if own == scope
        ):
            continue
        answer = memory.check(query)
        said[answer.value] += 1
        assert index.check(query) is answer, query
    assert index.damage is None
    return said


def go_on(publisher: Publisher, lane: Path, index: MappedIndex, random: Random) -> MappedIndex:
    """One delta: something comes, something that is listed goes."""
    publisher.pass_time(random.choice((0, 0, 1, 5)))
    publisher.drop_expired()
    listed = sorted(publisher.live.elements(), key=repr)
    removals = random.sample(listed, min(len(listed), random.randrange(6)))
    adds = [some_reference(random, publisher.at) for _ in range(random.randrange(6))]
    document, records = publisher.delta(adds, removals, whole=random.random() < 0.2)
    return apply_delta(lane, document, records, PUBLIC, disk=HASTY)


def table_sizes(base: Base) -> dict[Scope, int]:
    return {scope: bits for scope, (bits, _) in zip(base.scopes, base.tables, strict=True)}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_base_deltas_and_compaction_answer_like_the_list_in_memory(seed: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        lane = Path(folder, "lane")
        publisher = Publisher(Path(folder, "publisher"))
        publisher.add(*(some_reference(random, START) for _ in range(random.randrange(40))))
        publisher.new_base()
        index = publisher.fetch(publisher.send_base(lane))
        lane_agrees(publisher, index, random)
        for _ in range(2):
            for _ in range(random.randrange(4)):
                index = go_on(publisher, lane, index, random)
                lane_agrees(publisher, index, random)
            before = publisher.base
            base = publisher.new_base()
            receiving = publisher.send_base(lane)
            assert before is not None
            sizes = table_sizes(before)
            if all(sizes.get(scope, bits) == bits for scope, bits in table_sizes(base).items()):
                assert publisher.made_by(index, receiving) == set()
            index = publisher.fetch(receiving)
            lane_agrees(publisher, index, random)
            lane_agrees(publisher, opened(lane), random)


def test_the_comparison_meets_every_answer() -> None:
    said = Counter[str]()
    for seed, folder in product(range(6), [tempfile.mkdtemp()]):
        random = Random(seed)
        publisher = Publisher(Path(folder, str(seed)))
        publisher.add(*(some_reference(random, START) for _ in range(30)))
        publisher.new_base()
        said += lane_agrees(publisher, opened(publisher.folder), random)
    assert set(said) == {"REVOKED", "CLEAR", "NO_LIST"}
