"""Pictures as people give them: high ones, with captions of any length, in every format that is taken."""

from __future__ import annotations

import io
import re
import subprocess
from zipfile import ZipFile

from PIL import Image
from tests.cases.conftest import Make, Small, demand_built


def picture(width: int, height: int, *, mode: str = "RGB", format_: str = "PNG", **options: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).convert(mode).save(out, format_, **options)
    return out.getvalue()


def pictured(edition: Small) -> list[int]:
    """On which pages of the PDF the pictures are, counted from 1."""
    (pdf,) = (edition.folder / "output").glob("*.pdf")
    listed = subprocess.run(["pdfimages", "-list", str(pdf)], check=True, capture_output=True, text=True)
    return [int(line.split()[0]) for line in listed.stdout.splitlines()[2:] if line.split()[2] == "image"]


def test_a_picture_and_its_caption_are_on_one_page(small: Make) -> None:
    filler = "Filler words stand here in a row. " * 25
    long = " ".join(f"caption{at}" for at in range(900))
    text = (
        f'# Title\n\n{filler}\n\n![Tall](images/tall.png "First caption")\n\n{filler}\n\n'
        f'![Wide](images/wide.png "Second caption[^a]")\n\nBetween.\n\n'
        f'![Tall](images/tall.png "Third caption, of some length: {"words " * 150}")\n\n'
        f'> Quoted.\n>\n> ![Tall](images/tall.png "Fourth caption"){{width=90%}}\n\n'
        f'![Tall](images/tall.png "Fifth caption: {long}")\n\n'
        f'![Wide](images/wide.png "Sixth caption"){{width=40% height=2cm}}\n\nLast.\n\n[^a]: Of the author.\n'
    )
    notes = '## a\n\n> Title\n\nSee:\n\n![Tall](images/tall.png "Caption in a note")\n'
    files = {"images/tall.png": picture(300, 1600), "images/wide.png": picture(900, 840)}
    edition = small(text, notes=notes, files=files)
    demand_built(edition.build())
    captions = ("Caption in", "First", "Second", "Third", "Fourth", "Fifth", "Sixth")
    pages = edition.pages()
    there = [next(at for at, page in enumerate(pages, 1) if re.search(rf"\b{words}\b", page)) for words in captions]
    assert pictured(edition) == there
    with ZipFile(next((edition.folder / "output").glob("*.epub"))) as epub:
        documents = "".join(epub.read(name).decode() for name in epub.namelist() if name.endswith("text.xhtml"))
    assert 'style="width: 40%; height: 20mm"' in documents
