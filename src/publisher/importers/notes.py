"""Comments and notes of a source as series of notes: one for each person, and one for notes that were asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from publisher.importers.anchors import Anchors, Stretch
from publisher.importers.document import (
    Block,
    Call,
    Comment,
    Entry,
    Footnote,
    Format,
    Kind,
    Line,
    Paragraph,
    Piece,
    Quotation,
    Words,
    further_call,
    lines_of,
    words_of,
)
from publisher.importers.mapping import map_blocks
from publisher.importers.markdown_writer import blocks_markdown

_BOLD = Format(bold=True)
RESERVED = ("author", "notes")
"""Ids that series of comments cannot have: `author` is that of the author's own notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of notes as it is written."""

    id: str
    title: str
    text: str
    """The file of its notes."""
    count: int
    words: str
    """The words of its notes, without those that they quote."""


@dataclass(slots=True, kw_only=True)
class Made:
    """Series, and what there is to report about them."""

    series: list[Series]
    entries: list[Entry]


def slug(words: str) -> str:
    """Words as a name for files and ids: small letters, digits and hyphens; empty if there is none of these."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")


Texts = Mapping[str, Anchors]
"""The texts that comments can be about, by what `in=` calls them; the text of the edition is the empty name."""


def comment_series(comments: tuple[Comment, ...], texts: Texts, *, taken: Iterable[str] = ()) -> Made:
    """A series for each person who began a conversation, with the replies below what they reply to."""
    made = Made(series=[], entries=[])
    threads = _threads(comments)
    names = set(taken)
    for author in dict.fromkeys(root.author for root, _ in threads):
        identity = _free(_identity(author), names)
        parts = []
        said = []
        for root, replies in (thread for thread in threads if thread[0].author == author):
            part = _comment(root, replies, texts, made.entries)
            if part:
                parts.append(part)
                said += [words_of(root.blocks), *(words_of(tuple(_reply(comment))) for comment in replies)]
        if parts:
            made.series.append(_series(identity, _title(author, threads), parts, said))
    return made


def footnote_series(footnotes: tuple[Footnote, ...], anchors: Anchors, *, identity: str, title: str) -> Made:
    """Footnotes or endnotes as a series of notes, each about the word before its call."""
    made = Made(series=[], entries=[])
    parts = []
    said = []
    for footnote in footnotes:
        call = anchors.plain.calls.get(footnote.label)
        near = None if call is None else anchors.near(call)
        if near is None:
            what = "a note whose call is beside no word"
            made.entries.append(_drop(f"note {footnote.label}", what, words_of(footnote.blocks)))
            continue
        parts.append(_note(f"note-{footnote.label}", (near,), footnote.blocks, anchors))
        said.append(words_of(footnote.blocks))
    if parts:
        made.series.append(_series(identity, title, parts, said))
    return made


def _series(identity: str, title: str, parts: list[str], said: list[str]) -> Series:
    text = "\n\n".join(parts) + "\n"
    return Series(id=identity, title=title, text=text, count=len(parts), words="\n".join(said))


def _identity(author: str) -> str:
    """The id of the series of a person; the program's own name for the author's notes is none."""
    name = slug(author)
    return "comments" if name in ("", *RESERVED) else name


def _title(author: str, threads: list[tuple[Comment, list[Comment]]]) -> str:
    """What the series of a person is called."""
    named = next((root.title for root, _ in threads if root.author == author and root.title), "")
    return named or f"Comments by {author}"


def _threads(comments: tuple[Comment, ...]) -> list[tuple[Comment, list[Comment]]]:
    """Each comment that replies to no other, with all that reply to it or to its replies."""
    known = {item.id: item for item in comments}
    threads: dict[str, tuple[Comment, list[Comment]]] = {}
    for comment in comments:
        root, seen = comment, {comment.id}
        while root.parent in known and root.parent not in seen:
            seen.add(root.parent)
            root = known[root.parent]
        _, replies = threads.setdefault(root.id, (root, []))
        if root is not comment:
            replies.append(comment)
    return list(threads.values())


def _comment(root: Comment, replies: list[Comment], texts: Texts, entries: list[Entry]) -> str | None:
    where = f"comment {root.id} by {root.author}"
    found = ((name, anchors.of_comment(root)) for name, anchors in texts.items())
    place, stretch = next(((name, item) for name, item in found if item is not None), ("", None))
    blocks = [*root.blocks]
    for reply in replies:
        blocks += _reply(reply)
    if not words_of(tuple(blocks)).strip() and not blocks:
        entries.append(_drop(where, "a comment without words"))
        return None
    if stretch is None:
        entries.append(_drop(where, "a comment that is about no place in the text", words_of(tuple(blocks))))
        return None
    if stretch.remark and not root.title:
        entries.append(Entry(kind=Kind.CHANGED, where=where, what=stretch.remark))
    if root.resolved:
        entries.append(Entry(kind=Kind.CHANGED, where=where, what="the comment was marked as resolved; it is a note"))
    identity = root.id.removeprefix(f"note-{root.author}-") if root.title else f"comment-{root.id}"
    stretches = tuple({(item.start, item.end): item for item in (stretch, *_further(root, texts[place]))}.values())
    calls = f"calls={len(stretches)}" if len(stretches) > 1 else ""
    attributes = (f"kind={root.kind}" if root.kind else "", f"in={place}" if place else "", calls)
    return _note(slug(identity) or "note", stretches, tuple(blocks), texts[place], attributes)


def _further(root: Comment, anchors: Anchors) -> Iterator[Stretch]:
    """The words at the second call of a note, and at those after it."""
    for number in count(2):
        found = anchors.of_comment(replace(root, id=further_call(root.id, number), quoted=""))
        if found is None:
            return
        yield found


def _reply(reply: Comment) -> Iterator[Block]:
    """A reply with the name of who wrote it."""
    date = f" ({reply.date})" if reply.date else ""
    name: Line = (Words(text=reply.author, format=_BOLD), Words(text=f"{date}: "))
    first, *rest = reply.blocks or (Paragraph(line=()),)
    if isinstance(first, Paragraph):
        yield Paragraph(line=(*name, *first.line))
    else:
        yield Paragraph(line=name)
        yield first
    yield from rest


def _note(
    identity: str,
    stretches: Iterable[Stretch],
    blocks: tuple[Block, ...],
    anchors: Anchors,
    attributes: tuple[str, ...] = (),
) -> str:
    """A note as its file has it."""
    uncalled = map_blocks(blocks, lambda line: tuple(piece for piece in line if not isinstance(piece, Call)))
    begins_with_quotation = bool(uncalled) and isinstance(uncalled[0], Quotation)
    is_counted = any(attribute.startswith("calls=") for attribute in attributes)
    said = " ".join(filter(None, (*attributes, "calls=1" if begins_with_quotation and not is_counted else "")))
    braces = f" {{{said}}}" if said else ""
    lemmas = "\n\n".join(map(anchors.lemma, stretches))
    return f"## {identity}{braces}\n\n{lemmas}\n\n{blocks_markdown(uncalled)}"


def _drop(where: str, what: str, words: str = "") -> Entry:
    return Entry(kind=Kind.DROPPED, where=where, what=what, words=words)


def _free(name: str, taken: set[str]) -> str:
    """The name, or the name with a number that is not taken."""
    found = next(
        text for text in (name, *(f"{name}-{count}" for count in range(2, len(taken) + 3))) if text not in taken
    )
    taken.add(found)
    return found


def calls_in(blocks: Iterable[Block]) -> frozenset[str]:
    """The labels of the footnotes that blocks call."""
    lines = (line for block in blocks for line in lines_of(block))
    return frozenset(piece.label for line in lines for piece in line if isinstance(piece, Call))


def number_footnotes(
    blocks: tuple[Block, ...], footnotes: tuple[Footnote, ...]
) -> tuple[tuple[Block, ...], tuple[Footnote, ...], list[Entry]]:
    """The blocks and footnotes with labels in the order of their calls; each call has its note, each note its call."""
    entries: list[Entry] = []
    known = {item.label: item for item in footnotes}
    labels: dict[str, str] = {}
    counts = {False: 0, True: 0}

    def line(given: Line) -> Line:
        return tuple(found for piece in given for found in _call(piece, known, labels, counts, entries))

    text = map_blocks(blocks, line)
    kept = tuple(
        replace(
            known[old], label=new, blocks=map_blocks(known[old].blocks, lambda given: _without_calls(given, entries))
        )
        for old, new in labels.items()
    )
    for footnote in footnotes:
        if footnote.label not in labels and footnote.blocks:
            what = "a note that nothing in the text calls"
            entries.append(_drop(f"note {footnote.label}", what, words_of(footnote.blocks)))
    return text, kept, entries


def _call(
    piece: Piece, known: dict[str, Footnote], labels: dict[str, str], counts: dict[bool, int], entries: list[Entry]
) -> Iterator[Piece]:
    if not isinstance(piece, Call):
        yield piece
    elif piece.label in known and known[piece.label].blocks:
        footnote = known[piece.label]
        if piece.label not in labels:
            counts[footnote.is_endnote] += 1
            labels[piece.label] = f"{'e' if footnote.is_endnote else ''}{counts[footnote.is_endnote]}"
        yield Call(label=labels[piece.label])
    else:
        entries.append(_drop(f"note {piece.label}", "the call of a note without words"))


def _without_calls(line: Line, entries: list[Entry]) -> Line:
    for piece in line:
        if isinstance(piece, Call):
            entries.append(_drop(f"note {piece.label}", "the call of a note inside another note"))
    return tuple(piece for piece in line if not isinstance(piece, Call))
