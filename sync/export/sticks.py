"""Finds the USB stick a person has put in: what is mounted, and what of it can be taken out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FILE_SYSTEMS = frozenset(
    {"vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "udf", "hfsplus"}
    | {"ext2", "ext3", "ext4", "btrfs", "xfs", "f2fs"}
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_SYSTEM = ("/", "/boot", "/home", "/usr", "/var", "/etc", "/opt", "/srv")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of `/proc/self/mountinfo` that has a device behind it."""

    device: str
    """Major and minor number, as in `8:17`."""
    place: Path
    file_system: str
    read_only: bool


@dataclass(frozen=True, slots=True)
class Stick:
    """Something that can be taken out and written to."""

    place: Path
    read_only: bool = False


def mounts(mountinfo: str) -> list[Mount]:
    """What is mounted where. Lines that make no sense are left out."""
    found = []
    for line in mountinfo.splitlines():
        fields = line.split(" ")
        if len(fields) < 10 or "-" not in fields[6:]:
            continue
        kind = fields[fields.index("-", 6) + 1 :]
        if len(kind) < 3:
            continue
        read_only = "ro" in fields[5].split(",") or "ro" in kind[2].split(",")
        found.append(Mount(fields[2], Path(_unescaped(fields[4])), kind[0], read_only))
    return found


def sticks(mountinfo: str, removable: Callable[[str], bool]) -> list[Stick]:
    """The sticks among what is mounted, each once, the one mounted last first.

    `removable` says of a device (`8:17`) whether it can be taken out. A device that holds a part of the
    system is none, wherever it is plugged in.
    """
    everything = mounts(mountinfo)
    system = {_disk(one.device) for one in everything if str(one.place) in _SYSTEM}
    found: dict[str, Stick] = {}
    for one in reversed(everything):
        if one.file_system not in FILE_SYSTEMS or _disk(one.device) in system or one.device in found:
            continue
        if removable(one.device):
            found[one.device] = Stick(one.place, one.read_only)
    return list(found.values())


def is_removable(device: str, system: Path = Path("/sys/dev/block")) -> bool:
    """Whether the disk of a device calls itself removable, or hangs on USB."""
    link = system / device
    try:
        place = link.resolve(strict=True)
    except OSError:
        return False
    if any(re.fullmatch(r"usb[0-9]+", part) for part in place.parts):
        return True
    for folder in (place, place.parent):
        try:
            if (folder / "removable").read_text(encoding="ascii").strip() == "1":
                return True
        except (OSError, UnicodeDecodeError):
            continue
    return False


def sticks_here() -> list[Stick]:
    """The sticks of this machine, now. Raises OSError."""
    return sticks(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace"), is_removable)


def _disk(device: str) -> str:
    """What tells two disks apart: for sd and nvme, sixteen minor numbers each belong to one."""
    major, _, minor = device.partition(":")
    return f"{major}:{int(minor) // 16}" if minor.isdigit() else device


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)
