"""What a printer does not take, as far as the settings say it, and as far as the pages do (U-010 to U-014, U-023)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.model.printer import Printer, RuleSource
from publisher.model.profile import Profile, points
from publisher.model.publication import Publication

MM = 72 / 25.4
SLACK = 0.4
"""Points by which lengths may differ: sizes are rounded to hundredths of an inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEdges:
    """How far print is from the edges of a page, in points."""

    inside: float
    outside: float
    top: float
    bottom: float


def settings_faults(publication: Publication, printer: Printer, edges: PageEdges) -> Iterator[Diagnostic]:
    """Warnings about trim, margins, bleed, marks, paper, ink and PDF/X, before anything is laid out.

    `edges` are those of the thinnest book.
    """
    yield from _trim_faults(publication, printer)
    yield from _edge_faults(publication, printer, edges)
    yield from _bleed_faults(publication, printer)
    yield from _paper_faults(publication, printer)
    yield from _standard_faults(publication, printer)


def page_faults(
    publication: Publication, printer: Printer, *, pages: int, thinnest: PageEdges, edges: PageEdges
) -> Iterator[Diagnostic]:
    """Warnings about the number of pages, and the inside margin that this number needs."""
    yield from _count_faults(publication, printer, pages)
    rule = printer.margins
    if rule is None or _is_less(thinnest.inside, rule.inside_of(1)):
        return  # it was reported before the pages were laid out
    least = rule.inside_of(pages)
    if _is_less(edges.inside, least):
        message = f"{printer.name} wants {_mm(least)} at the spine of {pages} pages, and there are {_mm(edges.inside)}"
        hint = f"write output: {{margins: {{inside: {_more(publication, least, edges.inside)}}}}}, or leave it out"
        yield _warning("U-011", message, span=_page_span(publication, printer), hint=hint, origin=rule.origin)


def _trim_faults(publication: Publication, printer: Printer) -> Iterator[Diagnostic]:
    rule, output = printer.trims, publication.made_for(Profile.PRINT).output
    if rule is None:
        return
    width, height = points(output.page_width), points(output.page_height)
    if any(abs(width - number) <= SLACK and abs(height - other) <= SLACK for number, other in rule.sizes):
        return
    own = (rule.widths, width), (rule.heights, height)
    if all(ends is not None and ends[0] - SLACK <= length <= ends[1] + SLACK for ends, length in own):
        return
    near = min(rule.sizes, key=lambda size: abs(size[0] - width) + abs(size[1] - height))
    message = f"{printer.name} prints no pages of {output.page_width} by {output.page_height}"
    hint = f"the nearest size is page: [{near[0] / MM:.4g}mm, {near[1] / MM:.4g}mm]"
    yield _warning("U-010", message, span=_page_span(publication, printer), hint=hint, origin=rule.origin)


def _edge_faults(publication: Publication, printer: Printer, edges: PageEdges) -> Iterator[Diagnostic]:
    rule = printer.margins
    if rule is None:
        return
    least = {"inside": rule.inside_of(1), "outside": rule.outside, "top": rule.top, "bottom": rule.bottom}
    for side, margin in least.items():
        given = getattr(edges, side)
        if _is_less(given, margin):
            message = f"{printer.name} wants a margin ({side}) of {_mm(margin)}, and there are {_mm(given)}"
            hint = f"write output: {{margins: {{{side}: {_more(publication, margin, given, side=side)}}}}}"
            yield _warning("U-011", message, span=_page_span(publication, printer), hint=hint, origin=rule.origin)


def _bleed_faults(publication: Publication, printer: Printer) -> Iterator[Diagnostic]:
    rule, printed = printer.bleed, publication.output.profiles.printed
    if rule is None:
        return
    if _is_less(points(printed.bleed), rule.amount):
        message = f"{printer.name} wants a bleed of {_mm(rule.amount)}, and it is {printed.bleed}"
        hint = f"write profiles: {{print: {{bleed: {_up(rule.amount)}}}}}"
        yield _warning("U-012", message, span=printer.span, hint=hint, origin=rule.origin)
    if printed.marks and not rule.marks:
        message = f"{printer.name} takes no crop marks"
        yield _warning(
            "U-012", message, span=printer.span, hint="write profiles: {print: {marks: false}}", origin=rule.origin
        )


def _paper_faults(publication: Publication, printer: Printer) -> Iterator[Diagnostic]:
    rule, paper = printer.paper, publication.cover.paper
    if rule is None or printer.paper_span is None or paper.name in rule.names:
        return
    message = f"{printer.name} does not print on “{paper.name}”, from which the spine is computed"
    hint = f"write cover: {{paper: {rule.names[0]}}}; it has {', '.join(rule.names)}"
    yield _warning("U-014", message, span=printer.paper_span, hint=hint, origin=rule.origin)


def _standard_faults(publication: Publication, printer: Printer) -> Iterator[Diagnostic]:
    rule, profiles = printer.standards, publication.output.profiles
    standard = profiles.printed.standard
    if rule is None or Profile.PRINT not in profiles.wanted or standard in rule.names:
        return
    taken = ", ".join(print_standard.demands.title for print_standard in rule.names)
    message = f"{printer.name} takes {taken}, and the file for print is {standard.demands.title}"
    hint = f"write profiles: {{print: {{standard: {rule.names[0]}}}}}"
    yield _warning("U-023", message, span=printer.span, hint=hint, origin=rule.origin)


def _count_faults(publication: Publication, printer: Printer, pages: int) -> Iterator[Diagnostic]:
    rule = printer.pages
    if rule is None:
        return
    span = printer.span
    if pages < rule.least:
        message = f"{printer.name} binds {rule.least} pages at least, and there are {pages}"
        hint = f"add {rule.least - pages} pages, take a smaller page, or openings: right"
        yield _warning("U-013", message, span=span, hint=hint, origin=rule.origin)
    elif rule.most is not None and pages > rule.most:
        message = f"{printer.name} binds {rule.most} pages at most, and there are {pages}"
        hint = f"take a larger page or style: compact to save {pages - rule.most} pages, or divide the book"
        yield _warning("U-013", message, span=span, hint=hint, origin=rule.origin)
    if pages % rule.multiple:
        lacking = rule.multiple - pages % rule.multiple
        message = f"{printer.name} wants a number of pages that is divisible by {rule.multiple}, and there are {pages}"
        hint = f"it lacks {lacking}; most printers add empty pages by themselves"
        yield _warning("U-013", message, span=span, hint=hint, origin=rule.origin)


def _page_span(publication: Publication, printer: Printer) -> Span | None:
    return publication.made_for(Profile.PRINT).output.page_span or printer.span


def _warning(code: str, message: str, *, span: Span | None, hint: str, origin: RuleSource) -> Diagnostic:
    source = f"{origin.source} (read on {origin.read})"
    return Diagnostic(code=code, message=message, span=span, hint=f"{hint}; {source}", severity=Severity.WARNING)


def _is_less(given: float, least: float) -> bool:
    return given < least - SLACK


def _mm(length: float) -> str:
    return f"{length / MM:.3g} mm"


def _up(length: float) -> str:
    """A length of at least so much, in tenths of a millimetre."""
    return f"{-(-length / MM * 10 // 1) / 10:g}mm"


def _more(publication: Publication, least: float, given: float, *, side: str = "inside") -> str:
    """The margin to write so that print is far enough from the edge."""
    asked = getattr(publication.made_for(Profile.PRINT).output.margins, side)
    return _up((points(asked) if asked else given) + least - given)
