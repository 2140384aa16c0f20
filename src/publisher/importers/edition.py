"""A document as the files of an edition: text, notes, references, pictures, settings and the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from publisher.diagnostics import amount
from publisher.importers.anchors import Anchors
from publisher.importers.document import (
    Block,
    Call,
    Document,
    Entry,
    Footnote,
    Kind,
    Metadata,
    words_of,
)
from publisher.importers.failures import wordless
from publisher.importers.mapping import mapped
from publisher.importers.markdown_writer import document_markdown
from publisher.importers.notes import Series, comment_series, footnote_series, numbered, slug
from publisher.importers.pictures import usable_pictures
from publisher.importers.plain import placed
from publisher.importers.report import report_json, report_markdown
from publisher.importers.source import Answer, Format, Request
from publisher.importers.tidy import tidied_document
from publisher.importers.verification import Comparison, compared, source_words
from publisher.importers.yaml_writer import yaml_text

AUTHOR = "author"
NOTES = "notes"
UNKNOWN = "Unknown author"
_CHAPTERS = 4
_LONG = 60_000
_MOST_IN_TEXT = 190_000


@dataclass(slots=True, kw_only=True)
class Edition:
    """What becomes the files of an edition."""

    request: Request
    document: Document
    series: list[Series] = field(default_factory=list)
    footnotes: tuple[Footnote, ...] = ()
    """The author's own, which stay in the text."""
    entries: list[Entry] = field(default_factory=list)


def edition_files(document: Document, request: Request) -> Answer:
    """The files of the edition that a document makes. Raises `PublisherError`: W-008."""
    made = _edition(document, request)
    document = made.document
    comparison = _verified(made)
    entries = tuple(made.entries)
    text = document_markdown(document.blocks, made.footnotes).encode()
    files: list[tuple[str, bytes]] = [("text.md", text)]
    files += [(f"notes/{one.id}.md", one.text.encode()) for one in made.series]
    files += [(name, content) for name, content in document.pictures]
    if document.references:
        records = [json.loads(record) for _, record in document.references]
        files.append(("references.json", (json.dumps(records, ensure_ascii=False, indent=2) + "\n").encode()))
    files.append(("import-report.md", report_markdown(request, entries, comparison).encode()))
    files.append(("import-report.json", report_json(request, entries, comparison)))
    files.append(("edition.yaml", _settings(made, sha256(text).hexdigest()).encode()))
    return Answer(files=tuple(files), lines=tuple(_lines(made, comparison)), lost=comparison.lost)


def _edition(document: Document, request: Request) -> Edition:
    document = tidied_document(document)
    blocks, footnotes, entries = numbered(document.blocks, document.footnotes)
    blocks, pictures, unusable = usable_pictures(blocks, document.pictures)
    footnotes, unusable_too = _without_pictures(footnotes)
    if not words_of(blocks).strip():
        words = " ".join(source_words(one) or "" for one in request.files)
        raise wordless(", ".join(one.name for one in request.files), words)
    plain = placed(blocks)
    anchors = Anchors.of(plain, footnotes)
    made = Edition(request=request, document=replace(document, blocks=blocks, pictures=pictures))
    made.entries += (*document.entries, *entries, *unusable, *unusable_too)
    if request.footnotes == AUTHOR:
        made.footnotes = footnotes
    else:
        for kind in (False, True):
            identity = request.footnotes if not kind else f"{request.footnotes}-end"
            some = tuple(one for one in footnotes if one.is_endnote is kind)
            found = footnote_series(some, anchors, identity=identity, title="Endnotes" if kind else "Notes")
            made.series += found.series
            made.entries += found.entries
        uncalled = mapped(blocks, lambda line: tuple(piece for piece in line if not isinstance(piece, Call)))
        made.document = replace(made.document, blocks=uncalled)
    found = comment_series(document.comments, anchors, taken=[one.id for one in made.series])
    made.series += found.series
    made.entries += found.entries
    return made


def _without_pictures(footnotes: tuple[Footnote, ...]) -> tuple[tuple[Footnote, ...], list[Entry]]:
    """The footnotes; their pictures, which are next to the text, are left out and reported."""
    entries: list[Entry] = []
    kept = []
    for footnote in footnotes:
        blocks, _, lost = usable_pictures(footnote.blocks, (), where=f"note {footnote.label}")
        kept.append(replace(footnote, blocks=blocks))
        entries += lost
    return tuple(kept), entries


