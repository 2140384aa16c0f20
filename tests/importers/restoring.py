"""Editions, their EPUBs, and what an import makes of these: compared as the program composes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from publisher import compose
from publisher.annotate import annotate
from publisher.epub.write.container import write_epub
from publisher.importers.importing import answer
from publisher.importers.kinds import kind_of
from publisher.importers.source import Request, SourceFile, decoded_answer, encoded_request
from publisher.load import load_edition
from publisher.model.rendition import EpubRendition
from publisher.model.target import Audience
from publisher.render import render_epub
from publisher.workspace import Folder, digest

MOMENT = "2026-11-24T00:00:00Z"
MADE = ("cover", "title-page", "imprint", "nav", "accessibility", "colophon", "half-title", "contents")
"""Documents that are made of settings, some of which no EPUB has."""
INLINE = frozenset(("a", "abbr", "cite", "code", "dfn", "em", "i", "span", "strong", "sub", "sup", "time"))
_DIVIDED = re.compile(r"([^\s⟨⟩⟦⟧]+)((?:⟨[^⟩]*⟩)+)(?=[^\s⟨⟩⟦⟧]+\2(?!⟨))")
"""A part of a word in the same formats as the next one."""
_CALL = re.compile("⟦[^⟧]*⟧")
_CALLS = re.compile("(?:⟦[^⟧]*⟧)+")
"""Calls that follow each other, whose order depends on where their lemmas begin."""
Documents = Mapping[str, str]


def rendition(folder: Path) -> EpubRendition:
    """The EPUB of an edition before it is written, without a cover."""
    publication = compose.compose(annotate(load_edition(Folder(folder))), moment=MOMENT, audience=Audience.STUDENT)
    return render_epub(publication, cover=b"", page_break_source=None)


def documents(given: EpubRendition) -> Documents:
    """What is printed in each document: its words, with the names of their elements."""
    return {
        document.id.removesuffix("-matter"): _printed(document.content)
        for document in given.documents
        if document.id not in MADE
    }


def epub(given: EpubRendition) -> bytes:
    """The EPUB as a file."""
    return write_epub(given, name="book.epub", moment=MOMENT).content


def restored(content: bytes, folder: Path) -> Path:
    """The edition that an import of an EPUB makes, in a folder."""
    kind = kind_of(content, "book.epub")
    file = SourceFile(name="book.epub", content=content, digest=digest(content), format=kind.format, kind=kind.name)
    found = decoded_answer(answer(encoded_request(Request(files=(file,), date="2026-11-30", tool="publisher 0"))))
    assert found.lost == ()
    for name, item in found.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(item)
    return folder


def _printed(content: bytes) -> str:
    root = etree.fromstring(content)
    own = str(root.get("lang") or "").partition("-")[0]
    text = " ".join("".join(_element(next(iter(root.iter("{*}body"))), ())).split())
    parts = 1
    while parts:
        text, parts = _DIVIDED.subn(r"\1", text)
    text = _CALLS.sub(lambda found: "".join(sorted(_CALL.findall(found[0]))), text.replace(" after-call", ""))
    return re.sub(rf'⟨span lang="{own}(?:-\w+)?"( class="[^"]*")?⟩', "", text)


def _element(element: etree._Element, around: tuple[str, ...]) -> Iterator[str]:
    """An element: blocks as tags, the formats of words behind each of them, in no order."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    said = _said(element, name)
    if "cited-lemma" in str(element.get("class") or ""):
        yield f"{''.join(str(text) for text in element.itertext()).split()[-1]} "
        return
    is_inline = name in INLINE
    inner = (*around, f"{name}{said}") if is_inline and (said or name not in ("span", "a")) else around
    if not is_inline:
        yield f" <{name}{said}> "
    yield from _words(element.text, inner)
    for child in element:
        yield from _element(child, inner)
        yield from _words(child.tail, inner)
    if not is_inline:
        yield f" </{name}> "


def _words(text: str | None, formats: tuple[str, ...]) -> Iterator[str]:
    languages = [item for item in formats if item.startswith("span lang=")]
    is_call = any("note-call" in item for item in formats)
    shown_formats = {item for item in formats if item not in languages[:-1] and (not is_call or "note-call" in item)}
    marks = "".join(f"⟨{shown_format}⟩" for shown_format in sorted(shown_formats))
    for part in re.split(r"(\s+)", text or ""):
        is_word = any(map(str.isalpha, part))
        shown = marks if is_word else re.sub(r"⟨span lang=[^⟩]*⟩", "", marks)
        shown = f"⟦{part}{shown}⟧" if is_call else f"{part}{shown}"
        yield part if not part or part.isspace() else shown


def _said(element: etree._Element, name: str) -> str:
    """What matters of the attributes of an element: neither ids nor where links inside the book lead to."""
    kept = {key: element.get(key) for key in ("lang", "colspan", "rowspan", "start", "alt", "datetime", "alttext")}
    said = "".join(f' {key}="{text}"' for key, text in kept.items() if text)
    classes, href = str(element.get("class") or ""), str(element.get("href") or "")
    said += f' href="{href}"' if name == "a" and href.startswith("http") else ""
    is_note = name == "aside" or "note-call" in classes
    is_kind = name in ("p", "i", "cite", "abbr", "td", "th") and classes not in ("reference", "numbered")
    return said + (f' class="{classes}"' if classes and (is_kind or is_note) else "")
