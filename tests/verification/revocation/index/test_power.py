"""Killed or without power at any system call, an index is afterwards exactly the old one or the new one."""

from __future__ import annotations

import errno
import os
import select
import shutil
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.verification.revocation.index.power import MortalDisk, PowerCut, cut, killed
from tests.verification.revocation.index.publisher import HASTY, PUBLIC, Publisher, opened, uci
from tests.verification.revocation.index.test_shared_prefixes import says
from verification.revocation.index.disk import Disk
from verification.revocation.index.orphans import remove_orphans
from verification.revocation.index.receiving import apply_delta, resume

HASHES = [bytes([number]) * 16 for number in range(6)]
Act = Callable[[Path, Disk], None]
State = tuple[str, int, list[str]]
"""The base in use, the deltas in use, and what the lane says of HASHES."""
Asks = tuple[Path, Act, State, State]
"""A lane's folder, something that is done to it, and the lane's state before and after."""


def a_delta(tmp_path: Path) -> Asks:
    publisher, lane = with_lane(tmp_path)
    document, records = publisher.delta([uci(HASHES[3])], [uci(HASHES[0])])

    def act(folder: Path, disk: Disk) -> None:
        apply_delta(folder, document, records, PUBLIC, disk=disk)

    return lane, act, state(lane), state_after(lane, act, tmp_path)


def a_base(tmp_path: Path) -> Asks:
    publisher, lane = with_lane(tmp_path)
    publisher.add(uci(HASHES[4]), uci(HASHES[5], kid=b"k2"))
    publisher.sequence += 1
    publisher.new_base()

    def act(folder: Path, disk: Disk) -> None:
        publisher.fetch(publisher.send_base(folder, disk))

    return lane, act, state(lane), state_after(lane, act, tmp_path)


def a_compaction(tmp_path: Path) -> Asks:
    publisher, lane = with_lane(tmp_path)
    changes = publisher.delta([uci(HASHES[3])], [uci(HASHES[0])])
    apply_delta(lane, *changes, PUBLIC, disk=HASTY)
    publisher.new_base()

    def act(folder: Path, disk: Disk) -> None:
        receiving = publisher.send_base(folder, disk)
        assert publisher.made_by(opened(folder), receiving) == set()
        receiving.finish()
        remove_orphans(folder, disk)

    return lane, act, state(lane), state_after(lane, act, tmp_path)


ACTS = [a_delta, a_base, a_compaction]


def with_lane(tmp_path: Path) -> tuple[Publisher, Path]:
    publisher = Publisher(tmp_path / "publisher")
    publisher.add(uci(HASHES[0]), uci(HASHES[1]))
    publisher.new_base()
    publisher.fetch(publisher.send_base(tmp_path / "lane", HASTY))
    remove_orphans(tmp_path / "lane", HASTY)
    return publisher, tmp_path / "lane"


def state(folder: Path) -> State:
    index = opened(folder)
    return index.base.name, index.number, says(index, *HASHES)


def state_after(lane: Path, act: Act, tmp_path: Path) -> State:
    shutil.copytree(lane, tmp_path / "after")
    act(tmp_path / "after", HASTY)
    return state(tmp_path / "after")


def steps(lane: Path, act: Act, folder: Path) -> int:
    """How many system calls the whole act makes."""
    shutil.copytree(lane, folder)
    disk = MortalDisk(-1, cut)
    act(folder, disk)
    assert disk.calls >= 10
    return disk.calls


@pytest.mark.parametrize("prepare", ACTS)
@pytest.mark.parametrize("kept", ["everything", "nothing", "the newest name"])
def test_a_power_cut_at_any_system_call_leaves_the_old_index_or_the_new(
    prepare: Callable[[Path], Asks], kept: str, tmp_path: Path
) -> None:
    lane, act, old, new = prepare(tmp_path)
    assert old != new
    seen = []
    for last in range(steps(lane, act, tmp_path / "counted")):
        folder = tmp_path / f"cut-{last}"
        shutil.copytree(lane, folder)
        disk = MortalDisk(last, cut)
        with pytest.raises(PowerCut):
            act(folder, disk)
        if kept != "everything":
            disk.lose_what_was_not_flushed(but=kept == "the newest name")
        seen.append(state(folder))
        assert seen[-1] in (old, new), f"after call {last}"
        list(opened(folder).check_rest())
        remove_orphans(folder, HASTY)
        assert state(folder) == seen[-1]
        if seen[-1] == old:
            act(folder, HASTY)
        assert state(folder) == new
    assert old in seen and (new in seen or kept == "nothing")
    assert seen == sorted(seen, key=lambda one: one == new), "never back from new to old"


@pytest.mark.parametrize("prepare", ACTS)
def test_a_process_killed_at_any_system_call_leaves_the_old_index_or_the_new(
    prepare: Callable[[Path], Asks], tmp_path: Path
) -> None:
    lane, act, old, new = prepare(tmp_path)
    for last in range(steps(lane, act, tmp_path / "counted")):
        folder = tmp_path / f"killed-{last}"
        shutil.copytree(lane, folder)
        child = os.fork()
        if not child:
            try:
                act(folder, MortalDisk(last, killed))
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        assert state(folder) in (old, new)


