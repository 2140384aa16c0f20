"""What would shine through on a press: a picture is put on paper, everything else is told with its page."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publisher.build import pipeline
from publisher.build.cover import CoverOrder, printed_cover
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.assets import Image as Picture
from publisher.model.profile import Profile
from publisher.validate.transparency import see_through, trace
from publisher.workspace import Folder

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60" viewBox="0 0 100 60">'
    '<rect width="50" height="50" fill="#f00" {0}/></svg>'
)


@pytest.fixture
def book(root: Path, tmp_path: Path) -> Path:
    """An edition without a fault, to be changed."""
    return Path(shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book"))


def shown(book: Path, picture: str) -> None:
    """Puts a picture into the introduction."""
    page = book / "introduction.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n![A thing](images/{picture})\n", encoding="utf-8")
    (book / "images").mkdir(exist_ok=True)


def printed(book: Path) -> bytes:
    artifacts = pipeline.build(BuildRequest(folder=Folder(book), profiles=(Profile.PRINT,))).volume.artifacts
    return next(artifact.content for artifact in artifacts if artifact.name.endswith(".print.pdf"))


def test_a_picture_that_lets_paper_through_is_printed_as_it_looks_on_paper(book: Path) -> None:
    shown(book, "half.png")
    Image.new("RGBA", (900, 600), (0, 0, 0, 127)).save(book / "images" / "half.png")
    with pikepdf.open(io.BytesIO(printed(book))) as pdf:
        objects = (thing for page in pdf.pages for thing in page.obj.Resources.get("/XObject", {}).values())
        (picture,) = {item.objgen: item for item in objects if item.get("/Width") == 900}.values()
        assert "/SMask" not in picture
        assert str(picture.ColorSpace) == "/DeviceGray"
        assert set(picture.read_bytes()) == {128}


@pytest.mark.parametrize(
    "rule", ["h1 { color: rgba(200, 0, 0, 0.5) }", "p { background: rgba(200, 0, 0, 0.2) }", "h1 { opacity: 0.5 }"]
)
def test_what_a_style_sheet_lets_shine_through_is_told_with_its_pages(book: Path, rule: str) -> None:
    (book / "styles").mkdir(exist_ok=True)
    (book / "styles" / "own-print.css").write_text(rule, encoding="utf-8")
    ((code, message, places),) = told(book)
    assert (code, places) == ("D-007", ["own-print.css:1"])
    assert message.startswith(("page ", "pages "))


@pytest.mark.parametrize("how", ['fill-opacity="0.5"', 'opacity="0.5"'])
def test_what_a_drawing_lets_shine_through_is_told_with_its_page(book: Path, how: str) -> None:
    shown(book, "half.svg")
    (book / "images" / "half.svg").write_text(DRAWING.format(how), encoding="utf-8")
    ((code, message, places),) = told(book)
    assert (code, message.partition(" cannot")[0]) == ("D-007", "page vii")
    assert places == ["half.svg:1"]


def test_every_line_that_may_be_the_cause_is_named_and_those_for_the_screen_are_not(book: Path) -> None:
    shown(book, "half.svg")
    (book / "images" / "half.svg").write_text(DRAWING.format('\n opacity=".5"'), encoding="utf-8")
    (book / "styles").mkdir()
    (book / "styles" / "screen.css").write_text("p { opacity: 0.5 }", encoding="utf-8")
    (book / "styles" / "press.css").write_text(
        "p { color: #000 }\n/* opacity: 0.1 */\nh2 { opacity: 0.5 }", encoding="utf-8"
    )
    ((_, _, places),) = told(book)
    assert places == ["press.css:3", "half.svg:2"]


def test_a_drawing_on_a_cover_is_named(book: Path) -> None:
    (book / "images" / "half.svg").write_text(DRAWING.format('opacity="0.5"'), encoding="utf-8")
    settings = book / "edition.yaml"
    cover = "cover: {design: typographic, image: {file: images/half.svg, alt: A thing}, blurb: Words.}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + cover, encoding="utf-8")
    with pytest.raises(PublisherError) as raised:
        printed_cover(BuildRequest(folder=Folder(book), output=book), CoverOrder(pages=200, profile=Profile.PRINT))
    assert [str(diagnostic.span).rpartition("/")[2] for diagnostic in raised.value.diagnostics] == ["half.svg:1:1"]


@pytest.mark.parametrize(
    ("sheet", "lines"),
    [
        ("p { opacity: 1 }\nq { opacity: 100% }\nb { fill-opacity: 0.99 }\ni { opacity: 99% }", [3, 4]),
        ("p { color: rgb(0 0 0 / 1) }\np { color: rgb(0 0 0 /\n50%) }\np { color: hsl(0 50% 50%) }", [2]),
        ("p { color: rgba(0, 0, 0, 1) }\np { color: rgba(0, 0, 0, .3) }\np { color: rgb(0.5, 0, 0) }", [2]),
        ("p { color: #000f }\np { color: #0008 }\np { color: #000000ff }\np { color: #00000080 }", [2, 4]),
        (
            "#abcd { color: red }\np { background: transparent }\np { background: linear-gradient(red, transparent) }",
            [3],
        ),
        ("@media print {\n p { opacity: .1 }\n}\n@page { @top-left {\n color: #0001 } }", [2, 5]),
        ("p { mix-blend-mode: normal }\np { mix-blend-mode: multiply }", [2]),
        (":root { --quiet: rgb(0 0 0 / 10%) }\np { color: var(--quiet) }\np { color: ", [1]),
    ],
)
def test_lines_of_a_style_sheet_that_let_something_shine_through(sheet: str, lines: list[int]) -> None:
    source = Source(name="own.css", text=sheet)
    assert [source.position(span.start)[0] for span in see_through(sheets=(source,), drawings=())] == lines


@pytest.mark.parametrize(
    "inside",
    [
        '<rect style="fill: red; stroke-opacity: 20%"/>',
        '<rect fill="rgba(1, 2, 3, 0.4)"/>',
        "<style>rect { fill: #0001 }</style>",
        '<mask id="m"/>',
        '<linearGradient id="g"><stop offset="0" stop-color="red" stop-opacity="0"/></linearGradient>',
    ],
)
def test_lines_of_a_drawing_that_let_something_shine_through(inside: str) -> None:
    content = f'<svg xmlns="http://www.w3.org/2000/svg">\n<!-- opacity="0" --><rect opacity="1"/>\n{inside}\n</svg>'
    image = Picture(
        path="a.svg", media_type="image/svg+xml", content=content.encode(), width=1, height=1, shown="b/a.svg"
    )
    assert [str(span) for span in see_through(sheets=(), drawings=(image,))] == ["b/a.svg:3:1"]


def test_where_no_line_is_known_the_pages_are_told() -> None:
    error = PublisherError(Diagnostic(code="D-007", message="page 1"))
    other = PublisherError(Diagnostic(code="D-001", message="page 1"))
    sheet = Source(name="own.css", text="p { opacity: 0.5 }")
    assert trace(error).diagnostics == error.diagnostics
    assert trace(other, sheets=(sheet,)) is other
    assert str(trace(error, sheets=(sheet,)).diagnostics[0].span) == "own.css:1:1"


def told(book: Path) -> list[tuple[str, str, list[str]]]:
    """The code and the message of each error, and the file and line of each place."""
    with pytest.raises(PublisherError) as raised:
        printed(book)
    return [
        (
            diagnostic.code,
            diagnostic.message,
            [
                str(span).rpartition("/")[2].rpartition(":")[0]
                for span in (diagnostic.span, *(at for _, at in diagnostic.related))
            ],
        )
        for diagnostic in raised.value.diagnostics
    ]
