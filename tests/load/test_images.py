"""A picture is inside the folder, whole, of a known type, and not too large; a drawing does nothing."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from publisher.load import load_edition
from publisher.workspace import Folder

Files = dict[str, str | bytes]
Mistakes = Callable[[Files], list[str]]
Settings = Callable[..., str]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h40v30z"/></svg>'


def picture(kind: str) -> bytes:
    """A small picture of a type."""
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(content, format=kind)
    return content.getvalue()


def huge() -> bytes:
    """The beginning of a PNG that says that it is very large."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(b"")))
    )


@pytest.fixture
def shown(settings: Settings) -> Callable[..., Files]:
    """An edition whose front matter shows a picture."""

    def files(name: str, content: str | bytes | None = None) -> Files:
        found: Files = {"edition.yaml": settings("front: [a.md]\n"), "a.md": f"Words.\n\n![A map](<{name}>)\n"}
        return found if content is None else found | {name: content}

    return files


@pytest.mark.parametrize(
    ("name", "content", "media_type", "size"),
    [
        ("a.png", picture("PNG"), "image/png", (4, 3)),
        ("images/b.JPG", picture("JPEG"), "image/jpeg", (4, 3)),
        ("c.gif", picture("GIF"), "image/gif", (4, 3)),
        ("d e.webp", picture("WEBP"), "image/webp", (4, 3)),
        ("é %.png", picture("PNG"), "image/png", (4, 3)),
        ("f.svg", SVG.encode(), "image/svg+xml", (40, 30)),
    ],
)
def test_every_core_media_type_is_read(
    edition: Callable[[Files], Folder],
    shown: Callable[..., Files],
    name: str,
    content: bytes,
    media_type: str,
    size: tuple[int, int],
) -> None:
    (image,) = load_edition(edition(shown(name, content))).images
    assert (image.path, image.media_type, image.content) == (name, media_type, content)
    assert (image.width, image.height) == size


def test_a_name_may_be_percent_encoded(edition: Callable[[Files], Folder], shown: Callable[..., Files]) -> None:
    files = shown("a map.png", picture("PNG")) | {"a.md": "![One](a%20map.png)\n"}
    assert [image.path for image in load_edition(edition(files)).images] == ["a map.png"]


def test_a_picture_is_read_once_however_often_it_is_shown(
    edition: Callable[[Files], Folder], shown: Callable[..., Files]
) -> None:
    files = shown("a.png", picture("PNG")) | {"a.md": "![One](a.png)\n\n![Two](a.png)\n"}
    assert len(load_edition(edition(files)).images) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing.png", "I-001"),
        ("../outside.png", "I-002"),
        ("/etc/hostname", "I-002"),
        ("file:///etc/hostname", "I-002"),
        ("https://example.org/a.png", "I-002"),
        ("data:image/png;base64,AAAA", "I-002"),
    ],
)
def test_an_image_that_is_missing_or_outside_is_shown(
    mistakes: Mistakes, shown: Callable[..., Files], name: str, code: str
) -> None:
    assert mistakes(shown(name)) == [f"{code} a.md:3:1"]


def test_an_image_behind_a_symbolic_link_out_of_the_folder_is_refused(
    mistakes: Mistakes, shown: Callable[..., Files], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "map.png"
    other.write_bytes(picture("PNG"))
    (tmp_path / "map.png").symlink_to(other)
    assert mistakes(shown("map.png")) == ["I-002 a.md:3:1"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.png", b"", "I-003"),
        ("a.png", b"no picture at all", "I-003"),
        ("a.png", picture("PNG")[:-20], "I-003"),
        ("a.jpg", picture("JPEG")[:200], "I-003"),
        ("a.tiff", picture("TIFF"), "I-003"),
        ("a.png", huge(), "I-005"),
        ("a.png", picture("JPEG"), "I-007"),
        ("a.png", SVG.encode(), "I-007"),
    ],
)
def test_a_picture_that_cannot_be_used_is_shown(
    mistakes: Mistakes, shown: Callable[..., Files], name: str, content: bytes, code: str
) -> None:
    assert mistakes(shown(name, content)) == [f"{code} a.md:3:1"]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="https://example.org/a.png"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="other.png"/>',
        '<a href="javascript:alert(1)"/>',
        "<style>@import url(a.css);</style>",
        '<rect style="fill: url(https://example.org/#a)"/>',
        '<rect fill="url(other.svg#a)"/>',
        "<foreignObject/>",
        '<animate attributeName="href" to="#a"/>',
        "<?xml-stylesheet href='a.css'?>",
    ],
)
def test_a_drawing_that_reaches_outside_is_refused(
    mistakes: Mistakes, shown: Callable[..., Files], inside: str
) -> None:
    content = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n{inside}\n</svg>'
    assert set(mistakes(shown("a.svg", content))) == {"I-006 a.svg:2:1"}


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + SVG.replace("<path", "<text>&a;</text><path"),
        "<?xml-stylesheet href='https://example.org/a.css'?>" + SVG,
        SVG.removesuffix("</svg>"),
        SVG.replace("svg", "html"),
        "",
    ],
)
def test_a_drawing_that_is_not_sound_is_refused(mistakes: Mistakes, shown: Callable[..., Files], content: str) -> None:
    assert set(mistakes(shown("a.svg", content))) == {"I-006 a.svg:1:1"}


def test_a_drawing_may_refer_to_itself(edition: Callable[[Files], Folder], shown: Callable[..., Files]) -> None:
    content = SVG.replace("<path", '<use href="#a"/><rect fill="url(#b)" id="a"/><path')
    assert len(load_edition(edition(shown("a.svg", content))).images) == 1


def test_a_drawing_is_shipped_as_it_was_rebuilt(
    edition: Callable[[Files], Folder], shown: Callable[..., Files]
) -> None:
    content = SVG.replace("<path", "<!-- a note --><metadata>of the program</metadata><path")
    (image,) = load_edition(edition(shown("a.svg", content))).images
    assert (image.content, image.source) == (SVG.encode(), content.encode())


def test_a_damaged_picture_in_a_drawing_is_shown(mistakes: Mistakes, shown: Callable[..., Files]) -> None:
    sound = base64.b64encode(picture("PNG")).decode()
    for inside in (sound[:40], "AAAA", "A"):
        drawing = SVG.replace("<path", f'\n<image href="data:image/png;base64,{inside}"/><path')
        assert mistakes(shown("a.svg", drawing)) == ["I-006 a.svg:2:1"]


def test_all_drawings_of_an_edition_together_may_take_so_much(mistakes: Mistakes, shown: Callable[..., Files]) -> None:
    fan = "".join(f'<g id="a{at}">' + f'<use href="#a{at - 1}"/>' * 10 + "</g>" for at in range(1, 4))
    drawing = SVG.replace("<path", f'<g id="a0"><rect/></g>{fan}<path')
    files = shown("a.svg", drawing) | {"a.md": "Words.\n" + "\n![A map](a.svg)\n" * 12}
    (found,) = mistakes(files)
    assert found.startswith("I-010 a.md:")
