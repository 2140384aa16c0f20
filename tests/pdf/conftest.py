"""A small document with everything in it that a PDF can get wrong, laid out and bound once."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publisher.layout.document import write_pdf
from publisher.model.publication import ContentsEntry, MatterKind, Metadata
from publisher.model.rendition import Asset, LayoutResources, PageStart, PdfRendition, PdfSection, Side
from publisher.model.settings import Contributor, Provenance, Rights, RightsStatus
from publisher.workers.executor import SerialExecutor
from publisher.workspace import packaged_path

MOMENT = "2026-11-24T00:00:00Z"
METADATA = Metadata(
    title="On Promises & Paper",
    subtitle="An annotated edition",
    short_title="On Promises",
    language="en-GB",
    identifier="urn:uuid:6b1f3b5e-3b0b-5d7c-8a53-9f5f8a8b9c01",
    isbn="978-0-306-40615-7",
    contributors=(
        Contributor(name="An Author", role="aut", sort="Author, An"),
        Contributor(name="The Editors", role="edt", sort="Editors, The"),
    ),
    publisher="A Press",
    place="Leiden",
    date="2026-11-24",
    modified=MOMENT,
    statement=None,
    description="A short text <with> notes.",
    subjects=("Treaties", "Diplomacy"),
    rights=Rights(status=RightsStatus.UNKNOWN, statement="The rights are unknown.", apparatus=None, licence_url=None),
    provenance=Provenance(
        file="article.txt",
        sha256="0" * 64,
        first_paragraph_is_title=True,
        published=None,
        url=None,
        statement=None,
    ),
    generator="publisher 0.1.0",
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FACES = """
@font-face { font-family: "Source Serif Pro"; src: url("../fonts/serif.otf"); }
@font-face { font-family: "Source Sans Pro"; src: url("../fonts/sans.otf"); }
"""
SHEET = (
    FACES
    + """
html { font: 10pt/14pt "Source Serif Pro"; }
body { margin: 0; hyphens: auto; text-align: justify; orphans: 1; widows: 1; }
a { color: inherit; text-decoration: none; }
img { image-rendering: crisp-edges; width: 40pt; height: 30pt; }
h1, h2, h3, h4, th, strong { font-weight: normal; }
em { font-style: normal; }
@page {
  size: 80mm 110mm; margin: 14mm 12mm;
  @top-center { content: "Running head"; } @bottom-center { content: counter(page); }
  @footnote { border-top: 0.4pt solid; }
}
@page :blank { @top-center { content: none; } @bottom-center { content: none; } }
.note { float: footnote; font-size: 8pt; line-height: 10pt; }
.note::footnote-call, .note::footnote-marker { content: none; }
p.numbered { position: relative; }
.paragraph-number { position: absolute; left: -7mm; }
.folio::after { content: attr(data-page); }
.cited::after { content: " [p. " attr(data-page) "]"; }
.break { break-before: page; }
ul ul { list-style-type: disc; }
nav ol { list-style: none; padding: 0; }
"""
)


def note(name: str, mark: str, words: str) -> str:
    """A call and the note right after it, as the templates write them."""
    call = f'<a class="note-call" id="call-{name}" href="#note-{name}" role="doc-noteref">{mark}</a>'
    back = f'<a class="note-mark" href="#call-{name}" role="doc-backlink">{mark}</a>'
    return f'{call}<aside class="note" id="note-{name}" role="doc-footnote"><p>{back} {words}</p></aside>'


LONG = (
    "The representatives considered international organisations and their responsibilities extraordinarily seriously. "
)
ROWS = "".join(f'<tr><th scope="row">Row {row}</th><td>{row} wide</td></tr>' for row in range(1, 41))
BODY = f"""
<section id="contents" class="frontmatter"><h1 id="contents-title">Contents</h1>
<nav role="doc-toc"><ol><li><a href="volume#text">The text</a><span class="folio" data-page="@text@"></span>
<ol><li><a href="volume#part">A part</a><span class="folio" data-page="@part@"></span></li></ol></li></ol>
</nav></section>
<section id="text" role="doc-chapter"><h1 id="text-title">The title{note("title", "1", "On the title.")}</h1>
<p id="p1" class="numbered"><span class="paragraph-number">1</span>{LONG}One sentence{note("one", "2", LONG * 6)} goes
on{note("two", "a", "The second of one paragraph.")} to
its end; a co‐operation of <span lang="fr">mots justes</span> and
<a class="cited" href="#part" data-page="@part@">a link</a>, an efficient office. {LONG * 9}</p>
<p id="p2" class="numbered"><span class="paragraph-number">2</span>{LONG * 3}
Here stands call three{note("three", "3", "Third.")}. {LONG * 8}</p>
<h3 id="part">A part</h3>
<ul><li>An entry{note("entry", "4", "On an entry.")} with a list<ul><li>below it</li></ul></li><li>Another</li></ul>
<ol><li><p id="p3">First</p></li><li><p id="p4">Second</p></li></ol>
<dl id="facts"><dt>Term</dt><dd><p id="p5">Said of it</p></dd><dd>and more</dd><dt>Other</dt><dd>Else</dd></dl>
<blockquote id="quote"><p id="p6">Quoted words.</p></blockquote>
<figure id="figure"><img src="images/dot.png" alt="A red dot"/><figcaption>A dot, enlarged</figcaption></figure>
<div class="table"><table id="table"><caption>A table</caption>
<thead><tr><th scope="col">Head</th><th scope="col">Width</th></tr></thead><tbody>{ROWS}</tbody></table></div>
<p id="p7">After the table.</p></section>
<section id="colophon"><h1 id="colophon-title">Colophon</h1><p id="p8">The end.</p></section>
"""


def document(body: str) -> str:
    """A whole document."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB" xml:lang="en-GB">'
        f"<head><title>On Promises</title></head><body>{body}</body></html>"
    )


