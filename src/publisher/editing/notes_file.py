"""Files of notes as an editor changes them: the stretch of each note, and the file with one note more, other or less.

`publisher.load.notes` describes the format. Everything that is not changed remains as it is, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from publisher.compose.ids import slug
from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load.findings import Findings
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.document import top_nodes
from publisher.load.markdown.given_attributes import node_span
from publisher.load.markdown.parser import Node, attributes
from publisher.load.notes import ID, notes
from publisher.model.apparatus import Note, Selector

_MARKUP = re.compile(r"([\\`*_\[\]<>&{}~^$])")
"""Signs that may mean something in Markdown; a backslash before each lets them be themselves."""
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_KIND = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBlock:
    """The stretch of a file that is one note, from its heading to the next."""

    id: str
    start: int
    end: int
    body: int
    """Where what the note says begins: below its quotations."""
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """A note as a form gives it."""

    id: str
    selector: Selector
    body: str
    """Markdown."""
    kind: str | None = None


def note_blocks(source: Source) -> tuple[NoteBlock, ...]:
    """Return the notes of a file in their order, also those with faults."""
    builder = MarkdownBuilder(source=source, findings=Findings(), figures=[])
    nodes = top_nodes(source, builder=builder)
    heads = [index for index, node in enumerate(nodes) if node.type == "heading" and node.tag in ("h1", "h2")]
    found = pairwise([*heads, len(nodes)])
    return tuple(
        _block(nodes[first:last], nodes[last] if last < len(nodes) else None, builder)
        for first, last in found
        if nodes[first].tag == "h2"
    )


def _block(part: list[Node], following: Node | None, builder: MarkdownBuilder) -> NoteBlock:
    head = part[0]
    words = head.children[0].content.strip() if head.children else ""
    meta = head.children[0].meta.get("attributes") if head.children else None
    given = attributes(meta[0]) if meta else {}
    calls = int(given.get("calls", "1")) if given.get("calls", "1").isdigit() else 1
    quotes = tuple(takewhile(lambda node: node.type == "blockquote", part[1:]))[:calls]
    end = len(builder.source.text) if following is None else _line_start(following, builder)
    body = node_span((head, *quotes)[-1], builder).end
    return NoteBlock(id=words, start=_line_start(head, builder), end=end, body=body, kind=given.get("kind"))


def _line_start(node: Node, builder: MarkdownBuilder) -> int:
    first = (node.map or (0, 1))[0]
    return builder.source.line_starts[min(first, len(builder.source.line_starts) - 1)]


def block_of(source: Source, note_id: str) -> NoteBlock | None:
    """Return the stretch of the note with an id; None if the file has none."""
    return next((note_block for note_block in note_blocks(source) if note_block.id == note_id), None)


def lemma_markdown(selector: Selector) -> str:
    """Return the quotation that finds a selector: the lemma alone, or in bold between the words around it."""
    prefix, exact, suffix = (escape(part) for part in (selector.prefix, selector.exact, selector.suffix))
    if not prefix and not suffix:
        return f"> {exact}"
    return f"> {prefix}**{exact}**{suffix}"


def escape(words: str) -> str:
    """Return words as Markdown that says these words."""
    plain = _MARKUP.sub(r"\\\1", words)
    begun = re.sub(r"^(\s*)([-+#|:=])", r"\1\\\2", plain)  # a list, a heading, verse, a definition
    return re.sub(r"^(\s*\d{1,9})([.)])(?=\s|$)", r"\1\\\2", begun)


def note_markdown(draft: NoteDraft) -> str:
    """Return a note as a file of notes has it: heading, quotation, what it says; one line end at its end."""
    kind = f" {{kind={draft.kind}}}" if draft.kind else ""
    return f"## {draft.id}{kind}\n\n{lemma_markdown(draft.selector)}\n\n{draft.body.strip()}\n"


def with_note(source: Source, draft: NoteDraft, *, before: str | None = None) -> str:
    """Return the text of a file with one note more: before the note with an id, else at the end.

    Raises `PublisherError` (H-005) if the words of the form would make more or less than that note.
    """
    _demand_form(draft)
    text, end = source.text, _line_end(source)
    place = None if before is None else block_of(source, before)
    new = note_markdown(draft).replace("\r\n", "\n").replace("\n", end)
    if place is not None:
        made = f"{text[: place.start]}{new}{end}{text[place.start :]}"
    else:
        head = text.rstrip()
        made = f"{head}{end * 2 if head else ''}{new}"
    return _check(source, made, gained=draft.id)


def with_body(source: Source, note_id: str, *, body: str, kind: str | None) -> str:
    """Return the text of a file in which one note says something else. Raises `PublisherError` (H-004, H-005)."""
    block = _demand(source, note_id)
    if kind is not None and not _KIND.fullmatch(kind):
        raise _unusable(f"“{kind}” cannot be the kind of a note", "use letters, digits and hyphens, such as context")
    text, end = source.text, _line_end(source)
    head_end = text.find("\n", block.start)
    head_end = block.body if head_end < 0 else head_end
    head = text[block.start : head_end].rstrip("\r")
    rest = text[block.start + len(head) : block.body]
    head = head if kind == block.kind else _with_kind(head, kind)
    following = text[block.end :]
    said = body.strip().replace("\r\n", "\n").replace("\n", end)
    gap = end * 2 if following else end
    made = f"{text[: block.start]}{head}{rest}{end * 2}{said}{gap}{following}"
    return _check(source, made)


def without_note(source: Source, note_id: str) -> str:
    """Return the text of a file without one note. Raises `PublisherError` (H-004) if it is not there."""
    block = _demand(source, note_id)
    text = source.text
    rest = text[block.end :]
    head = text[: block.start]
    return head + rest if rest else head.rstrip() + (_line_end(source) if head.strip() else "")


def free_id(words: str, taken: Iterable[str]) -> str:
    """Return an id for a note about some words that no other note has."""
    used, wanted = set(taken), "-".join(slug(words).split("-")[:5])
    numbers = (f"{wanted}-{number}" for number in range(2, len(used) + 3))
    return next(name for name in (wanted, *numbers) if name not in used)


def _with_kind(head: str, kind: str | None) -> str:
    """The heading with another kind; its other attributes stay."""
    braces = _BRACES.search(head)
    words = head[: braces.start()] if braces else head.rstrip()
    inside = braces.group().strip()[1:-1] if braces else ""
    others = re.sub(r"\s*\bkind=(?:\"[^\"]*\"|'[^']*'|\S+)", "", inside).strip()
    given = " ".join(part for part in (f"kind={kind}" if kind else "", others) if part)
    return f"{words} {{{given}}}" if given else words


def _demand_form(draft: NoteDraft) -> None:
    if not ID.fullmatch(draft.id):
        raise _unusable(f"“{draft.id}” cannot be the id of a note", "use letters, digits and hyphens")
    if draft.kind is not None and not _KIND.fullmatch(draft.kind):
        raise _unusable(f"“{draft.kind}” cannot be the kind of a note", "use letters, digits and hyphens")
    if not draft.body.strip():
        raise _unusable("the note says nothing", "write what there is to say")


def _check(source: Source, made: str, *, gained: str | None = None) -> str:
    """The text, if it has the same notes as before and no other than the one that was gained."""
    before, new = note_blocks(source), Source(name=source.name, text=made)
    after = note_blocks(new)
    names = [note_block.id for note_block in before]
    if gained in names:
        raise _unusable(f"there is already a note “{gained}”", "choose another id")
    if [note_block.id for note_block in after if note_block.id != gained] != names or len(after) != len(names) + (
        gained is not None
    ):
        hint = "write **bold** in place of a heading, and close what begins with ```"
        raise _unusable("the words would begin another note, or hide one", hint)
    if _headings(new) > _headings(source) + (gained is not None):
        raise _unusable("there is a heading inside the note", "write the words in **bold** instead")
    if len(_whole(new)) < len(_whole(source)) + (gained is not None):
        raise _unusable(
            "the words would not be read as a note", "look for a heading, or for a quotation at the beginning"
        )
    return made


def _headings(source: Source) -> int:
    """How many headings of any level a file has."""
    builder = MarkdownBuilder(source=source, findings=Findings(), figures=[])
    return sum(node.type == "heading" for node in top_nodes(source, builder=builder))


def _whole(source: Source) -> tuple[Note, ...]:
    """The notes of a file that can be read."""
    return notes(source, series="", figures=[], findings=Findings())


def _demand(source: Source, note_id: str) -> NoteBlock:
    block = block_of(source, note_id)
    if block is None:
        raise PublisherError(
            Diagnostic(
                code="H-004",
                message=f"{source.name} has no note “{note_id}” any more",
                hint="look at the file: another program has changed it",
            )
        )
    return block


def _line_end(source: Source) -> str:
    return "\r\n" if "\r\n" in source.text else "\n"


def _unusable(message: str, hint: str) -> PublisherError:
    return PublisherError(Diagnostic(code="H-005", message=message, hint=hint))


def describe(source: Source) -> Iterator[tuple[NoteBlock, str]]:
    """Yield each note of a file with what it says, as Markdown."""
    for block in note_blocks(source):
        yield block, source.text[block.body : block.end].strip()
