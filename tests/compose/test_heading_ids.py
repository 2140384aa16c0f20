"""Ids of headings: none is that of the title of its section."""

from __future__ import annotations

from publisher.compose.ids import identify
from publisher.model.block import Heading
from publisher.model.inline import Run


def test_a_heading_with_the_word_title_has_another_id_than_the_title() -> None:
    heading = Heading(level=2, children=(Run(text="Title", start=0),))
    (found,) = identify((heading,), prefix="text")
    assert isinstance(found, Heading)
    assert found.id == "text-title-2"
