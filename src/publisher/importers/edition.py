"""A document as the files of an edition: text, notes, references, pictures, settings and the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, TypeVar

from publisher.diagnostics import amount
from publisher.importers.anchors import Anchors
from publisher.importers.document import (
    Block,
    Call,
    Comment,
    Document,
    Entry,
    Footnote,
    Kind,
    Matter,
    Metadata,
    Place,
    words_of,
)
from publisher.importers.failures import wordless
from publisher.importers.mapping import map_blocks
from publisher.importers.markdown_writer import document_markdown
from publisher.importers.notes import Series, calls_in, comment_series, footnote_series, number_footnotes, slug
from publisher.importers.pictures import usable_pictures
from publisher.importers.plain import place
from publisher.importers.report import report_json, report_markdown
from publisher.importers.source import Answer, Format, Request
from publisher.importers.tidy import tidied_document
from publisher.importers.verification import Comparison, compare, source_words
from publisher.importers.yaml_writer import yaml_text

Note = TypeVar("Note", Footnote, Comment)
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
    matter: list[tuple[Matter, tuple[Footnote, ...]]] = field(default_factory=list)
    """The files beside the text, with their footnotes."""
    entries: list[Entry] = field(default_factory=list)


def edition_files(document: Document, request: Request) -> Answer:
    """The files of the edition that a document makes. Raises `PublisherError`: W-008."""
    made = _edition(document, request)
    document = made.document
    comparison = _verify(made)
    entries = tuple(made.entries)
    text = document_markdown(document.blocks, made.footnotes).encode()
    files: list[tuple[str, bytes]] = [("text.md", text)]
    files += [(matter.path, _matter_file(matter, notes).encode()) for matter, notes in made.matter]
    files += [(f"notes/{item.id}.md", item.text.encode()) for item in made.series]
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
    elsewhere = {label for item in document.matter for label in calls_in(item.blocks)}
    own = tuple(footnote for footnote in document.footnotes if footnote.label not in elsewhere)
    blocks, footnotes, entries = number_footnotes(document.blocks, own)
    blocks, pictures, unusable = usable_pictures(blocks, document.pictures)
    if not words_of(blocks).strip():
        words = " ".join(source_words(file) or "" for file in request.files)
        raise wordless(", ".join(file.name for file in request.files), words)
    plain = place(blocks)
    anchors = Anchors.of(plain, footnotes)
    made = Edition(request=request, document=replace(document, blocks=blocks, pictures=pictures))
    made.entries += (*document.entries, *entries, *unusable)
    footnotes = _picture(made, footnotes, document, "note")
    comments = _picture(made, document.comments, document, "comment")
    if request.footnotes == AUTHOR:
        made.footnotes = footnotes
    else:
        for kind in (False, True):
            identity = request.footnotes if not kind else f"{request.footnotes}-end"
            some = tuple(footnote for footnote in footnotes if footnote.is_endnote is kind)
            found = footnote_series(some, anchors, identity=identity, title="Endnotes" if kind else "Notes")
            made.series += found.series
            made.entries += found.entries
        uncalled = map_blocks(blocks, lambda line: tuple(piece for piece in line if not isinstance(piece, Call)))
        made.document = replace(made.document, blocks=uncalled)
    texts = {"": anchors}
    for matter in document.matter:
        texts[matter.target] = _add_matter(made, matter, document)
    found = comment_series(comments, texts, taken=[item.id for item in made.series])
    made.series += found.series
    made.entries += found.entries
    return made


def _add_matter(made: Edition, matter: Matter, document: Document) -> Anchors:
    """The anchors in a file beside the text, which becomes a file of the edition with its footnotes and pictures."""
    called = calls_in(matter.blocks)
    notes = tuple(footnote for footnote in document.footnotes if footnote.label in called)
    blocks, footnotes, entries = number_footnotes(matter.blocks, notes)
    blocks, pictures, unusable = usable_pictures(blocks, document.pictures)
    made.entries += (*entries, *unusable)
    footnotes = _picture(made, footnotes, document, "note")
    made.matter.append((replace(matter, blocks=blocks), footnotes))
    together = dict(made.document.pictures) | dict(pictures)
    made.document = replace(made.document, pictures=tuple(together.items()))
    return Anchors.of(place(blocks), footnotes)


def _matter_file(matter: Matter, footnotes: tuple[Footnote, ...]) -> str:
    """A file beside the text; that of an agreement begins with its head."""
    text = document_markdown(matter.blocks, footnotes)
    return f"---\n{yaml_text(dict(matter.facts))}---\n{text}" if matter.facts else text


def _picture(made: Edition, notes: tuple[Note, ...], given: Document, what: str) -> tuple[Note, ...]:
    """The footnotes or comments without pictures that cannot be used; the edition has the others."""
    kept = []
    for note in notes:
        name = note.label if isinstance(note, Footnote) else note.id
        blocks, pictures, lost = usable_pictures(note.blocks, given.pictures, where=f"{what} {name}")
        made.entries += lost
        together = dict(made.document.pictures) | dict(pictures)
        made.document = replace(made.document, pictures=tuple(together.items()))
        kept.append(replace(note, blocks=blocks))
    return tuple(kept)


def _verify(made: Edition) -> Comparison:
    """The comparison of words; those that Pandoc leaves out are listed in the report."""
    comparison = _compare(made)
    by_pandoc = any(file.format is Format.PANDOC for file in made.request.files)
    if comparison.lost and by_pandoc:
        what = "words that Pandoc does not read: commands, variables, indexes, navigation, deleted words"
        entry = Entry(kind=Kind.DROPPED, where="the whole file", what=what, words=" ".join(comparison.lost))
        made.entries.append(entry)
        comparison = _compare(made)
    return comparison


def _compare(made: Edition) -> Comparison:
    """The words of the sources and those of the result."""
    metadata = made.document.metadata
    about = (metadata.title, metadata.subtitle, *metadata.authors, metadata.date, metadata.publisher)
    provenance = (metadata.description, *metadata.subjects, metadata.statement, metadata.rights, metadata.identifier)
    footnotes = "\n".join(words_of(footnote.blocks) for footnote in made.footnotes)
    matter = "\n".join(
        words_of((*item.blocks, *(block for note in notes for block in note.blocks))) for item, notes in made.matter
    )
    facts = "\n".join(said for item, _ in made.matter for _, said in item.facts)
    pictures = "\n".join(_alternatives(made.document.blocks))
    provenance = (*provenance, metadata.apparatus, *(name for name, _ in metadata.contributors), matter, facts)
    text = "\n".join((words_of(made.document.blocks), footnotes, pictures, *about, *provenance, metadata.url))
    notes = "\n".join(item.words for item in made.series)
    report = "\n".join(entry.words for entry in made.entries)
    return compare(made.request.files, text=text, notes=notes, report=report)


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
    value["date"] = metadata.date if metadata.contributors and metadata.date else request.date
    value |= {name: sequence for name, sequence in optional.items() if sequence}
    people = metadata.contributors if not request.author else ()
    people = people or tuple((text, "aut") for text in (author or (UNKNOWN,)))
    value["contributors"] = [{"name": name, "role": role} for name, role in people]
    value["source"] = {"file": "text.md", "sha256": digest}
    value["source"] |= {"url": metadata.url} if metadata.url else {}
    value["source"]["statement"] = _provenance(request, metadata)
    value["rights"] = {
        "status": metadata.rights_status,
        "statement": metadata.rights or "The rights in the text have not been determined.",
    }
    value["rights"] |= {"apparatus": metadata.apparatus} if metadata.apparatus else {}
    value |= _matter_settings(made)
    if made.series:
        known = dict(made.document.series)
        value["series"] = [
            {"id": item.id, "title": item.title, "file": f"notes/{item.id}.md", "marks": marks}
            | dict(known.get(item.id, ()))
            for item, marks in zip(made.series, _marks(), strict=False)
        ]
    if made.document.references:
        value["references"] = "references.json"
    value["output"] = _output(made, title)
    return yaml_text(value, comment=f"Made by {request.tool} import; import-report.md says what to look at.")


def _matter_settings(made: Edition) -> dict[str, Any]:
    """The keys of `edition.yaml` for the files beside the text."""
    names = {Place.FRONT: "front", Place.BACK: "back", Place.AGREEMENT: "agreements"}
    found: dict[str, Any] = {}
    for matter, _ in made.matter:
        found.setdefault(names[matter.place], []).append(matter.path)
    return found


def _marks() -> Iterator[str]:
    """The marks of the series: each of the first ones has its own."""
    yield from ("decimal", "lower-alpha", "lower-roman")
    while True:
        yield "decimal"


def _title_of(request: Request) -> str:
    return PurePosixPath(request.files[0].name).stem.replace("_", " ").replace("-", " ").strip() or "Untitled"


def _provenance(request: Request, metadata: Metadata) -> str:
    """A sentence on where the text comes from."""
    files = "; ".join(f"{file.name} (SHA-256 {file.digest})" for file in request.files)
    own = f"{metadata.statement.rstrip()} " if metadata.statement else ""
    return f"{own}Imported on {request.date} from {files} by {request.tool}."


def _output(made: Edition, title: str) -> dict[str, Any]:
    levels = [getattr(block, "level", 0) for block in made.document.blocks]
    is_book = levels.count(2) >= _CHAPTERS and len(words_of(made.document.blocks)) > _LONG
    return {"name": slug(title) or "edition", **({"chapters": True} if is_book else {})} | dict(
        made.document.metadata.settings
    )


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
        count = sum(entry.kind is kind for entry in made.entries)
        if count:
            yield f"import-report.md: {amount(count, 'entry').replace('entrys', 'entries')} under “{_NAMES[kind]}”"


_NAMES = {Kind.DROPPED: "Left out", Kind.CHANGED: "Changed", Kind.ADDED: "Added"}
