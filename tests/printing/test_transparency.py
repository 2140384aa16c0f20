"""What would shine through on a press: a picture is put on paper, everything else is told with its page."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publisher import pipeline
from publisher.diagnostics import PublisherError
from publisher.model.profile import Profile
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
    artifacts = pipeline.build(Folder(book), profiles=(Profile.PRINT,)).volume.artifacts
    return next(one.content for one in artifacts if one.name.endswith(".print.pdf"))


def test_a_picture_that_lets_paper_through_is_printed_as_it_looks_on_paper(book: Path) -> None:
    shown(book, "half.png")
    Image.new("RGBA", (900, 600), (0, 0, 0, 127)).save(book / "images" / "half.png")
    with pikepdf.open(io.BytesIO(printed(book))) as pdf:
        objects = (thing for page in pdf.pages for thing in page.obj.Resources.get("/XObject", {}).values())
        (picture,) = {one.objgen: one for one in objects if one.get("/Width") == 900}.values()
        assert "/SMask" not in picture
        assert str(picture.ColorSpace) == "/DeviceGray"
        assert set(picture.read_bytes()) == {128}


@pytest.mark.parametrize(
    "rule", ["h1 { color: rgba(200, 0, 0, 0.5) }", "p { background: rgba(200, 0, 0, 0.2) }", "h1 { opacity: 0.5 }"]
)
def test_what_a_style_sheet_lets_shine_through_is_told_with_its_pages(book: Path, rule: str) -> None:
    (book / "styles").mkdir(exist_ok=True)
    (book / "styles" / "own-print.css").write_text(rule, encoding="utf-8")
    assert {code for code, _ in told(book)} == {"D-007"}
    assert all(message.startswith("page ") for _, message in told(book))


@pytest.mark.parametrize("how", ['fill-opacity="0.5"', 'opacity="0.5"'])
def test_what_a_drawing_lets_shine_through_is_told_with_its_page(book: Path, how: str) -> None:
    shown(book, "half.svg")
    (book / "images" / "half.svg").write_text(DRAWING.format(how), encoding="utf-8")
    assert [code for code, _ in told(book)] == ["D-007"]


def told(book: Path) -> list[tuple[str, str]]:
    with pytest.raises(PublisherError) as raised:
        printed(book)
    return [(one.code, one.message) for one in raised.value.diagnostics]
