"""`HC1:` the EU Digital COVID Certificate (hcert_spec 1.0.8, DCC schema 1.3.x).

Field quirks of issued certificates are read as "Handling of Special Cases" of the EU's quality-assurance
repository says: texts are trimmed, null stands for absent, ill-formed dates and doses do not refuse a
certificate, more than one event does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from verification.encodings.cbor import Tagged
from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats import hcert
from verification.formats.credential import Credential, Format
from verification.formats.numeric_date import Window, instant
from verification.formats.personal_names import masked
from verification.reasons import ReasonId

SCHEME = "DCC"
_ISS, _EXP, _NBF, _IAT, _HCERT = 1, 4, 5, 6, -260
_DCC = 1
_KINDS = {"v": Kind.VACCINATION, "t": Kind.TEST, "r": Kind.RECOVERY}
_ARCS = ("1.3.6.1.4.1.1847.2021.1", "1.3.6.1.4.1.0.1847.2021.1")
"""The key-usage arc of the specification, and the mistaken one that most certificates carry."""
_USAGES = {
    kind: frozenset(f"{arc}.{leaf}" for arc in _ARCS)
    for kind, leaf in ((Kind.TEST, 1), (Kind.VACCINATION, 2), (Kind.RECOVERY, 3))
}
_USAGE_FAMILY = frozenset[str]().union(*_USAGES.values())
_NOT_DETECTED, _DETECTED = "260415000", "260373001"


def read(payload: bytes) -> Credential:
    """What a certificate says. Raises `Malformed` when it is none."""
    claims = hcert.claims(payload)
    issued, expires = instant(claims.get(_IAT)), instant(claims.get(_EXP))
    window = Window(begins=_begins(claims, issued), ends=expires)
    issuer = _text(claims.get(_ISS))
    certificate = claims.get(_HCERT)
    if not isinstance(certificate, dict):
        raise Malformed("dcc: no health certificate among the claims")
    if _DCC not in certificate:
        return Credential(issuer, window, None, (ReasonId.KIND_NOT_ACCEPTED,))
    dcc = certificate[_DCC]
    if not isinstance(dcc, dict) or not isinstance(dcc.get("nam"), dict):
        raise Malformed("dcc: no certificate, or nobody named in it")
    events = _events(dcc)
    if len(events) != 1:
        return Credential(issuer, window, None, (ReasonId.EVENTS_NOT_ONE,))
    kind, event = events[0]
    medical = _medical(kind, event)
    issuer = issuer or _text(event.get("co"))
    return Credential(
        issuer=issuer,
        window=window,
        evidence=Evidence(
            kind=kind,
            scheme=SCHEME,
            issuer=issuer,
            issued_at=issued,
            expires_at=expires,
            medical=medical,
            personal=_personal(dcc),
            content=dcc,
        ),
        reasons=_findings(kind, medical),
        usages=_USAGES[kind],
        usage_family=_USAGE_FAMILY,
        identifiers=_identifiers(claims, event),
    )


def _begins(claims: dict[Any, Any], issued: datetime | None) -> datetime | None:
    """The later of `iat` and `nbf`, where there is an `nbf`; None when either is no time."""
    if claims.get(_NBF) is None or issued is None:
        return issued
    not_before = instant(claims[_NBF])
    return None if not_before is None else max(issued, not_before)


def _events(dcc: dict[Any, Any]) -> list[tuple[Kind, dict[Any, Any]]]:
    """Every vaccination, test and recovery in the certificate."""
    events = []
    for name, kind in _KINDS.items():
        entries = dcc.get(name)
        if entries is None:
            continue
        if not isinstance(entries, list):
            raise Malformed(f"dcc: {name} is not a list")
        for entry in entries:
            if entry is None:
                continue
            if not isinstance(entry, dict):
                raise Malformed(f"dcc: an entry of {name} is not a map")
            events.append((kind, entry))
    return events


def _medical(kind: Kind, event: dict[Any, Any]) -> MedicalStatement:
    disease = _text(event.get("tg"))
    if kind is Kind.VACCINATION:
        return MedicalStatement(
            disease=disease,
            product=_text(event.get("mp")),
            doses=_doses(event.get("dn")),
            doses_of=_doses(event.get("sd")),
            on=_date(event.get("dt")),
        )
    if kind is Kind.TEST:
        return MedicalStatement(
            disease=disease,
            product=_text(event.get("ma")) or _text(event.get("nm")),
            sampled_at=_moment(event.get("sc")),
            negative={_NOT_DETECTED: True, _DETECTED: False}.get(_text(event.get("tr"))),
        )
    return MedicalStatement(
        disease=disease,
        on=_date(event.get("fr")),
        valid_from=_date(event.get("df")),
        valid_until=_date(event.get("du")),
    )


def _findings(kind: Kind, medical: MedicalStatement) -> tuple[ReasonId, ...]:
    if kind is not Kind.TEST or medical.negative:
        return ()
    return (ReasonId.EVIDENCE_MISSING if medical.negative is None else ReasonId.TEST_POSITIVE,)


def _identifiers(claims: dict[Any, Any], event: dict[Any, Any]) -> tuple[tuple[str, bytes], ...]:
    """What the EU revocation scheme hashes (Decision (EU) 2022/483): `ci` exactly as in the certificate."""
    ci, country = event.get("ci"), claims.get(_ISS)
    if not isinstance(ci, str):
        return ()
    uci = ("UCI", ci.encode())
    return (uci, ("COUNTRYCODEUCI", (country + ci).encode())) if isinstance(country, str) else (uci,)


def _personal(dcc: dict[Any, Any]) -> Personal:
    names = dcc["nam"]
    given = _text(names.get("gn")) or _text(names.get("gnt"))
    family = _text(names.get("fn")) or _text(names.get("fnt"))
    name = f"{given} {family}".strip()
    return Personal(masked_name=masked(name), name=name, birth=_text(dcc.get("dob")))


def _text(value: Any) -> str:
    """A text without the space around it; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    return _text(value.value) if isinstance(value, Tagged) else ""


def _doses(value: Any) -> int | None:
    """A number of doses; whole floats are accepted, anything else is unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value == value // 1 and abs(value) < 1e6 else None


def _date(value: Any) -> date | None:
    """The day of a date or time, None for what is neither."""
    moment = _tagged_seconds(value)
    if moment is not None:
        return moment.date()
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """A time in UTC; without a zone it is taken for UTC, None for what is no time."""
    moment = _tagged_seconds(value)
    if moment is not None:
        return moment
    try:
        moment = datetime.fromisoformat(_text(value))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _tagged_seconds(value: Any) -> datetime | None:
    return instant(value.value) if isinstance(value, Tagged) and value.tag == 1 else None


FORMAT = Format(open=hcert.open_container, read=read)