def rendered(body: str, sheet: str = SHEET, *, sections: tuple[tuple[str, MatterKind], ...] = ()) -> PdfRendition:
    """A rendition of a body and one style sheet, with two typefaces and a picture.

    A section of the PDF for each that is named, in their order; else one for the whole body.
    """
    parts = re.split(r"\n(?=<section id=)", body.strip()) if len(sections) > 1 else [body]
    named = sections or (("s", MatterKind.FRONT),)
    return PdfRendition(
        metadata=METADATA,
        sections=tuple(
            PdfSection(id=name, matter=matter, side=Side.RIGHT, document=document(part))
            for part, (name, matter) in zip(parts, named, strict=True)
        ),
        dress=LayoutResources(
            stylesheets=(Asset(href="styles/print.css", media_type="text/css", content=sheet.encode()),),
            assets=(
                Asset(href="fonts/serif.otf", media_type="font/otf", content=_face("serif", "Serif")),
                Asset(href="fonts/sans.otf", media_type="font/otf", content=_face("sans", "Sans")),
                Asset(href="images/dot.png", media_type="image/png", content=PIXEL),
            ),
        ),
        references=tuple(dict.fromkeys(re.findall("@([a-z]+)@", body))),
        contents=(
            ContentsEntry(
                label="The text",
                target_id="text",
                section_id="text",
                children=(ContentsEntry(label="A part", target_id="part", section_id="text"),),
            ),
        ),
    )


def written(rendition: PdfRendition, path: Path) -> Bound:
    """The finished PDF; `@id@` stands for the number of the page of an element."""
    rendered = [rendition]

    def render(folios: Mapping[str, str], pages: int | None, before: PdfRendition | None) -> PdfRendition:
        sections = []
        for section in rendition.sections:
            text = re.sub("@([a-z]+)@", lambda found: folios.get(found[1], "0"), section.document)
            sections.append(replace(section, document=text))
        rendered.append(replace(rendition, sections=tuple(sections)))
        return rendered[-1]

    made = write_pdf(render, executor=SerialExecutor(), name="book.pdf", moment=MOMENT)
    return Bound(rendered[-1], made.artifact.content, made.page_starts, path)


