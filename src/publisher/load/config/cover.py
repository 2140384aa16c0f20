"""The cover that `edition.yaml` describes, with its blurb and its picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publisher.diagnostics import Source, Span
from publisher.load.assets.images import images
from publisher.load.config.cover_keys import PlacedColours, PlacedCover, PlacedImage
from publisher.load.findings import Findings
from publisher.load.loading import Loading
from publisher.load.markdown.document import markdown, prose
from publisher.load.yaml.types import Placed
from publisher.model.block import Block, BlockQuote, Figure, ListBlock, Paragraph
from publisher.model.cover import PALETTES, Cover, CoverImage, CoverPlaces, Design, Palette, SpineText
from publisher.model.inline import Citation, CrossReference, FootnoteCall, Inline, Link
from publisher.model.walk import blocks_of, inlines_of

_CROSS_OUT = {Citation: "a citation", CrossReference: "a cross-reference", FootnoteCall: "a footnote", Link: "a link"}
_BLOCKS = (Paragraph, BlockQuote, ListBlock)


def cover(placed: PlacedCover | None, loading: Loading, *, isbn: str | None, settings: Source) -> Cover:
    """The cover; one with nothing chosen where `edition.yaml` has no `cover`.

    Notes a blurb with content that a cover cannot have, a price code without an ISBN, and faults of the files.
    """
    title = _title_span(settings)
    if placed is None:
        return Cover(places=CoverPlaces(title=title))
    if placed.price_code is not None and isbn is None:
        loading.findings.error(
            "E-004",
            "“isbn” is missing, and the price code is printed next to its barcode",
            span=placed.price_code.span,
            hint="add “isbn: …” at the top level, or delete the price code",
        )
    colours, image = placed.colours, placed.image
    blurb, source = ((), None) if placed.blurb is None else _blurb(placed.blurb, loading)
    return Cover(
        design=placed.design,
        blurb=blurb,
        blurb_source=source,
        price=None if placed.price is None else placed.price.text,
        price_code=None if placed.price_code is None else placed.price_code.text,
        palette=_palette(colours, design=placed.design or Design.BANDED),
        image=None if image is None else _image(image, loading),
        paper=placed.paper,
        spine_text=SpineText(placed.spine_text.text),
        bleed=placed.bleed,
        places=CoverPlaces(
            title=title,
            blurb=None if placed.blurb is None else placed.blurb.span,
            price=None if placed.price is None else placed.price.span,
            spine_text=placed.spine_text.span,
            colours=None if colours is None else colours.span,
            image=None if image is None else image.file.span,
        ),
    )


def _title_span(settings: Source) -> Span | None:
    """The line of the title."""
    found = re.search(r"^title:.*$", settings.text, re.MULTILINE)
    return settings.span(found.start(), found.end()) if found else None


def _palette(given: PlacedColours | None, *, design: Design) -> Palette:
    """The design's colours, with those in their place that the edition gives."""
    usual, given = PALETTES[design], given or PlacedColours()
    return Palette(
        ground=given.ground or usual.ground,
        ink=given.ink or usual.ink,
        accent=given.accent or usual.accent,
        on_accent=given.on_accent or usual.on_accent,
    )


def _image(placed: PlacedImage, loading: Loading) -> CoverImage | None:
    figure = Figure(path=placed.file.text, alternative=placed.alternative, span=placed.file.span)
    found = images((figure,), folder=loading.folder, findings=loading.findings) if figure.path else ()
    for image in found:
        return CoverImage(
            path=image.path,
            media_type=image.media_type,
            content=image.content,
            width=image.width,
            height=image.height,
            shown=image.shown,
            source=image.source,
            alternative=placed.alternative,
        )
    return None


def _blurb(placed: Placed, loading: Loading) -> tuple[tuple[Block, ...], Source | None]:
    """The blocks of a Markdown file that is named, with that file, or of the words that are there."""
    if not re.fullmatch(r"\S+\.md", placed.text):
        return _check(_paragraphs(placed, loading.findings), placed, loading.findings), None
    source = loading.source(placed)
    if source is None:
        return (), None
    text = markdown(source, figures=[], findings=loading.findings)
    if text.title:
        _refuse("a heading", text.title_span or placed.span, loading.findings)
    return _check(text.blocks, placed, loading.findings), source


def _paragraphs(placed: Placed, findings: Findings) -> tuple[Block, ...]:
    assert placed.span is not None
    parts = re.split(r"\n[ \t]*\n", placed.text.strip())
    return tuple(Paragraph(children=prose(part, span=placed.span, findings=findings)) for part in parts)


def _check(blocks: tuple[Block, ...], placed: Placed, findings: Findings) -> tuple[Block, ...]:
    """The blocks. Notes J-007 at each thing that leads somewhere, or is no plain text."""
    for block in blocks_of(blocks):
        if not isinstance(block, _BLOCKS):
            _refuse(f"a {type(block).__name__.lower()}", getattr(block, "span", None) or placed.span, findings)
    for what, span in _leading_away(inlines_of(blocks)):
        _refuse(what, span or placed.span, findings)
    return blocks


def _leading_away(inlines: Iterable[Inline]) -> Iterable[tuple[str, Span | None]]:
    for inline in inlines:
        for kind, what in _CROSS_OUT.items():
            if isinstance(inline, kind):
                yield what, getattr(inline, "span", None)


def _refuse(what: str, span: Span | None, findings: Findings) -> None:
    findings.error(
        "J-007",
        f"{what} is not allowed in a blurb",
        span=span,
        hint="a blurb has paragraphs, quotations and lists, and nothing that leads elsewhere",
    )
