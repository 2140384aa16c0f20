"""What is written to bring the program down ends in a diagnostic at its place, quickly and in little memory."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from publisher.build.pipeline import check
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace import Folder

MILLION = 1_000_000


class Outcome(Protocol):
    """What a command came to."""

    status: int
    codes: tuple[str, ...]
    located: bool
    said: str


Bounded = Callable[..., Outcome]
LayDown = Callable[[Path, dict[str, bytes]], Path]


def added(key: bytes) -> bytes:
    """The small edition's edition.yaml, with more below it."""
    from_start = b"title: A title\nlanguage: en\ndate: 2026-01-02\n"
    return from_start + key


def note(lemma: bytes, said: bytes = b"Said.") -> bytes:
    """A file with one note."""
    return b"## one\n\n> " + lemma + b"\n\n" + said + b"\n"


def wide_picture(side: int) -> bytes:
    """A PNG of side × side black pixels, in a few bytes."""
    row = bytes(1 + side // 8 + 1)
    packer = zlib.compressobj(9)
    packed = io.BytesIO()
    for _ in range(side):
        packed.write(packer.compress(row))
    packed.write(packer.flush())
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", packed.getvalue()),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def drawing(inside: bytes, before: bytes = b"") -> dict[str, bytes]:
    """An edition that shows a drawing."""
    svg = before + b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + inside + b"</svg>"
    return {"text.md": TEXT + b"![A drawing](a.svg)\n", "a.svg": svg}


TEXT = b"# A text\n\nThe first words of the text, and others.\n\n"
LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (at, at, b", ".join([b"*%c" % (at - 1)] * 9)) for at in range(ord("b"), ord("k"))
)
ENTITIES = b"""<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
OUTWARD = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

ENDLESS = {**drawing(b""), "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1e999" height="9"/>'}

REFUSED: dict[str, tuple[dict[str, bytes], str]] = {
    "a YAML bomb": ({"edition.yaml": LAUGHS}, "E-009"),
    "a YAML alias": ({"edition.yaml": b"title: &a x\nsubtitle: *a\n"}, "E-009"),
    "a YAML alias in an agreement": ({"agreements/charter.md": b"---\nid: &a x\ntitle: *a\n---\n"}, "E-009"),
    "a YAML alias that holds itself": ({"edition.yaml": b"title: &a [*a]\n"}, "E-009"),
    "a YAML tag that makes an object": ({"edition.yaml": b"title: !!python/object/apply:os.system [ls]\n"}, "E-009"),
    "a million brackets in YAML": ({"edition.yaml": b"title: " + b"[" * MILLION}, "E-"),
    "a million braces in YAML": ({"edition.yaml": b"title: " + b"{" * MILLION}, "E-"),
    "a million indented lines in YAML": ({"edition.yaml": b"- " * MILLION + b"a\n"}, "E-"),
    "a million keys in YAML": ({"edition.yaml": b"".join(b"k%d: v\n" % at for at in range(MILLION))}, "E-009"),
    "a million brackets in JSON": ({"references.json": b"[" * MILLION}, "R-001"),
    "deep brackets in JSON": ({"references.json": b"[" * 100_000 + b"]" * 100_000}, "R-001"),
    "a number of a million digits": ({"references.json": b'[{"id": 1' + b"1" * MILLION + b"}]"}, "R-"),
    "a million quotation marks in Markdown": ({"text.md": b">" * 100_000 + b" a\n"}, "M-006"),
    "a thousand quotations in each other": ({"text.md": TEXT + b"> " * 1000 + b"a\n"}, "M-006"),
    "ten thousand lists in each other": ({"text.md": TEXT + b"- " * 10_000 + b"a\n"}, "M-006"),
    "ten thousand calls in each other": ({"text.md": TEXT + b"[^a" * 10_000 + b"\n"}, "M-006"),
    "brackets in brackets": ({"text.md": TEXT + (b"[" * 33 + b"]" * 33) * 2000}, "M-006"),
    "a hundred thousand brackets": ({"text.md": TEXT + b"[" * 100_000 + b"\n"}, "M-006"),
    "ten thousand brackets with ends": ({"text.md": TEXT + b"[" * 10_000 + b"a" + b"]" * 10_000 + b"\n"}, "M-006"),
    "ten thousand images in each other": ({"text.md": TEXT + b"![" * 10_000 + b"\n"}, "M-006"),
    "ten thousand lines with brackets": ({"notes.md": note(b"first words", b"[\n" * 10_000)}, "M-006"),
    "half a million list items": ({"text.md": TEXT + b"- a\n\n+ b\n\n" * 125_000}, "M-020"),
    "emphasis in a hundred thousand places": ({"text.md": TEXT + (b"*a* " * 1_000 + b"\n\n") * 100}, "M-020"),
    "much in two files": (
        {"text.md": TEXT + b"a\n\n" * 40_000, "notes.md": note(b"first words", b"a\n\n" * 40_000)},
        "M-020",
    ),
    "an address of 100 KB in a thousand links": (
        {"text.md": TEXT + b"[a]: https://a.example/" + b"b" * 100_000 + b"\n\n" + b"[a] " * 1_000 + b"\n"},
        "M-021",
    ),
    "a citation that does not end": ({"text.md": TEXT + b"[@book" + b"; @book , 4" * 10_000 + b"\n"}, "M-007"),
    "a paragraph of 10 MB": ({"text.md": TEXT + b"Some words and " * 700_000 + b"\n"}, "T-008"),
    "a word of 10 MB": ({"text.md": TEXT + b"w" * 10_000_000 + b"\n"}, "T-008"),
    "a note of 10 MB": ({"notes.md": note(b"first words", b"Some words and " * 700_000)}, "T-008"),
    "a title of a megabyte": ({"edition.yaml": added(b'subtitle: "' + b"a " * 500_000 + b'"\n')}, "E-009"),
    "a lemma of a million characters": ({"notes.md": note(b"first words " * 90_000)}, "T-008"),
    "a lemma of a hundred thousand characters": ({"notes.md": note(b"first wards " * 8_000)}, "N-003"),
    "a hundred lemmas of ten thousand": (
        {"notes.md": b"".join(note(b"first wards " * 800).replace(b"one", b"n%d" % at) for at in range(100))},
        "N-003",
    ),
    "control characters": ({"text.md": TEXT + b"a\x00b\x01\x1b[31m\x7f\n"}, "T-005"),
    "a control character in YAML": ({"edition.yaml": b"title: a\x07\n"}, "T-005"),
    "an escaped control character in YAML": ({"edition.yaml": b'title: "a\\x07"\n'}, "E-002"),
    "an escaped control character in JSON": ({"references.json": b'[{"id": "a", "title": "\\u0007"}]'}, "R-002"),
    "U+FFFE in the text": ({"text.md": TEXT + "a\ufffeb\n".encode()}, "T-005"),
    "U+FFFE in JSON": ({"references.json": b'[{"id": "a", "type": "book", "title": "\\ufffe"}]'}, "R-002"),
    "U+FFFE in YAML": ({"edition.yaml": b'title: "\\uFFFE"\n'}, "E-"),
    "a lone surrogate in the text": ({"text.md": TEXT + b"a\xed\xa0\x80b\n"}, "T-001"),
    "a lone surrogate in JSON": ({"references.json": b'[{"id": "a", "type": "book", "title": "\\ud800"}]'}, "R-002"),
    "a lone surrogate in YAML": ({"edition.yaml": b'title: "\\uD800"\n'}, "E-"),
    "a drawing with a script": (drawing(b"<script>alert(1)</script>"), "I-006"),
    "a drawing that acts on load": (drawing(b'<g onload="alert(1)"/>'), "I-006"),
    "a drawing with a script as a link": (drawing(b'<a href="javascript:alert(1)"/>'), "I-006"),
    "a drawing with entities in entities": (drawing(b"<text>&d;</text>", ENTITIES), "I-006"),
    "a drawing with an entity from a file": (drawing(b"<text>&a;</text>", OUTWARD), "I-006"),
    "a drawing that shows a file": (drawing(b'<image href="file:///etc/passwd"/>'), "I-006"),
    "a drawing with a style from outside": (drawing(b"<style>@import 'x.css';</style>"), "I-006"),
    "a drawing with an escaped style": (drawing(b"<style>g { fill: u\\72l(x.svg) } @\\69mport 'x';</style>"), "I-006"),
    "a drawing in a drawing without end": (drawing(b"<g>" * 100_000 + b"</g>" * 100_000), "I-006"),
    "a drawing that uses itself": (drawing(b'<g id="a"><use href="#a"/></g>'), "I-006"),
    "a drawing of an endless size": (ENDLESS, "I-006"),
    "a picture of 30,000 × 30,000": ({"text.md": TEXT + b"![A](a.png)\n", "a.png": wide_picture(30_000)}, "I-005"),
    "a picture that is none": ({"text.md": TEXT + b"![A](a.png)\n", "a.png": b"\x89PNG\r\n\x1a\nno"}, "I-003"),
    "a font that is none": ({"fonts/a.otf": b"no font"}, "F-003"),
    "a font that ends too early": ({"fonts/a.ttf": b"\x00\x01\x00\x00\x00\x0f" + bytes(40)}, "F-003"),
    "a font of nothing": ({"fonts/a.ttf": b""}, "F-003"),
    "a template without end": ({"templates/section.xhtml.j2": b"{% for a in range(10**9) %}a{% endfor %}"}, "S-010"),
    "a template that calls itself": ({"templates/section.xhtml.j2": b'{% include "section.xhtml.j2" %}'}, "S-010"),
}  # fmt: skip
"""What is refused, and the code (or its family) under which."""


@pytest.mark.parametrize(("files", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_hostile_is_told_where_it_stands(
    files: dict[str, bytes], code: str, tmp_path: Path, bounded: Bounded, lay_down: LayDown
) -> None:
    command = ("build", "-f", "epub", "-o", tmp_path / "output") if "S-" in code else ("check",)
    outcome = bounded(command[0], lay_down(tmp_path / "edition", files), *command[1:])
    assert outcome.status == ExitCode.CONTENT, outcome.said
    assert any(text.startswith(code) for text in outcome.codes), outcome.said
    assert outcome.located, outcome.said


ENDURED: dict[str, dict[str, bytes]] = {
    "a million empty paragraphs": {"text.md": TEXT + b"\n" * MILLION + b"The end.\n"},
    "a million breaks of lines in a note": {"notes.md": note(b"first words", b"Said." + b"\n" * MILLION)},
    "twenty thousand asterisks in pairs": {"text.md": TEXT + b"*a **b " * 4_000 + b"\n"},
    "six thousand backticks": {"text.md": TEXT + b"`a``b" * 2_000 + b"\n"},
    "five thousand open tags that are none": {"text.md": TEXT + b"&lt;a " * 5_000 + b"\n"},
    "noncharacters as references": {"text.md": TEXT + b"a&#xFFFE;b&#xFFFF;c&#x1FFFE;\n"},
    "control characters as references": {"text.md": TEXT + b"a&#7;b&#x1b;c&#0;d&#x9f;\n"},
    "a lone surrogate as a reference": {"text.md": TEXT + b"a&#xD800;b\n"},
}
"""What is read as it stands: an EPUB is made of it that is XML throughout."""


@pytest.mark.parametrize("files", ENDURED.values(), ids=ENDURED.keys())
def test_what_is_strange_and_allowed_becomes_a_book(
    files: dict[str, bytes], tmp_path: Path, bounded: Bounded, lay_down: LayDown
) -> None:
    outcome = bounded("build", lay_down(tmp_path / "edition", files), "-f", "epub", "-o", tmp_path / "output")
    assert outcome.status in (ExitCode.DONE, ExitCode.CONTENT), outcome.said
    assert outcome.located, outcome.said
    assert (tmp_path / "output" / "book.epub").exists() == (outcome.status == ExitCode.DONE)


FALSE = {"a right-to-left override": "\u202e", "a zero-width space": "\u200b", "a zero-width joiner": "\u200d",
         "a word joiner": "\u2060", "an isolate": "\u2067", "a soft hyphen": "\u00ad", "a tag": "\U000e0041",
         "a number": "&#x202e;", "a name": "&rlm;"}  # fmt: skip
PLACES = {
    "text.md": "# A text\n\nThe first words of the text, and oth{}ers.\n",
    "notes.md": "## one\n\n> first words\n\nA no{}te.\n",
    "references.json": '[{{"id": "book", "type": "book", "title": "A bo{}ok"}}]',
    "agreements/charter.md": None,
    "edition.yaml": None,
}


def found(folder: Path) -> tuple[Diagnostic, ...]:
    """What is found in an edition, be it errors or warnings."""
    try:
        return check(BuildRequest(folder=Folder(folder))).warnings
    except PublisherError as error:
        return error.diagnostics


@pytest.mark.parametrize("sign", FALSE.values(), ids=FALSE.keys())
@pytest.mark.parametrize("place", PLACES)
def test_signs_that_falsify_what_is_seen_are_reported(
    sign: str, place: str, tmp_path: Path, lay_down: LayDown, small: dict[str, bytes]
) -> None:
    pattern = PLACES[place]
    content = small[place].replace(b"A ", f"A{sign} ".encode()) if pattern is None else pattern.format(sign).encode()
    folder = lay_down(
        tmp_path,
        {
            place: small[place].replace(b"title: A title", f'title: "A{sign} title"'.encode())
            if place == "edition.yaml"
            else content
        },
    )
    told = {
        (diagnostic.code, str(diagnostic.span).rpartition("/")[2].partition(":")[0]) for diagnostic in found(folder)
    }
    assert ("T-006", place.rpartition("/")[2]) in told
