"""Reading pictures that stand still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.reader.still import read_image
from tests.drivers.reader.drawn import drawn, drawn_in_parts, on_a_page


def contents(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[bytes]:
    return [symbol.content for symbol in read_image(pixels)]


@pytest.mark.parametrize(
    "content",
    [
        b"HC1:MADE-UP",
        b"\x00\x01\xff\xfe\x00abc\x00",
        bytes(range(256)),
        b"\xb8\xd6\x90\xaf",
        "請通行".encode(),
        b"1234567890" * 20,
    ],
)
def test_contents_come_out_byte_for_byte(content: bytes) -> None:
    assert contents(drawn(content)) == [content]


def test_every_part_of_a_sequence_is_its_own_symbol() -> None:
    text = "MADE UP TEXT IN SEVERAL PARTS " * 12
    parts = [contents(picture) for picture in drawn_in_parts(text, 5)]
    assert len(parts) > 2
    assert b"".join(part for (part,) in parts) == text.encode()


def test_a_light_code_on_a_dark_page_is_read() -> None:
    assert contents(255 - drawn(b"HC1:INVERTED")) == [b"HC1:INVERTED"]


def test_a_code_without_quiet_zone_is_read() -> None:
    assert contents(np.ascontiguousarray(drawn(b"HC1:CUT", 6)[24:-24, 24:-24])) == [b"HC1:CUT"]


def test_several_codes_in_one_picture_are_all_read() -> None:
    page = on_a_page(drawn(b"ONE"), at=(100, 100))
    second = drawn(b"TWO")
    page[300 : 300 + second.shape[0], 700 : 700 + second.shape[1]] = second
    assert sorted(contents(page)) == [b"ONE", b"TWO"]


def test_colour_and_transparency_make_no_difference() -> None:
    grey = drawn(b"HC1:COLOURS")
    for way in (cv2.COLOR_GRAY2BGR, cv2.COLOR_GRAY2BGRA):
        assert contents(np.asarray(cv2.cvtColor(grey, way), np.uint8)) == [b"HC1:COLOURS"]


def test_corners_are_given_clockwise_from_the_codes_own_top_left() -> None:
    picture = on_a_page(drawn(b"HC1:CORNERS", 5), at=(300, 150))
    turned = np.ascontiguousarray(np.rot90(picture, 2))
    (upright,), (turned_over,) = read_image(picture), read_image(turned)
    assert upright.corners[0][0] < upright.corners[1][0] and upright.corners[0][1] < upright.corners[3][1]
    assert turned_over.corners[0][0] > turned_over.corners[1][0]
    assert upright.corners[0] == pytest.approx((320, 170), abs=3)


def _noise(height: int, width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(height).integers(0, 256, (height, width), np.uint8)


def _finder_page(pixel: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    finder = np.ones((9, 9), np.uint8) * 255
    finder[1:8, 1:8] = 0
    finder[2:7, 2:7] = 255
    finder[3:6, 3:6] = 0
    return np.tile(finder.repeat(pixel, 0).repeat(pixel, 1), (12, 16))


@pytest.mark.parametrize(
    "make",
    [
        lambda: _noise(240, 320),
        lambda: _noise(17, 4000),
        lambda: _noise(4000, 17),
        lambda: _noise(16, 16),
        lambda: _noise(3, 3),
        lambda: np.zeros((0, 0), np.uint8),
        lambda: np.zeros((480, 640, 3), np.uint8),
        lambda: np.full((480, 640), 255, np.uint8),
        lambda: np.zeros((480, 640, 2), np.uint8),
        lambda: np.zeros((480, 640, 3, 1), np.uint8),
        lambda: np.zeros((480,), np.uint8),
        lambda: np.zeros((480, 640), np.float32),
        lambda: np.zeros((9000, 20), np.uint8),
        lambda: _finder_page(2),
        lambda: _finder_page(3),
        lambda: drawn(b"HC1:HALF")[:, : drawn(b"HC1:HALF").shape[1] // 2],
        lambda: drawn(b"HC1:STRIDES", 8)[::2, ::2][:20],
    ],
)
def test_hostile_pictures_hold_no_code_and_never_raise(
    make: Callable[[], np.ndarray[tuple[int, ...], np.dtype[np.uint8]]],
) -> None:
    assert read_image(make()) == ()


@pytest.mark.conformance
def test_every_public_certificate_picture_is_read(
    conformance_dir: Path, record_property: Callable[[str, object], None]
) -> None:
    files = sorted(
        file for file in (conformance_dir / "dcc" / "images").rglob("*") if file.suffix.lower() == ".png"
    )
    unread = []
    for file in files:
        picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
        found = [] if picture is None else contents(np.asarray(picture, np.uint8))
        if len(found) != 1 or not found[0].startswith(b"HC1:"):
            unread.append(f"{file.parent.name}/{file.name}: {len(found)} codes")
    record_property("conformance_cases", len(files))
    assert len(files) >= 324
    assert unread == []
