"""A public key computed from a signature it made (SEC 1 §4.1.6): no key need be copied from anywhere."""

from __future__ import annotations

import hashlib

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Point = tuple[int, int]


def candidates(signature: bytes, signed: bytes) -> list[Point]:
    """The two P-256 keys that may have made this ES256 signature: a thumbprint tells which one did."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    e = int.from_bytes(hashlib.sha256(signed).digest(), "big")
    square = (r**3 - 3 * r + B) % P
    root = pow(square, (P + 1) // 4, P)
    inverse = pow(r, -1, N)
    found = []
    for y in (root, P - root):
        point = _sum(_times(s * inverse % N, (r, y)), _times(-e * inverse % N, G))
        assert point is not None
        found.append(point)
    return found


def _sum(one: Point | None, other: Point | None) -> Point | None:
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] ** 2 - 3) * pow(2 * one[1], -1, P) % P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P) % P
    x = (slope**2 - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def _times(factor: int, point: Point) -> Point | None:
    total: Point | None = None
    added: Point | None = point
    while factor:
        if factor & 1:
            total = _sum(total, added)
        added = _sum(added, added)
        factor >>= 1
    return total
