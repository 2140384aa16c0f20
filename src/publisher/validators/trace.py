"""From what a validator objects to in a built file back to the source that caused it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from types import MappingProxyType
from zipfile import ZipFile

from publisher.diagnostics import Diagnostic, Source, Span
from publisher.model.block import Block, ListBlock, ThematicBreak
from publisher.model.inline import Inline, NoteCall
from publisher.model.publication import Publication, Section
from publisher.model.rendition import Artifact
from publisher.model.walk import blocks_of, inlines_of, nest
from publisher.validators import settings_span, text_match
from publisher.validators.finding import Finding

_ID = re.compile(r'\sid="([^"]+)"')
_POSITION = re.compile(r"^(?P<file>[^\s:]+\.xhtml)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?")
_OBJECT = re.compile(r"\((\d+) \d+ obj|\bobject (\d+) \d+")
_ELEMENT = re.compile(r"#([A-Za-z][\w.-]*)")


def trace(
    findings: Iterable[Finding],
    *,
    artifact: Artifact,
    publication: Publication,
    elements: Mapping[int, Span] = MappingProxyType({}),
    settings: Source | None = None,
) -> tuple[Diagnostic, ...]:
    """V-030 for each finding, at the words of the source that the element represents, as near as the validator reports.

    What no manuscript has caused is shown in the own template that wrote it, else in `edition.yaml` (`settings`).
    """
    tracer = _Tracer(
        documents=_documents(artifact),
        places=source_places(publication),
        sections={section.id: section for section in publication.sections},
        templates=publication.templates,
        elements=elements,
    )
    return tuple(
        _place(finding, artifact, tracer.span(finding.where) or tracer.written(finding, settings))
        for finding in findings
    )


def untraced_findings(findings: Iterable[Finding], *, artifact: Artifact) -> tuple[Diagnostic, ...]:
    """V-030 for each finding in a file whose sources are not known, with its place in the file."""
    return tuple(_diagnostic(finding, artifact, None, hint=f"in the file: {finding.where}") for finding in findings)


def source_places(publication: Publication) -> Mapping[str, Span]:
    """Where in the sources the words of each element begin, by its id; elements that no editor wrote are not in it."""
    found: dict[str, Span] = {}
    for section in publication.sections:
        for name, span in _section_places(section):
            found.setdefault(name, span)
    return found


def _section_places(section: Section) -> Iterator[tuple[str, Span]]:
    blocks = {note.id: note.blocks for note in section.notes}
    for block in blocks_of(section.blocks):
        if not isinstance(block, ListBlock | ThematicBreak) and block.id:
            blocks[block.id] = (block,)
    for name, inside in blocks.items():
        if span := _first(inside):
            yield name, span
    whole = next(_spans(nest(section.title)), None) or _first(section.blocks)
    if whole:
        yield from ((section.id, whole), (f"{section.id}-title", whole))
    last = whole
    for inline in (*nest(section.title), *inlines_of(section.blocks)):
        last = next(_spans((inline,)), last)
        if isinstance(inline, NoteCall) and last:
            yield inline.id, last


def _first(blocks: tuple[Block, ...]) -> Span | None:
    """The place of the first block or word that has one."""
    own = (span for block in blocks_of(blocks) if (span := getattr(block, "span", None)) is not None)
    return next(own, None) or next(_spans(inlines_of(blocks)), None)


def _spans(inlines: Iterable[Inline]) -> Iterator[Span]:
    return (span for inline in inlines if (span := getattr(inline, "span", None)) is not None)


def _documents(artifact: Artifact) -> Mapping[str, str]:
    """The documents of an EPUB by their file names, since validators give paths each in its own way."""
    if not artifact.name.endswith(".epub"):
        return {}
    with ZipFile(BytesIO(artifact.content)) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return {PurePosixPath(name).name: book.read(name).decode("utf-8") for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tracer:
    """What places are looked up in."""

    documents: Mapping[str, str]
    places: Mapping[str, Span]
    sections: Mapping[str, Section]
    templates: tuple[Source, ...]
    elements: Mapping[int, Span]
    """Places of the structure elements of a PDF, by the numbers of their objects."""

    def span(self, where: str) -> Span | None:
        """The nearest place: in an own template, of the element's words, of the last id before, of the document."""
        position = _POSITION.match(where)
        if position is None:
            numbers = (int(element or other) for element, other in reversed(_OBJECT.findall(where)))
            return next(
                (self.elements[number] for number in numbers if number in self.elements), self._near(where, None)
            )
        name = PurePosixPath(position["file"]).name
        document, section = self.documents.get(name, ""), self.sections.get(name.removesuffix(".xhtml"))
        selector = where[position.end() :].strip()
        if selector and section:
            return text_match.place(*text_match.choose(document, selector), section) or self._near(where, position)
        tag, end = _tag(document, position)
        written = self._template(tag)
        if written or not tag or not section:
            return written or self._near(where, position)
        named = _ID.search(tag)
        own = self.places.get(named[1]) if named else None
        return (
            own
            or text_match.place(text_match.after(document, end), text_match.display(tag), section)
            or self._near(where, position)
        )

    def written(self, finding: Finding, settings: Source | None) -> Span | None:
        """The own template that wrote the document of a finding, else the line that asked for what it speaks of."""
        name = settings_span.writer(finding.where)
        own = (source.line_span(1) for source in self.templates if name and source.name.endswith(f"templates/{name}"))
        return next(own, None) or (settings_span.settings_span(settings, finding) if settings else None)

    def _template(self, tag: str) -> Span | None:
        """The place in a template of the edition's own where a tag is word for word."""
        found = ((source, source.text.find(tag)) for source in self.templates) if "=" in tag else ()
        return next((source.span(at, at + len(tag)) for source, at in found if at >= 0), None)

    def _near(self, where: str, position: re.Match[str] | None) -> Span | None:
        """That of an element which is named, else of the last one begun there, else of the document."""
        name = PurePosixPath(position["file"]).name if position else ""
        named = reversed(_ELEMENT.findall(where))
        begun = _begin(self.documents.get(name, ""), position) if position else iter(())
        candidates = (*named, *begun, name.removesuffix(".xhtml"))
        return next((self.places[candidate] for candidate in candidates if candidate in self.places), None)


