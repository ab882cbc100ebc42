"""The key that says "this lane wrote it". A file for now; a TPM can stand behind the same two calls."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sync.signing import PublicKey, SigningKey, load_or_make

FILE = "device.key"


class DeviceKey(Protocol):
    """Signs for the device. Only the public half ever leaves it."""

    @property
    def public(self) -> PublicKey:
        """The half the hub enrols."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 over `message`."""
        ...


def device_key(folder: Path) -> SigningKey:
    """The key in `folder/device.key`, made at the first start; `device.pub.pem` beside it is for the hub.

    Raises `sync.signing.KeyUnusable`.
    """
    return load_or_make(folder / FILE)
