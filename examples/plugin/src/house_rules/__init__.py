"""The rules of a press, as a plugin for publisher: one thing of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from xml.sax.saxutils import escape

from publisher.model.edition import Edition
from publisher.model.publication import Publication
from publisher.plugins import Check, Exporter, Finding, Importer, StyleSheet, hookimpl

SPELLINGS = (("colour", "color"), ("centre", "center"), ("programme", "program"))
"""British and American spellings of one word."""


@hookimpl
def importers() -> Sequence[Importer]:
    """Return an importer for subtitles in the format SubRip."""
    return (Importer(suffixes=(".srt",), kind="a file of subtitles (SubRip)", tei=subtitles_as_tei),)


@hookimpl
def checks() -> Sequence[Check]:
    """Return the check of the spelling in notes."""
    return (Check(name="spelling", findings=mixed_spellings),)


@hookimpl
def exporters() -> Sequence[Exporter]:
    """Return the exporter of headings."""
    return (Exporter(name="headings", summary="Write the list of all headings.", files=headings),)


@hookimpl
def style_sheets() -> Sequence[StyleSheet]:
    """Return the style of quotations."""
    return (StyleSheet(name="house.css", css="blockquote { font-style: italic; }\n"),)


@hookimpl
def citation_styles() -> Mapping[str, str]:
    """Return the citation style of the house."""
    return {"house-brief": files("house_rules").joinpath("house-brief.csl").read_text(encoding="utf-8")}


def subtitles_as_tei(content: bytes) -> bytes:
    """Return subtitles as TEI P5, a paragraph for each. Raises `ValueError` if there are none."""
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    blocks = re.findall(r"^\d+\n[\d:,]+ --> [\d:,]+.*\n((?:.+\n?)+)", text, re.MULTILINE)
    if not blocks:
        raise ValueError("it has no subtitle: a number, a line with “-->”, and the words")
    paragraphs = "".join(f"<p>{escape(' '.join(block.split()))}</p>" for block in blocks)
    header = "<fileDesc><titleStmt><title>Subtitles</title></titleStmt></fileDesc>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader><text><body>{paragraphs}</body></text></TEI>'
    return tei.encode()


def mixed_spellings(edition: Edition) -> Iterator[Finding]:
    """Yield a finding for each American spelling in notes of an edition whose notes also have the British one."""
    sources = {note.span.source.name: note.span.source for note in edition.notes}.values()
    for british, american in SPELLINGS:
        if not any(re.search(rf"\b{british}\b", source.text) for source in sources):
            continue
        for source in sources:
            for found in re.finditer(rf"\b{american}\b", source.text):
                yield Finding(
                    message=f"“{american}” here, and “{british}” in other notes",
                    span=source.span(*found.span()),
                    hint=f"write “{british}”",
                )


def headings(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield one file with the label of each section."""
    lines = "".join(f"{section.label}\n" for section in publication.sections)
    yield f"{publication.output.name}.headings.txt", lines.encode()