def _tag(document: str, position: re.Match[str]) -> tuple[str, int]:
    """The last tag that begins before a position, and where it ends; nothing where the position names no line."""
    before = _before(document, position)
    begun = before.rfind("<")
    end = document.find(">", begun) + 1 if begun >= 0 else 0
    return (document[begun : end - 1].rstrip("/"), end) if end and position["column"] else ("", 0)


def _before(document: str, position: re.Match[str]) -> str:
    """What of a document is before a position; all of the line where no column is named."""
    if position["line"] is None:
        return ""
    lines = document.splitlines(keepends=True)
    line = int(position["line"])
    column = int(position["column"] or len(lines[line - 1]) if line <= len(lines) else 0)
    return "".join(lines[: line - 1]) + "".join(lines[line - 1 : line])[:column]


def _begin(document: str, position: re.Match[str]) -> Iterator[str]:
    """The ids of the elements that begin before a position, the last one first."""
    return iter([found[1] for found in _ID.finditer(_before(document, position))][::-1])


def _hint(where: str, span: Span | None) -> str:
    """Where it is in the built file, and the built-in template that writes it where no file of the edition does."""
    name = settings_span.writer(where)
    is_house = name and (span is None or span.source.name.endswith(".yaml"))
    return f"in the built file: {where}" + (f", which the built-in template {name} writes" if is_house else "")


def _place(finding: Finding, artifact: Artifact, span: Span | None) -> Diagnostic:
    return _diagnostic(finding, artifact, span, hint=_hint(finding.where, span))


def _diagnostic(finding: Finding, artifact: Artifact, span: Span | None, *, hint: str) -> Diagnostic:
    words = f"{finding.message.strip().rstrip('.')} ({finding.rule})"
    return Diagnostic(
        code="V-030",
        message=f"{finding.validator} objects to {artifact.name}: {words}",
        span=span,
        hint=hint if finding.where else None,
        severity=finding.severity,
    )
