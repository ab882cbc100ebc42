"""The table of events, the classes made from it and the page people read say the same."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from sync import generate
from sync.event_types import EVENTS, CodeAssessed, GateAuthorised
from sync.personal import looks_personal


def test_the_classes_and_the_page_are_what_the_table_says() -> None:
    table = generate.read_table()
    assert generate.TYPES.read_text(encoding="utf-8") == generate.types_source(table)
    assert generate.PAGE.read_text(encoding="utf-8") == generate.page_source(table)
    assert generate.main(["--check"]) == 0


def test_every_kind_of_the_table_has_its_class() -> None:
    assert list(EVENTS) == list(generate.read_table())
    assert all(event.kind == kind for kind, event in EVENTS.items())


def test_no_event_has_a_field_for_a_name_a_document_or_a_birth_date() -> None:
    names = {field.name for event in EVENTS.values() for field in fields(event)}
    assert "fingerprint" in names
    assert not {name for name in names if looks_personal(name)}


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ('holder_name = "str"', "personal"),
        ('kind = "str"', "every event has that"),
        ('size = "bytes"', "unknown type"),
    ],
)
def test_a_table_with_a_forbidden_field_makes_no_code(tmp_path: Path, field: str, sentence: str) -> None:
    file = tmp_path / "events.toml"
    file.write_text(f'["a.b"]\nclass = "AB"\nsays = "x"\nfields = {{ {field} }}\n', encoding="utf-8")
    with pytest.raises(generate.TableError, match=sentence):
        generate.read_table(file)


def test_a_payload_is_plain_data() -> None:
    event = GateAuthorised(crossing="c1", authorisation="a1", way="forward")
    assert event.payload() == {"crossing": "c1", "authorisation": "a1", "way": "forward"}
    names = {field.name for field in fields(CodeAssessed)}
    values = dict.fromkeys(names, "x") | {"reasons": ("signature.invalid",)}
    assert CodeAssessed(**values).payload()["reasons"] == ["signature.invalid"]  # type: ignore[arg-type]
