"""WHO payloads in the HCERT container (GDHCN, hcert_spec 1.1.1): DDCC, digital ICVP, health links.

DDCC:VS and DDCC:TR are WHO's own vaccination and test certificates; ICVP is the international certificate of
vaccination or prophylaxis of the International Health Regulations (2005, amended 2024) in digital form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats import hcert
from verification.formats.covid_codes import COVID_19, RESULTS
from verification.formats.credential import Credential
from verification.formats.dcc_usages import FAMILY, USAGES
from verification.formats.numeric_date import Window, instant
from verification.formats.personal_names import masked
from verification.formats.written_values import day, doses, moment, text
from verification.reasons import ReasonId

DDCC, ICVP = "DDCC", "ICVP"
VACCINATION, TEST, HEALTH_LINK, PROPHYLAXIS = 3, 4, 5, -6
"""Keys under claim -260. The negative one is WHO's development number, and what is issued."""
_COVID = (COVID_19, "RA01")
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


def read(claims: dict[Any, Any], certificate: dict[Any, Any]) -> Credential:
    """What a WHO payload says. Raises `Malformed` when it is none.

    A health link is recognised and never opened: what it points to is on somebody's server. A payload of a
    kind that is not known here is genuine, perhaps, and nothing that a lane asks for.
    """
    found = [key for key in (*_READERS, HEALTH_LINK) if certificate.get(key) is not None]
    issuer, window = text(claims.get(hcert.ISS)), hcert.window(claims)
    if len(found) > 1:
        return Credential(issuer, window, None, (ReasonId.EVENTS_NOT_ONE,))
    if not found:
        return Credential(issuer, window, None, (ReasonId.KIND_NOT_ACCEPTED,))
    if found[0] == HEALTH_LINK:
        return Credential(issuer, window, None, (ReasonId.NOT_VERIFIABLE_OFFLINE,))
    entries = certificate[found[0]]
    if isinstance(entries, list):
        if len(entries) != 1:
            return Credential(issuer, window, None, (ReasonId.EVENTS_NOT_ONE,))
        entries = entries[0]
    if not isinstance(entries, dict):
        raise Malformed("who: a payload that is not a map")
    return _READERS[found[0]](claims, entries)


def _ddcc_vaccination(claims: dict[Any, Any], entry: dict[Any, Any]) -> Credential:
    disease = _code(entry.get("disease"))
    medical = MedicalStatement(
        disease=disease,
        product=_code(entry.get("brand")) or _code(entry.get("vaccine")),
        doses=doses(entry.get("dose")),
        doses_of=doses(_either(entry, "total_doses", "totalDoses")),
        on=day(entry.get("date")),
        valid_from=day(_either(entry, "valid_from", "validFrom")),
        valid_until=day(_either(entry, "valid_until", "validUntil")),
    )
    kind = Kind.VACCINATION if disease.startswith(_COVID) else Kind.PROPHYLAXIS
    return _credential(claims, kind, DDCC, medical, _person(entry, "name", "birthDate"), _hcid(entry))


def _ddcc_test(claims: dict[Any, Any], entry: dict[Any, Any]) -> Credential:
    test = entry["test"] if isinstance(entry.get("test"), dict) else entry
    medical = MedicalStatement(
        disease=_code(test.get("pathogen")) or _code(test.get("disease")),
        product=_code(test.get("type")),
        sampled_at=moment(_either(test, "date", "sampleDate")),
        negative=RESULTS.get(_code(test.get("result"))),
        valid_from=day(_either(entry, "valid_from", "validFrom")),
        valid_until=day(_either(entry, "valid_until", "validUntil")),
    )
    return _credential(claims, Kind.TEST, DDCC, medical, _person(entry, "name", "birthDate"), _hcid(entry))


