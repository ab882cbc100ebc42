"""Every special kind of code a lane must read: dark mode, version 25, Aztec, tilted, tiny, several."""

from __future__ import annotations

import numpy as np
import pytest

from drivers.camera.port import Frame
from drivers.camera.synthetic.generator import render
from drivers.camera.synthetic.kinds import Kind, sample_kind
from drivers.reader.decode import QR, QR_AND_AZTEC
from drivers.reader.patch import Patch
from drivers.reader.picture import to_grey
from drivers.reader.region import Box
from drivers.reader.second_look import look_again
from drivers.reader.variants import VARIANTS
from drivers.reader.zxing import ZxingReader
from tests.drivers.made_up_codes import made_up_code
from tests.drivers.reader.drawn import drawn, on_a_page

Drawn = tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], set[bytes]]


def frame_of(kind: Kind, number: int) -> Drawn:
    """A picture of this kind and the contents in it."""
    held = [
        (made_up_code(100 * number + part, length), how)
        for part, (length, how) in enumerate(sample_kind(kind, np.random.default_rng(number)))
    ]
    return render(held, seed=number).pixels, {content.encode() for content, _ in held}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_kind_is_read_to_the_byte(kind: Kind, number: int) -> None:
    pixels, wanted = frame_of(kind, number)
    reader = ZxingReader(formats=QR_AND_AZTEC if kind is Kind.AZTEC else QR, budget_s=1.0)
    read: set[bytes] = set()
    for turn in range(3):
        read |= {symbol.content for symbol in reader.read(Frame(pixels, turn / 30, turn)).symbols}
    assert read == wanted


def test_aztec_is_not_read_where_the_lane_does_not_allow_it() -> None:
    pixels, _ = frame_of(Kind.AZTEC, 1)
    assert ZxingReader().read(Frame(pixels, 0.0, 0)).symbols == ()


@pytest.mark.parametrize(
    "content", [b"\x00\x01\xff HC1", bytes(range(256)), "碼".encode(), b"\xb8\xd6\x90\xaf"]
)
def test_content_comes_back_byte_for_byte_also_from_a_second_look(content: bytes) -> None:
    page = on_a_page(drawn(content, module=3))
    box = Box(250, 100, 250 + 500, 100 + 500)
    contents = [
        symbol.content for variant in VARIANTS for symbol in look_again(Patch(page, box), variant).symbols
    ]
    assert len(contents) >= 3
    assert set(contents) == {content}


def test_a_dark_page_is_taken_for_one_and_a_light_one_is_not() -> None:
    page = on_a_page(drawn(b"HK1:MADE UP", module=11), size=(400, 400), at=(40, 40))
    page[page == 170] = 255
    whole = Box(0, 0, 400, 400)
    grey, turned = to_grey(page), to_grey((255 - page).astype(np.uint8))
    assert grey is not None and turned is not None
    assert not Patch(grey, whole).may_be_inverted
    assert Patch(turned, whole).may_be_inverted


def test_an_evenly_lit_region_forgets_a_shadow() -> None:
    page = on_a_page(drawn(b"HK1:MADE UP" * 20), size=(400, 400), at=(20, 20)).astype(np.float32)
    page[:, 200:] *= 0.35
    patch = Patch(page.astype(np.uint8), Box(0, 0, 400, 400))
    bright = [float(np.percentile(half, 95)) for half in (patch.level[:, :180], patch.level[:, 220:])]
    assert abs(bright[0] - bright[1]) < 25
