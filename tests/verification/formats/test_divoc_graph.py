"""What a DIVOC document states: every term's meaning, written out; what is refused before it takes long."""

from __future__ import annotations

import itertools
import json
import socket
from contextlib import suppress
from typing import Any

import pytest

from tests.verification.made_divoc import CERTIFICATE, V1, V2, changed
from verification.encodings import nquads
from verification.encodings.malformed import Malformed
from verification.encodings.nquads import Literal, Node
from verification.formats import divoc_graph
from verification.formats.divoc_contexts import CREDENTIALS, SECURITY, VACCINATION
from verification.formats.divoc_graph import MOST_BLANK_NODES, canonical

STATED = """\
<did:made-up:0001> rdf:type <schema:Person>
<did:made-up:0001> <schema:Number> "50"
<did:made-up:0001> <schema:PostalAddress> _:c14n3
<did:made-up:0001> <schema:gender> "Female"
<did:made-up:0001> <schema:id> "R-0001"
<did:made-up:0001> <schema:name> "Mia Muster"
<did:made-up:0001> <schema:nationality> "Nowhere"
<https://made-up.example/vaccine/1> rdf:type <vac:Vaccination>
<https://made-up.example/vaccine/1> <schema:date> "2022-02-01T09:00:00.000Z"
<https://made-up.example/vaccine/1> <schema:date> "2022-02-15"
<https://made-up.example/vaccine/1> <schema:date> "2023-02-15"
<https://made-up.example/vaccine/1> <schema:doseValue> "1"^^<xsd:integer>
<https://made-up.example/vaccine/1> <schema:doseValue> "2"^^<xsd:integer>
<https://made-up.example/vaccine/1> <schema:id> "B-0001"
<https://made-up.example/vaccine/1> <schema:id> "C-0001"
<https://made-up.example/vaccine/1> <schema:id> "COVISHIELD"
<https://made-up.example/vaccine/1> <schema:id> "Made Up Laboratories"
<https://made-up.example/vaccine/1> <vac:Facility> _:c14n1
<https://made-up.example/vaccine/1> <vac:verifier> _:c14n2
_:c14n0 rdf:type <schema:ProofOfVaccinationCredential>
_:c14n0 rdf:type <cred:VerifiableCredential>
_:c14n0 <cred:credentialSubject> <did:made-up:0001>
_:c14n0 <cred:evidence> <https://made-up.example/vaccine/1>
_:c14n0 <cred:issuanceDate> "2022-03-01T10:00:00.000Z"^^<xsd:dateTime>
_:c14n0 <cred:issuer> <https://made-up.example/>
_:c14n0 <vac:nonTransferable> "true"
_:c14n1 <schema:PostalAddress> _:c14n4
_:c14n1 <schema:name> "Made Up Clinic"
_:c14n2 <schema:name> "Nurse Nobody"
_:c14n3 <schema:addressCountry> "ZZ"
_:c14n3 <schema:postalCode> "12345"^^<xsd:integer>
_:c14n3 <schema:streetAddress> "1 Made Up Road"
_:c14n4 <schema:addressCountry> "ZZ"
_:c14n4 <vac:city> "Nowhere"
"""
PREFIXES = {
    "<schema:": "<https://schema.org/",
    "<cred:": "<https://www.w3.org/2018/credentials#",
    "<xsd:": "<http://www.w3.org/2001/XMLSchema#",
    "rdf:type": "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
}


def written_out(short: str) -> list[str]:
    for prefix, iri in PREFIXES.items():
        short = short.replace(prefix, iri)
    return [line + " ." for line in short.splitlines()]


def named_alike(lines: list[str]) -> set[frozenset[str]]:
    """The lines under every naming of their blank nodes: two documents are one if these have a common one."""
    blanks = sorted({word for line in lines for word in line.split(" ") if word.startswith("_:")})
    return {
        frozenset(
            " ".join(dict(zip(blanks, names, strict=True)).get(word, word) for word in line.split(" "))
            for line in lines
        )
        for names in itertools.permutations(blanks)
    }


