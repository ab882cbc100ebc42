"""What the names in a DIVOC certificate mean (JSON-LD 1.1 contexts), so that nothing is fetched.

Those of the W3C come with PyLD. The addresses of the vaccination contexts no longer resolve; what stands here
was written after the DIVOC platform's own source (github.com/egovernments/DIVOC, vaccination-context) and the
copies that verifiers of WHO and PathCheck Foundation carry. A term that is missing or wrong here can break a
good signature; it cannot mend a bad one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CREDENTIALS = "https://www.w3.org/2018/credentials/v1"
SECURITY = "https://w3id.org/security/v2"
SCHEMA = "https://schema.org/"
VAC = "vac:"
"""The contexts bind `vac` to a text that no prefix may end with (JSON-LD API 1.1, Create Term Definition 14),
so processors leave `vac:` as it is: the signed bytes have it, and its binding matters to nobody."""

_VERSION: dict[str, Any] = {"@version": 1.1, "@protected": True}
_POSTAL = ("streetAddress", "addressRegion", "postalCode", "addressCountry")
_ADDRESS = {
    **{name: f"schema:{name}" for name in _POSTAL},
    "streetAddress2": "vac:addressLine2",
    "city": "vac:city",
    "district": "vac:district",
}
_PERSON = {
    "refId": "schema:id",
    "uhid": "schema:id",
    "name": "schema:name",
    "age": "schema:Number",
    "gender": "schema:gender",
    "sex": "schema:gender",
    "nationality": "schema:nationality",
}
_DOSE = {
    **dict.fromkeys(("certificateId", "batch", "vaccine", "manufacturer"), "schema:id"),
    **dict.fromkeys(("feedbackUrl", "infoUrl"), "schema:url"),
    **dict.fromkeys(("date", "effectiveStart", "effectiveUntil"), "schema:date"),
    **dict.fromkeys(("dose", "totalDoses"), "schema:doseValue"),
}
_NEWER_PERSON = {"dob": "schema:date"}
_NEWER_DOSE = {"icd11Code": "schema:id", "prophylaxis": "schema:name"}


def _scoped(iri: str, terms: Mapping[str, Any]) -> dict[str, Any]:
    """A term whose own terms hold inside it."""
    return {"@id": iri, "@context": {**_VERSION, **terms}}


def _vaccination(namespace: str, person: Mapping[str, str], dose: Mapping[str, str]) -> dict[str, Any]:
    address = _scoped("schema:PostalAddress", _ADDRESS)
    verifier = {"id": "schema:id", "name": "schema:name", "sign-image": "schema:image"}
    facility = {"name": "schema:name", "address": address, "seal-image": "schema:image"}
    parts = {
        "verifier": _scoped("vac:verifier", verifier),
        "facility": _scoped("vac:Facility", facility),
    }
    return {
        "@context": {
            **_VERSION,
            "id": "@id",
            "type": "@type",
            "schema": SCHEMA,
            "vac": namespace,
            "ProofOfVaccinationCredential": _scoped(
                "schema:ProofOfVaccinationCredential", {"nonTransferable": "vac:nonTransferable"}
            ),
            "Person": _scoped("schema:Person", {**person, "address": address}),
            "Vaccination": _scoped("vac:Vaccination", {**dose, **parts}),
        }
    }


_V1 = _vaccination("https://cowin.gov.in/credentials/vaccination/v1", _PERSON, _DOSE)
_V2 = _vaccination(
    "https://cowin.gov.in/credentials/vaccination/v2", {**_PERSON, **_NEWER_PERSON}, {**_DOSE, **_NEWER_DOSE}
)
VACCINATION: dict[str, dict[str, Any]] = {
    "https://cowin.gov.in/credentials/vaccination/v1": _V1,
    "https://cowin.gov.in/credentials/vaccination/v2": _V2,
    "https://divoc.prod/vaccine/credentials/vaccination/v1": _V2,
    "https://divoc.lgcc.gov.lk/credentials/vaccination/v1": _V2,
    "https://www.pedulilindungi.id/credentials/vaccination/v2": _V2,
}
"""By the URL that certificates name: India twice, the platform's own, Sri Lanka, Indonesia."""
