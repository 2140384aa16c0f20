"""What becomes of the marked sequences of a section: destinations, artifacts, soft hyphens, words off the page."""

from __future__ import annotations

from collections.abc import Iterable, Set

from publisher.diagnostics import Diagnostic
from publisher.pdf.assemble.content import PIXEL, PageContent, Sequence
from publisher.pdf.assemble.instructions import Instruction
from publisher.pdf.assemble.section_pdf import Spot
from publisher.pdf.assemble.structure import Mark, Node
from publisher.pdf.read.line_text import line_text_property

_ABOVE = 16.0
"""Points above the first line, so that it is seen whole."""


def spots(document: Node, contents: tuple[PageContent, ...]) -> dict[str, Spot]:
    """Where each element with an id begins: its first sequence."""
    found: dict[str, Spot] = {}
    for node in document.walk():
        id_ = node.origin.id if node.origin else None
        mark = next(node.marks(), None) if id_ and id_ not in found else None
        if id_ and mark:
            found[id_] = Spot(page=mark.page, top=_top(contents[mark.page], mark.mcid))
    return found


def _top(content: PageContent, mcid: int) -> float | None:
    """The height of a line; None where the sequence is no text."""
    sequence = content.sequences.get(mcid)
    at = sequence.at if sequence else None
    return None if at is None else round(content.height - at[1] * PIXEL + _ABOVE, 2)


def mark_artifacts(contents: tuple[PageContent, ...], kept: Set[Mark]) -> None:
    """Turns every sequence that no node holds into a pagination artifact (ISO 32000-1, 14.8.2.2)."""
    for content in contents:
        for sequence in content.sequences.values():
            if Mark(page=content.index, mcid=sequence.mcid) not in kept:
                content.instructions[sequence.begin] = Instruction("BDC", _properties(content, sequence))


def _properties(content: PageContent, sequence: Sequence) -> bytes:
    """Header or footer by the half of the page that it is in; neither where it shows no text."""
    if sequence.at is None:
        return b"/Artifact <</Type /Pagination>>"
    high = sequence.at[1] * PIXEL < content.height / 2
    side = b"/Header /Attached [/Top]" if high else b"/Footer /Attached [/Bottom]"
    return b"/Artifact <</Type /Pagination /Subtype %b>>" % side


_SOFT = "\ufeff\u00ad".encode("utf-16-be").hex().encode()
"""The soft hyphen as a text string (ISO 32000-1, 7.9.2.2)."""


def soften(contents: tuple[PageContent, ...], hyphens: Iterable[Mark]) -> None:
    """Gives the hyphen at the end of each of these sequences the ActualText U+00AD.

    PDFium joins the word over it; where the text left the hyphen out, it made two words. Instructions behind a hyphen
    move, so pages are gone through from their ends.
    """
    for mark in sorted(hyphens, key=lambda mark: (mark.page, -contents[mark.page].sequences[mark.mcid].begin)):
        content = contents[mark.page]
        _soften(content, content.sequences[mark.mcid])


def _soften(content: PageContent, sequence: Sequence) -> None:
    """Split the last shown string before its last glyph; what is read in its place already gets the soft hyphen."""
    at, font, glyphs = sequence.shown[-1]
    if (told := sequence.told_at.get(at)) is not None:
        text = line_text_property(f"{sequence.told[told][:-1]}\u00ad").removesuffix(b" BDC")
        content.instructions[told] = Instruction("BDC", text)
    before, after = content.instructions[at].split((len(glyphs) - 1) * font.width)
    content.instructions[at : at + 1] = [
        *([Instruction("TJ", b"[%b]" % before)] if before else []),
        Instruction("BDC", b"/Span <</ActualText <%b>>>" % _SOFT),
        Instruction("TJ", b"[%b]" % after),
        Instruction("EMC"),
    ]


_SHOWN = 40
"""How many characters of the words a message shows."""


def words_off_the_page(contents: tuple[PageContent, ...]) -> tuple[tuple[int, str], ...]:
    """Each page with words above its upper edge or below its lower one, and the first of them."""
    lost = ((content.index, _first_lost(content)) for content in contents)
    return tuple((page, words) for page, words in lost if words)


def _first_lost(content: PageContent) -> str:
    return next((sequence.text.strip() for sequence in content.sequences.values() if _is_off(content, sequence)), "")


def _is_off(content: PageContent, sequence: Sequence) -> bool:
    """Whether the line that words are on is off the page."""
    return sequence.at is not None and not 0 <= sequence.at[1] * PIXEL <= content.height


def off_page_error(label: str, words: str) -> Diagnostic:
    """D-004 on the page with this label."""
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return Diagnostic(
        code="D-004",
        message=f"words run off the edge of page {label}: “{shown}”",
        hint="it is higher than a page, or a style sheet has moved it there: divide it, or correct the style sheet",
    )
