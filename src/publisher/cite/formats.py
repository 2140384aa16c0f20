"""A place and a citation as they are printed: lines for people, BibTeX, CSL-JSON, one object for programs."""

from __future__ import annotations

import json

from publisher.cite import Cited
from publisher.compose.citations import Style
from publisher.compose.citations.edition_record import bibtex, cited_in_style, edition_record

ACROSS = 200
"""Longer words are shown by their beginning and their end."""


def text(cited: Cited, *, style: str | None) -> str:
    """A line for each thing that is known."""
    citation, reference = _citation(cited, style)
    passage = cited.passage
    words = passage.words
    shown = words if len(words) <= ACROSS else f"{words[: ACROSS // 2]} … {words[-ACROSS // 2 :]}"
    note = passage.wording.note
    lines = (
        ("words", f"“{shown}”"),
        ("section", passage.wording.section.label),
        ("note", note.mark if note else None),
        ("paragraph", "–".join(map(str, passage.paragraphs))),
        ("page", "–".join(cited.pages)),
        ("EPUB CFI", cited.cfi),
        ("EPUB", cited.epub),
        ("source", str(passage.span) if passage.span else None),
        ("citation", citation),
        ("reference", reference),
    )
    return "\n".join(f"{name:<9}  {value}" for name, value in lines if value)


def bibtex_entry(cited: Cited) -> str:
    """The edition as a BibTeX entry, the locator in its note."""
    return bibtex(cited.metadata, locator=cited.locator)


def csl_json(cited: Cited) -> str:
    """A list with the edition's record, as reference managers read it, the locator next to."""
    return _json([_record(cited)])


def json_object(cited: Cited, *, style: str | None) -> str:
    """Everything, for programs; what is not known is null."""
    citation, reference = _citation(cited, style)
    passage = cited.passage
    span, note = passage.span, passage.wording.note
    span = span.in_file if span else None
    line, column = span.source.position(span.start) if span else (None, None)
    return _json(
        {
            "words": passage.words,
            "section": passage.wording.section.id,
            "note": note.note_id if note else None,
            "mark": note.mark if note else None,
            "paragraphs": list(passage.paragraphs),
            "pages": list(cited.pages),
            "pageSource": cited.page_source,
            "epubcfi": cited.cfi,
            "epub": cited.epub,
            "file": span.source.name if span else None,
            "line": line,
            "column": column,
            "locator": cited.locator,
            "style": style or cited.csl.name,
            "citation": citation,
            "reference": reference,
            "csl": _record(cited),
            "bibtex": bibtex_entry(cited),
        }
    )


def _citation(cited: Cited, style: str | None) -> tuple[str, str]:
    return cited_in_style(
        edition_record(cited.metadata),
        style=Style(name=style) if style else cited.csl,
        language=cited.metadata.language,
        locator=cited.locator,
    )


def _record(cited: Cited) -> dict[str, object]:
    """The record with the locator, which CSL takes for a page where nothing else is said."""
    locator = "–".join(cited.pages) or cited.locator
    return {**edition_record(cited.metadata), **({"locator": locator} if locator else {})}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
