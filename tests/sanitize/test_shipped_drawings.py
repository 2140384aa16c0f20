"""Drawings with pictures and with words alone go into EPUB and PDF as they were rebuilt, and are proved."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.assets import Image as Image_
from publisher.verify.line import PICTURE, Expected, Found
from publisher.verify.pictures import with_invisible_drawings
from publisher.workspace import Folder

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" font-family="Source Serif Pro">'
TEXT = b"# A text\n\nThe first words.\n\n![A chart](a.svg)\n\n![A sign](b.svg)\n"
SETTINGS = f"""title: A title
language: en
date: 2026-01-02
contributors: [{{name: Somebody, role: aut}}]
source: {{file: text.md, sha256: {hashlib.sha256(TEXT).hexdigest()}}}
rights: {{status: public-domain, statement: Free.}}
output: {{name: book}}
"""


def pixels() -> str:
    """A small picture, as it is written into an address."""
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(content, "PNG")
    return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode()}"


def test_drawings_and_pictures_in_addresses_are_shipped_and_proved(tmp_path: Path) -> None:
    chart = f'{OPEN}<!-- by hand --><image href="{pixels()}" width="9" height="9"/></svg>'
    sign = f'{OPEN}<text y="20">Harbour<title>a sign</title></text><a><text y="40">Quay</text> stray</a></svg>'
    sheet = f"p {{ background: url({pixels()}) no-repeat }} /* by hand */\n"
    files = {"a.svg": chart, "b.svg": sign, "edition.yaml": SETTINGS, "styles/a.css": sheet}
    (tmp_path / "styles").mkdir()
    (tmp_path / "text.md").write_bytes(TEXT)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    artifacts = {
        artifact.name: artifact.content
        for artifact in pipeline.build(BuildRequest(folder=Folder(tmp_path))).volume.artifacts
    }
    with zipfile.ZipFile(io.BytesIO(artifacts["book.epub"])) as book:
        shipped = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".svg", "a.css"))}
    assert shipped["EPUB/images/001-a.svg"] == chart.replace("<!-- by hand -->", "")
    assert shipped["EPUB/images/002-b.svg"] == sign.replace(" stray", "")
    (own,) = (text for name, text in shipped.items() if name.endswith("a.css"))
    assert own == sheet.replace("by hand", "       ")
    with pikepdf.open(io.BytesIO(artifacts["book.pdf"])) as pdf:
        drawn = [
            stream
            for stream in pdf.objects
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Image"
        ]
    assert {(int(stream.Width), int(stream.Height)) for stream in drawn} == {(4, 3)}


INVISIBLE = (
    "",
    "<g/>",
    '<rect width="9" height="9" fill="url(#none)"/>',
    '<text y="9" display="none">words</text>',
    '<g visibility="hidden"><text y="9">words</text></g>',
    '<defs><text y="9">words</text></defs>',
    '<rect width="9" height="9" style="fill: none"/>',
    "<style>rect { fill: none }</style><rect/>",
)
"""What draws nothing."""


def test_drawings_that_draw_nothing_are_proved_too(tmp_path: Path) -> None:
    text = "# A text\n\nThe first words.\n\n" + "".join(f"![A sign]({at}.svg)\n\n" for at in range(len(INVISIBLE)))
    digest = hashlib.sha256(TEXT).hexdigest()
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    for at, inside in enumerate(INVISIBLE):
        (tmp_path / f"{at}.svg").write_text(f"{OPEN}{inside}</svg>", encoding="utf-8")
    settings = SETTINGS.replace(digest, hashlib.sha256(text.encode()).hexdigest())
    (tmp_path / "edition.yaml").write_text(settings, encoding="utf-8")
    assert len(pipeline.build(BuildRequest(folder=Folder(tmp_path))).volume.artifacts) >= 2


@pytest.mark.parametrize(
    ("inside", "is_faint"),
    [
        ("<rect/>", False),
        ('<g id="a"><path d="M0 0" fill="#123456" stroke="none"/></g>', False),
        ('<circle fill="navy"/>', False),
        ('<circle fill="none"/>', True),
        ('<g fill="none"><circle/></g>', True),
        ('<g opacity=".5"><circle/></g>', True),
        ("<defs><circle/></defs>", True),
        ('<circle fill="none"/><rect/>', False),
        *((inside, True) for inside in INVISIBLE),
    ],
)
def test_a_drawing_with_a_painted_shape_has_to_be_drawn(inside: str, is_faint: bool) -> None:
    image = Image_(
        path="a.svg", media_type="image/svg+xml", content=f"{OPEN}{inside}</svg>".encode(), width=9, height=9
    )
    wanted = Expected(text=f"{PICTURE}A sign", name="a picture", picture="a.svg")
    (line,) = with_invisible_drawings((wanted,), (Found(text="A sign", place="page 1"),), (image,))
    assert (line.text == "A sign") is is_faint
