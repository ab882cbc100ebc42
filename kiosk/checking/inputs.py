"""Codes out of files and standard input: pictures through the kiosk's own reader, texts as they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import BinaryIO

from config.regular import open_regular
from verification.verifier import MAX_BYTES

MOST_IMAGE_BYTES = 32 * 1024 * 1024
_MOST_PIXELS = 64 * 1024 * 1024
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_ENDS = b"\r\n"
_LONGEST_SKIP = 32 * 1024 * 1024
"""A line that goes on for longer than this is no list of codes."""


class InputUnreadable(Exception):
    """An input that gives no codes because it cannot be read. `str()` is one line that names it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One code: where it came from, and its exact bytes. `line` counts from 1 where one line is one code."""

    source: str
    code: bytes = field(repr=False)
    line: int | None = None


def codes_of(source: str, batch: bool) -> Iterator[Found]:
    """The codes in the file `source`, or in standard input for `-`. Raises `InputUnreadable`.

    A picture (PNG, JPEG) gives every code in it, or one empty code when there is none. A text is one code
    without its final line end; with `batch` every line that is not empty is one.
    """
    try:
        with _opened(source) as stream:
            start = stream.read(8)
            if start.startswith(_PICTURES):
                yield from _in_picture(source, start + stream.read(MOST_IMAGE_BYTES))
            elif batch:
                yield from _in_lines(source, start, stream)
            else:
                text = start + stream.read(MAX_BYTES)
                yield Found(source, text.removeprefix(_BYTE_ORDER_MARK).rstrip(_LINE_ENDS))
    except OSError as error:
        raise InputUnreadable(f"{_named(source)}: cannot be read: {error.strerror or error}") from error


def _opened(source: str) -> nullcontext[BinaryIO] | BinaryIO:
    return nullcontext(sys.stdin.buffer) if source == "-" else open_regular(source)


def _named(source: str) -> str:
    """A file's name for one line on a terminal, whatever characters it is made of."""
    return source if source.isprintable() else repr(source)


def _in_lines(source: str, start: bytes, stream: BinaryIO) -> Iterator[Found]:
    """Lines of any number but bounded length; what is beyond the bound is dropped and spoils the code."""
    number = 0
    rest = start.removeprefix(_BYTE_ORDER_MARK)
    while True:
        head, newline, rest = rest.partition(b"\n")
        line = head + newline
        if not newline:
            line += stream.readline(MAX_BYTES + 1)
        if not line:
            return
        number += 1
        if not line.endswith(b"\n") and len(line) > MAX_BYTES:
            _skip_line(source, number, stream)
        code = line.rstrip(_LINE_ENDS)
        if code:
            yield Found(source, code, number)


def _skip_line(source: str, number: int, stream: BinaryIO) -> None:
    skipped = 0
    while (piece := stream.readline(MAX_BYTES)) and not piece.endswith(b"\n"):
        skipped += len(piece)
        if skipped > _LONGEST_SKIP:
            raise InputUnreadable(f"{_named(source)}: line {number} is longer than {_LONGEST_SKIP} bytes")


def _in_picture(source: str, data: bytes) -> Iterator[Found]:
    # OpenCV reads its limit when it is loaded: a small file can claim a very large picture.
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(_MOST_PIXELS))
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    import cv2
    import numpy as np

    from drivers.reader.still import read_image

    if len(data) > MOST_IMAGE_BYTES:
        raise InputUnreadable(f"{_named(source)}: is larger than {MOST_IMAGE_BYTES} bytes")
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        pixels = None
    if pixels is None:
        raise InputUnreadable(
            f"{_named(source)}: is a damaged picture, or one of more than {_MOST_PIXELS} pixels"
        )
    symbols = read_image(pixels.astype(np.uint8, copy=False))
    for symbol in symbols:
        yield Found(source, symbol.content)
    if not symbols:
        yield Found(source, b"")
