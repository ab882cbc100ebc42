"""Sections as arrays: encoded for a part, and taken apart again when a part is made anew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from verification.revocation.index.keys import SUFFIX_BYTES, Uint64s
from verification.revocation.index.layout import Place
from verification.revocation.index.part import Part

Counts = npt.NDArray[np.int64]


def encode(per_bucket: Counts, entries: Uint64s) -> bytes:
    """The bytes of a section. `entries` are suffix * 256 + class, sorted in each bucket."""
    sums = np.zeros(len(per_bucket) + 1, "<u4")
    np.cumsum(per_bucket, out=sums[1:])
    suffixes = (entries >> np.uint64(8)).astype(">u8").view(np.uint8).reshape(-1, 8)
    classes = (entries & np.uint64(255)).astype(np.uint8)
    return sums.tobytes() + suffixes[:, 8 - SUFFIX_BYTES :].tobytes() + classes.tobytes()


def decode(part: Part, place: Place) -> tuple[Counts, Uint64s]:
    """The reverse of `encode`, of believed bytes. Raises `IndexUnusable`."""
    data = part.read(place.start, place.end)
    sums = np.frombuffer(data, "<u4", place.buckets + 1).astype(np.int64)
    wide = np.zeros((place.entries, 8), np.uint8)
    raw = np.frombuffer(data, np.uint8, SUFFIX_BYTES * place.entries, place.suffixes - place.start)
    wide[:, 8 - SUFFIX_BYTES :] = raw.reshape(-1, SUFFIX_BYTES)
    classes = np.frombuffer(data, np.uint8, place.entries, place.classes - place.start)
    suffixes = wide.view(">u8").reshape(-1).astype(np.uint64)
    return np.diff(sums), (suffixes << np.uint64(8)) | classes.astype(np.uint64)