def test_every_term_means_what_the_platform_s_context_says() -> None:
    stated = canonical(CERTIFICATE).splitlines()
    assert frozenset(stated) in named_alike(written_out(STATED))
    assert len(stated) == len(set(stated)) == len(STATED.splitlines())
    assert stated == sorted(stated)


def test_the_newer_context_adds_birth_date_prophylaxis_and_a_code() -> None:
    def newer(document: dict[str, Any]) -> None:
        document["@context"][1] = V2
        document["credentialSubject"]["dob"] = "1972-01-31"
        document["evidence"][0] |= {"icd11Code": "XM0000", "prophylaxis": "COVID-19 vaccine"}

    def older(document: dict[str, Any]) -> None:
        newer(document)
        document["@context"][1] = V1

    added = set(canonical(changed(newer)).splitlines()) - set(canonical(changed(older)).splitlines())
    assert {line.partition("> <")[2] for line in added} == {
        'https://schema.org/date> "1972-01-31" .',
        'https://schema.org/id> "XM0000" .',
        'https://schema.org/name> "COVID-19 vaccine" .',
    }


def test_every_further_term_has_its_meaning() -> None:
    """Those that the certificate of these tests has no use for."""

    def fill(document: dict[str, Any]) -> None:
        address = {"streetAddress2": "T1", "district": "T2", "addressRegion": "T3", "city": "T4"}
        document["credentialSubject"] |= {"uhid": "T5", "sex": "T6", "address": address}
        dose = document["evidence"][0]
        dose |= {"feedbackUrl": "T7", "infoUrl": "T8"}
        dose["verifier"] |= {"id": "T9", "sign-image": "T10"}
        dose["facility"] |= {"seal-image": "T11", "address": {"postalCode": "T12", "streetAddress": "T13"}}

    lines = canonical(changed(fill)).splitlines()
    meanings = {text: iri for line in lines for _, iri, text, _ in [line.split(" ", 3)] if text[:2] == '"T'}
    schema = "<https://schema.org/{}>".format
    assert meanings == {
        '"T1"': "<vac:addressLine2>",
        '"T2"': "<vac:district>",
        '"T3"': schema("addressRegion"),
        '"T4"': "<vac:city>",
        '"T5"': schema("id"),
        '"T6"': schema("gender"),
        '"T7"': schema("url"),
        '"T8"': schema("url"),
        '"T9"': schema("id"),
        '"T10"': schema("image"),
        '"T11"': schema("image"),
        '"T12"': schema("postalCode"),
        '"T13"': schema("streetAddress"),
    }


def test_all_known_addresses_lead_to_one_of_two_vocabularies() -> None:
    older = canonical(CERTIFICATE)
    for address in VACCINATION:
        assert canonical(changed(lambda one, url=address: one["@context"].__setitem__(1, url))) == older


def test_a_proof_states_its_kind_time_purpose_and_method() -> None:
    proof = {
        "@context": SECURITY,
        "type": "Ed25519Signature2018",
        "created": "2022-03-01T10:00:00Z",
        "verificationMethod": "did:made-up",
        "proofPurpose": "assertionMethod",
    }
    assert canonical(proof) == (
        '_:c14n0 <http://purl.org/dc/terms/created> "2022-03-01T10:00:00Z"'
        "^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n"
        "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/security#Ed25519Signature2018> .\n"
        "_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n"
        "_:c14n0 <https://w3id.org/security#verificationMethod> <did:made-up> .\n"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.w3.org/ns/did/v1",
        "https://www.w3.org/ns/credentials/v2",
        "http://127.0.0.1:9/context",
        "file:///etc/hostname",
        "relative",
        "did:made-up",
    ],
)
def test_nothing_is_fetched_whatever_a_document_points_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def reached(*_: Any, **__: Any) -> Any:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", reached)
    monkeypatch.setattr(socket.socket, "connect", reached)
    for contexts in ([CREDENTIALS, url], url, [CREDENTIALS, {"@import": url}], {"x": {"@context": url}}):
        with pytest.raises(Malformed):
            canonical({"@context": contexts, "type": "VerifiableCredential", "x": {"y": "z"}})


def flood(count: int) -> dict[str, Any]:
    return changed(lambda one: one["evidence"].extend({"type": ["Vaccination"]} for _ in range(count)))


