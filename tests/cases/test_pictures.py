"""Pictures as people give them: high ones, with captions of any length, in every format that is taken."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import zlib
from zipfile import ZipFile

from PIL import Image
from tests.cases.conftest import Make, Small, demand_built

from publisher.layout.weasyprint.features.deep_grey import printable


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


def deep_grey(*, clear: int | None = None) -> bytes:
    """A grey ramp with 16 bits a pixel, of which one value may be transparent."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"".join(struct.pack(">H", value * 257) for value in range(0, 256, 8))
    rest = b"" if clear is None else chunk(b"tRNS", struct.pack(">H", clear))
    header = struct.pack(">IIBBBBB", 32, 32, 16, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            rest,
            chunk(b"IDAT", zlib.compress(row * 32)),
            chunk(b"IEND", b""),
        )
    )


def test_grey_with_16_bits_is_printed_as_it_is_shown() -> None:
    with Image.open(io.BytesIO(printable(deep_grey()))) as plain:
        assert plain.mode == "L"
        assert [plain.getpixel((at, 5)) for at in range(32)] == list(range(0, 256, 8))
    with Image.open(io.BytesIO(printable(deep_grey(clear=257 * 16)))) as clear:
        assert [clear.getpixel((at, 5)) for at in range(3)] == [(0, 255), (8, 255), (16, 0)]
    coloured = picture(4, 4)
    assert printable(coloured) is coloured


def test_pictures_of_every_mode_are_built(small: Make) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    files = {
        **{f"images/{mode}.png": picture(24, 16, mode=mode) for mode in ("1", "L", "LA", "P", "RGBA")},
        **{f"images/{mode}.jpg": picture(24, 16, mode=mode, format_="JPEG") for mode in ("CMYK", "YCbCr")},
        "images/deep.png": deep_grey(),
        "images/clear.png": deep_grey(clear=257),
        "images/turned.jpg": picture(24, 16, format_="JPEG", exif=exif),
        "images/progressive.jpg": picture(24, 16, format_="JPEG", progressive=True),
        "images/profile.png": picture(24, 16, icc_profile=b"no profile at all"),
        "images/palette.gif": picture(24, 16, mode="P", format_="GIF", transparency=3),
        "images/moving.webp": picture(
            24, 16, format_="WEBP", save_all=True, append_images=[Image.new("RGB", (24, 16))]
        ),
    }
    text = "# Modes\n\n" + "\n\n".join(f'![A picture]({path} "Caption"){{width=1cm}}' for path in files)
    edition = small(text + "\n", files=files)
    demand_built(edition.build())
    assert len(pictured(edition)) == len(files)


def drawn(words: str) -> str:
    """A drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><title>T</title>\n{words}</svg>'


STRANGE = {
    "attribute": '<text y="30" font-family="Helvetica">Montagu</text>',
    "style": '<text y="30" style="font-family: \'Comic Sans MS\', serif">Words</text>',
    "group": '<g font-family="sans-serif"><text y="30"><tspan>Words</tspan></text></g>',
    "sheet": "<style>text { font: bold 12px/1.2 Arial }</style><text y='30'>Words</text>",
    "none": '<text y="30">Words</text>',
    "letters": '<text y="30" font-family="Source Sans Pro">\u4e2d</text>',
}
"""Words of drawings that the typefaces of an edition do not have."""
KNOWN = {
    "house": '<text y="30" font-family="\'Source Sans Pro\', Arial">Words <tspan>and more</tspan></text>',
    "sheet": "<style>text { font-family: Source Serif Pro; fill: black }</style><text y='30'>Words</text>",
    "hidden": '<g display="none"><text y="30">Words</text></g><defs><text y="9">Words</text></defs>',
    "paths": '<path d="M 0 0 H 9 V 9 Z"/>',
}


def test_words_of_drawings_in_other_typefaces_are_found_by_check(small: Make) -> None:
    drawings = {f"a-{name}.svg": words for name, words in STRANGE.items()}
    drawings |= {f"b-{name}.svg": words for name, words in KNOWN.items()}
    text = "# T\n\n" + "".join(f"![A drawing]({name})\n\n" for name in drawings)
    found = small(text, files={name: drawn(words) for name, words in drawings.items()}).check()
    assert found.exit_code == 1
    assert sorted(re.findall(r"a-(\w+)\.svg:\d+:\d+: error\[F-001 ", found.output)) == sorted(STRANGE)
    assert "b-" not in found.output


def test_drawings_that_check_has_passed_are_built(small: Make) -> None:
    text = "# T\n\n" + "".join(f"![A drawing]({name}.svg)\n\n" for name in KNOWN)
    edition = small(text, files={f"{name}.svg": drawn(words) for name, words in KNOWN.items()})
    demand_built(edition.build("--format", "pdf"))
