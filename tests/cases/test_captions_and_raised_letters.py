"""Escapes in captions, raised characters beside calls, lowered lines, lemmas across citations: one edition, built."""

from __future__ import annotations

import pytest
from tests.cases.conftest import Make, demand_built

from publisher.diagnostics import Source
from publisher.load.markdown.builder import stretch_places, title_places

LOWERED = "all of these words are lowered and need two lines since there are so many of them, as nobody would write"
TEXT = rf"""# A square of the café

1. ```
   ```

![A square](a.svg "He said \"a square\" &amp; drew\* it")

![A square](a.svg 'It was
drawn over two lines'){{#second}}

![A square][a]

The area is x², the 1ª and the nº, and the volume is y³; a call stands here and one stands there.

Above the line. [{LOWERED} so that they fill more than one line of the page]{{.subscript}}

1. [Only lowered]{{.subscript}}
1. ```
   literal
   ```

It was said [@book, p. 8] by a writer and [](note:a) by others.

[a]: a.svg (Of a definition)
"""
NOTES = """## a

> “a square”

On a word of the first caption².

98) An entry of a list.

## b

> a call

The second.

## c

> over two lines

The third.

## d

> Of a definition

The fourth.

## e

> literal

The fifth; its call stands below the literal line, and is no line of the text.

## f

> was said by a writer and by others

The sixth.
""".replace("“a square”", '"a square"')
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
BOOK = '[{"id": "book", "type": "book", "title": "A book", "author": [{"family": "Writer", "given": "A."}]}]'
MORE = """references: references.json
series:
  - {id: ed, title: Notes, file: notes.md, cite: lines, placement: {epub: end}}
output:
  line-numbers: {every: 1}
"""


def test_such_an_edition_is_built_and_its_files_are_read_as_they_were_written(small: Make) -> None:
    edition = small(TEXT, files={"a.svg": DRAWING, "notes.md": NOTES, "references.json": BOOK}, more=MORE)
    demand_built(edition.build())
    words = " ".join(" ".join(edition.pages()).split())
    assert all(text in words for text in ("The area is x², the 1ª and the nº", "is y³", "a call4"))
    assert 'He said "a square"1 & drew* it' in words


@pytest.mark.parametrize(
    ("image", "content", "places"),
    [
        (r'![x](a.png "Say \"a\" &amp; b")', 'Say "a" & b', {"Say": "Say", '"a"': r"\"a\"", "b": "b"}),
        ('![say "x"](a.png "One\n   two")', "One two", {"One": "One", "two": "two"}),
        ("![x](a.png (&#65;n &lt;b&gt;)){#i}", "An <b>", {"n": "n", "b": "b"}),
    ],
)
def test_words_of_a_caption_stand_where_they_are_written(image: str, content: str, places: dict[str, str]) -> None:
    source = Source(name="text.md", text=image)
    found = title_places(source.span(0, len(image)), content)
    for words, written in places.items():
        at = content.index(words)
        span = found.span(at, at + len(words))
        assert image[span.start : span.end].removesuffix("\\") in written
        assert image[span.start : span.end]


@pytest.mark.parametrize(
    ("value", "content"),
    [("'it''s so'", "it's so"), ('"A \\u00e9t\\u00e9 so"', "A été so"), (">\n  It\n  is so\n", "It is so")],
)
def test_words_of_a_quoted_value_stand_where_they_are_written(value: str, content: str) -> None:
    source = Source(name="edition.yaml", text=value)
    span = stretch_places(source.span(0, len(value)), content).span(len(content) - 2, len(content))
    assert value[span.start : span.end] == "so"