def ring(count: int) -> dict[str, Any]:
    """Nameless things that all point at one another: the worst that canonicalisation can meet."""
    nodes = [
        {"id": f"_:n{number}", "evidence": [f"_:n{other}" for other in range(count)]}
        for number in range(count)
    ]
    return {"@context": [CREDENTIALS, V1], "type": "VerifiableCredential", "evidence": nodes}


@pytest.mark.parametrize("count", [6, 12, 200])
def test_nameless_things_that_look_alike_are_counted_before_they_are_ordered(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(divoc_graph, "URDNA2015", lambda: pytest.fail("it came to that"))
    for document in (flood(count), ring(count)):
        with pytest.raises(Malformed, match=r"told apart|without a name"):
            canonical(document)


def test_many_nameless_things_are_too_many_even_when_all_differ() -> None:
    def fill(document: dict[str, Any]) -> None:
        people = [{"type": ["Vaccination"], "batch": str(number)} for number in range(MOST_BLANK_NODES)]
        document["evidence"] = people

    with pytest.raises(Malformed, match="without a name"):
        canonical(changed(fill))


@pytest.mark.parametrize(
    "document",
    [
        {"@context": [CREDENTIALS, V1], "type": 5},
        {"@context": [CREDENTIALS, V1], "type": "VerifiableCredential", "issuer": {"id": 5}},
        {"@context": [CREDENTIALS, V1], "id": ["a", "b"]},
        {"@context": [CREDENTIALS, V1], "type": "VerifiableCredential", "proof": {"created": "x"}},
        {"@context": [[[[]]], 5]},
        {"@context": [V1, CREDENTIALS, {"type": "https://schema.org/name"}]},
        {"@context": CREDENTIALS, "@graph": [{"@id": "_:x", "@graph": [{"@id": "_:y", "id": "_:x"}]}]},
    ],
)
def test_documents_that_are_none_are_malformed_or_state_something(document: dict[str, Any]) -> None:
    with suppress(Malformed):
        nquads.parse(canonical(document))


def test_statements_are_read_as_they_were_signed() -> None:
    graph = nquads.parse('<a:b> <c:d> "x\\n\\"\\\\y"@en .\n<a:b> <c:d> "5"^^<t:u> .\n<a:b> <c:d> _:c14n0 .\n')
    assert graph.literals(Node("a:b"), "c:d") == [Literal('x\n"\\y'), Literal("5", "t:u")]
    assert graph.nodes(Node("a:b"), "c:d") == [Node("_:c14n0")]
    assert nquads.parse("").subjects("x") == []


@pytest.mark.parametrize(
    "text",
    [
        "<a:b> <c:d> <e:f> <a:graph> .\n",
        "<a:b> <c:d> <e:f> .",
        "<a:b> <c:d> .\n",
        "<a\tb> <c:d> <e:f> .\n",
        '<a:b> <c:d> "x" .\r\n',
        '<a:b> <c:d> "x"y" .\n',
        "_:b0 <c:d> <e:f> .\n",
        "\n",
        '<a:b> <c:d> "x\\u0041" .\n',
    ],
)
def test_other_texts_are_no_canonical_statements(text: str) -> None:
    with pytest.raises(Malformed):
        nquads.parse(text)


def test_a_name_cannot_smuggle_a_statement_in() -> None:
    """The library does not escape IRIs: the text that is signed would then say more than the document."""
    evil = 'did:x> <https://schema.org/name> "Somebody Else" .\n<did:x'
    stated = canonical(changed(lambda one: one["credentialSubject"].update(id=evil)))
    try:
        graph = nquads.parse(stated)
    except Malformed:
        return
    assert "Somebody Else" not in json.dumps(
        [literal.text for literal in graph.literals(Node("did:x"), "https://schema.org/name")]
    )


def test_what_has_no_whole_name_states_nothing() -> None:
    """Otherwise two libraries would sign two things: one of them resolves it against a made-up base."""
    for name in ("", "relative", "#fragment", "//host/path", "did:made-up:00 01"):
        stated = canonical(changed(lambda one, name=name: one["credentialSubject"].update(id=name)))
        assert "Mia Muster" not in stated and "example.org/base" not in stated
