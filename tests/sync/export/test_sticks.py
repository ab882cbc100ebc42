"""The stick is found by itself; the kiosk's own disk never is one."""

from __future__ import annotations

from pathlib import Path

from sync.export.sticks import Stick, is_removable, mounts, sticks

INFO = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:5 / /proc rw,nosuid - proc proc rw
24 22 8:3 / /data rw,relatime - ext4 /dev/sda3 rw
30 22 8:17 / /media/kiosk/MY\\040STICK rw,nosuid shared:9 master:2 - vfat /dev/sdb1 rw,uid=1000
31 22 8:33 / /media/kiosk/LOCKED ro,nosuid - vfat /dev/sdc1 ro
32 22 0:44 / /media/kiosk/share rw - cifs //server/share rw
33 22 8:17 / /run/again rw - vfat /dev/sdb1 rw
a line that makes no sense
"""


def everything(_device: str) -> bool:
    return True


def test_removable_file_systems_are_sticks_the_newest_first() -> None:
    assert sticks(INFO, everything) == [
        Stick(Path("/run/again")),
        Stick(Path("/media/kiosk/LOCKED"), read_only=True),
    ]


def test_the_disk_that_holds_the_system_is_never_one() -> None:
    assert Path("/data") not in [one.place for one in sticks(INFO, everything)]


def test_what_cannot_be_taken_out_is_no_stick() -> None:
    assert sticks(INFO, lambda device: device == "8:33") == [
        Stick(Path("/media/kiosk/LOCKED"), read_only=True)
    ]


def test_a_blank_in_a_name_is_read() -> None:
    assert Path("/media/kiosk/MY STICK") in [one.place for one in mounts(INFO)]


def test_the_kernel_is_asked_whether_the_disk_of_a_partition_is_removable(tmp_path: Path) -> None:
    for disk, removable, bus in (("sdb", "1", "ata1"), ("sdc", "0", "ata2"), ("sdd", "0", "usb2")):
        place = tmp_path / "devices" / bus / "block" / disk
        (place / f"{disk}1").mkdir(parents=True)
        (place / "removable").write_text(f"{removable}\n")
    links = tmp_path / "dev"
    links.mkdir()
    for number, path in (
        ("8:17", "ata1/block/sdb/sdb1"),
        ("8:33", "ata2/block/sdc/sdc1"),
        ("8:49", "usb2/block/sdd/sdd1"),
    ):
        (links / number).symlink_to(tmp_path / "devices" / path)
    assert [is_removable(number, links) for number in ("8:17", "8:33", "8:49", "8:65")] == [
        True,
        False,
        True,
        False,
    ]
