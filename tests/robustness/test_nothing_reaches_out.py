"""A manuscript cannot read a file outside its folder, reach the network, bring a script, or have a template run."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.workspace import Folder

LayDown = Callable[[Path, dict[str, bytes]], Path]
CANARY = "canary-4711"
TRICKS = ("{{ 7*7 }}", "{% set a = 7*7 %}{{ a }}", "{# gone #}", "{{ c.__class__ }}", "${7*7}", "<%= 7*7 %>")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks up or calls another machine fails the test."""

    def refused(*words: object, **more: object) -> None:
        raise AssertionError(f"the network was used: {words}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refused)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the edition's folder that no book may show."""
    path = tmp_path / "secret.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


def contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Everything that stands in an artifact: entries of a ZIP; streams, strings and words of a PDF."""
    if name.endswith(".epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield from ((entry, book.read(entry)) for entry in book.namelist())
    elif name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as book:
            for number, thing in enumerate(book.objects):
                streamed = thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b""
                yield f"object {number}", thing.unparse(resolved=False) + streamed
        yield "words", words_of_pdf(content).encode()
    else:
        yield name, content


def words_of_pdf(content: bytes) -> str:
    """The words on the pages."""
    pages = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    finally:
        pages.close()


def built(folder: Path) -> dict[str, bytes]:
    """The artifacts of an edition, by name."""
    volume = pipeline.build(BuildRequest(folder=Folder(folder))).volume
    return {artifact.name: artifact.content for artifact in volume.artifacts}


OUTSIDE: dict[str, dict[str, bytes]] = {
    "an image by a path upwards": {"text.md": b"# A text\n\nThe first words.\n\n![A](../secret.txt)\n"},
    "an image by its whole path": {"text.md": b"# A text\n\nThe first words.\n\n![A](SECRET)\n"},
    "an image by a file address": {"text.md": b"# A text\n\nThe first words.\n\n![A](file://SECRET)\n"},
    "an image by a web address": {"text.md": b"# A text\n\nThe first words.\n\n![A](http://edition.invalid/a.png)\n"},
    "an image by an escaped path": {"text.md": b"# A text\n\nThe first words.\n\n![A](%2e%2e/secret.txt)\n"},
    "an image through a link": {"text.md": b"# A text\n\nThe first words.\n\n![A](link.txt)\n"},
    "the text through a link": {"link.md": b""},
    "front matter upwards": {"edition.yaml": b"front: [../secret.txt]\n"},
    "agreements upwards": {"edition.yaml": b'agreements: "../*.txt"\n'},
    "references upwards": {"edition.yaml": b"references: ../secret.txt\n"},
    "references on the web": {"edition.yaml": b"references: https://edition.invalid/a.json\n"},
    "a style that imports": {"styles/a.css": b'@import "../../secret.txt";\n'},
    "a style that imports from the web": {"styles/a.css": b"@import url(https://edition.invalid/a.css);\n"},
    "a style with a picture from outside": {"styles/a.css": b"p { background: url(file://SECRET) }\n"},
    "a style with a picture from the web": {"styles/a.css": b"p { background: url(https://edition.invalid/a.png) }\n"},
    "a style with an escaped address": {"styles/a.css": b"p { background: u\\72l(https://edition.invalid/a.png) }\n"},
    "a style with a font from outside": {"styles/a.css": b"@font-face { font-family: A; src: url(file://SECRET) }\n"},
    "a style for the EPUB alone": {"styles/a-screen.css": b"p { background: url(https://edition.invalid/a.png) }\n"},
    "a style for the EPUB that imports": {"styles/a-screen.css": b'@import "https://edition.invalid/a.css";\n'},
    "a template that includes": {"templates/section.xhtml.j2": b'{% include "../../secret.txt" %}\n'},
    "a template that includes a path": {"templates/section.xhtml.j2": b'{% include "SECRET" %}\n'},
    "a template that opens a file": {
        "templates/section.xhtml.j2": b"{{ c.__class__.__init__.__globals__['__builtins__'].open('SECRET').read() }}\n"
    },
    "a drawing that shows a file": {
        "text.md": b"# A text\n\nThe first words.\n\n![A](a.svg)\n",
        "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file://SECRET"/></svg>',
    },
    "a drawing with an entity": {
        "text.md": b"# A text\n\nThe first words.\n\n![A](a.svg)\n",
        "a.svg": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file://SECRET">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&a;</text></svg>',
    },
}


@pytest.mark.parametrize("files", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_no_file_outside_the_folder_and_no_address_is_read(
    files: dict[str, bytes], tmp_path: Path, secret: Path, lay_down: LayDown, small: dict[str, bytes]
) -> None:
    files = {name: content.replace(b"SECRET", str(secret).encode()) for name, content in files.items()}
    if "edition.yaml" in files:
        key = files["edition.yaml"].partition(b":")[0]
        kept = [line for line in small["edition.yaml"].splitlines(keepends=True) if not line.startswith(key)]
        files["edition.yaml"] = b"".join(kept) + files["edition.yaml"]
    folder = lay_down(tmp_path / "edition", files)
    (folder / "link.txt").symlink_to(secret)
    if "link.md" in files:
        (folder / "notes.md").unlink()
        (folder / "notes.md").symlink_to(secret)
    with pytest.raises(PublisherError) as caught:
        built(folder)
    assert CANARY not in str(caught.value)
    assert all(
        diagnostic.span is None or CANARY not in diagnostic.span.source.text for diagnostic in caught.value.diagnostics
    )


@pytest.mark.parametrize("trick", TRICKS)
def test_no_template_syntax_of_a_manuscript_is_evaluated(
    trick: str, tmp_path: Path, lay_down: LayDown, small: dict[str, bytes]
) -> None:
    files = {name: content.replace(b"A ", f"A {shown(name, trick)} ".encode()) for name, content in small.items()}
    files["text.md"] = f"# A {shown('a.md', trick)} text\n\nThe first words and {shown('a.md', trick)}.\n".encode()
    files["edition.yaml"] = (
        files["edition.yaml"].replace(b"title: A", b'title: "A', 1).replace(b" title\n", b' title"\n', 1)
    )
    files["agreements/charter.md"] = (
        files["agreements/charter.md"]
        .replace(f"title: A {shown('a.md', trick)} Charter".encode(), f"title: 'A {trick} Charter'".encode())
        .replace(
            f"published: A {shown('a.md', trick)} gazette".encode(),
            f"published: 'A {shown('a.md', trick)} gazette'".encode(),
        )
    )
    found = built(lay_down(tmp_path, files))
    for name, content in found.items():
        parts = list(contents(name, content))
        assert not [part for part, inside in parts if b"A 49" in inside or b"and 49" in inside or b"<class" in inside]
    with zipfile.ZipFile(io.BytesIO(found["book.epub"])) as book:
        printed = "".join(
            "".join(map(str, etree.fromstring(book.read(entry)).itertext()))
            for entry in book.namelist()
            if entry.endswith((".xhtml", ".opf", ".ncx"))
        )
    assert printed.count(trick) >= 8
    assert trick.replace(" ", "") in words_of_pdf(found["book.pdf"]).replace(" ", "").replace("\r\n", "")


def shown(name: str, trick: str) -> str:
    """A trick as it is typed so that it is printed as it stands."""
    return trick.replace("<", "\\<").replace("*", "\\*").replace("_", "\\_") if name.endswith(".md") else trick


SCRIPTS: dict[str, dict[str, bytes]] = {
    "in the text": {"text.md": b"# A text\n\nThe first words.\n\n<script>alert(1)</script>\n"},
    "in a line": {"text.md": b"# A text\n\nThe first words <img src=x onerror=alert(1)>.\n"},
    "as a link": {"text.md": b"# A text\n\nThe first words, [here](javascript:alert(1)).\n"},
    "as a link in capitals": {"text.md": b"# A text\n\nThe first words, [here](JaVaScRiPt:alert(1)).\n"},
    "as a link with data": {"text.md": b"# A text\n\nThe first words, [here](data:text/html,alert(1)).\n"},
    "as an address of a note": {"notes.md": b"## one\n\n> first words\n\n<javascript:alert(1)>\n"},
    "in an own template": {"templates/section.xhtml.j2": b"<html><head><script>alert(1)</script></head></html>\n"},
    "as an address of a reference": {
        "references.json": b'[{"id": "book", "type": "book", "title": "T", "URL": "javascript:alert(1)"}]'
    },
    "in the title of a reference": {
        "references.json": b'[{"id": "book", "type": "book", "title": "<script>alert(1)</script>"}]'
    },
}


@pytest.mark.parametrize("files", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_no_script_comes_into_an_artifact(files: dict[str, bytes], tmp_path: Path, lay_down: LayDown) -> None:
    try:
        found = built(lay_down(tmp_path, files))
    except PublisherError:
        return
    for name, content in found.items():
        for part, inside in contents(name, content):
            for sign in (
                b"<script",
                b'"javascript:',
                b"(javascript:",
                b"onerror=",
                b"/JavaScript",
                b"/JS ",
                b"/Launch",
            ):
                printed = part == "words" and sign == b"<script"  # words on a page are no code
                assert printed or sign not in inside, (name, part, sign)
