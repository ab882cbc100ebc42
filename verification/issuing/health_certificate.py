"""Issues `HC1:` certificates (EU DCC schema 1.3.0): one vaccination, one test or one recovery."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from verification.evidence import Kind
from verification.issuing.authority import Authority, CannotIssue
from verification.issuing.container import seal

_ISS, _EXP, _IAT, _HCERT, _DCC = 1, 4, 6, -260, 1
_COVID = "840539006"
_ENTRIES = {Kind.VACCINATION: "v", Kind.TEST: "t", Kind.RECOVERY: "r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCertificate:
    """What one certificate is to say. The person is visibly made up unless said otherwise."""

    kind: Kind
    issued_at: datetime
    expires_at: datetime
    ci: str
    """Unique certificate identifier, for example `URN:UVCI:01:HK:DEMO0001`."""
    event: datetime
    """When the dose was given, the sample taken, or the infection first found (aware)."""
    given: str = field(default="Specimen", repr=False)
    family: str = field(default="Traveller", repr=False)
    born: str = field(default="1900-01-01", repr=False)
    doses: int = 2
    doses_of: int = 2
    negative: bool = True


def issue(certificate: HealthCertificate, authority: Authority) -> str:
    """The text for the QR symbol. Raises `CannotIssue`."""
    if certificate.expires_at <= certificate.issued_at:
        raise CannotIssue("the certificate would expire before it is issued")
    claims = {
        _ISS: authority.issuer[:2],
        _EXP: int(certificate.expires_at.timestamp()),
        _IAT: int(certificate.issued_at.timestamp()),
        _HCERT: {_DCC: _dcc(certificate, authority)},
    }
    return seal("HC1", claims, authority)


def _dcc(certificate: HealthCertificate, authority: Authority) -> dict[str, Any]:
    if certificate.kind not in _ENTRIES:
        raise CannotIssue(
            f"an HC1 certificate states a vaccination, test or recovery, not {certificate.kind}"
        )
    entry = {
        "tg": _COVID,
        "co": authority.issuer[:2],
        "is": "Demo issuer" if authority.demo else f"Issuer {authority.issuer}",
        "ci": certificate.ci,
        **_event(certificate),
    }
    return {
        "ver": "1.3.0",
        "nam": {
            "fn": certificate.family,
            "gn": certificate.given,
            "fnt": _transliterated(certificate.family),
            "gnt": _transliterated(certificate.given),
        },
        "dob": certificate.born,
        _ENTRIES[certificate.kind]: [entry],
    }


def _event(certificate: HealthCertificate) -> dict[str, Any]:
    day: date = certificate.event.date()
    if certificate.kind is Kind.VACCINATION:
        return {
            "vp": "1119349007",
            "mp": "EU/1/20/1528",
            "ma": "ORG-100030215",
            "dn": certificate.doses,
            "sd": certificate.doses_of,
            "dt": day.isoformat(),
        }
    if certificate.kind is Kind.TEST:
        return {
            "tt": "LP6464-4",
            "nm": "Demo PCR",
            "sc": certificate.event.isoformat(timespec="seconds"),
            "tr": "260415000" if certificate.negative else "260373001",
            "tc": "Demo test centre",
        }
    return {
        "fr": day.isoformat(),
        "df": (day + timedelta(days=11)).isoformat(),
        "du": (day + timedelta(days=180)).isoformat(),
    }


def _transliterated(name: str) -> str:
    """The machine-readable form where a name is plain Latin (ICAO 9303-3): capitals, `<` between words."""
    if not name.isascii():
        raise CannotIssue("demo certificates take names in plain Latin letters only")
    return "<".join(name.upper().replace("-", " ").replace("'", "").split())
