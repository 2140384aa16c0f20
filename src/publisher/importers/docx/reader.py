"""A DOCX to the document model: the text, its notes and comments, and what the file says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.importers.document import (
    Block,
    Comment,
    Document,
    Footnote,
    Heading,
    Kind,
    Line,
    Metadata,
    text_of,
)
from publisher.importers.docx.comments import comments
from publisher.importers.docx.groups import Item, group_paragraphs
from publisher.importers.docx.names import Element, attribute, child, children, name
from publisher.importers.docx.numbering import Numbering
from publisher.importers.docx.reading import Changes, Reading, Relation, relations
from publisher.importers.docx.story import Story
from publisher.importers.docx.styles import Role, Styles
from publisher.importers.failures import NOTHING, damage_error
from publisher.importers.languages import localize
from publisher.importers.package import Package
from publisher.importers.titles import give_title

_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_MENTIONED = ("header", "footer")


def read_docx(content: bytes, *, name: str, changes: Changes = Changes.ACCEPT) -> Document:
    """The document in a DOCX. Raises `PublisherError`: W-002 to W-005."""
    package = Package.of(content, name)
    part = _main_part(package)
    root = package.xml(part)
    body = child(root, "w:body") if root is not None else None
    if body is None:
        raise damage_error(name, "it has no text that can be found")
    related = relations(package, part)
    reading = Reading(
        package=package,
        styles=Styles.of(_part(package, related, "styles")),
        numbering=Numbering.of(_part(package, related, "numbering")),
        changes=changes,
    )
    _note_macros(reading)
    text = Story(reading=reading, relations=related, title="text")
    items = text.items(body)
    front, items = _front_matter(items, reading)
    blocks = give_title(group_paragraphs(items))
    footnotes = (*_notes(package, related, reading, "footnote"), *_notes(package, related, reading, "endnote"))
    found = _comments(package, related, reading)
    _note_headers(package, related, reading)
    if changes is Changes.STOP and reading.tracked:
        raise _track(name, reading)
    _note_tracked(reading)
    document = Document(
        blocks=blocks,
        metadata=_metadata(package, blocks, front),
        footnotes=footnotes,
        comments=found,
        pictures=tuple(reading.pictures.items()),
        references=tuple((key, json.dumps(record)) for key, record in reading.references.records.items()),
        entries=(*reading.entries, *reading.counted()),
    )
    return localize(document, reading.styles.language)


def _main_part(package: Package) -> str:
    """The name of the part with the text."""
    root = package.xml("_rels/.rels")
    for element in root if root is not None else ():
        if (attribute(element, "Type") or "").endswith("/officeDocument"):
            return (attribute(element, "Target") or "").lstrip("/")
    return "word/document.xml"


def _part(package: Package, related: dict[str, Relation], kind: str) -> Element | None:
    """The root of the first part of a kind that the text refers to."""
    found = next(
        (relation for relation in related.values() if relation.kind == kind and not relation.is_external), None
    )
    return None if found is None else package.xml(found.target)


def _part_name(related: dict[str, Relation], kind: str) -> str | None:
    return next(
        (relation.target for relation in related.values() if relation.kind == kind and not relation.is_external), None
    )


def _note_macros(reading: Reading) -> None:
    if any(text.endswith("vbaProject.bin") for text in reading.package.names):
        reading.report(Kind.DROPPED, "the whole document", "its macros: nothing of them was run")


def _front_matter(items: list[Item], reading: Reading) -> tuple[dict[Role, list[str]], list[Item]]:
    """What paragraphs at the top say of title, authors and date; these go to `edition.yaml`, except the title."""
    roles = (Role.TITLE, Role.SUBTITLE, Role.AUTHOR, Role.DATE)
    found: dict[Role, list[str]] = {role: [] for role in roles}
    top = list(takewhile(lambda item: item.role in roles or not (item.line or item.block), items))
    kept: list[Item] = []
    for item in top:
        words = " ".join(text_of(item.line).split())
        if not words:
            continue
        if item.role is Role.TITLE and not found[Role.TITLE]:
            kept.append(item)
        elif item.role is not Role.TITLE:
            reading.report(Kind.CHANGED, item.where, f"the {item.role.name.lower()} is in edition.yaml", words)
        else:
            reading.report(Kind.CHANGED, item.where, "a second title is a heading")
            kept.append(replace(item, role=Role.HEADING, level=1))
            continue
        found[item.role].append(words)
    return found, [*kept, *_without_titles(items[len(top) :], reading)]


def _without_titles(items: list[Item], reading: Reading) -> Iterator[Item]:
    """The items below the top: titles among them are headings, and the like are paragraphs."""
    for item in items:
        if item.role is Role.TITLE:
            reading.report(Kind.CHANGED, item.where, "a title below the top is a heading")
            yield replace(item, role=Role.HEADING, level=1)
        elif item.role is Role.CONTENTS and item.line:
            reading.report(Kind.DROPPED, item.where, "a line of a table of contents", text_of(item.line))
        else:
            yield item


def _notes(package: Package, related: dict[str, Relation], reading: Reading, kind: str) -> Iterator[Footnote]:
    """The footnotes or the endnotes."""
    part = _part_name(related, f"{kind}s")
    root = None if part is None else package.xml(part)
    if part is None or root is None:
        return
    own = relations(package, part)
    for element in children(root, f"w:{kind}"):
        if attribute(element, "w:type") in _SEPARATORS:
            continue
        identity = attribute(element, "w:id") or ""
        story = Story(reading=reading, relations=own, title=f"{kind} {identity}")
        label = identity if kind == "footnote" else f"e{identity}"
        yield Footnote(label=label, blocks=story.blocks(element), is_endnote=kind == "endnote")


def _comments(package: Package, related: dict[str, Relation], reading: Reading) -> tuple[Comment, ...]:
    part = _part_name(related, "comments")
    if part is None:
        return ()
    extended = _part(package, related, "commentsExtended")
    return comments(package.xml(part), extended, reading, relations(package, part))


def _note_headers(package: Package, related: dict[str, Relation], reading: Reading) -> None:
    """Report the words of headers and footers: the program makes its own."""
    for relation in related.values():
        if (
            relation.kind in _MENTIONED
            and not relation.is_external
            and (root := package.xml(relation.target)) is not None
        ):
            paragraphs = (element for element in root.iter() if name(element) == "w:p")
            words = "\n".join(filter(None, (_words(paragraph).strip() for paragraph in paragraphs)))
            if words:
                what = f"a running {relation.kind}: the program makes its own"
                reading.report(Kind.DROPPED, relation.target, what, words)


def _words(paragraph: Element) -> str:
    return "".join(
        "\t" if name(element) == "w:tab" else element.text or ""
        for element in paragraph.iter()
        if name(element) in ("w:t", "w:tab")
    )


def _track(name: str, reading: Reading) -> PublisherError:
    """W-005: there are tracked changes, and the command is to stop."""
    kinds = {"w:ins": "insertions", "w:del": "deletions", "w:moveFrom": "moves", "w:p": "divided paragraphs"}
    counts = ", ".join(f"{count} {kinds[kind]}" for kind, count in sorted(reading.tracked.items()) if kind in kinds)
    return PublisherError(
        Diagnostic(
            code="W-005",
            message=f"{name} has tracked changes: {counts or 'in tables'}",
            hint=f"say what to do with them: --changes accept, or --changes reject; {NOTHING}",
        )
    )


def _note_tracked(reading: Reading) -> None:
    total = sum(count for kind, count in reading.tracked.items() if kind in ("w:ins", "w:del", "w:moveFrom"))
    if total:
        done = "rejected" if reading.changes is Changes.REJECT else "accepted"
        reading.report(Kind.CHANGED, "the whole document", f"tracked changes were {done}: {total}")


def _metadata(package: Package, blocks: tuple[Block, ...], front: dict[Role, list[str]]) -> Metadata:
    """What `docProps/core.xml` and the top of the text say (ECMA-376, part 2, 8.3)."""
    root = package.xml("docProps/core.xml")
    given: dict[str, str] = {}
    for element in root if root is not None else ():
        given[name(element).rpartition(":")[2]] = " ".join((element.text or "").split())
    first = blocks[0] if blocks else None
    own: Line = first.line if isinstance(first, Heading) and first.level == 1 else ()
    authors = tuple(front[Role.AUTHOR]) or tuple(filter(None, re.split(r"\s*;\s*", given.get("creator", ""))))
    return Metadata(
        title=" ".join(text_of(own).split()) or given.get("title", ""),
        subtitle=": ".join(front[Role.SUBTITLE]),
        authors=authors,
        language=given.get("language", ""),
        date=given.get("modified", "")[:10],
        description=given.get("description", ""),
        subjects=tuple(filter(None, re.split(r"\s*[;,]\s*", given.get("keywords", "")))),
    )
