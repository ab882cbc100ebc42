"""Killed, without power or with a full disk at any system call, a lane has the old bundle or the new one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sync.bundle.disk import BundleDisk
from sync.bundle.held import load
from sync.bundle.refused import Refused, Why
from sync.bundle.stick import Stick
from sync.bundle.update import update
from tests.sync.bundle.repository import AT, Repository, lane_of
from tests.verification.revocation.index.power import MortalDisk, PowerCut, cut, killed

FILES = {"hk/trust/a.json": b"first", "station/minimum.json": b"{}"}
NEXT = FILES | {"hk/trust/a.json": b"second"}
NONE: dict[str, bytes] = {}


class Mortal(MortalDisk, BundleDisk):
    """Ends at a call. Pieces put aside need not last. Each folder's names are flushed for themselves."""

    def __init__(self, last: int, end: Callable[[], None]) -> None:
        super().__init__(last, end)
        self._places: list[Path] = []

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._places.append(target.parent)

    def remove(self, file: Path) -> None:
        super().remove(file)
        self._places.append(file.parent)

    def sync_folder(self, folder: Path) -> None:
        pending = list(zip(self._undo, self._places, strict=True))
        super().sync_folder(folder)
        left = [(undo, place) for undo, place in pending if place != folder]
        self._undo, self._places = [undo for undo, _ in left], [place for _, place in left]

    def append(self, file: Path) -> int:
        self._next()
        return super().append(file)

    def write(self, descriptor: int, data: memoryview) -> int:
        if descriptor in self._names:
            return super().write(descriptor, data)
        return BundleDisk.write(self, descriptor, data)


class Scene:
    """A publisher with an old and a new bundle, and a lane with the old one or none."""

    def __init__(self, folder: Path, fresh: bool) -> None:
        repository = Repository(folder / "published", roles=("hk",))
        self.anchor = repository.start(FILES)
        self.old_tree = repository.copy(folder / "old")
        repository.files = dict(NEXT)
        repository.new_root()
        repository.publish()
        self.new_tree, self.lane = repository.folder, folder / "lane"
        self.lane.mkdir()
        if not fresh:
            self.update(self.lane, self.old_tree)
        self.before = NONE if fresh else FILES

    def update(self, folder: Path, tree: Path, disk: BundleDisk | None = None) -> None:
        lane = lane_of(folder, self.anchor, disk)
        update(lane, Stick(tree), AT + timedelta(hours=1))

    def files(self, folder: Path) -> dict[str, bytes]:
        lane = lane_of(folder, self.anchor)
        held = load(lane.store, lane.wanted)
        if held is None:
            return NONE
        return {
            path: lane.store.target(one.sha256) for role in held.roles() for path, one in role.files.items()
        }

    def calls(self, folder: Path) -> int:
        shutil.copytree(self.lane, folder)
        disk = Mortal(-1, cut)
        self.update(folder, self.new_tree, disk)
        assert disk.calls > 20
        return disk.calls


@pytest.fixture(params=[True, False], ids=["first bundle", "next bundle"])
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Scene:
    return Scene(tmp_path, request.param)


@pytest.mark.parametrize("kept", ["nothing", "the newest name"])
def test_a_power_cut_at_any_write_leaves_the_old_bundle_or_the_new(
    scene: Scene, kept: str, tmp_path: Path
) -> None:
    seen = []
    for last in range(scene.calls(tmp_path / "counted")):
        folder = tmp_path / f"cut-{last}"
        shutil.copytree(scene.lane, folder)
        disk = Mortal(last, cut)
        with pytest.raises(PowerCut):
            scene.update(folder, scene.new_tree, disk)
        disk.lose_what_was_not_flushed(but=kept == "the newest name")
        seen.append(scene.files(folder))
        assert seen[-1] in (scene.before, NEXT), f"after call {last}"
        scene.update(folder, scene.new_tree)
        assert scene.files(folder) == NEXT
    assert scene.before in seen
    assert seen == sorted(seen, key=lambda one: one == NEXT), "never back from new to old"


def test_after_any_power_cut_an_old_bundle_is_refused_once_the_new_was_seen(tmp_path: Path) -> None:
    scene = Scene(tmp_path, fresh=False)
    accepted = []
    for last in range(scene.calls(tmp_path / "counted")):
        folder = tmp_path / f"cut-{last}"
        shutil.copytree(scene.lane, folder)
        disk = Mortal(last, cut)
        with pytest.raises(PowerCut):
            scene.update(folder, scene.new_tree, disk)
        disk.lose_what_was_not_flushed()
        try:
            scene.update(folder, scene.old_tree)
        except Refused as refused:
            assert refused.why is Why.ROLLED_BACK
            accepted.append(False)
        else:
            accepted.append(True)
    assert accepted == sorted(accepted, reverse=True), "what was refused once is refused for ever"
    assert not accepted[-1]


def test_a_process_killed_at_any_write_leaves_the_old_bundle_or_the_new(tmp_path: Path) -> None:
    scene = Scene(tmp_path, fresh=False)
    for last in range(0, scene.calls(tmp_path / "counted"), 3):
        folder = tmp_path / f"killed-{last}"
        shutil.copytree(scene.lane, folder)
        child = os.fork()
        if not child:
            try:
                scene.update(folder, scene.new_tree, Mortal(last, killed))
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        assert scene.files(folder) in (scene.before, NEXT)
        scene.update(folder, scene.new_tree)
        assert scene.files(folder) == NEXT


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_takes_no_more_at_any_write_is_said_and_harms_nothing(
    scene: Scene, tmp_path: Path
) -> None:
    class Ends(Mortal):
        """Every call after the last fails too."""

        def _next(self) -> None:
            if self.calls >= self._last:
                full()
            self.calls += 1

    for last in range(scene.calls(tmp_path / "counted")):
        folder = tmp_path / f"full-{last}"
        shutil.copytree(scene.lane, folder)
        with pytest.raises(Refused) as caught:
            scene.update(folder, scene.new_tree, Ends(last, full))
        assert caught.value.why is Why.STORAGE
        assert scene.files(folder) in (scene.before, NEXT)
    scene.update(folder, scene.new_tree)
    assert scene.files(folder) == NEXT
