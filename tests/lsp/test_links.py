"""The names that the language server finds in Markdown."""

from __future__ import annotations

import pytest

from publisher.diagnostics import Source
from publisher.lsp.links import Target, names

FOUND: tuple[tuple[str, list[tuple[Target, str]]], ...] = (
    ("See [](note:read-aloud).", [(Target.NOTE, "read-aloud")]),
    ("See [it](document:telegram#text).", [(Target.AGREEMENT, "telegram"), (Target.PROVISION, "text")]),
    ("Of {in=note:read-aloud}", [(Target.NOTE, "read-aloud")]),
    ('Of {kind=x in="agreement:berne-1886"}', [(Target.AGREEMENT, "berne-1886")]),
    ("Not `in=note:x`, nor (note:x).", []),
)


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_links_and_places_of_notes_are_names(text: str, wanted: list[tuple[Target, str]]) -> None:
    source = Source(name="a.md", text=text)
    found = list(names(source, notes=False))
    assert [(name.target, name.id) for name in found] == wanted
    assert all(text[name.span.start : name.span.end] == name.id for name in found)
