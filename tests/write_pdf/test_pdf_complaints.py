"""What goes wrong in laying out is told, with the line of the style sheet where there is one."""

from __future__ import annotations

from typing import Any

import pytest

from publisher.diagnostics import Diagnostic, PublisherError


def complaints(bind_: Any, rendition: Any) -> tuple[Diagnostic, ...]:
    with pytest.raises(PublisherError) as caught:
        bind_(rendition)
    return caught.value.diagnostics


def body(words: str = "Words.") -> str:
    return f'<section id="s"><p id="p">{words}</p></section>'


TEXT = '\nhtml { font-family: "Source Serif Pro" }\n'


def test_a_declaration_that_is_not_known_is_shown_at_its_line(make: Any, bind_: Any, faces: str) -> None:
    (found,) = complaints(bind_, make(body(), faces + TEXT + "p {\n  margin-lft: 2em;\n}\n"))
    assert found.code == "S-001"
    assert found.span is not None
    assert "margin-lft" in found.span.source.text.splitlines()[found.span.source.position(found.span.start)[0] - 1]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://example.org/a.png", "../secret.png"])
def test_what_is_not_in_the_edition_is_not_read(make: Any, bind_: Any, faces: str, address: str) -> None:
    found = complaints(bind_, make(body(f'<img src="{address}" alt="Something"/>'), faces + TEXT))
    assert "D-003" in {each.code for each in found}
    assert any(address.removeprefix("../") in each.message for each in found)


def test_a_typeface_of_the_computer_is_named_with_its_characters(make: Any, bind_: Any, faces: str) -> None:
    (found,) = complaints(bind_, make(body("a ◦ b"), faces + TEXT))
    assert found.code == "F-001"
    assert "“◦” (U+25E6)" in found.message


def test_words_off_the_page_are_told_with_the_page(make: Any, bind_: Any, faces: str) -> None:
    far = '<span style="position:absolute;top:-90mm">Lost words</span>'
    (found,) = complaints(bind_, make(body(f"Here. {far}"), faces + TEXT))
    assert (found.code, "Lost words" in found.message) == ("D-004", True)
