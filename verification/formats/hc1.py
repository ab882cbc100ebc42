"""`HC1:` the EU Digital COVID Certificate (hcert_spec 1.0.8, DCC schema 1.3.x).

Field quirks of issued certificates are read as "Handling of Special Cases" of the EU's quality-assurance
repository says: texts are trimmed, null stands for absent, ill-formed dates and doses do not refuse a
certificate, more than one event does.
"""

from __future__ import annotations

from typing import Any

from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats import hcert, who
from verification.formats.credential import Credential, Format
from verification.formats.dcc_usages import FAMILY, USAGES
from verification.formats.numeric_date import instant
from verification.formats.personal_names import masked
from verification.formats.written_values import day, doses, moment, text
from verification.reasons import ReasonId

SCHEME = "DCC"
_DCC = 1
_KINDS = {"v": Kind.VACCINATION, "t": Kind.TEST, "r": Kind.RECOVERY}
_VACCINATION, _TEST = Kind.VACCINATION, Kind.TEST
_NOT_DETECTED, _DETECTED = "260415000", "260373001"
_RESULTS = {_NOT_DETECTED: True, _DETECTED: False}


def read(payload: bytes) -> Credential:
    """What a certificate says. Raises `Malformed` when it is none."""
    return read_claims(hcert.claims(payload))


def read_claims(claims: dict[Any, Any]) -> Credential:
    """The same, of claims that were decoded before."""
    window, issuer = hcert.window(claims), text(claims.get(hcert.ISS))
    certificate = claims.get(hcert.CERTIFICATE)
    if not isinstance(certificate, dict):
        raise Malformed("dcc: no health certificate among the claims")
    if _DCC not in certificate:
        return who.read(claims, certificate)
    dcc = certificate[_DCC]
    if not isinstance(dcc, dict) or not isinstance(dcc.get("nam"), dict):
        raise Malformed("dcc: no certificate, or nobody named in it")
    events = _events(dcc)
    if len(events) != 1:
        return Credential(issuer, window, None, (ReasonId.EVENTS_NOT_ONE,))
    kind, event = events[0]
    medical = _medical(kind, event)
    issuer = issuer or text(event.get("co"))
    return Credential(
        issuer=issuer,
        window=window,
        evidence=Evidence(
            kind=kind,
            scheme=SCHEME,
            issuer=issuer,
            issued_at=window.begins if hcert.NBF not in claims else instant(claims.get(hcert.IAT)),
            expires_at=window.ends,
            medical=medical,
            personal=_personal(dcc),
            content=dcc,
        ),
        reasons=_findings(kind, medical),
        usages=USAGES[kind],
        usage_family=FAMILY,
        identifiers=_identifiers(claims, event),
    )


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
    disease = text(event.get("tg"))
    if kind is _VACCINATION:
        return MedicalStatement(
            disease=disease,
            product=text(event.get("mp")),
            doses=doses(event.get("dn")),
            doses_of=doses(event.get("sd")),
            on=day(event.get("dt")),
        )
    if kind is _TEST:
        return MedicalStatement(
            disease=disease,
            product=text(event.get("ma")) or text(event.get("nm")),
            sampled_at=moment(event.get("sc")),
            negative=_RESULTS.get(text(event.get("tr"))),
        )
    return MedicalStatement(
        disease=disease,
        on=day(event.get("fr")),
        valid_from=day(event.get("df")),
        valid_until=day(event.get("du")),
    )


def _findings(kind: Kind, medical: MedicalStatement) -> tuple[ReasonId, ...]:
    if kind is not _TEST or medical.negative:
        return ()
    return (ReasonId.EVIDENCE_MISSING if medical.negative is None else ReasonId.TEST_POSITIVE,)


def _identifiers(claims: dict[Any, Any], event: dict[Any, Any]) -> tuple[tuple[str, bytes], ...]:
    """What the EU revocation scheme hashes (Decision (EU) 2022/483): `ci` exactly as in the certificate."""
    ci, country = event.get("ci"), claims.get(hcert.ISS)
    if not isinstance(ci, str):
        return ()
    uci = ("UCI", ci.encode())
    return (uci, ("COUNTRYCODEUCI", (country + ci).encode())) if isinstance(country, str) else (uci,)


def _personal(dcc: dict[Any, Any]) -> Personal:
    names = dcc["nam"]
    given = text(names.get("gn")) or text(names.get("gnt"))
    family = text(names.get("fn")) or text(names.get("fnt"))
    name = f"{given} {family}".strip()
    return Personal(masked_name=masked(name), name=name, birth=text(dcc.get("dob")))


FORMAT = Format(open=hcert.open_container, read=read)
