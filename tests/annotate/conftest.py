"""Small editions to anchor notes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from publisher.diagnostics import Source
from publisher.model.apparatus import Note, Selector, Series
from publisher.model.block import Block, Paragraph
from publisher.model.edition import Edition
from publisher.model.inline import Run
from publisher.model.output import Output
from publisher.model.settings import Provenance, Rights, RightsStatus, Settings
from publisher.model.target import Format
from publisher.model.text import Text

EditionOf = Callable[..., Edition]

_YAML = Source(name="edition.yaml", text="title: A text\n")


def text_of(plain: str) -> Text:
    """A plain text whose paragraphs are its lines; in the file a blank line stands between them."""
    source = Source(name="article.txt", text=plain.replace("\n", "\n\n"))
    blocks: list[Block] = []
    start = at = 0
    for line in plain.split("\n"):
        run = Run(text=line, start=start, span=source.span(at, at + len(line)))
        blocks.append(Paragraph(children=(run,)))
        start += len(line) + 1
        at += len(line) + 2
    return Text(title=(), blocks=tuple(blocks), plain=plain, source=source)


def note(identifier: str, selector: Selector, series: str = "editorial") -> Note:
    """A note in a file of its own."""
    source = Source(name=f"notes/{series}.md", text=f"## {identifier}\n\n> {selector.exact}\n")
    begin = source.text.index("> ") + 2
    return Note(
        id=identifier,
        series=series,
        selector=selector,
        blocks=(),
        kind=None,
        span=source.line_span(1),
        lemma_span=source.span(begin, begin + len(selector.exact)),
    )


def settings_of(*series: str) -> Settings:
    """Settings with these series."""
    return Settings(
        title="A text",
        subtitle=None,
        short_title="A text",
        language="en",
        identifier="urn:uuid:0",
        isbn=None,
        contributors=(),
        publisher=None,
        place=None,
        date="2026-11-24",
        statement=None,
        description=None,
        subjects=(),
        provenance=Provenance(
            file="article.txt",
            sha256="",
            first_paragraph_is_title=False,
            published=None,
            url=None,
            statement=None,
        ),
        rights=Rights(status=RightsStatus.UNKNOWN, statement="", apparatus=None, licence_url=None),
        series=tuple(Series(id=text, title=text, file=f"notes/{text}.md") for text in series),
        front=(),
        back=(),
        agreements=(),
        agreements_title="Agreements",
        references=None,
        citation_style="chicago-author-date",
        output=Output(
            name="a", formats=(Format.EPUB,), page_width="156mm", page_height="234mm", paragraph_numbers=True
        ),
        source=_YAML,
    )


@pytest.fixture
def edition_of() -> EditionOf:
    """A function that makes an edition of a plain text and notes: `(id, lemma)`, `(id, selector)`, with a series."""

    def made(plain: str, *notes: tuple[str, str | Selector] | tuple[str, str | Selector, str]) -> Edition:
        return edition_with(text_of(plain), [_note(item) for item in notes])

    return made


def edition_with(text: Text, notes: Iterable[Note]) -> Edition:
    """An edition of a text with notes of the series `editorial` and `textual`."""
    return Edition(
        settings=settings_of("editorial", "textual"),
        text=text,
        front=(),
        back=(),
        notes=tuple(notes),
        agreements=(),
        references=(),
        images=(),
    )


def _note(given: tuple[str, str | Selector] | tuple[str, str | Selector, str]) -> Note:
    identifier, lemma, *series = given
    selector = lemma if isinstance(lemma, Selector) else Selector(exact=lemma)
    return note(identifier, selector, *(str(text) for text in series))
