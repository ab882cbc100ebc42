"""Codes by which a FHIR resource is about COVID-19: vaccines, tests and what a test found."""

from __future__ import annotations

COVID_19 = "840539006"
"""SNOMED CT: the disease."""
_CVX, _SNOMED = "http://hl7.org/fhir/sid/cvx", "http://snomed.info/sct"
_ATC, _LOINC = "http://www.whocc.no/atc", "http://loinc.org"

_US_VACCINES = (
    *(207, 208, 210, 211, 212, 213, 217, 218, 219, 221, 225, 226, 227, 228, 229, 230),
    *(300, 301, 302, 308, 309, 310, 311, 312, 313),
)
_OTHER_VACCINES = range(500, 522)
"""CVX: COVID-19 vaccines of other countries, never licensed in the United States."""
VACCINES = frozenset(
    [(_CVX, str(code)) for code in (*_US_VACCINES, *_OTHER_VACCINES)]
    + [(_SNOMED, code) for code in ("1119349007", "1119305005", "1157024006", "29061000087103", "840534001")]
    + [(_ATC, code) for code in ("J07BX03", "J07BN", "J07BN01", "J07BN02", "J07BN03", "J07BN04", "J07BN05")]
)
"""Pairs of system and code."""
TESTS = frozenset(
    (_LOINC, code)
    for code in (
        *("94306-8", "94309-2", "94314-2", "94315-9", "94316-7", "94500-6", "94502-2", "94531-1", "94533-7"),
        *("94534-5", "94558-4", "94559-2", "94565-9", "94640-0", "94660-8", "94757-2", "94759-8", "94765-5"),
        *("94845-5", "95209-3", "95406-5", "95409-9", "95425-5", "95608-6", "95824-9", "96091-4", "96119-3"),
        *("96121-9", "96122-7", "96123-5", "96448-6", "96763-8", "96765-3", "96797-6", "96829-7", "96986-5"),
        *("97097-0", "97098-8", "98080-5", "98131-6", "98132-4", "98493-0", "98494-8"),
    )
)
"""Tests for the virus itself; antibodies are no answer to whether somebody is infected."""
RESULTS = {"260415000": True, "260385009": True, "260373001": False, "10828004": False}
"""SNOMED CT: not detected and negative (True), detected and positive (False)."""