def test_a_process_killed_at_no_particular_moment_leaves_a_whole_index(tmp_path: Path) -> None:
    """The child applies one delta after the other; each kill comes when it has told of a few more."""
    publisher, lane = with_lane(tmp_path)
    added = [bytes([7, number]) * 8 for number in range(24)]
    deltas = [publisher.delta([uci(digest)], []) for digest in added]
    done = 0
    for sample in range(12):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                for document, records in deltas[done:]:
                    apply_delta(lane, document, records, PUBLIC)
                    os.write(writing, b".")
            finally:
                os._exit(1)
        os.close(writing)
        told = 0
        while told < sample % 3 and select.select([reading], [], [], 30)[0]:
            told += len(os.read(reading, 1)) or 100
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        index = opened(lane)
        assert index.number >= done + min(told, len(added) - done) * (told < 100)
        done = index.number
        assert says(index, *added) == ["revoked"] * done + ["clear"] * (len(added) - done)
    remove_orphans(lane)
    assert opened(lane).number == done > 0


class FullDisk(Disk):
    """Has no room for the k-th write."""

    def __init__(self, last: int) -> None:
        self._left = last

    def write(self, descriptor: int, data: memoryview) -> int:
        self._left -= 1
        if self._left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(descriptor, data[:100])


@pytest.mark.parametrize("prepare", ACTS)
def test_a_full_disk_leaves_the_old_index(prepare: Callable[[Path], Asks], tmp_path: Path) -> None:
    lane, act, old, new = prepare(tmp_path)
    for last in count():
        try:
            act(lane, FullDisk(last))
            break
        except OSError as error:
            assert error.errno == errno.ENOSPC
            assert state(lane) == old
    assert last > 5
    assert state(lane) == new


def test_a_base_that_was_half_here_goes_on_where_it_stopped(tmp_path: Path) -> None:
    publisher, lane = with_lane(tmp_path)
    assert resume(lane, PUBLIC) is None
    publisher.add(uci(HASHES[4]))
    publisher.sequence += 1
    base = publisher.new_base()
    publisher.send_base(lane).put(0, publisher.part(base.roots[0]))
    remove_orphans(lane, HASTY)
    again = resume(lane, PUBLIC, disk=HASTY)
    assert again is not None and again.missing == set()
    assert says(again.finish(), HASHES[4]) == ["revoked"]
    assert resume(lane, PUBLIC) is None


def test_a_part_that_was_damaged_while_it_waited_must_come_again(tmp_path: Path) -> None:
    publisher, lane = with_lane(tmp_path)
    publisher.add(uci(HASHES[4]))
    publisher.sequence += 1
    base = publisher.new_base()
    publisher.send_base(lane).put(0, publisher.part(base.roots[0]))
    part = lane / f"{base.roots[0]}.part"
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    again = resume(lane, PUBLIC, disk=HASTY)
    assert again is not None and again.missing == {0}
    assert says(publisher.fetch(again), HASHES[4]) == ["revoked"]


def test_an_open_index_goes_on_while_its_files_are_replaced_and_removed(tmp_path: Path) -> None:
    publisher, lane = with_lane(tmp_path)
    index = opened(lane)
    before = {file.name for file in lane.iterdir()}
    publisher.add(uci(HASHES[4]))
    publisher.live.subtract([uci(HASHES[0])])
    publisher.sequence += 1
    publisher.new_base()
    fresh = publisher.fetch(publisher.send_base(lane, HASTY))
    (lane / "notes.txt").write_text("left alone")
    assert remove_orphans(lane, HASTY) == 2  # part and document; the records of both are empty and one file
    assert {file.name for file in lane.iterdir()} & before == {"CURRENT", f"{index.base.exact}.records"}
    assert says(index, *HASHES[:2], HASHES[4]) == ["revoked", "revoked", "clear"]
    assert says(fresh, *HASHES[:2], HASHES[4]) == ["clear", "revoked", "revoked"]
    assert (lane / "notes.txt").exists()


def test_nothing_is_removed_while_the_manifest_cannot_be_read(tmp_path: Path) -> None:
    _, lane = with_lane(tmp_path)
    (lane / "CURRENT").write_bytes(b"?")
    before = len(os.listdir(lane))
    assert remove_orphans(lane, HASTY) == 0
    assert len(os.listdir(lane)) == before
    with pytest.raises(Exception, match="JSON"):
        opened(lane)


def test_a_reader_who_meets_a_writer_opens_what_came_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verification.revocation.index import opening

    publisher, lane = with_lane(tmp_path)
    publisher.add(uci(HASHES[4]))
    publisher.sequence += 1
    publisher.new_base()
    real = opening.assemble

    def overtaken(*arguments: object, **more: object) -> object:
        monkeypatch.setattr(opening, "assemble", real)
        publisher.fetch(publisher.send_base(lane, HASTY))
        remove_orphans(lane, HASTY)
        return real(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "assemble", overtaken)
    assert says(opened(lane), HASHES[4]) == ["revoked"]
