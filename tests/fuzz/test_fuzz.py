"""Codes of every format bent at every layer: nothing raises, and nothing but what was signed is believed.

FUZZ_EXAMPLES is how many bent codes each layer gets (default 25); `make fuzz` tries more.
"""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Iterator
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.bending import HOWS, Edit, bent
from tests.fuzz.hungry import hungry
from tests.fuzz.layers import FORMATS, Layer, layers
from tests.fuzz.watch import Broken, Watch, hold, seeds
from tests.verification.attacks.case import LANE
from verification.assessment import Assessment, Signature

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
SOME = settings(max_examples=EXAMPLES)
MORE = settings(max_examples=EXAMPLES * 3)
LAYERS = [layer for name in FORMATS for layer in layers(name)]
NAMES = [f"{layer.format} {layer.name}" for layer in LAYERS]
MOST_BYTES = 64 << 20

EDITS = st.lists(
    st.tuples(st.sampled_from(HOWS), st.integers(0, 6000), st.integers(0, 255)), min_size=1, max_size=5
)
LEAVES = st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.floats() | st.text(max_size=12)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)
CBOR_VALUES = (
    VALUES | st.binary(max_size=40) | st.builds(cbor2.CBORTag, st.sampled_from([0, 1, 2, 24]), LEAVES)
)
SIGNED_ANEW = [layer for layer in LAYERS if layer.signed_anew and "stream" not in layer.name]


@pytest.mark.parametrize("layer", LAYERS, ids=NAMES)
def test_unbent_the_layer_is_an_admitted_code(layer: Layer) -> None:
    assert hold(layer, layer.code(layer.seed))[1]


@pytest.mark.parametrize("layer", LAYERS, ids=NAMES)
def test_a_bent_layer_gives_an_assessment_and_only_what_was_signed_is_believed(layer: Layer) -> None:
    @SOME
    @given(EDITS)
    def bend(edits: list[Edit]) -> None:
        hold(layer, layer.code(bent(layer.seed, edits)))

    bend()


@pytest.mark.parametrize("layer", LAYERS, ids=NAMES)
def test_anything_at_all_in_place_of_a_layer(layer: Layer) -> None:
    @SOME
    @given(st.binary(max_size=300))
    def replace(data: bytes) -> None:
        hold(layer, layer.code(data))

    replace()


def _places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside."""
    if path:
        yield path
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inside:
        yield from _places(value, (*path, step))


def _put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value


@pytest.mark.parametrize("layer", SIGNED_ANEW, ids=[layer.format for layer in SIGNED_ANEW])
def test_any_value_at_any_place_that_the_issuer_itself_signed(layer: Layer) -> None:
    """CBOR claims, FHIR, the data of a seal, JSON-LD."""
    is_json = layer.seed[:1] == b"{"
    read, write = (json.loads, _json) if is_json else (cbor2.loads, cbor2.dumps)
    places = list(_places(read(layer.seed)))

    @MORE
    @given(st.sampled_from(places), VALUES if is_json else CBOR_VALUES)
    def put(place: tuple[Any, ...], value: Any) -> None:
        tree = read(layer.seed)
        _put(tree, place, value)
        hold(layer, layer.code(write(tree)))

    put()


def _json(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def test_the_watch_notices_content_that_nobody_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it could not fail: a genuine code is shown as if another had been signed."""
    monkeypatch.setattr("tests.fuzz.watch.genuine_content", lambda name: b"something else")
    first = layers("HC1")[0]
    with pytest.raises(Broken, match="nobody signed"):
        hold(first, first.seed)


@pytest.mark.parametrize("name", FORMATS)
def test_the_seeds_of_a_format_are_tried_and_measured(name: str) -> None:
    watch = Watch(name)
    for seed in seeds(name).values():
        watch.attempt(seed)
    assert watch.tried == watch.admitted == len(layers(name))
    assert watch.hungriest_bytes and watch.slowest_s


HUNGRY = {f"{name} {what}": code for name in FORMATS for what, code in hungry(name).items()}


@pytest.mark.parametrize("name", HUNGRY)
def test_what_would_grow_is_bounded_before_it_is_parsed(name: str) -> None:
    LANE.check(HUNGRY[name][:8])  # what is imported or cached once is not this code's
    tracemalloc.start()
    try:
        checked = LANE.check(HUNGRY[name])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(checked, Assessment)
    assert checked.signature is not Signature.VALID
    assert peak < MOST_BYTES