def _icvp(claims: dict[Any, Any], entry: dict[Any, Any]) -> Credential:
    """One vaccination or prophylaxis. Its first and last day of validity count beside the claims."""
    personal, dose = _person(entry, "n", "dob"), entry.get("v")
    if isinstance(dose, list) and len(dose) == 1:
        dose = dose[0]
    if not isinstance(dose, dict):
        return Credential(text(claims.get(hcert.ISS)), hcert.window(claims), None, (ReasonId.EVENTS_NOT_ONE,))
    medical = MedicalStatement(
        disease=_code(dose.get("tg")),
        product=_code(dose.get("vp")) or _code(dose.get("mp")),
        doses=doses(dose.get("dn")),
        on=day(dose.get("dt")),
        valid_from=day(dose.get("vls")),
        valid_until=day(dose.get("vle")),
    )
    return _credential(claims, Kind.PROPHYLAXIS, ICVP, medical, personal, ())


_READERS: dict[int, Callable[[dict[Any, Any], dict[Any, Any]], Credential]] = {
    VACCINATION: _ddcc_vaccination,
    TEST: _ddcc_test,
    PROPHYLAXIS: _icvp,
}


def _credential(
    claims: dict[Any, Any],
    kind: Kind,
    scheme: str,
    medical: MedicalStatement,
    personal: Personal,
    identifiers: tuple[tuple[str, bytes], ...],
) -> Credential:
    issuer, window = text(claims.get(hcert.ISS)), _window(claims, medical)
    cti = claims.get(hcert.CTI)
    if isinstance(cti, bytes):
        identifiers += (("CTI", cti),)
    return Credential(
        issuer=issuer,
        window=window,
        evidence=Evidence(
            kind=kind,
            scheme=scheme,
            issuer=issuer,
            issued_at=instant(claims.get(hcert.IAT)),
            expires_at=window.ends,
            medical=medical,
            open_ended=window.begins is not None and window.ends is None and claims.get(hcert.EXP) is None,
            personal=personal,
        ),
        reasons=_findings(kind, medical),
        usages=USAGES[Kind.TEST if kind is Kind.TEST else Kind.VACCINATION],
        usage_family=FAMILY,
        identifiers=identifiers,
    )


def _window(claims: dict[Any, Any], medical: MedicalStatement) -> Window:
    """The claims' own window, narrowed by the days that the certificate names. Without any end: unknown."""
    window = hcert.window(claims)
    begins, ends = window
    if begins is not None and medical.valid_from is not None:
        begins = max(begins, _start(medical.valid_from))
    if medical.valid_until is not None and (ends is not None or claims.get(hcert.EXP) is None):
        last = _end(medical.valid_until)
        ends = last if ends is None else min(ends, last)
    return Window(begins, ends)


def _start(of: date) -> datetime:
    return datetime.combine(of, time(), UTC)


def _end(of: date) -> datetime:
    """The last moment of a day; days are counted in UTC, as nothing says where."""
    return _start(of) + _DAY - _MOMENT if of < date.max else datetime.max.replace(tzinfo=UTC)


def _findings(kind: Kind, medical: MedicalStatement) -> tuple[ReasonId, ...]:
    if kind is not Kind.TEST or medical.negative:
        return ()
    return (ReasonId.EVIDENCE_MISSING if medical.negative is None else ReasonId.TEST_POSITIVE,)


def _person(entry: dict[Any, Any], named: str, born: str) -> Personal:
    name = text(entry.get(named))
    if not name:
        raise Malformed("who: nobody is named")
    return Personal(masked_name=masked(name), name=name, birth=text(entry.get(born)))


def _hcid(entry: dict[Any, Any]) -> tuple[tuple[str, bytes], ...]:
    value = entry.get("hcid")
    identifier = value.get("value") if isinstance(value, dict) else value
    return (("UCI", identifier.encode()),) if isinstance(identifier, str) else ()


def _either(entry: dict[Any, Any], *names: str) -> Any:
    """The first that is there: both ways of writing a name are issued."""
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _code(value: Any) -> str:
    """A code, bare or with its system."""
    return text(value.get("code") if isinstance(value, dict) else value)
