"""The proof of the publication itself: its text section, without its calls, is the source, paragraph by paragraph."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, product

from publisher.diagnostics import Diagnostic, Source, Span, amount
from publisher.model.block import CodeBlock, Paragraph
from publisher.model.inline import Code, Formula, Run
from publisher.model.publication import Publication, Role, Section, TextSource
from publisher.model.settings import Paragraphs, Provenance
from publisher.model.walk import leaves, lines, plain_of_inlines
from publisher.verify.diagnose import HINT, excerpt, first_difference
from publisher.verify.formulas import formula_source_faults
from publisher.verify.markdown_source import markdown_faults

MARKDOWN = (".md", ".markdown")
MOST_FORMS = 64
"""In how many ways the bytes of several files are put together: each with or without a byte order mark."""
OMISSION = "omission"
"""The name of the line that represents paragraphs which are left out."""


def source_faults(publication: Publication) -> Iterator[Diagnostic]:
    """Everything in which the text of the publication departs from the bytes of its source."""
    for section in with_chapters(publication.sections):
        if section.role is Role.TEXT and section.source is not None:
            yield from _text_faults(section, section.source)
    yield from formula_source_faults(publication)


def with_chapters(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections, the chapters of each text put together again as its source has them."""
    texts: list[Section] = []
    parts: dict[str, list[Section]] = {}
    for section in sections:
        if section.continues is None:
            texts.append(section)
        else:
            parts.setdefault(section.continues, []).append(section)
    return tuple(_join(section, parts.get(section.id, ())) for section in texts)


def _join(text: Section, chapters: Iterable[Section]) -> Section:
    blocks, notes = list(text.blocks), list(text.notes)
    for chapter in chapters:
        blocks += (Paragraph(children=chapter.title, id=chapter.id), *chapter.blocks)
        notes += chapter.notes
    return replace(text, blocks=tuple(blocks), notes=tuple(notes))


def _text_faults(section: Section, wanted: TextSource) -> Iterator[Diagnostic]:
    provenance, source = wanted.provenance, _source(section)
    if source is None:
        yield _fault(f"the text of “{section.label}” comes from no source")
        return
    yield from _digest_faults(source, provenance)
    if source.name.lower().endswith(MARKDOWN):
        yield from markdown_faults(section, source, omitted=wanted.omitted)
        return
    yield from _plain_faults(section, source, wanted)


def _digest_faults(source: Source, provenance: Provenance) -> Iterator[Diagnostic]:
    """Each recorded digest that is not that of the bytes from which the words were decoded."""
    recorded = tuple((provenance.cut_sha256 or provenance.sha256).split())
    forms = [_forms(file) for file in source.files]
    if len(recorded) == 1:
        forms = [tuple(b"".join(item) for item in islice(product(*forms), MOST_FORMS))]
    if len(recorded) != len(forms):
        yield _fault(f"the text has {amount(len(forms), 'file')}, and the edition records {len(recorded)} SHA-256")
        return
    for digest, contents in zip(recorded, forms, strict=True):
        found = [hashlib.sha256(content).hexdigest() for content in contents]
        if digest not in found:
            yield _fault(f"{source.name} has the SHA-256 {found[0]}, and the edition says {digest}")


def _forms(file: Source) -> tuple[bytes, ...]:
    """The bytes that a file can have had, with and without a byte order mark; those of another encoding as they were.

    Their text is decoded again, and there are none if it is another one.
    """
    if file.content is None:
        content = file.text.encode()
        return content, codecs.BOM_UTF8 + content
    again = file.content.decode(file.encoding).removeprefix("\ufeff")
    return (file.content,) if again == file.text else (b"",)


def _source(section: Section) -> Source | None:
    """The source of the text, as the first of its runs names it."""
    for item in (section.title, *lines(section.blocks)):
        if isinstance(item, CodeBlock):
            continue
        for leaf in leaves(item):
            if isinstance(leaf, Run | Code | Formula) and leaf.span is not None:
                return leaf.span.source
    return None


def _plain_faults(section: Section, source: Source, text: TextSource) -> Iterator[Diagnostic]:
    """Each paragraph of a plain text that is not left out next to that of the section."""
    titled = text.provenance.first_paragraph_is_title
    omitted = frozenset((span.start, span.end) for span in text.omitted)
    wanted = tuple(
        paragraph
        for paragraph in _paragraphs(source, text.provenance.paragraphs)
        if (paragraph[1].start, paragraph[1].end) not in omitted
    )
    title = (plain_of_inlines(section.title),) if titled else ()
    there = (*title, *(_words(section.blocks)))
    for number, ((words, span), printed) in enumerate(zip(wanted, there, strict=False)):
        if words != printed:
            at = first_difference(words, printed)
            yield _fault(
                f"{'the title' if titled and not number else f'paragraph {number + (not titled)}'} of the edition is "
                f"not that of the text: expected {excerpt(words, at)}, found {excerpt(printed, at)}",
                span=span,
            )
    if len(wanted) != len(there):
        last = wanted[len(there)][1] if len(there) < len(wanted) else None
        yield _fault(f"the text has {amount(len(wanted), 'paragraph')}, and the edition prints {len(there)}", span=last)


def _words(blocks: Iterable[object]) -> Iterator[str]:
    """The characters of each paragraph without its calls; of a block that no plain text has, nothing."""
    for block in blocks:
        if not isinstance(block, Paragraph) or block.name != OMISSION:
            yield plain_of_inlines(block.children) if isinstance(block, Paragraph) else ""


def _paragraphs(source: Source, end: Paragraphs) -> Iterator[tuple[str, Span]]:
    """The paragraphs of a plain text and where they are: lines, or lines between blank ones."""
    begin, at = 0, 0
    held: list[str] = []
    for text in (*source.text.split("\n"), ""):
        if text.strip(" \t\r") and end is Paragraphs.LINES:
            line = text.removesuffix("\r")
            yield line, source.span(at, at + len(line))
        elif text.strip(" \t\r"):
            begin = begin if held else at
            held.append(text.removesuffix("\r"))
        elif held:
            paragraph = "\n".join(held)
            yield paragraph, source.span(begin, min(at - 1, len(source.text)))
            held.clear()
        at += len(text) + 1


def _fault(message: str, *, span: Span | None = None) -> Diagnostic:
    return Diagnostic(code="V-009", message=message, span=span, hint=HINT)
