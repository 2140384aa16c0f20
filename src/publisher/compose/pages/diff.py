"""The pages of the PDF that was laid out next to those of the printed book."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import shorten

from publisher.compose.pages.locate import in_print
from publisher.compose.pages.text_index import text_indexes
from publisher.diagnostics import Diagnostic, Severity
from publisher.model.inline import PageBreak
from publisher.model.publication import Publication

SHOWN = 40
"""So many characters of a page are shown."""
Place = tuple[str, str, int, str]
"""A page: its label, its section, the offset there, its first words."""


def other_pages(publication: Publication, *, laid_out: Publication) -> tuple[Diagnostic, ...]:
    """G-007, a warning, where a PDF has other pages than the printed book; the first of them is shown.

    `laid_out` is the publication with the pages of the PDF.
    """
    frozen, now = _places(in_print(publication)), _places(laid_out)
    pages = publication.page_map.pages if publication.page_map else ()
    for number, (then, here) in enumerate(zip_longest(frozen, now)):
        if then != here:
            page = pages[min(number, len(pages) - 1)]
            return (
                Diagnostic(
                    code="G-007",
                    message=f"the PDF laid out now has other pages than the printed book: {_first(then, here)}",
                    span=page.span,
                    hint="the EPUB has the page numbers of the printed book, this PDF has its own: "
                    "do not give them out together",
                    severity=Severity.WARNING,
                ),
            )
    return ()


def _first(then: Place | None, now: Place | None) -> str:
    """What is said of the first page that differs."""
    if then is None or now is None:
        label = (then or now or ("",))[0]
        return f"page {label} is {'not in the printed book' if then is None else 'in the printed book alone'}"
    if then[0] != now[0]:
        return f"where that has page {then[0]}, the PDF has page {now[0]}"
    return f"page {then[0]} begins with {_display(now)}, in print with {_display(then)}"


def _display(place: Place) -> str:
    _, section, offset, words = place
    return f"“{words}”" if offset >= 0 else f"the section “{section}”"


def _begin(text: str, offset: int) -> str:
    """The first words from an offset on."""
    return shorten(text[offset : offset + 4 * SHOWN], width=SHOWN, placeholder=" …") or text[offset : offset + SHOWN]


def _places(publication: Publication) -> tuple[Place, ...]:
    return tuple(
        place
        for ground in text_indexes(publication).values()
        for section, wording in [(ground.wording.section, ground.wording)]
        for place in (
            *((page_break.label, section.id, -1, "") for page_break in section.page_breaks),
            *(
                (mark.node.label, section.id, mark.offset, _begin(wording.text, mark.offset))
                for mark in wording.marks
                if isinstance(mark.node, PageBreak)
            ),
        )
    )
