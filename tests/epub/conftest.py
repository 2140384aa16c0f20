"""A small but complete book, as `render` would hand it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from publisher.epub.write.container import write_epub
from publisher.model.publication import Metadata
from publisher.model.rendition import Artifact, Asset, Document, EpubRendition
from publisher.model.settings import Contributor, Provenance, Rights, RightsStatus

MOMENT = "2026-11-24T00:00:00Z"

METADATA = Metadata(
    title="On Promises & Paper",
    subtitle="An annotated edition",
    short_title="On Promises",
    language="en-GB",
    identifier="urn:uuid:6b1f3b5e-3b0b-5d7c-8a53-9f5f8a8b9c01",
    isbn="978-0-306-40615-7",
    contributors=(
        Contributor(name="An Author", role="aut", sort="Author, An", note="attributed"),
        Contributor(name="The Editors", role="edt", sort="Editors, The"),
    ),
    publisher="A Press",
    place="Leiden",
    date="2026-11-24",
    modified=MOMENT,
    statement="First annotated edition",
    description="A short text <with> notes.",
    subjects=("Treaties", "Diplomacy"),
    rights=Rights(
        status=RightsStatus.UNKNOWN,
        statement="The rights in the text are unknown.",
        apparatus="The notes may be copied.",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
    ),
    provenance=Provenance(
        file="article.txt",
        sha256="0" * 64,
        first_paragraph_is_title=True,
        published="2022-01-29",
        url="https://example.org/article",
        statement=None,
    ),
    generator="publisher 0.1.0",
)

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en-GB" xml:lang="en-GB">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="{styles}"/></head>
<body>
{body}
</body>
</html>
"""

COVER = """<section id="cover" epub:type="cover" aria-label="Cover">
<img src="../images/cover.png" alt="Cover of On Promises &amp; Paper" role="doc-cover"/></section>"""

TITLE_PAGE = """<section id="title-page" epub:type="titlepage" aria-label="Title page">
<span id="page-i" epub:type="pagebreak" role="doc-pagebreak" aria-label="i"></span>
<h1>On Promises &amp; Paper</h1><p>An annotated edition</p></section>"""

TEXT = """<section id="text" epub:type="chapter" role="doc-chapter" aria-labelledby="text-title">
<span id="page-1" epub:type="pagebreak" role="doc-pagebreak" aria-label="1"></span>
<h1 id="text-title">On Promises &amp; Paper</h1>
<p id="p1">A promise<a id="call-1" epub:type="noteref" role="doc-noteref" href="#note-1">1</a> was given, \
<i lang="fr" xml:lang="fr">mot juste</i>.</p>
<p id="p2">It was kept<a id="call-2" epub:type="noteref" role="doc-noteref" href="#note-2">2</a> on
<span id="page-2" epub:type="pagebreak" role="doc-pagebreak" aria-label="2"></span>paper.</p>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8" role="img">\
<title>A square</title><linearGradient id="shade"/><rect width="8" height="8"/></svg>
<aside id="note-1" epub:type="footnote" role="doc-footnote" aria-label="Note 1">
<p>By word of mouth. <a role="doc-backlink" href="#call-1" aria-label="Back to the text, note 1">↩</a></p></aside>
<aside id="note-2" epub:type="footnote" role="doc-footnote" aria-label="Note 2">
<p>So it is said. <a role="doc-backlink" href="#call-2" aria-label="Back to the text, note 2">↩</a></p></aside>
</section>"""

NAV = """<nav id="contents" epub:type="toc" role="doc-toc" aria-labelledby="contents-title">\
<h1 id="contents-title">Contents</h1><ol>
<li><a href="text/title-page.xhtml">Title page</a></li><li><a href="text/text.xhtml">On Promises &amp; Paper</a></li>
</ol></nav>
<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks"><ol>
<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>
<li><a epub:type="bodymatter" href="text/text.xhtml">Text</a></li></ol></nav>
<nav epub:type="page-list" role="doc-pagelist" hidden="hidden" aria-label="Pages"><ol>
<li><a href="text/title-page.xhtml#page-i">i</a></li><li><a href="text/text.xhtml#page-1">1</a></li>
<li><a href="text/text.xhtml#page-2">2</a></li></ol></nav>"""

