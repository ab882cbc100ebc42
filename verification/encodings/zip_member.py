"""ZIP (APPNOTE 6.3), as little of it as one packed text needs: one member, nothing before, after or between.

What the member is called is not looked at: nothing is ever written anywhere.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

from verification.encodings.inflate import inflate_raw
from verification.encodings.malformed import Malformed

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR_FOLLOWS, _UTF8_NAME, _DEFLATE_LEVEL = 1 << 3, 1 << 11, 0b110
_HARMLESS = _DESCRIPTOR_FOLLOWS | _UTF8_NAME | _DEFLATE_LEVEL
_DESCRIPTOR_SIGNATURE = b"PK\x07\x08"
_HIGHEST_VERSION = 20
"""Folders and deflate. 45 is ZIP64."""


class _Member(NamedTuple):
    """The entry of the central directory."""

    flags: int
    method: int
    checksum: int
    packed: int
    size: int


def only_member(data: bytes, cap: int) -> bytes:
    """The content of the one member of an archive, at most `cap` bytes of it.

    Raises `Malformed` for anything but one stored or deflated member from the first byte to the last: several
    members, encryption, ZIP64, parts, comments, gaps, and sizes that are not what they are said to be. Sizes
    are looked at before anything is inflated, and at most `cap` + 1 bytes ever are.
    """
    try:
        return _only_member(data, cap)
    except struct.error as error:
        raise Malformed("zip: the archive ends too early") from error


def _only_member(data: bytes, cap: int) -> bytes:
    directory = len(data) - _END.size
    if directory < 0:
        raise Malformed("zip: the archive ends too early")
    sign, disk, begins, here, total, length, offset, comment = _END.unpack_from(data, directory)
    if sign != b"PK\5\6" or comment or disk or begins:
        raise Malformed("zip: no end of an archive, or something behind it")
    if here != 1 or total != 1 or offset + length != directory:
        raise Malformed("zip: not one member")
    member = _central(data, offset, length)
    if member.size > cap:
        raise Malformed(f"zip: more than {cap} bytes")
    content = _unpacked(member, data[_content_at(data, member) :][: member.packed], cap)
    after = _content_at(data, member) + member.packed
    if data[after:offset] not in _descriptors(member):
        raise Malformed("zip: something between the member and the directory")
    if len(content) != member.size or zlib.crc32(content) != member.checksum:
        raise Malformed("zip: the member is not what the directory says")
    return content


def _central(data: bytes, offset: int, length: int) -> _Member:
    fields = _CENTRAL.unpack_from(data, offset)
    sign, _, needs, flags, method, _, _, checksum, packed, size, name, extra, comment, disk = fields[:14]
    if sign != b"PK\1\2" or _CENTRAL.size + name + extra + comment != length or disk or fields[16]:
        raise Malformed("zip: the directory is not of one member at the beginning")
    if needs > _HIGHEST_VERSION or flags & ~_HARMLESS or method not in (_STORED, _DEFLATED):
        raise Malformed("zip: encrypted, or packed in a way that is not read")
    return _Member(flags, method, checksum, packed, size)


def _content_at(data: bytes, member: _Member) -> int:
    sign, needs, flags, method, _, _, checksum, packed, size, name, extra = _LOCAL.unpack_from(data, 0)
    said = (flags, method, checksum, packed, size)
    later = _Member(member.flags, member.method, 0, 0, 0)
    if sign != b"PK\3\4" or needs > _HIGHEST_VERSION:
        raise Malformed("zip: no member at the beginning")
    if said != member and not (flags & _DESCRIPTOR_FOLLOWS and said == later):
        raise Malformed("zip: member and directory say two things")
    return _LOCAL.size + int(name) + int(extra)


def _descriptors(member: _Member) -> tuple[bytes, ...]:
    """What may follow the packed bytes (§4.3.9)."""
    if not member.flags & _DESCRIPTOR_FOLLOWS:
        return (b"",)
    plain = struct.pack("<3L", member.checksum, member.packed, member.size)
    return plain, _DESCRIPTOR_SIGNATURE + plain


def _unpacked(member: _Member, packed: bytes, cap: int) -> bytes:
    if len(packed) != member.packed:
        raise Malformed("zip: the archive ends too early")
    return packed if member.method == _STORED else inflate_raw(packed, cap)
