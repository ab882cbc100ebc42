"""`AT1:` the Austrian exemption from vaccination (schema AT-1.0.0), beside `HC1` with its own signers."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats import hcert
from verification.formats.credential import Credential, Format
from verification.formats.dcc_usages import FAMILY
from verification.formats.numeric_date import Window, instant
from verification.formats.personal_names import masked
from verification.formats.written_values import day, text
from verification.reasons import ReasonId

SCHEME = "AT"
_DCC = 1
_NATIONAL = frozenset({"ve"})
_EUROPEAN = frozenset({"v", "t", "r"})
_LAST_MOMENT = timedelta(days=1, microseconds=-1)


def read(payload: bytes) -> Credential:
    """What an exemption says. Raises `Malformed` when it is none.

    The prefix is not signed: a certificate of the European context behind this one is refused, and so is an
    exemption behind `HC1`. It holds to `exp` and to the end of the last day that it names.
    """
    claims = hcert.claims(payload)
    certificate = claims.get(hcert.CERTIFICATE)
    body = certificate.get(_DCC) if isinstance(certificate, dict) else None
    if not isinstance(body, dict) or not isinstance(body.get("nam"), dict):
        raise Malformed("at1: no certificate, or nobody named in it")
    window, issuer = hcert.window(claims), text(claims.get(hcert.ISS))
    entries = [entry for name in _NATIONAL | _EUROPEAN for entry in _entries(body, name)]
    if len(entries) != 1 or not _entries(body, "ve"):
        return Credential(issuer, window, None, (ReasonId.EVENTS_NOT_ONE,))
    entry = entries[0]
    until = day(entry.get("du"))
    if until is not None and window.ends is not None:
        last = datetime.combine(until, time(), UTC) + _LAST_MOMENT
        window = Window(window.begins, min(window.ends, last))
    identifier = entry.get("ci")
    return Credential(
        issuer=issuer or text(entry.get("co")),
        window=window,
        evidence=Evidence(
            kind=Kind.EXEMPTION,
            scheme=SCHEME,
            issuer=issuer or text(entry.get("co")),
            issued_at=instant(claims.get(hcert.IAT)),
            expires_at=window.ends,
            medical=MedicalStatement(disease=text(entry.get("tg")), valid_until=until),
            personal=_personal(body),
        ),
        usage_family=FAMILY,
        identifiers=(("UCI", identifier.encode()),) if isinstance(identifier, str) else (),
    )


def _entries(body: dict[Any, Any], name: str) -> list[dict[Any, Any]]:
    entries = body.get(name) or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Malformed(f"at1: {name} is not a list of maps")
    return entries


def _personal(body: dict[Any, Any]) -> Personal:
    names = body["nam"]
    given = text(names.get("gn")) or text(names.get("gnt"))
    family = text(names.get("fn")) or text(names.get("fnt"))
    name = f"{given} {family}".strip()
    return Personal(masked_name=masked(name), name=name, birth=text(body.get("dob")))


FORMAT = Format(open=hcert.open_container, read=read)