NCX = f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="en-GB">
<head><meta name="dtb:uid" content="{METADATA.identifier}"/></head>
<docTitle><text>On Promises &amp; Paper</text></docTitle>
<navMap><navPoint id="np-1"><navLabel><text>Title page</text></navLabel>
<content src="text/title-page.xhtml"/></navPoint>
<navPoint id="np-2"><navLabel><text>On Promises</text></navLabel><content src="text/text.xhtml"/></navPoint></navMap>
</ncx>
"""

STYLES = """@font-face { font-family: "Serif"; src: url("../fonts/Serif.otf"); }
body { font-family: "Serif", serif; }
"""

ACCESSIBILITY = (
    ("schema:accessMode", "textual"),
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "alternativeText"),
    ("schema:accessibilityFeature", "pageNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "Notes lead back to where they are called."),
    ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
    ("a11y:certifiedBy", "The Editors"),
    ("a11y:certifierReport", "https://example.org/report"),
)


def _page(id: str, title: str, body: str, *, properties: tuple[str, ...] = ()) -> Document:
    content = PAGE.format(title=title, styles="../styles/screen.css", body=body)
    return Document(id=id, href=f"text/{id}.xhtml", content=content.encode(), properties=properties)


def _font() -> bytes:
    package = find_spec("font_source_serif_pro")
    assert package
    assert package.origin
    return (Path(package.origin).parent / "files" / "SourceSerifPro-Regular.otf").read_bytes()


def _image() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (600, 960), "navy").save(buffer, format="PNG")
    return buffer.getvalue()


def _rendition() -> EpubRendition:
    nav = Document(
        id="contents",
        href="nav.xhtml",
        content=PAGE.format(title="Contents", styles="styles/screen.css", body=NAV).encode(),
        properties=("nav",),
    )
    cover = _page("cover", "Cover", COVER)
    title_page = _page("title-page", "Title page", TITLE_PAGE)
    text = _page("text", "On Promises &amp; Paper", TEXT, properties=("svg",))
    return EpubRendition(
        metadata=METADATA,
        nav=nav,
        documents=(cover, title_page, nav, text),
        assets=(
            Asset(href="styles/screen.css", media_type="text/css", content=STYLES.encode()),
            Asset(href="fonts/Serif.otf", media_type="font/otf", content=_font()),
        ),
        cover_image=Asset(href="images/cover.png", media_type="image/png", content=_image()),
        ncx=NCX.encode(),
        page_break_source="urn:uuid:6b1f3b5e-3b0b-5d7c-8a53-9f5f8a8b9c02",
        accessibility=ACCESSIBILITY,
    )


@pytest.fixture(scope="session")
def rendition() -> EpubRendition:
    """The book, good in every respect."""
    return _rendition()


@pytest.fixture(scope="session")
def faulty(rendition: EpubRendition) -> EpubRendition:
    """The book with a broken link, an image without alternative text, and no hazards stated."""
    cover = _page("cover", "Cover", COVER.replace('alt="Cover of On Promises &amp; Paper" role="doc-cover"', ""))
    text = _page("text", "Text", TEXT.replace('href="#note-1"', 'href="#note-9"'))
    return replace(
        rendition,
        documents=(cover, *rendition.documents[1:-1], text),
        accessibility=tuple(entry for entry in ACCESSIBILITY if entry[0] != "schema:accessibilityHazard"),
    )


@pytest.fixture(scope="session")
def written() -> Callable[[EpubRendition], Artifact]:
    """Writes a book under the name and the moment that all tests use."""
    return lambda rendition: write_epub(rendition, name="on-promises.epub", moment=MOMENT)


@pytest.fixture(scope="session")
def book(rendition: EpubRendition, written: Callable[[EpubRendition], Artifact]) -> bytes:
    """The good book, written."""
    return written(rendition).content


@pytest.fixture(scope="session")
def book_path(book: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good book as a file."""
    path = tmp_path_factory.mktemp("good") / "on-promises.epub"
    path.write_bytes(book)
    return path


@pytest.fixture(scope="session")
def faulty_path(
    faulty: EpubRendition,
    written: Callable[[EpubRendition], Artifact],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The faulty book as a file."""
    path = tmp_path_factory.mktemp("faulty") / "on-promises.epub"
    path.write_bytes(written(faulty).content)
    return path
