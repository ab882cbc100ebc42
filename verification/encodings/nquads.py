"""Canonical N-Quads (RDF 1.1 N-Quads; URDNA2015 §4): the bytes under a JSON-LD signature, as a graph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from verification.encodings.malformed import Malformed

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_IRI, _BLANK, _TEXT = r"<([^<>\x00-\x1f]*)>", r"(_:c14n[0-9]+)", r'"((?:[^"\\\n\r]|\\["\\nrtbf])*)"'
_LINE = re.compile(
    rf"(?:{_IRI}|{_BLANK}) {_IRI} (?:{_IRI}|{_BLANK}|{_TEXT}(?:\^\^{_IRI}|@[A-Za-z0-9-]+)?) \.\Z"
)
_ESCAPED = re.compile(r"\\(.)")
_MEANS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "\\": "\\"}


class Literal(NamedTuple):
    """A text with its data type's IRI."""

    text: str
    type: str = XSD + "string"


class Node(NamedTuple):
    """A thing with a name: an IRI, or a canonical blank node's (`_:c14n0`)."""

    name: str


class Graph:
    """What the lines say, looked up by subject and predicate."""

    def __init__(self, triples: Iterable[tuple[Node, str, Node | Literal]]) -> None:
        self._said: dict[tuple[Node, str], list[Node | Literal]] = {}
        for subject, predicate, thing in triples:
            self._said.setdefault((subject, predicate), []).append(thing)

    def subjects(self, kind: str) -> list[Node]:
        """Everything of this type."""
        return [
            subject for (subject, name), said in self._said.items() if name == TYPE and Node(kind) in said
        ]

    def nodes(self, subject: Node, predicate: str) -> list[Node]:
        """The things that this predicate leads to."""
        return [thing for thing in self._of(subject, predicate) if isinstance(thing, Node)]

    def literals(self, subject: Node, predicate: str) -> list[Literal]:
        """The values that this predicate gives."""
        return [thing for thing in self._of(subject, predicate) if isinstance(thing, Literal)]

    def _of(self, subject: Node, predicate: str) -> list[Node | Literal]:
        return self._said.get((subject, predicate), [])


def parse(text: str) -> Graph:
    """The graph in canonical N-Quads. Raises `Malformed`, also for a second graph: nobody signs one here."""
    if text and not text.endswith("\n"):
        raise Malformed("nquads: the last line has no end")
    return Graph(map(_triple, text.split("\n")[:-1]))


def _triple(line: str) -> tuple[Node, str, Node | Literal]:
    found = _LINE.match(line)
    if found is None:
        raise Malformed("nquads: a line that is no statement of the one graph")
    subject, blank, predicate, thing, other, text, kind = found.groups()
    what: Node | Literal
    if text is None:
        what = Node(other if thing is None else thing)
    else:
        plain = _ESCAPED.sub(lambda escaped: _MEANS[escaped[1]], text)
        what = Literal(plain) if kind is None else Literal(plain, kind)
    return Node(blank if subject is None else subject), predicate, what
