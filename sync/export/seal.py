"""Manifest and signature: what is signed, and traces beside the signature that tell what was changed."""

from __future__ import annotations

import base64
import binascii

from sync.canonical import EXPORT
from sync.device_key import DeviceKey
from sync.export.layout import MANIFEST, SIGNATURE
from sync.export.traces import BLOCK, Changed, Trace, changed_byte, first_change, lines, trace
from sync.signing import PublicKey


class NotProven(Exception):
    """The archive does not hold. `str()` is one sentence that says where."""


def signature_file(device: DeviceKey, manifest: bytes) -> bytes:
    """The signature in base64, a trace of each block of the manifest, a trace of these lines."""
    return with_traces(base64.b64encode(device.sign(EXPORT + manifest)), manifest)


def with_traces(signature: bytes, manifest: bytes) -> bytes:
    """The whole file around a signature (base64)."""
    blocks = "".join(lines(MANIFEST, map(trace, _blocks(manifest))))
    upper = signature + b"\n" + blocks.encode()
    return upper + f"{SIGNATURE} {trace(upper).words}\n".encode()


def check_seal(manifest: bytes, sealed: bytes, device: PublicKey) -> None:
    """Raises `NotProven` unless `device` signed these very bytes. Every byte of both files counts."""
    signature = sealed.partition(b"\n")[0]
    if _signed(signature, manifest, device):
        expected = with_traces(signature, manifest)
        if sealed != expected:
            raise NotProven(f"{SIGNATURE} was changed: {_differs(sealed, expected)}.")
        return
    where = where_broken(manifest, sealed)
    raise NotProven(where or f"{MANIFEST} was not signed by the device it names.")


def where_broken(manifest: bytes, sealed: bytes) -> str | None:
    """Which of the two files was changed and where, as far as the traces tell; None where they agree."""
    upper, last = _last_line(sealed)
    own = trace_of(last.split(" ")[1:])
    if own is None:
        return f"{SIGNATURE} was changed: its last line can't be read."
    if (changed := changed_byte(upper, own)) is not None:
        return f"{SIGNATURE} was changed: {changed}."
    traces = [trace_of(line.split(" ")[2:]) for line in upper.decode(errors="replace").splitlines()[1:]]
    if not all(traces):
        return f"{SIGNATURE} was changed: a line of it can't be read."
    changed = first_change(_blocks(manifest), [one for one in traces if one])
    return None if changed is None else f"{MANIFEST} was changed: {changed}."


def trace_of(words: list[str]) -> Trace | None:
    """A trace as `Trace.words` has it, or None."""
    try:
        size, digest, adler = words
        return Trace(int(size), digest, int(adler, 16))
    except ValueError:
        return None


def _last_line(sealed: bytes) -> tuple[bytes, str]:
    end = sealed.rstrip(b"\n").rfind(b"\n") + 1
    return sealed[:end], sealed[end:].decode(errors="replace").rstrip("\n")


def _signed(signature: bytes, manifest: bytes, device: PublicKey) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    return base64.b64encode(raw) == signature and device.verifies(raw, EXPORT + manifest)


def _differs(one: bytes, other: bytes) -> Changed:
    for place, (now, was) in enumerate(zip(one, other, strict=False)):
        if now != was:
            return Changed(place, now, was)
    return Changed(min(len(one), len(other)))


def _blocks(data: bytes) -> list[bytes]:
    return [data[at : at + BLOCK] for at in range(0, len(data), BLOCK)]
