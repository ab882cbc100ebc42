"""What the signed graph of a DIVOC certificate says. Nothing here has ever seen its JSON.

A term without a meaning in the contexts is not signed, and does not get into the graph. And terms that share
one meaning cannot be told apart in it: `date`, `effectiveStart` and `effectiveUntil` are all schema:date,
`dose` and `totalDoses` both schema:doseValue, `vaccine`, `manufacturer` and `batch` all schema:id. Whoever
holds a certificate may exchange their values without breaking the signature. So they are read as what they
are, sets: the earliest date, the smallest and the largest number, the one text that is a vaccine's name. What
`effectiveUntil` says is lost, so a certificate without an expiry of its own ends by policy alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from verification.encodings.malformed import Malformed
from verification.encodings.nquads import XSD, Graph, Literal, Node
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats.covid_codes import COVID_19
from verification.formats.credential import Credential
from verification.formats.divoc_contexts import SCHEMA, VAC
from verification.formats.numeric_date import Window
from verification.formats.personal_names import masked
from verification.reasons import ReasonId

SCHEME = "DIVOC"
_VC = "https://www.w3.org/2018/credentials#"
_COVID_VACCINE = re.compile(
    r"(?i)covid-?19|covishield|covaxin|covovax|corbevax|zycov|sputnik|vaxzevria|astra ?zeneca"
    r"|comirnaty|biontech|pfizer|spikevax|moderna|janssen|novavax|nuvaxovid|sinovac|coronavac"
    r"|sinopharm|bbibp|convidecia"
)
"""Names under which vaccines against COVID-19, and nothing else on these certificates, were given."""
_SMALL_NUMBER = re.compile(r"[0-9]{1,2}\Z")
_LONGEST_NAME = 200
_LONGEST_IRI = 512


def is_about_somebody(graph: Graph) -> bool:
    """Whether anything that was signed says whom the one credential is about. Raises `Malformed`."""
    return bool(graph.nodes(_credential(graph), _VC + "credentialSubject"))


def issuer(graph: Graph) -> str:
    """The IRI of the issuer that the one credential names. Raises `Malformed`."""
    named = graph.nodes(_credential(graph), _VC + "issuer")
    if len(named) != 1 or not _is_name(named[0].name):
        raise Malformed("divoc: not one issuer with a name")
    return named[0].name


def read(graph: Graph) -> Credential:
    """What a certificate says. Raises `Malformed` when it is none."""
    credential, named = _credential(graph), issuer(graph)
    issued = _moment(graph.literals(credential, _VC + "issuanceDate"))
    ends = graph.literals(credential, _VC + "expirationDate")
    expires = _moment(ends) if ends else None
    personal = _personal(graph, credential)
    doses = graph.nodes(credential, _VC + "evidence")
    evidence, reasons = None, _not_one_vaccination(graph, doses)
    if not reasons:
        medical = _medical(graph, doses[0])
        evidence = Evidence(
            Kind.VACCINATION,
            SCHEME,
            named,
            issued,
            expires,
            medical=medical,
            open_ended=issued is not None and not ends,
            personal=personal,
        )
    return Credential(
        issuer=named,
        window=Window(issued, expires),
        evidence=evidence,
        reasons=reasons,
        revocable=False,
        issued_at=issued,
    )


def _is_name(iri: str) -> bool:
    """The library escapes nothing: what is to be printed must be fit for it."""
    return len(iri) <= _LONGEST_IRI and iri.isprintable() and not iri.startswith("_:")


def _credential(graph: Graph) -> Node:
    found = graph.subjects(_VC + "VerifiableCredential")
    if len(found) != 1:
        raise Malformed("divoc: not one credential")
    return found[0]


def _not_one_vaccination(graph: Graph, doses: list[Node]) -> tuple[ReasonId, ...]:
    if len(doses) != 1:
        return (ReasonId.EVENTS_NOT_ONE,)
    return () if doses[0] in graph.subjects(VAC + "Vaccination") else (ReasonId.KIND_NOT_ACCEPTED,)


def _personal(graph: Graph, credential: Node) -> Personal:
    people = graph.nodes(credential, _VC + "credentialSubject")
    if len(people) != 1 or people[0] not in graph.subjects(SCHEMA + "Person"):
        raise Malformed("divoc: not about one person")
    names = graph.literals(people[0], SCHEMA + "name")
    if len(names) != 1 or not 0 < len(names[0].text.strip()) <= _LONGEST_NAME:
        raise Malformed("divoc: the person does not have one name")
    births = graph.literals(people[0], SCHEMA + "date")
    day = _day(births[0].text) if len(births) == 1 else None
    name = names[0].text.strip()
    return Personal(masked_name=masked(name), name=name, birth="" if day is None else day.isoformat())


def _medical(graph: Graph, dose: Node) -> MedicalStatement:
    dates = _texts(graph.literals(dose, SCHEMA + "date"))
    days = [_day(text) for text in dates]
    counted = {
        int(one.text) for one in graph.literals(dose, SCHEMA + "doseValue") if _SMALL_NUMBER.match(one.text)
    }
    names = _texts(graph.literals(dose, SCHEMA + "id"))
    vaccines = [text for text in names if _COVID_VACCINE.search(text)]
    prophylaxis = _texts(graph.literals(dose, SCHEMA + "name"))
    return MedicalStatement(
        disease=COVID_19 if vaccines or any(map(_COVID_VACCINE.search, prophylaxis)) else "",
        product=vaccines[0] if len(vaccines) == 1 else "",
        doses=min(counted, default=None),
        doses_of=max(counted, default=None),
        on=min((day for day in days if day is not None), default=None) if None not in days else None,
    )


def _texts(literals: Iterable[Literal]) -> list[str]:
    """Texts that say something, in their own order."""
    return sorted(one.text.strip() for one in literals if one.text.strip())


def _day(text: str) -> date | None:
    """The day of an ISO date or time, extended or basic; None where it is neither."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _moment(literals: list[Literal]) -> datetime | None:
    """The one xsd:dateTime with a zone, in UTC; None for anything else."""
    if len(literals) != 1 or literals[0].type != XSD + "dateTime":
        return None
    try:
        moment = datetime.fromisoformat(literals[0].text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