def _face(package: str, name: str) -> bytes:
    return packaged_path(f"font_source_{package}_pro", f"files/Source{name}Pro-Regular.otf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A structure element as it is read back, with its place in reading order."""

    kind: str
    at: Any
    depth: int


class Bound:
    """A finished PDF, read back."""

    def __init__(self, rendition: PdfRendition, content: bytes, starts: tuple[PageStart, ...], path: Path) -> None:
        self.rendition, self.content, self.starts, self.path = rendition, content, starts, path
        path.write_bytes(content)
        self.pdf = pikepdf.open(path)
        self.elements = tuple(_elements(self.pdf.Root.StructTreeRoot.K[0], 0))

    def of_kind(self, kind: str) -> tuple[Any, ...]:
        """The structure elements of a type, in reading order."""
        return tuple(element.at for element in self.elements if element.kind == kind)

    def stream(self, page: int) -> bytes:
        """The content of a page."""
        contents = self.pdf.pages[page].Contents
        streams = contents if isinstance(contents, pikepdf.Array) else (contents,)
        return b"\n".join(bytes(stream.read_bytes()) for stream in streams)

    def words(self, element: Any) -> str:
        """What an element says, through the bytes: glyphs decoded, ActualText before them."""
        return "".join(self._describe(element))

    def _describe(self, element: Any) -> Iterator[str]:
        for child in element.get("/K", ()):
            if isinstance(child, int):
                yield from self._marked(element.Pg, child)
            elif child.get("/Type") == pikepdf.Name.MCR:
                yield from self._marked(child.Pg, int(child.MCID))
            elif child.get("/Type") != pikepdf.Name.OBJR:
                yield from self._describe(child)

    def _marked(self, page: Any, mcid: int) -> Iterator[str]:
        inside, spoken = 0, False
        font: dict[str, str] = {}
        instructions: Any = pikepdf.parse_content_stream(page)
        for operands, operator in instructions:
            name = str(operator)
            if name == "Tf":
                font = _mapping(page.Resources.Font[str(operands[0])])
            if name == "BDC" and operands[1].get("/MCID") == mcid:
                inside = 1
            elif inside and name == "BDC":
                inside, spoken = inside + 1, "/ActualText" in operands[1]
                yield str(operands[1].get("/ActualText", ""))
            elif inside and name == "EMC":
                inside, spoken = inside - 1, False
                if not inside:
                    yield " "
                    return
            elif inside and name == "TJ" and not spoken:
                codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
                yield "".join(font.get(codes[at : at + 2].hex(), "") for at in range(0, len(codes), 2))


def _elements(element: Any, depth: int) -> Iterator[Element]:
    yield Element(kind=str(element.S)[1:], at=element, depth=depth)
    for child in element.get("/K", ()):
        if not isinstance(child, int) and "/S" in child:
            yield from _elements(child, depth + 1)


def _mapping(font: Any) -> dict[str, str]:
    """Code and characters of a font, read apart from the code under test."""
    lines = font.ToUnicode.read_bytes().decode().splitlines()
    pairs = (line.strip("<>").split("> <") for line in lines if line.count("<") == 2 and "> <" in line)
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@pytest.fixture(scope="session")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Bound:
    """The document with everything in it, laid out and bound."""
    sections = (("contents", MatterKind.FRONT), ("text", MatterKind.BODY), ("colophon", MatterKind.BACK))
    rendition = rendered(BODY, sections=sections)
    return written(rendition, tmp_path_factory.mktemp("pdf") / "everything.pdf")


@pytest.fixture(scope="session")
def make() -> Callable[..., PdfRendition]:
    """Makes a rendition of a body and a style sheet."""
    return rendered


@pytest.fixture(scope="session")
def faces() -> str:
    """The style sheet that declares the typefaces and nothing else."""
    return FACES


@pytest.fixture
def bind_(tmp_path: Path) -> Callable[[PdfRendition], Bound]:
    """Lays out and binds a rendition."""

    def bind_rendition(rendition: PdfRendition) -> Bound:
        return written(rendition, tmp_path / "bound.pdf")

    return bind_rendition


@pytest.fixture(name="note", scope="session")
def note_fixture() -> Callable[[str, str, str], str]:
    """Writes a call and its note."""
    return note
