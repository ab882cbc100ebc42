"""Ed25519 keys under which anybody's signature holds: the points of small order (RFC 8032, section 5.1)."""

from __future__ import annotations

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


def is_weak(raw: bytes) -> bool:
    """Whether 32 bytes are no key of a person who keeps a secret.

    True for what is not the one way to write a point of the curve, and for points whose eightfold is the
    neutral element: signatures under those can be made without any secret.
    """
    point = _point(raw)
    if point is None:
        return True
    for _ in range(3):
        point = _doubled(point)
    return point == (0, 1)


def _point(raw: bytes) -> tuple[int, int] | None:
    """Section 5.1.3."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if len(raw) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


def _doubled(point: tuple[int, int]) -> tuple[int, int]:
    x, y = point
    t = D * x * x * y * y % P
    return 2 * x * y * pow(1 + t, -1, P) % P, (y * y + x * x) * pow(1 - t, -1, P) % P
