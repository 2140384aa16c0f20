"""Cross-references that follow each other, as one phrase: `notes 19 and 23`, `Founding Act [A5], preamble and I`.

A target is named once, its name precedes what is pointed at inside it, and a noun that all have in common is plural.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import count, joints
from publisher.diagnostics import Span
from publisher.model.inline import CrossReference, Inline, InternalLink, Run, Target
from publisher.model.walk import Inlines

_MARK = re.compile(r"\s*[,;،؛、]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """References without words of their own that only separators divide."""

    references: tuple[CrossReference, ...]
    span: Span | None
    """Where the separators are that the phrase replaces."""


def cluster(line: Inlines, words: Words) -> Iterator[Inline | Cluster]:
    """The inlines of a line, with references of one kind that follow each other as a cluster."""
    at = 0
    while at < len(line):
        end = _end(line, at, words)
        if end > at + 1:
            found = line[at:end:2]
            references = tuple(
                cross_reference for cross_reference in found if isinstance(cross_reference, CrossReference)
            )
            yield Cluster(references=references, span=_span(line[at + 1 : end : 2]))
        else:
            yield line[at]
        at = max(end, at + 1)


def _end(line: Inlines, start: int, words: Words) -> int:
    """Where a cluster that begins at an inline ends; the next inline if none begins there."""
    first, end = line[start], start + 1
    if not _is_bare(first):
        return end
    while end + 1 < len(line) and _separates(line[end], words) and _continues(first, line[end + 1]):
        end += 2
    return end


def _span(separators: Inlines) -> Span | None:
    """From the first separator to the last; nothing if the program wrote them."""
    spans = [run.span for run in separators if isinstance(run, Run) and run.span is not None]
    return spans[0].source.span(spans[0].start, spans[-1].end) if spans else None


def with_span(phrase: Inlines, span: Span | None) -> Inlines:
    """The phrase, whose first words are printed in the place of what is at a span."""
    first, *rest = phrase
    match first:
        case InternalLink(children=(Run() as words, *others)):
            first = replace(first, children=(replace(words, span=span), *others))
        case Run():
            first = replace(first, span=span)
        case _:
            pass
    return (first, *rest)


def _is_bare(inline: Inline) -> bool:
    return (
        isinstance(inline, CrossReference) and not inline.children and inline.target in (Target.NOTE, Target.AGREEMENT)
    )


def _continues(first: Inline, following: Inline) -> bool:
    """Whether two references are printed as one phrase: two notes, or two places in one agreement."""
    if not (_is_bare(following) and isinstance(first, CrossReference) and isinstance(following, CrossReference)):
        return False
    return first.target is following.target and (first.target is Target.NOTE or first.id == following.id)


def _separates(inline: Inline, words: Words) -> bool:
    """Whether an inline is nothing but what divides the members of a list."""
    if not isinstance(inline, Run):
        return False
    text = " ".join(inline.text.split())
    return bool(_MARK.fullmatch(inline.text)) or text in {joint.strip() for joint in joints(words.language)}


def join(links: Sequence[Inline], words: Words) -> Inlines:
    """Links, or words, as a list in words: `A, B and C`."""
    two, middle, last = joints(words.language)
    inlines: list[Inline] = []
    for at, link in enumerate(links):
        if at:
            is_last = at == len(links) - 1
            inlines.append(Run(text=(two if len(links) == 2 else last) if is_last else middle))
        inlines.append(link)
    return tuple(inlines)


def plural_of_notes(number: int, words: Words) -> str | None:
    """The noun before the marks of so many notes: `notes`; None if the language has no such form beside `note 3`."""
    singular = words.note_reference.removesuffix("\u00a0{0}")
    has_form = words.cited_notes.get("one") == singular != words.note_reference
    return count(words.cited_notes, number, words.language) if has_form else None


def without_repeated_noun(names: Sequence[str], words: Words) -> tuple[str, ...]:
    """Names of provisions with a common noun once, in the plural: `paragraphs 8`, `23`; else the names as they are."""
    if len(names) < 2:
        return tuple(names)
    split = [name.partition("\u00a0") for name in names]
    nouns = {noun for noun, _, _ in split}
    plural = f"{next(iter(nouns))}s"
    is_known = plural in {noun.lower() for noun in words.provision_nouns}
    if len(nouns) != 1 or not is_known or not all(rest for _, _, rest in split):
        return tuple(names)
    return (f"{plural}\u00a0{split[0][2]}", *(rest for _, _, rest in split[1:]))
