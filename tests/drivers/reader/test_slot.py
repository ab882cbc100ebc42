"""The newest frame in shared memory."""

from __future__ import annotations

import os
import threading

import numpy as np
import pytest

from drivers.reader.slot import FrameSlot, SlotFault


def two_ends(capacity: int = 640 * 480) -> tuple[FrameSlot, FrameSlot]:
    writer = FrameSlot.create(capacity)
    return writer, FrameSlot.attach(os.dup(writer.fd))


def level(value: int, height: int = 480, width: int = 640) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((height, width), value, np.uint8)


def test_only_the_newest_frame_is_there() -> None:
    writer, reader = two_ends()
    assert reader.newest() is None
    for sequence in range(1, 6):
        assert writer.put(level(sequence), sequence, sequence / 30)
    newest = reader.newest()
    assert newest is not None
    assert (newest.sequence, newest.captured_at, int(newest.pixels[0, 0])) == (5, 5 / 30, 5)
    assert reader.newest(after=5) is None


def test_frames_may_change_their_size() -> None:
    writer, reader = two_ends()
    for height, width in ((480, 640), (17, 16), (100, 300)):
        writer.put(level(7, height, width), height, 0.0)
        newest = reader.newest()
        assert newest is not None and newest.pixels.shape == (height, width)


def test_a_frame_larger_than_the_slot_is_refused_and_the_last_stays() -> None:
    writer, reader = two_ends()
    writer.put(level(1), 1, 0.0)
    assert not writer.put(level(2, 481, 640), 2, 0.0)
    newest = reader.newest()
    assert newest is not None and newest.sequence == 1


def test_a_copy_stays_what_it_was_while_the_writer_goes_on() -> None:
    writer, reader = two_ends()
    writer.put(level(1), 1, 0.0)
    newest = reader.newest()
    for sequence in range(2, 9):
        writer.put(level(sequence), sequence, 0.0)
    assert newest is not None and set(np.unique(newest.pixels)) == {1}


def test_no_frame_is_ever_torn() -> None:
    writer, reader = two_ends(64 * 64)
    done = threading.Event()

    def write() -> None:
        for sequence in range(1, 20_000):
            writer.put(level(sequence % 251, 64, 64), sequence, 0.0)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    seen = 0
    while not done.is_set():
        newest = reader.newest()
        if newest is not None:
            seen += 1
            assert np.ptp(newest.pixels) == 0 and int(newest.pixels[0, 0]) == newest.sequence % 251
    thread.join()
    assert seen > 0


def test_other_memory_is_not_taken_for_a_slot() -> None:
    fd = os.memfd_create("other")
    with pytest.raises(SlotFault):
        FrameSlot.attach(fd)
    os.ftruncate(fd, 8192)
    with pytest.raises(SlotFault):
        FrameSlot.attach(fd)
    os.close(fd)
    with pytest.raises(SlotFault):
        FrameSlot.attach(fd)


def test_closing_twice_is_safe() -> None:
    writer, reader = two_ends()
    for end in (writer, reader, reader):
        end.close()
