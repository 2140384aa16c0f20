"""Lines as a printed PDF has them: the page after a cross-reference, the address after a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from publisher.model.profile import Profile, profile_of
from publisher.model.publication import Publication
from publisher.verify.expected.pdf import ExpectedPdf
from publisher.verify.line import Expected, Link, Tongue

Label = Callable[[str], str]
"""The label of the page on which an element begins."""


def profile(publication: Publication, artifact: str) -> Profile:
    """What a PDF of a publication is for, which its file name reports."""
    return profile_of(artifact, name=publication.output.name)


def as_printed(lines: ExpectedPdf, publication: Publication, label: Label) -> ExpectedPdf:
    """The lines with everything that is printed after links."""
    word = publication.words.on_page
    return ExpectedPdf(
        lines=tuple(_printed_lines(lines.lines, word, label)), notes=tuple(_printed_lines(lines.notes, word, label))
    )


def prints_references(publication: Publication, artifact: str) -> bool:
    """Whether a PDF prints what paper needs after links."""
    return publication.output.profiles.references(profile(publication, artifact))


def _printed_lines(lines: Iterable[Expected], word: str, label: Label) -> Iterator[Expected]:
    for line in lines:
        yield with_additions(line, word, label) if any(link.paged or link.address for link in line.links) else line


def with_additions(line: Expected, word: str, label: Label) -> Expected:
    """A line with what is printed after its links; whatever is behind moves on."""
    additions = [(link.end, _addition(link, word, label)) for link in line.links]
    text, done = "", 0
    for end, words in sorted(additions):
        text, done = text + line.text[done:end] + words, end

    def moved(at: int) -> int:
        return at + sum(len(words) for end, words in additions if end <= at)

    return replace(
        line,
        text=text + line.text[done:],
        links=tuple(replace(link, start=moved(link.start)) for link in line.links),
        pieces=tuple(replace(piece, start=moved(piece.start)) for piece in line.pieces),
        tongues=tuple(_stretch(tongue, line, additions, moved) for tongue in line.tongues),
    )


def _stretch(tongue: Tongue, line: Expected, additions: list[tuple[int, str]], moved: Callable[[int], int]) -> Tongue:
    """Where words of another language are; what is printed behind a link that they hold is in their language too."""
    outer = {link.end for link in line.links if link.start < tongue.start and link.end == tongue.end}
    behind = sum(len(words) for end, words in additions if end == tongue.end and end in outer)
    return replace(tongue, start=moved(tongue.start), end=moved(tongue.end) - behind)


def _addition(link: Link, word: str, label: Label) -> str:
    if link.paged:
        return f" ({word.format(label(link.target))})"
    return f" <{link.address}>" if link.address else ""
