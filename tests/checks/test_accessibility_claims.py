"""What an edition says of its accessibility is what was found in its documents and style sheets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from publisher.annotate import annotate
from publisher.compose import compose, with_accessibility, with_page_breaks
from publisher.diagnostics import ExitCode, PublisherError, Source
from publisher.load import load_edition
from publisher.model.accessibility import Accessibility, Claim
from publisher.model.publication import Publication
from publisher.model.rendition import Asset, EpubRendition, PageStart
from publisher.render import render_epub
from publisher.validate.accessibility import demand_earned, measure
from publisher.validate.contrast import contrasts, ratio
from publisher.workspace import Folder

STARTS = (PageStart(page=8, label="1", element_id="p1", offset=3),)


@pytest.fixture(scope="module")
def publication(everything: Path) -> Publication:
    return compose(annotate(load_edition(Folder(everything))), moment="2026-01-02T00:00:00Z")


@pytest.fixture(scope="module")
def epub(publication: Publication) -> EpubRendition:
    return render_epub(publication, cover=b"", page_break_source=None)


def without(epub: EpubRendition, words: bytes, instead: bytes = b"") -> EpubRendition:
    """The EPUB with some words of its documents replaced, once at least."""
    changed = tuple(replace(document, content=document.content.replace(words, instead)) for document in epub.documents)
    nav = replace(epub.nav, content=epub.nav.content.replace(words, instead))
    assert (changed, nav) != (epub.documents, epub.nav)
    return replace(epub, documents=changed, nav=nav)


def styled(epub: EpubRendition, css: str) -> EpubRendition:
    sheet = Asset(href="styles/own.css", media_type="text/css", content=css.encode(), shown="book/styles/own.css")
    return replace(epub, assets=(*epub.assets, sheet))


def lost(found: Accessibility) -> set[Claim]:
    return {item.claim for item in found.withheld}


def test_the_edition_of_everything_earns_every_claim(epub: EpubRendition) -> None:
    found = measure(epub, paged=True)
    assert found.withheld == ()
    assert set(found.earned) == set(Claim)
    assert found.pictures
    assert found.tables


@pytest.mark.parametrize(
    ("words", "instead", "claim"),
    [
        (b' alt="', b' data-alt="', Claim.ALTERNATIVE_TEXT),
        (b' scope="col"', b"", Claim.TABLE_HEADERS),
        (b' role="doc-noteref"', b"", Claim.ARIA),
        (b' lang="en-GB"', b"", Claim.LANGUAGE),
        (b"<h1", b"<h1/><h4/><h1", Claim.STRUCTURAL_NAVIGATION),
        (b'epub:type="toc"', b'epub:type="loi"', Claim.TABLE_OF_CONTENTS),
        (b'href="colophon.xhtml', b'href="imprint.xhtml', Claim.READING_ORDER),
    ],
)
def test_a_claim_is_lost_with_what_it_rests_on(epub: EpubRendition, words: bytes, instead: bytes, claim: Claim) -> None:
    found = measure(without(epub, words, instead), paged=False)
    assert lost(found) == {claim, Claim.CONFORMANCE}
    assert not found.conforms


@pytest.mark.parametrize(
    ("css", "claim", "place"),
    [
        ("p { margin: 0 }\n.a { color: #999; }", Claim.CONTRAST, "book/styles/own.css:2:6"),
        (".a { color: #222 }", Claim.CONTRAST, "book/styles/own.css:1:6"),
        (":root { --quiet: #aaa }", Claim.CONTRAST, "apparatus.css"),
        (".a { background: #777 }", Claim.CONTRAST, "book/styles/own.css:1:6"),
        ("p { font-size: 11px; }", Claim.DISPLAY_TRANSFORMABILITY, "book/styles/own.css:1:1"),
        ("p { animation: blink 1s; }", Claim.NO_HAZARDS, "book/styles/own.css:1:1"),
    ],
)
def test_a_style_sheet_that_costs_a_claim_is_named_with_its_line(
    epub: EpubRendition, css: str, claim: Claim, place: str
) -> None:
    found = measure(styled(epub, css), paged=False)
    assert lost(found) == {claim, Claim.CONFORMANCE}
    assert place in str(next(item.span for item in found.withheld if item.claim is claim))


def test_a_colour_that_dark_mode_mends_costs_nothing(epub: EpubRendition) -> None:
    dark = "@media (prefers-color-scheme: dark) { .a { color: #ccc } }"
    css = f".a {{ color: #333 }}\n{dark}\n@media print {{ p {{ color: #eee }} }}"
    assert measure(styled(epub, css), paged=False).withheld == ()


def test_a_picture_that_moves_may_flash(epub: EpubRendition) -> None:
    moving = Asset(href="images/a.gif", media_type="image/gif", content=b"GIF89a..NETSCAPE2.0")
    found = measure(replace(epub, assets=(*epub.assets, moving)), paged=False)
    assert Claim.NO_HAZARDS in lost(found)


def test_contrast_is_that_of_wcag() -> None:
    assert ratio((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    grey = 0x76 / 255
    assert ratio((grey, grey, grey), (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("mixed", "light", "dark"),
    [
        ("currentColor 40%, #fff", 2.85, 21.0),
        ("#000, currentColor 40%", 21.0, 3.66),
        ("currentColor, var(--a)", 4.95, 18.35),
        ("red, nothing", None, None),
    ],
)
def test_colours_mixed_with_that_of_the_text_are_measured(mixed: str, light: float | None, dark: float | None) -> None:
    sheet = Source(name="a.css", text=f":root {{ --a: #e0e0e0 }} p {{ color: color-mix(in srgb, {mixed}) }}")
    found = [contrast for contrast in contrasts((sheet,)) if contrast.words.endswith(("white", "black"))]
    ratios = {contrast.dark: round(contrast.ratio, 2) for contrast in found}
    assert (ratios.get(False), ratios.get(True)) == (light, dark)


def test_tokens_are_resolved_through_tokens() -> None:
    sheet = Source(name="a.css", text=":root { --a: #000; --b: var(--a) } p { color: var(--b) }")
    assert [round(contrast.ratio, 1) for contrast in contrasts((sheet,)) if not contrast.dark] == [21.0, 17.8]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en-GB", "Accessibility of"), ("de-CH", "Barrierefreiheit"), ("fr", "Accessibilité de"), ("fi", "Accessibility")],
)
def test_the_page_about_accessibility_stands_before_the_colophon(
    publication: Publication, epub: EpubRendition, language: str, title: str
) -> None:
    translated = replace(publication, metadata=replace(publication.metadata, language=language))
    with_page = with_accessibility(translated, measure(epub, paged=True))
    assert [section.id for section in with_page.sections[-2:]] == ["accessibility", "colophon"]
    assert with_page.sections[-2].label.startswith(title)
    assert [entry.section_id for entry in with_page.contents[-2:]] == ["accessibility", "colophon"]


def test_a_claim_that_the_finished_epub_does_not_earn_stops_the_build(
    publication: Publication, epub: EpubRendition
) -> None:
    claiming = with_accessibility(publication, measure(epub, paged=True))
    paged = with_page_breaks(claiming, STARTS)
    demand_earned(render_epub(paged, cover=b"", page_break_source="urn:pdf"), claimed=claiming.accessibility)
    with pytest.raises(PublisherError) as raised:
        demand_earned(render_epub(claiming, cover=b"", page_break_source="urn:pdf"), claimed=claiming.accessibility)
    assert {diagnostic.code for diagnostic in raised.value.diagnostics} == {"V-020"}
    assert raised.value.exit_code is ExitCode.UNPROVED
