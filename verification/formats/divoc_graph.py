"""A JSON-LD document as canonical N-Quads (URDNA2015): slow, so it runs in a process of its own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.documentloader.frozen import BUNDLED_CONTEXTS, FrozenDocumentLoader

from verification.encodings.malformed import Malformed
from verification.formats.divoc_contexts import CREDENTIALS, SECURITY, VACCINATION

MOST_BLANK_NODES = 12
"""A certificate has about seven: itself, the holder's address, the dose, who gave it, where, that address."""
MOST_ARRANGEMENTS = 24
"""Canonicalisation tries the nodes that look alike in every order: 4! of them, and no more."""
_FROM_W3C = {CREDENTIALS, SECURITY, "https://w3id.org/security/v1"}
_LOADER = FrozenDocumentLoader(
    {**{url: file for url, file in BUNDLED_CONTEXTS.items() if url in _FROM_W3C}, **VACCINATION}
)
_BLANK = "blank node"
_GIVES_UP = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What the library lets through, besides its own errors, for documents that nobody would write."""

Triples = Mapping[str, list[dict[str, Any]]]


def canonical(document: Mapping[str, Any]) -> str:
    """The document's statements, sorted, blank nodes named `_:c14n0` and on. Raises `Malformed`.

    What has a relative IRI for its name states nothing: there is nothing it would be relative to. Blank nodes
    are counted before they are canonicalised: the time that takes grows with the factorial of those that look
    alike.
    """
    try:
        dataset = jsonld.to_rdf(dict(document), {"documentLoader": _LOADER, "base": None})
    except (jsonld.JsonLdError, *_GIVES_UP) as error:
        raise Malformed("divoc: no JSON-LD document that can be expanded") from error
    _require_few_blank_nodes(dataset)
    return str(URDNA2015().main(dataset, {"format": "application/n-quads"}))


def _require_few_blank_nodes(dataset: Triples) -> None:
    if set(dataset) - {"@default"}:
        raise Malformed("divoc: more than one graph")
    looks = Counter(_looks(dataset.get("@default", [])).values())
    if looks.total() > MOST_BLANK_NODES:
        raise Malformed(f"divoc: more than {MOST_BLANK_NODES} things without a name")
    if math.prod(map(math.factorial, looks.values())) > MOST_ARRANGEMENTS:
        raise Malformed("divoc: too many things that cannot be told apart")


def _looks(triples: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Every blank node with the statements about it, all other blank nodes alike (URDNA2015 §4.6)."""
    statements: dict[str, list[str]] = {}
    for triple in triples:
        parts = list(triple.values())
        for blank in {part["value"] for part in parts if part["type"] == _BLANK}:
            seen = "\0".join(_seen(part, blank) for part in parts)
            statements.setdefault(blank, []).append(seen)
    return {blank: tuple(sorted(said)) for blank, said in statements.items()}


def _seen(part: Mapping[str, Any], blank: str) -> str:
    if part["type"] != _BLANK:
        return f"{part['type']} {part['value']}"
    return "itself" if part["value"] == blank else "another"
