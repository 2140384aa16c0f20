"""No word is set in two typefaces: what the pages and the EPUB of an edition with fonts of its own show."""

from __future__ import annotations

import ctypes
import io
import re
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from tests.fonts.conftest import Lay
from tests.fonts.made_fonts import GREEK, LATIN, collection, made_font, woff2

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.workspace import Folder

TEXT = """\
# On λόγος and ἀρχῇ {short="Λόγος, ἀρχῇ"}

In the beginning: ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος. An *ἀρχῇ* and *λόγος* in italics, a **θεὸς** in bold, one with\
 *ἀρ*χῇ half and half.

{filling}

[θεὸς, ἦν. ὁ λόγος, ὁ]{lang=grc} is a passage; [слово и ещё]{lang=ru} is another, and [אבג]{lang=he}.

A baẖt of Latin letters, 天地 and ☃.
""".replace("{filling}", "Words that fill a page. " * 200)
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
MORE = """\
fonts:
  languages: {ru: Own Slavonic}
  scripts: {Hebr: Own Hebrew}
"""


@pytest.fixture(scope="module")
def folder(lay_edition: Lay) -> Path:
    """An edition whose fonts are in files of every kind, built into its folder `output`."""
    cyrillic = "".join(map(chr, range(0x400, 0x460))) + LATIN
    greek = GREEK + LATIN
    fonts = {
        "a.ttf": made_font("Own Greek", greek),
        "b.ttf": made_font("Own Greek", greek, style="Italic", italic=True),
        "c.woff2": woff2(made_font("Own Greek", greek, style="Bold", weight=700)),
        "d.ttc": collection(made_font("Own Han", "天地"), made_font("Own Hebrew", HEBREW)),
        "e.ttf": made_font("Own Slavonic", cyrillic, axis=(300, 400, 900)),
        "f.ttf": made_font("Own Latin", f"{LATIN}\u1e96☃"),
        "g.ttf": made_font("Own Unused", GREEK + LATIN),
    }
    folder = lay_edition(TEXT, fonts, more=MORE)
    built = pipeline.build(BuildRequest(folder=Folder(folder)))
    assert [diagnostic for diagnostic in built.diagnostics if diagnostic.code != "T-007"] == []
    pipeline.keep(built.volume, output=folder / "output")
    return folder


def fonts_of_letters(path: Path) -> list[tuple[str, str]]:
    """Each character of the pages with the name of its font; a space at the end of each page."""
    found: list[tuple[str, str]] = []
    name = ctypes.create_string_buffer(200)
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                pdfium.FPDFText_GetFontInfo(text, at, name, 200, None)
                letter = chr(pdfium.FPDFText_GetUnicode(text, at))
                found.append((letter, name.value.decode().rpartition("+")[2]))
            found.append((" ", ""))
    return found


def families_of_words(path: Path) -> dict[str, list[set[str]]]:
    """The families of each word of the pages, for each time that it is there."""
    words: dict[str, list[set[str]]] = {}
    word, fonts = "", set[str]()
    for letter, font in (*fonts_of_letters(path), (" ", "")):
        if letter.isalpha() or letter == "☃":
            word, fonts = word + letter, fonts | {re.sub(r"-(Italic|Bold|Semi-?Bold).*$", "", font)}
        elif word:
            words.setdefault(word, []).append(fonts)
            word, fonts = "", set()
    return words


def test_each_word_of_the_pages_is_in_one_family(folder: Path) -> None:
    (path,) = (folder / "output").glob("*.pdf")
    words = families_of_words(path)
    for word in ("ἐν", "ἀρχῇ", "λόγος", "θεὸς", "καὶ", "ὁ", "οὗτος"):
        assert all(found == {"Own-Greek-Edition"} for found in words.get(word, ())), word
    assert len(words["λόγος"]) > 4
    assert words["Λόγος"] == [{"Own-Greek-Edition"}]
    assert words["слово"] == words["ещё"] == [{"Own-Slavonic-Edition"}]
    assert words["baẖt"] == words["☃"] == [{"Own-Latin-Edition"}]
    assert words["天地"] == [{"Own-Han-Edition"}]
    assert words["passage"] == [{"Source-Serif-Pro"}]


def test_the_faces_of_a_family_are_used_for_italics_and_bold(folder: Path) -> None:
    (path,) = (folder / "output").glob("*.pdf")
    fonts = {font for _, font in fonts_of_letters(path)}
    assert {"Own-Greek-Edition", "Own-Greek-Edition-Italic", "Own-Greek-Edition-Bold"} <= fonts


def test_the_epub_has_the_same_families_and_only_those_that_serve(folder: Path) -> None:
    (path,) = (folder / "output").glob("*.epub")
    with ZipFile(path) as book:
        sheet = book.read("EPUB/styles/own-fonts.css").decode()
        text = etree.fromstring(book.read("EPUB/text/text.xhtml"))
        fonts = {name: book.read(name) for name in book.namelist() if "/own-" in name and name.startswith("EPUB/fonts")}
    assert set(re.findall(r'@font-face \{ font-family: "([^"]+)"', sheet)) == {
        f"Own {name} Edition" for name in ("Greek", "Han", "Hebrew", "Slavonic", "Latin")
    }
    classes = {
        "".join(map(str, element.itertext())): element.get("class")
        for element in text.iter("{*}span")
        if "in-font" in element.get("class", "")
    }
    assert classes["ἐν ἀρχῇ ἦν ὁ λόγος"] == classes["θεὸς, ἦν. ὁ λόγος, ὁ"] == classes["χῇ"]
    assert '[lang|="ru"]' in sheet
    assert "слово и ещё" not in classes
    for content in fonts.values():
        font = TTFont(io.BytesIO(content))
        assert "fvar" not in font
        assert not {ord("ᾳ"), ord("Ѯ")} & font.getBestCmap().keys()


def test_every_character_of_the_epub_is_in_a_font_of_it(folder: Path) -> None:
    (path,) = (folder / "output").glob("*.epub")
    with ZipFile(path) as book:
        names = book.namelist()
        shown = {
            letter
            for name in names
            if name.endswith(".xhtml")
            for letter in "".join(map(str, etree.fromstring(book.read(name)).itertext()))
        }
        fonts = [TTFont(io.BytesIO(book.read(name))) for name in names if name.startswith("EPUB/fonts/")]
    covered = frozenset().union(*(font.getBestCmap().keys() for font in fonts))
    assert {letter for letter in shown if not letter.isspace() and ord(letter) not in covered} == set()


def test_what_was_built_is_proved_again_and_identical(folder: Path) -> None:
    again = pipeline.build(BuildRequest(folder=Folder(folder)))
    for artifact in again.volume.artifacts:
        assert (folder / "output" / artifact.name).read_bytes() == artifact.content
