"""The camera of the settings file."""

from __future__ import annotations

from collections.abc import Callable

from config import settings
from drivers.camera.folder import FolderCamera
from drivers.camera.port import Camera
from drivers.camera.v4l2 import V4l2Camera
from drivers.camera.video import VideoCamera


def camera_of(
    wanted: settings.Camera, clock: Callable[[], float], wait: Callable[[float], object]
) -> Callable[[], Camera]:
    """Makes a fresh, unopened camera at every call. `clock` in monotonic seconds; `wait` paces files."""

    def make() -> Camera:
        if wanted.source == "video":
            return VideoCamera(wanted.path, clock, wait)
        if wanted.source == "folder":
            return FolderCamera(wanted.path, clock, wait, fps=wanted.fps)
        return V4l2Camera(wanted, clock)

    return make


def changes_by_itself(wanted: settings.Camera) -> bool:
    """Whether a picture that stays the same means that the source is frozen: for cameras, not for files."""
    return wanted.source == "v4l2"
