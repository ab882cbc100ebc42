"""What a text is, from its first characters: a format of ours, a health code we cannot check, or none."""

from __future__ import annotations

import re

from verification.assessment import OTHER
from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.record import record

_PREFIXES = {prefix.encode() + b":": prefix for prefix in ("HC1", "LT1", "AT1", "NO1", *KIND_OF_PREFIX)}
_PREFIX_LENGTH = 4
_URIS = ((b"shc:/", "SHC"), (b"NZCP:/", "NZCP"))
_FOREIGN_FORMATS = (
    (b"B64:", "DIVOC"),
    (b"PK\x03\x04", "DIVOC"),
)
_VDSNC = re.compile(rb'\s*\{(?=[^\x00]*"icao\.(?:vacc|test)")')
_ONLINE_HOSTS = (
    rb"www\.healthcode\.gov\.hk",
    rb"www\.chp\.gov\.hk/hdf",
    rb"app\.ssm\.gov\.mo",
    rb"htdecl\.chinaport\.gov\.cn",
)
"""Where Hong Kong, Macao and the customs keep codes that only their own servers can answer for."""
_ONLINE_ONLY = (
    (re.compile(rb"HKSARG\|"), "hksar_record"),
    (re.compile(rb"(?i:https://(?:" + b"|".join(_ONLINE_HOSTS) + rb"))(?:[/?#]|\Z)"), "online_health_code"),
    (re.compile(rb"HC[2-9A-Z]:"), "newer_certificate"),
)
_LOOKS = (
    (re.compile(rb"000201[0-9]{2}"), "payment"),
    (
        re.compile(
            rb"(?i:https://qr\.alipay\.com/|alipays?:|wxp://|weixin:|https://payapp\.weixin\.qq\.com/)"
        ),
        "payment",
    ),
    (re.compile(rb"(?i:https?://|www\.)"), "link"),
    (re.compile(rb"M[1-4][A-Z/ .'-]{20}"), "boarding_pass"),
    (re.compile(rb"(?i:WIFI:)"), "wifi"),
    (re.compile(rb"(?i:BEGIN:VCARD|MECARD:)"), "contact"),
)


@record
class Recognised:
    """The format's name (or `OTHER`), what follows its prefix, and what a text without format looks like."""

    format: str
    body: bytes = b""
    looks_like: str | None = None
    claims_health: bool = True
    """Whether the text claims to be a health code at all."""


def recognise(text: bytes) -> Recognised:
    """Tells formats apart by their first characters, exactly as written: `hc1:` is no prefix."""
    prefix = _PREFIXES.get(text[:_PREFIX_LENGTH])
    if prefix is not None:
        return Recognised(prefix, text[_PREFIX_LENGTH:])
    for start, name in _URIS:
        if text.startswith(start):
            return Recognised(name, text[len(start) :])
    for start, name in _FOREIGN_FORMATS:
        if text.startswith(start):
            return Recognised(name, text)
    if _VDSNC.match(text):
        return Recognised("VDSNC", text)
    for pattern, name in _ONLINE_ONLY:
        if pattern.match(text):
            return Recognised(OTHER, text, looks_like=name)
    return Recognised(OTHER, text, looks_like=_look(text), claims_health=False)


def _look(text: bytes) -> str:
    if not text.strip():
        return "nothing"
    return next((name for pattern, name in _LOOKS if pattern.match(text)), "text")