def _verified(made: Edition) -> Comparison:
    """The comparison of words; those that Pandoc leaves out are listed in the report."""
    comparison = _compared(made)
    by_pandoc = any(one.format is Format.PANDOC for one in made.request.files)
    if comparison.lost and by_pandoc:
        what = "words that Pandoc does not read: commands, variables, indexes, navigation, deleted words"
        entry = Entry(kind=Kind.DROPPED, where="the whole file", what=what, words=" ".join(comparison.lost))
        made.entries.append(entry)
        comparison = _compared(made)
    return comparison


def _compared(made: Edition) -> Comparison:
    """The words of the sources and those of the result."""
    metadata = made.document.metadata
    about = (metadata.title, metadata.subtitle, *metadata.authors, metadata.date, metadata.publisher)
    provenance = (metadata.description, *metadata.subjects, metadata.statement, metadata.rights, metadata.identifier)
    footnotes = "\n".join(words_of(one.blocks) for one in made.footnotes)
    pictures = "\n".join(_alternatives(made.document.blocks))
    text = "\n".join((words_of(made.document.blocks), footnotes, pictures, *about, *provenance, metadata.url))
    notes = "\n".join(words for one in made.series for words in one.text.split("\n") if not words.startswith(">"))
    report = "\n".join(one.words for one in made.entries)
    return compared(made.request.files, text=text, notes=notes.replace("\\", ""), report=report)


def _alternatives(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield str(getattr(block, "alternative", ""))


def _settings(made: Edition, digest: str) -> str:
    """`edition.yaml`."""
    request, metadata = made.request, made.document.metadata
    title = request.title or metadata.title or _title_of(request)
    author = (request.author,) if request.author else metadata.authors
    value: dict[str, Any] = {"title": title}
    value |= {"subtitle": metadata.subtitle} if metadata.subtitle else {}
    optional = {
        "publisher": metadata.publisher,
        "description": metadata.description,
        "subjects": list(metadata.subjects),
    }
    value["language"] = request.language or metadata.language or "en"
    value["date"] = request.date
    value |= {name: one for name, one in optional.items() if one}
    value["contributors"] = [{"name": one, "role": "aut"} for one in (author or (UNKNOWN,))]
    value["source"] = {"file": "text.md", "sha256": digest}
    value["source"] |= {"url": metadata.url} if metadata.url else {}
    value["source"]["statement"] = _provenance(request, metadata)
    value["rights"] = {
        "status": metadata.rights_status,
        "statement": metadata.rights or "The rights in the text have not been determined.",
    }
    if made.series:
        value["series"] = [
            {"id": one.id, "title": one.title, "file": f"notes/{one.id}.md", "marks": marks}
            for one, marks in zip(made.series, _marks(), strict=False)
        ]
    if made.document.references:
        value["references"] = "references.json"
    value["output"] = _output(made, title)
    return yaml_text(value, comment=f"Made by {request.tool} import; import-report.md says what to look at.")


def _marks() -> Iterator[str]:
    """The marks of the series: each of the first ones has its own."""
    yield from ("decimal", "lower-alpha", "lower-roman")
    while True:
        yield "decimal"


def _title_of(request: Request) -> str:
    return PurePosixPath(request.files[0].name).stem.replace("_", " ").replace("-", " ").strip() or "Untitled"


def _provenance(request: Request, metadata: Metadata) -> str:
    """A sentence on where the text comes from."""
    files = "; ".join(f"{one.name} (SHA-256 {one.digest})" for one in request.files)
    own = f"{metadata.statement.rstrip()} " if metadata.statement else ""
    return f"{own}Imported on {request.date} from {files} by {request.tool}."


def _output(made: Edition, title: str) -> dict[str, Any]:
    levels = [getattr(block, "level", 0) for block in made.document.blocks]
    is_book = levels.count(2) >= _CHAPTERS and len(words_of(made.document.blocks)) > _LONG
    return {"name": slug(title) or "edition", **({"chapters": True} if is_book else {})}


def _lines(made: Edition, comparison: Comparison) -> Iterator[str]:
    """What was made, for the terminal."""
    yield f"text.md: {amount(comparison.text, 'word')}, {amount(len(made.footnotes), 'footnote')}"
    for series in made.series:
        yield f"notes/{series.id}.md: {amount(series.count, 'note')}"
    if made.document.references:
        yield f"references.json: {amount(len(made.document.references), 'record')}"
    if made.document.pictures:
        yield f"images/: {amount(len(made.document.pictures), 'picture')}"
    for kind in Kind:
        count = sum(one.kind is kind for one in made.entries)
        if count:
            yield f"import-report.md: {amount(count, 'entry').replace('entrys', 'entries')} under “{_NAMES[kind]}”"


_NAMES = {Kind.DROPPED: "Left out", Kind.CHANGED: "Changed", Kind.ADDED: "Added"}
