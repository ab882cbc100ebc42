"""Who has docs/export.md and docs/protocol.md and nothing of ours can check an archive, byte by byte."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.export import export
from sync.outbox import Outbox
from sync.receipt import Answer, Receipt, sign_receipt
from sync.signing import SigningKey
from tests.sync.conftest import OpenJournal
from tests.sync.ground import HandClock, key, write
from tests.sync.test_protocol_page import domains

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Expert:
    """A checker written from the pages alone: each method is one of the numbered steps."""

    def __init__(self, folder: Path, device: bytes, hub: bytes) -> None:
        self.folder, self.says = folder, domains()
        self.device, self.hub = Ed25519PublicKey.from_public_bytes(device), hub
        self.sealed = (folder / "manifest.json").read_bytes()
        self.signature, *self.traces = (folder / "manifest.sig").read_text("ascii").splitlines()
        self.device.verify(base64.b64decode(self.signature), self.says["export"] + self.sealed)  # 1
        self.manifest: dict[str, Any] = json.loads(self.sealed)
        assert self.manifest["format"] == "checkpoint-kiosk/export/v2"
        assert bytes.fromhex(self.manifest["device"]) == device
        self.lines = [json.loads(line) for line in (folder / "records.jsonl").read_bytes().splitlines()]
        self.heads: dict[int, bytes] = {}

    def check(self) -> None:
        self.files()
        self.beginning(bytes.fromhex(self.manifest["device"]))
        self.chain()
        self.checkpoints()
        self.receipt()
        self.table()

    def files(self) -> None:
        """2: size and SHA-256 of each, and no other lies there."""
        named = {one["name"]: one for one in self.manifest["files"]}
        lying = {one.name for one in self.folder.iterdir()}
        assert lying == {*named, "manifest.json", "manifest.sig"}
        for name, one in named.items():
            content = (self.folder / name).read_bytes()
            assert "/" not in name
            assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])

    def beginning(self, device: bytes) -> None:
        """3: where the chain begins."""
        after, before = self.manifest["after"], self.manifest["before"]
        if after["sequence"] == 0:
            assert after["head"] == sha256(self.says["beginning of a chain"], device).hex()
        if before is not None:
            head = bytes.fromhex(before["head"])
            assert self.link(head, before, bytes.fromhex(before["digest"])).hex() == after["head"]

    def chain(self) -> None:
        """4: every line, to the last head."""
        at, head = self.manifest["after"]["sequence"], bytes.fromhex(self.manifest["after"]["head"])
        for line in self.lines:
            assert line["sequence"] == at + 1
            digest = bytes.fromhex(line["digest"])
            if "payload" in line:
                salt = bytes.fromhex(line["salt"])
                assert sha256(self.says["payload digest"], salt, line["payload"].encode()) == digest
            self.heads[at] = head
            at, head = at + 1, self.link(head, line, digest)
        self.heads[at] = head
        assert (at, head.hex()) == (self.manifest["last"]["sequence"], self.manifest["last"]["head"])

    def checkpoints(self) -> None:
        """5: each names the head before it and is signed."""
        found = [line for line in self.lines if line["kind"] == "journal.checkpoint"]
        assert found
        for line in found:
            said = json.loads(line["payload"])
            number, head = said["sequence"], bytes.fromhex(said["head"])
            assert self.heads[number] == head
            body = self.says["checkpoint"] + number.to_bytes(8, "big") + head
            self.device.verify(base64.b64decode(said["signature"]), body)

    def receipt(self) -> None:
        """6: the hub signed the chain's head there."""
        body, signature = (self.manifest["receipt"][name] for name in ("body", "signature"))
        hub = Ed25519PublicKey.from_public_bytes(self.hub)
        hub.verify(base64.b64decode(signature), self.says["receipt"] + body.encode())
        said = json.loads(body)
        assert self.heads[said["sequence"]].hex() == said["head"]

    def table(self) -> None:
        """The CSV: byte order mark, quotation marks everywhere, CR LF, no cell like a formula."""
        content = (self.folder / "records.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert rows[0] == [
            *("sequence", "time_utc", "time_local", "kind", "crossing", "officer"),
            *("verdict", "reasons", "details", "erased"),
        ]
        assert [row[0] for row in rows[1:]] == [str(line["sequence"]) for line in self.lines]
        assert not any(cell.lstrip(" \x00").startswith(FORMULA) for row in rows for cell in row)

    def changed_byte(self) -> tuple[str, int]:
        """The page's arithmetic: which file, and which byte of it was changed."""
        listed = (self.folder / "blocks.txt").read_text("ascii").splitlines()
        for line in listed:
            name, offset, length, digest, adler = line.split(" ")
            start, size = int(offset), int(length)
            block = bytearray((self.folder / name).read_bytes()[start : start + size])
            if sha256(bytes(block)).hex() == digest:
                continue
            was, now = int(adler, 16), zlib.adler32(bytes(block))
            d_a = (now % 65536 - was % 65536) % 65521
            d_b = (now // 65536 - was // 65536) % 65521
            place = size - d_b * pow(d_a, -1, 65521) % 65521
            block[place] = (block[place] - (d_a if d_a < 256 else d_a - 65521)) % 256
            assert sha256(bytes(block)).hex() == digest
            return name, start + place
        raise AssertionError("every block is as it was")

    def link(self, head: bytes, line: dict[str, Any], digest: bytes) -> bytes:
        first = self.says["link of the chain"] + head + line["sequence"].to_bytes(8, "big")
        return sha256(first, line["at"].encode(), b"\n", line["kind"].encode(), b"\n", digest)


@pytest.fixture
def archive(
    open_journal: OpenJournal, folder: Path, tmp_path: Path, clock: HandClock, device: SigningKey
) -> tuple[Path, bytes, bytes]:
    """A part of a journal with checkpoints, a receipt, and a record before it; keys of device and hub."""
    journal, hub = open_journal(kiosk="lane-1", checkpoint_every=10), key()
    write(journal, clock, 15, at_once=1)
    at = journal.position
    body = Receipt("lane-1", "x", Answer.STORED, at, "2026-03-01T08:00:00.000000Z").body()
    outbox = Outbox(folder)
    outbox.keep(at, body, sign_receipt(hub, body))
    outbox.close()
    write(journal, clock, 15, at_once=1)
    export(folder, tmp_path / "stick", device, clock().utc, first=4)
    return tmp_path / "stick", device.public.raw, hub.public.raw


def test_an_archive_is_checked_by_who_has_the_page_alone(archive: tuple[Path, bytes, bytes]) -> None:
    Expert(*archive).check()


def turn(folder: Path, name: str, place: int) -> None:
    content = bytearray((folder / name).read_bytes())
    content[place] ^= 0x15
    (folder / name).write_bytes(bytes(content))


def test_the_pages_arithmetic_finds_the_byte(archive: tuple[Path, bytes, bytes]) -> None:
    expert = Expert(*archive)
    for name in ("records.jsonl", "records.csv", "records.xlsx"):
        place = (archive[0] / name).stat().st_size * 2 // 3
        turn(archive[0], name, place)
        with pytest.raises(AssertionError):
            expert.files()
        assert expert.changed_byte() == (name, place)
        turn(archive[0], name, place)
    expert.check()


def test_what_was_done_to_it_is_found(archive: tuple[Path, bytes, bytes], tmp_path: Path) -> None:
    folder, *keys = archive
    harms: list[Callable[[Path], object]] = [
        lambda copy: turn(copy, "manifest.json", 40),
        lambda copy: (copy / "records.xlsx").unlink(),
        lambda copy: shutil.copy(copy / "records.csv", copy / "more.csv"),
    ]
    for number, harm in enumerate(harms):
        copy = shutil.copytree(folder, tmp_path / f"copy-{number}")
        harm(copy)
        with pytest.raises((AssertionError, InvalidSignature)):
            Expert(copy, *keys).check()


def test_the_page_names_every_file_and_key_of_the_manifest(archive: tuple[Path, bytes, bytes]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "export.md").read_text(encoding="utf-8")
    manifest = Expert(*archive).manifest
    named = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    assert set(manifest) <= named
    assert {one["name"] for one in manifest["files"]} <= named
