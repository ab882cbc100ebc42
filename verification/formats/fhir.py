"""The FHIR bundle of a health card (R4; SMART Health Cards: Vaccination and Testing guide) as evidence.

Only what is about COVID-19 is evidence: a card of another vaccine or another laboratory test is genuine,
and not what any lane asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats.covid_codes import COVID_19, RESULTS, TESTS, VACCINES
from verification.formats.personal_names import masked
from verification.reasons import ReasonId

MOST_ENTRIES = 1000
_COVID_TYPE = "https://smarthealth.cards#covid19"
_FINAL = frozenset({"final", "amended", "corrected"})


@dataclass(slots=True)
class Said:
    """What a bundle says: of whom, and one medical statement where there is one."""

    kind: Kind | None
    medical: MedicalStatement | None
    personal: Personal
    reasons: tuple[ReasonId, ...] = ()

    def evidence(
        self, scheme: str, issuer: str, issued_at: datetime | None, expires_at: datetime | None
    ) -> Evidence | None:
        """The evidence, None where the bundle holds none."""
        if self.kind is None:
            return None
        return Evidence(
            self.kind, scheme, issuer, issued_at, expires_at, medical=self.medical, personal=self.personal
        )


def read(bundle: Any, types: Sequence[Any]) -> Said:
    """What `bundle` says; `types` are those of the card around it. Raises `Malformed`.

    Several doses are one vaccination: the last dose, and how many there were. Of several results the latest
    counts, and the worse of two at one time. Doses and results together are not one event.
    """
    resources = _resources(bundle)
    subject, personal = _patient(resources)
    covid = _COVID_TYPE in types
    doses = [one for _, one in resources if _is_dose(one, covid) and _is_about(one, "patient", subject)]
    results = [one for _, one in resources if _is_result(one, covid) and _is_about(one, "subject", subject)]
    if doses and results:
        return Said(None, None, personal, (ReasonId.EVENTS_NOT_ONE,))
    if subject is None or not (doses or results):
        return Said(None, None, personal, (ReasonId.KIND_NOT_ACCEPTED,))
    if doses:
        return Said(Kind.VACCINATION, _vaccination(doses), personal)
    medical = max(map(_test, results), key=_latest_and_worst)
    return Said(Kind.TEST, medical, personal, _findings(medical))


def _resources(bundle: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Each resource with the URL that others refer to it by."""
    entries = bundle.get("entry") if isinstance(bundle, dict) else None
    if not isinstance(entries, list) or bundle.get("resourceType") != "Bundle":
        raise Malformed("fhir: no bundle with entries")
    if len(entries) > MOST_ENTRIES:
        raise Malformed(f"fhir: more than {MOST_ENTRIES} entries")
    resources = []
    for entry in entries:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            raise Malformed("fhir: an entry without a resource")
        resources.append((entry.get("fullUrl"), resource))
    return resources


def _patient(resources: Sequence[tuple[Any, dict[str, Any]]]) -> tuple[str | None, Personal]:
    """The one patient: URL and personal fields. A card about several people is about nobody."""
    patients = [(url, one) for url, one in resources if one.get("resourceType") == "Patient"]
    if len(patients) > 1:
        raise Malformed("fhir: a card about several people")
    if not patients:
        return None, Personal()
    url, patient = patients[0]
    name = next(filter(None, map(_name, _list(patient.get("name")))), "")
    birth = _text(patient.get("birthDate"))
    return _text(url), Personal(masked_name=masked(name), name=name, birth=birth)


def _name(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    parts = [*map(_text, _list(name.get("given"))), _text(name.get("family"))]
    return " ".join(filter(None, parts)) or _text(name.get("text"))


def _is_about(resource: dict[str, Any], role: str, subject: str | None) -> bool:
    reference = resource.get(role)
    return isinstance(reference, dict) and subject is not None and reference.get("reference") == subject


def _is_dose(resource: dict[str, Any], covid: bool) -> bool:
    """A dose that was given: neither planned, refused nor entered in error, nor too weak to count."""
    if resource.get("resourceType") != "Immunization" or resource.get("status") != "completed":
        return False
    if resource.get("isSubpotent") is True:
        return False
    return covid or not VACCINES.isdisjoint(_codings(resource.get("vaccineCode")))


def _is_result(resource: dict[str, Any], covid: bool) -> bool:
    if resource.get("resourceType") != "Observation" or resource.get("status") not in _FINAL:
        return False
    return covid or not TESTS.isdisjoint(_codings(resource.get("code")))


def _vaccination(doses: Sequence[dict[str, Any]]) -> MedicalStatement:
    days = [_day(dose.get("occurrenceDateTime")) for dose in doses]
    last = max(range(len(doses)), key=lambda place: days[place] or date.min)
    return MedicalStatement(
        disease=COVID_19,
        product=_first_code(doses[last].get("vaccineCode")),
        doses=len(doses),
        on=days[last],
    )


def _test(result: dict[str, Any]) -> MedicalStatement:
    found = {RESULTS[code] for _, code in _codings(result.get("valueCodeableConcept")) if code in RESULTS}
    return MedicalStatement(
        disease=COVID_19,
        product=_first_code(result.get("code")),
        sampled_at=_moment(result.get("effectiveDateTime")),
        negative=found.pop() if len(found) == 1 else None,
    )


def _latest_and_worst(medical: MedicalStatement) -> tuple[datetime, bool]:
    return medical.sampled_at or datetime.min.replace(tzinfo=UTC), medical.negative is not True


def _findings(medical: MedicalStatement) -> tuple[ReasonId, ...]:
    if medical.negative:
        return ()
    return (ReasonId.EVIDENCE_MISSING if medical.negative is None else ReasonId.TEST_POSITIVE,)


def _codings(concept: Any) -> list[tuple[str, str]]:
    """Pairs of system and code of a CodeableConcept."""
    if not isinstance(concept, dict):
        return []
    return [
        (_text(one.get("system")), _text(one.get("code")))
        for one in _list(concept.get("coding"))
        if isinstance(one, dict)
    ]


def _first_code(concept: Any) -> str:
    return next((code for _, code in _codings(concept) if code), "")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    """The day of a FHIR dateTime; None where it is no whole date."""
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """The time of a FHIR dateTime in UTC; None for a bare date, from which no hours can be counted."""
    text = _text(value)
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
