"""EPUBs of this program: the text, front and back matter, and agreements, each as the file that it was made of.

What an EPUB does not say stays unknown: where lemmas begin, records of references, pages and styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from publisher.compose.i18n import Words as Vocabulary
from publisher.compose.i18n.dates import date_in_words
from publisher.compose.i18n.vocabularies import words_for
from publisher.importers.books.metadata import own_metadata
from publisher.importers.books.names import Element, language, local, tokens, words
from publisher.importers.books.reader import Book, finish, opened_book
from publisher.importers.document import Block, Document, Heading, Line, Matter, Paragraph, Place, text_of
from publisher.importers.inline_writer import inline_markdown
from publisher.importers.line import is_blank, tidy_line
from publisher.importers.package import xml_root
from publisher.importers.source import SourceFile
from publisher.model.agreement import Force

AGREEMENT = "agreement-"
"""What ids of agreements begin with."""


def read_own_book(file: SourceFile) -> Document:
    """The document in an EPUB of this program. Raises `PublisherError`: W-002, W-004."""
    book, root, spine = opened_book(file)
    own = OwnBook(book=book)
    targets = _targets(book, spine)
    is_known = _has_known_agreements(file, spine, targets)
    book.lines.targets |= {
        id: target for id, target in targets.items() if is_known or not target.startswith("agreement:")
    }
    for part in spine:
        own.read(part)
    text, *others = book.linked(tuple(own.blocks), *(matter.blocks for matter in own.matter))
    metadata = own_metadata(root)
    settings = {} if own.has_numbers else {"paragraph-numbers": False}
    settings |= {"chapters": True} if own.chapters > 1 else {}
    document = Document(
        blocks=text,
        metadata=replace(metadata, settings=tuple(settings.items())),
        matter=tuple(replace(matter, blocks=blocks) for matter, blocks in zip(own.matter, others, strict=True)),
        series=tuple((series, tuple(own.series(series).items())) for series in book.marks),
    )
    return finish(document, book)


def _has_known_agreements(file: SourceFile, spine: list[str], targets: dict[str, str]) -> bool:
    """Whether everything in the appendix can be read as agreements, so that links lead to these."""
    trial = OwnBook(book=opened_book(file)[0])
    trial.book.lines.targets |= targets
    for part in spine:
        if "agreements" in part:
            trial.read(part)
    return not any(matter.name == "agreements" for matter in trial.matter)


def _targets(book: Book, spine: list[str]) -> dict[str, str]:
    """What Markdown calls the agreements, their provisions and the calls of notes, by their ids."""
    found: dict[str, str] = {}
    for part in spine:
        content = book.package.read(part)
        root = None if content is None else xml_root(content, name=f"{book.package.name}, {part}", dtd=True)
        for element in root.iter("{*}section", "{*}a") if root is not None else ():
            said, identity = tokens(element), str(element.get("id") or "")
            if "agreement" in said:
                name = identity.removeprefix(AGREEMENT)
                found[identity] = f"agreement:{name}"
            elif "provision" in said:
                above = str(element.getparent().get("id") or "")  # type: ignore[union-attr]
                found[identity] = f"agreement:{above.removeprefix(AGREEMENT)}#{identity.removeprefix(f'{above}-')}"
            elif "note-call" in said and "series-author" not in said:
                note = str(element.get("href") or "").rpartition("#")[2]
                series = next((text.removeprefix("series-") for text in said if text.startswith("series-")), "")
                found[identity] = f"note:{note.removeprefix(f'note-{series}-')}"
    return found


def marks_of(first: str) -> str:
    """The marks of a series whose first one this is."""
    if first.isdecimal():
        return "decimal"
    return {"a": "lower-alpha", "i": "lower-roman"}.get(
        first, "symbols" if first and not first.isalnum() else "decimal"
    )


@dataclass(slots=True, kw_only=True)
class OwnBook:
    """Reads the documents of an EPUB of this program."""

    book: Book
    blocks: list[Block] = field(default_factory=list)
    matter: list[Matter] = field(default_factory=list)
    has_numbers: bool = False
    chapters: int = 0
    at_end: set[str] = field(default_factory=set)
    """The series whose notes are in a document of their own."""

    def series(self, name: str) -> dict[str, object]:
        """The settings of a series of notes."""
        found: dict[str, object] = {"marks": marks_of(self.book.marks[name])}
        if any(comment.author == name and comment.quoted for comment in self.book.comments):
            found["cite"] = "lines"
        return found | ({"placement": {"epub": "end"}} if name in self.at_end else {})

    def read(self, part: str) -> None:
        """Read a document of the spine."""
        content = self.book.package.read(part)
        root = None if content is None else xml_root(content, name=f"{self.book.package.name}, {part}", dtd=True)
        body = None if root is None else next(iter(root.iter("{*}body")), None)
        if root is None or body is None:
            return
        section = next((child for child in body if local(child) == "section"), None)
        said = frozenset() if section is None else tokens(section)
        name = "" if section is None else str(section.get("id") or "")
        self.has_numbers = self.has_numbers or any(
            "paragraph-number" in tokens(element) for element in body.iter("{*}span")
        )
        if section is not None and "agreements" in said and self._agreements(section, part, language(root)):
            return
        if section is not None and name == "notes" and "backmatter" in said:
            self.at_end |= {
                word.removeprefix("series-")
                for element in body.iter("{*}aside")
                for word in tokens(element)
                if word.startswith("series-")
            }
        found = self.book.document(part)
        if not found:
            return
        if name and said & {"frontmatter", "backmatter"}:
            place = Place.FRONT if "frontmatter" in said else Place.BACK
            self.matter.append(Matter(name=name, place=place, blocks=found))
        else:
            self.chapters += 1
            self.blocks += self._below(found)

    def _below(self, found: tuple[Block, ...]) -> Iterator[Block]:
        """The blocks of a chapter; the headings of all but the first are below the title of the whole."""
        for block in found:
            if self.chapters > 1 and isinstance(block, Heading):
                yield replace(block, level=block.level + 1)
            else:
                yield block

    def _agreements(self, section: Element, part: str, tag: str) -> bool:
        """Whether everything in the appendix was read as agreements."""
        vocabulary = words_for(tag or "en")
        book = self.book
        book.place = book.lines.here = part
        entries = [item for item in section if local(item) == "section" and "agreement" in tokens(item)]
        table = (item for item in section.iter("{*}table") if item.get("id") == "agreements-chronology")
        links = (link for child in table for link in child.iter("{*}a"))
        shorts = {str(link.get("href")).rpartition("#")[2]: words(link) for link in links}
        read = [_agreement(entry, book, vocabulary, tag, shorts) for entry in entries]
        if any(matter is None for matter in read):
            return False
        others = (item for item in section if item not in entries)
        said = " ".join(words(item) for item in others if "notes" not in tokens(item))
        book.lines.generated.append(said)
        for element in [item for item in section if "notes" in tokens(item)]:
            book.blocks(_wrap(element))
        self.matter += [matter for matter in read if matter is not None]
        return True


def _wrap(element: Element) -> Element:
    """An element that holds another alone."""
    parent = element.makeelement(element.tag, {})
    parent.append(element)
    return parent


def _agreement(section: Element, book: Book, vocabulary: Vocabulary, tag: str, shorts: dict[str, str]) -> Matter | None:
    """An agreement with its facts; None if it has some that are not known, as documents have."""
    identity = str(section.get("id"))
    heading = next((item for item in section if local(item) == "h2"), None)
    facts = next((item for item in section if "agreement-facts" in tokens(item)), None)
    if heading is None or facts is None:
        return None
    number = next(iter(heading), None)
    title = words(heading).removeprefix(words(number) if number is not None else "").strip()
    book.lines.generated.append("" if number is None else words(number))
    said = _facts(facts, book, vocabulary, tag)
    if said is None:
        return None
    short = said.pop("short", shorts.get(identity, title))
    head = {"id": identity.removeprefix(AGREEMENT), "title": title, "short": short, **said}
    blocks: list[Block] = []
    for element in [item for item in section if local(item) and item is not heading and item is not facts]:
        if "cited-in" in tokens(element):
            book.lines.generated.append(words(element))
        elif "provision" in tokens(element):
            blocks += _provision(element, book, identity)
        else:
            blocks += book.blocks(_wrap(element))
    name = identity.removeprefix(AGREEMENT)
    return Matter(name=name, place=Place.AGREEMENT, blocks=tuple(blocks), facts=tuple(head.items()))


def _provision(section: Element, book: Book, identity: str) -> Iterator[Block]:
    heading, *rest = [item for item in section if local(item)]
    own = str(section.get("id") or "").removeprefix(f"{identity}-")
    yield Heading(level=2, line=book.lines.of(heading), id=own or None)
    for element in rest:
        yield from book.blocks(_wrap(element))


def _facts(element: Element, book: Book, vocabulary: Vocabulary, tag: str) -> dict[str, str] | None:
    """The head of an agreement as its file has it; None if a fact is not known."""
    names = {
        vocabulary.short_title: "short",
        vocabulary.date: "date",
        vocabulary.parties: "parties",
        vocabulary.kind: "kind",
        vocabulary.force: "force",
        vocabulary.document: "document",
        vocabulary.published: "published",
    }
    found: dict[str, list[Line]] = {}
    name = ""
    for child in element:
        if local(child) == "dt":
            name = names.get(words(child), "")
            if not name:
                return None
        elif local(child) == "dd":
            blocks = book.blocks(child)
            line = blocks[0].line if len(blocks) == 1 and isinstance(blocks[0], Paragraph) else ()
            found.setdefault(name, []).append(line)
    book.lines.generated.append(" ".join(vocabulary for vocabulary in names))
    return _head(found, book, vocabulary, tag)


def _head(found: dict[str, list[Line]], book: Book, vocabulary: Vocabulary, tag: str) -> dict[str, str] | None:
    """The facts by the keys of the file: dates and forces as the program names them, all else as Markdown."""
    head: dict[str, str] = {}
    for name, lines in found.items():
        first, rest = text_of(lines[0]), [_markdown(line) for line in lines[1:]]
        if name == "date":
            dated, _, place = first.partition(", ")
            date = date_of_words(first, tag) or date_of_words(dated, tag)
            if date is None:
                return None
            head["date"] = date
            head |= {"place": place} if place and date_of_words(first, tag) is None else {}
            head |= {"date-note": " ".join(rest)} if rest else {}
            book.lines.generated.append(first)
        elif name == "force":
            force = next((item for item in Force if vocabulary.force_of(item) == first), None)
            if force is None:
                return None
            head["force"] = str(force)
            head |= {"force-note": " ".join(rest)} if rest else {}
            book.lines.generated.append(first)
        else:
            head[name] = " ".join((_markdown(lines[0]), *rest)) if name != "short" else first
    return head


def _markdown(line: Line) -> str:
    tidy = tidy_line(line, one_line=True).line
    return "" if is_blank(tidy) else inline_markdown(tidy)[0]


def date_of_words(said: str, tag: str) -> str | None:
    """The date that words of a language say, found by writing every date of their year; None if none has them."""
    for year in dict.fromkeys(map(str, re.findall(r"\d{4}", said))):
        months = (f"{year}-{month:02}" for month in range(1, 13))
        days = (f"{year}-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, _days(month) + 1))
        for date in (year, *months, *days):
            if _write(date, tag) == said:
                return date
    return None


def _write(date: str, tag: str) -> str:
    """A date in words; empty if there is no such day."""
    try:
        return str(date_in_words(date, tag))
    except ValueError:
        return ""


def _days(month: int) -> int:
    return 30 if month in (4, 6, 9, 11) else 29 if month == 2 else 31
