"""What a volume has earned to say of its accessibility, measured in its finished documents and style sheets.

EPUB Accessibility 1.1, https://www.w3.org/TR/epub-a11y-11/; nothing is claimed for what was not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Source
from publisher.diagnostics.sink import Waiver
from publisher.model.accessibility import Accessibility, AccessibilityStatement, Claim, Withheld
from publisher.model.rendition import Asset, EpubRendition
from publisher.sanitize.css import sanitized_sheet
from publisher.sanitize.xml import parse_xml
from publisher.validate.contrast import LEAST, Contrast, contrasts

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
NEEDED = (
    Claim.TABLE_OF_CONTENTS,
    Claim.STRUCTURAL_NAVIGATION,
    Claim.READING_ORDER,
    Claim.DISPLAY_TRANSFORMABILITY,
    Claim.ARIA,
    Claim.ALTERNATIVE_TEXT,
    Claim.TABLE_HEADERS,
    Claim.CONTRAST,
    Claim.LANGUAGE,
    Claim.NO_HAZARDS,
)
"""What the claim of conformance rests on; page numbers next to, where there is a PDF to take them from."""
ABSOLUTE = ("px", "pt", "cm", "mm", "in", "pc", "q")
Faults = Iterator[Withheld]


def measure(rendition: EpubRendition, *, paged: bool) -> Accessibility:
    """What the documents, style sheets and pictures of an EPUB have earned; `paged` where it has a PDF's page numbers.

    Before the PDF has been laid out, page numbers are taken on trust; they are looked for where the rendition names
    the source of its pages. Pictures and tables that are not there earn nothing and are in the way of nothing.
    """
    trees = tuple(
        (document.href, parse_xml(document.content, long=True)) for document in (rendition.nav, *rendition.documents)
    )
    trees = tuple(dict(trees).items())
    sheets = tuple(_source(asset) for asset in rendition.assets if asset.media_type == "text/css")
    found = contrasts(sheets)
    faults = (
        *_navigation(rendition, dict(trees)),
        *_structure(trees),
        *_alternatives(trees),
        *_tables(trees),
        *_contrast(found),
        *_sheets(sheets),
        *_unlisted_faults(sheets),
        *_moving(rendition.assets),
        *(_pages(dict(trees)[rendition.nav.href]) if rendition.page_break_source else ()),
    )
    pictures = sum(1 for _, tree in trees for _ in _pictures(tree))
    tables = sum(1 for _, tree in trees for _ in tree.iter(f"{XHTML}table"))
    return _weigh(faults, pictures=pictures, tables=tables, paged=paged, found=found)


def without_appearance(measures: Accessibility, waivers: tuple[Waiver, ...]) -> Accessibility:
    """The measures without the claims that rest on how pages look, if waivers allow pages that are not verified."""
    if not waivers:
        return measures
    lost = (Claim.CONTRAST, Claim.CONFORMANCE)
    reasons = (
        Withheld(claim=claim, reason=f"appearance not verified: a waiver allows {waiver.code}", span=waiver.span)
        for waiver in waivers
        for claim in lost
    )
    earned = tuple(claim for claim in measures.earned if claim not in lost)
    return replace(measures, earned=earned, withheld=(*measures.withheld, *reasons))


def demand_earned(rendition: EpubRendition, *, claimed: AccessibilityStatement | None) -> None:
    """Nothing. Raises `PublisherError` (V-020, exit code 5) for each claim that the finished EPUB does not earn."""
    found = measure(rendition, paged=rendition.page_break_source is not None)
    missing = () if claimed is None else tuple(item for item in claimed.measured.earned if item not in found.earned)
    reasons = {item.claim: item.reason for item in found.withheld}
    if missing:
        raise PublisherError(
            *(
                Diagnostic(
                    code="V-020",
                    message=f"the edition claims “{claim.value}”, and the finished EPUB does not earn it: "
                    f"{reasons.get(claim, 'nothing of the kind is in it')}",
                    hint="this is a fault of publisher or of the edition's own templates; try again without these",
                )
                for claim in missing
            ),
            exit_code=ExitCode.UNPROVED,
        )


def _weigh(
    faults: tuple[Withheld, ...], *, pictures: int, tables: int, paged: bool, found: tuple[Contrast, ...]
) -> Accessibility:
    """The claims without a fault, and the faults; conformance is earned where nothing that it rests on is missing."""
    lost = {fault.claim for fault in faults}
    absent = {Claim.ALTERNATIVE_TEXT: not pictures, Claim.TABLE_HEADERS: not tables}
    pages = (Claim.PAGE_NAVIGATION, Claim.PAGE_BREAK_MARKERS)
    earned = tuple(
        claim
        for claim in Claim
        if claim not in lost
        and claim is not Claim.CONFORMANCE
        and not absent.get(claim)
        and (claim not in pages or paged)
    )
    missing = [claim.value for claim in (*NEEDED, *(pages if paged else ())) if claim in lost]
    if missing:
        reason = f"it rests on what was not earned: {', '.join(missing)}"
        faults = (*faults, Withheld(claim=Claim.CONFORMANCE, reason=reason))
    return Accessibility(
        earned=earned if missing else (*earned, Claim.CONFORMANCE),
        withheld=faults,
        pictures=pictures,
        tables=tables,
        contrast_light=_least(contrast.ratio for contrast in found if not contrast.dark),
        contrast_dark=_least(contrast.ratio for contrast in found if contrast.dark),
    )


def _least(ratios: Iterable[float]) -> float:
    return round(min(ratios, default=21.0), 2)


def _source(asset: Asset) -> Source:
    return Source(name=asset.shown or asset.href, text=asset.content.decode("utf-8", errors="replace"))


def _navigation(rendition: EpubRendition, trees: dict[str, Any]) -> Faults:
    """A table of contents that leads to documents in the order of the spine."""
    spine = [document.href.rpartition("/")[2] for document in rendition.documents]
    toc = next((nav for nav in _navs(trees[rendition.nav.href]) if nav.get(f"{EPUB}type") == "toc"), None)
    links = [] if toc is None else [str(link.get("href")) for link in toc.iter(f"{XHTML}a")]
    if not links:
        yield Withheld(claim=Claim.TABLE_OF_CONTENTS, reason="the navigation document has no table of contents")
    files = [link.partition("#")[0] for link in links]
    if any(name and name not in spine for name in files):
        yield Withheld(claim=Claim.READING_ORDER, reason="the contents lead to a document that is not in the book")
        return
    order = [spine.index(name) for name in files if name]
    if order != sorted(order):
        yield Withheld(claim=Claim.READING_ORDER, reason="the contents are not in the order of the book")


def _navs(tree: Any) -> Iterator[Any]:
    yield from tree.iter(f"{XHTML}nav")


def _structure(trees: Iterable[tuple[str, Any]]) -> Faults:
    """Languages, headings that skip no level, and roles on notes and their calls."""
    for name, tree in trees:
        if not tree.get("lang"):
            yield Withheld(claim=Claim.LANGUAGE, reason=f"{name} names no language")
        above = 0
        for heading in tree.iter(*HEADINGS):
            level = int(heading.tag[-1])
            if level > above + 1:
                words = "".join(heading.itertext())[:40]
                reason = f"in {name} the heading “{words}” of level {level} follows one of level {above}"
                yield Withheld(claim=Claim.STRUCTURAL_NAVIGATION, reason=reason)
            above = level
        if any(
            item.get(f"{EPUB}type") in ("noteref", "footnote") and not item.get("role") for item in tree.iter("{*}*")
        ):
            yield Withheld(claim=Claim.ARIA, reason=f"in {name} a note or its call has no role")


def _pictures(tree: Any) -> Iterator[Any]:
    """The pictures of a document, the cover left out."""
    for picture in tree.iter(f"{XHTML}img", "{http://www.w3.org/2000/svg}svg"):
        if picture.get("role") != "doc-cover":
            yield picture


def _alternatives(trees: Iterable[tuple[str, Any]]) -> Faults:
    for name, tree in trees:
        for picture in _pictures(tree):
            if not (picture.get("alt") or picture.get("aria-label") or "").strip():
                reason = f"in {name} the picture {picture.get('src', '')} has no alternative text"
                yield Withheld(claim=Claim.ALTERNATIVE_TEXT, reason=reason)


def _tables(trees: Iterable[tuple[str, Any]]) -> Faults:
    for name, tree in trees:
        for table in tree.iter(f"{XHTML}table"):
            heads = tuple(table.iter(f"{XHTML}th"))
            if not heads or any(not head.get("scope") for head in heads):
                reason = f"in {name} a table has no header cells, or one without a scope"
                yield Withheld(claim=Claim.TABLE_HEADERS, reason=reason)


def _contrast(found: Iterable[Contrast]) -> Faults:
    for contrast in found:
        if contrast.ratio < LEAST:
            reason = f"{contrast.ratio:.2f} to 1 where {LEAST} is needed: {contrast.words}"
            yield Withheld(claim=Claim.CONTRAST, reason=reason, span=contrast.span)


def _sheets(sheets: Iterable[Source]) -> Faults:
    """Sizes of type that a reader cannot change, and what moves by itself."""
    for sheet in sheets:
        for number, line in enumerate(sheet.text.split("\n"), 1):
            for declaration in line.replace("{", ";").replace("}", ";").split(";"):
                name, _, value = (part.strip().lower() for part in declaration.partition(":"))
                if name in ("font-size", "line-height") and value.endswith(ABSOLUTE):
                    reason = f"{name}: {value} does not follow the size that a reader has set"
                    yield Withheld(claim=Claim.DISPLAY_TRANSFORMABILITY, reason=reason, span=sheet.line_span(number))
                if name in ("animation", "animation-name"):
                    reason = f"{name}: {value} may move or flash"
                    yield Withheld(claim=Claim.NO_HAZARDS, reason=reason, span=sheet.line_span(number))


def _unlisted_faults(sheets: Iterable[Source]) -> Faults:
    """Properties that are on no list and that a waiver allows: what they do to words is not known."""
    for sheet in sheets:
        for fault in sanitized_sheet(sheet.text).faults:
            reason = f"appearance not verified: a waiver allows the property {fault.name}"
            span = sheet.line_span(min(fault.line, len(sheet.line_starts)))
            for claim in (Claim.CONTRAST, Claim.DISPLAY_TRANSFORMABILITY, Claim.NO_HAZARDS) if fault.name else ():
                yield Withheld(claim=claim, reason=reason, span=span)


def _moving(assets: Iterable[Asset]) -> Faults:
    """Pictures that move: no one has looked at whether they flash."""
    signs = {"image/gif": b"NETSCAPE2.0", "image/png": b"acTL", "image/webp": b"ANIM", "image/svg+xml": b"<animate"}
    for asset in assets:
        if asset.media_type in signs and signs[asset.media_type] in asset.content:
            yield Withheld(claim=Claim.NO_HAZARDS, reason=f"{asset.href} moves, and may flash")


def _pages(nav: Any) -> Faults:
    """A page list, where the volume has pages."""
    if not any(item.get(f"{EPUB}type") == "page-list" for item in _navs(nav)):
        reason = "the navigation document has no list of pages"
        yield Withheld(claim=Claim.PAGE_NAVIGATION, reason=reason)
        yield Withheld(claim=Claim.PAGE_BREAK_MARKERS, reason=reason)
