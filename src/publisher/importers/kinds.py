"""What a file is, by its bytes: never by its name alone."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from publisher.importers.failures import damage_error, encrypt, not_importable
from publisher.importers.source import Format
from publisher.load.file_kinds import recognise

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEI = re.compile(rb"<(?:\w+:)?(?:TEI|teiCorpus|TEI\.2)[\s>]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_SEEN = 8192
_LARGEST_PACKAGE = 32 << 20
_DOCX, _HINT_SAVE = "a Word document (DOCX)", "save it as DOCX, and import that file"
_GUTENBERG = re.compile(rb"\*\*\*\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_BY_NAME = {".md": "markdown", ".markdown": "markdown", ".tex": "latex", ".latex": "latex", ".typ": "typst"}
"""Formats without a mark in their bytes, as Pandoc names them."""
_NAMES = {
    "markdown": "a Markdown file (Pandoc)",
    "latex": "a LaTeX file",
    "typst": "a Typst file",
    "odt": "a LibreOffice document (ODT)",
    "epub": "an EPUB",
    "rtf": "a document in Rich Text Format (RTF)",
    "html": "a web page (HTML)",
}
REFERENCES = (".bib", ".bibtex", ".biblatex", ".ris", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a file is."""

    format: Format
    name: str
    """For people, with its article."""
    pandoc: str = ""
    """What Pandoc calls it, if Pandoc reads it."""


def kind_of(content: bytes, name: str) -> Kind:
    """What a file is. Raises `PublisherError`: W-001 for what cannot be imported, W-002, W-003."""
    begin = content[:_SEEN].removeprefix(b"\xef\xbb\xbf")
    if not content.strip():
        raise not_importable(name, "empty", "name a document with a text")
    if content.startswith(b"PK"):
        return _archive(content, name)
    if content.startswith(_OLE):
        raise _compound(content, name)
    if begin.lstrip().startswith(b"{\\rtf"):
        return _pandoc("rtf")
    if _TEI.search(begin):
        return Kind(format=Format.TEI, name="a TEI document")
    if _HTML.search(begin):
        return _html(begin)
    return _text(content, begin, name)


def _pandoc(name: str) -> Kind:
    return Kind(format=Format.PANDOC, name=_NAMES[name], pandoc=name)


def _html(begin: bytes) -> Kind:
    return _pandoc("html")


def _text(content: bytes, begin: bytes, name: str) -> Kind:
    """A file without tags, by its extension if its bytes say nothing."""
    found = recognise(content)
    suffix = PurePosixPath(name).suffix.lower()
    if found is not None and found.name == "a LaTeX file":
        return _pandoc("latex")
    if found is not None:
        raise not_importable(name, found.name, _advice(found.name))
    if b"\0" in begin:
        raise not_importable(name, "no document that can be imported", _HINT_SAVE)
    if _GUTENBERG.search(content[:100_000]):
        return Kind(format=Format.GUTENBERG, name="a text of Project Gutenberg")
    if suffix in _BY_NAME:
        return _pandoc(_BY_NAME[suffix])
    if suffix in (".docx", ".odt", ".epub", ".rtf", ".doc"):
        raise damage_error(name, f"its name ends in {suffix}, and its bytes are those of another kind of file")
    if suffix in (".txt", ".text", ""):
        return Kind(format=Format.TEXT, name="a plain text")
    raise not_importable(name, "of a kind that is not known", f"{_HINT_SAVE}; plain text is named .txt")


def _advice(kind: str) -> str:
    if kind == "a PDF":
        return "import the document that the PDF was made from; in a course reader a PDF can be a reading"
    if "UTF-16" in kind:
        return "open it in a text editor, save it as UTF-8, and import that file"
    return _HINT_SAVE


def _compound(content: bytes, name: str) -> Exception:
    """The error for an OLE file: [MS-CFB]; Word puts what it encrypts into one ([MS-OFFCRYPTO])."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return encrypt(name)
    return not_importable(name, "an old Word document (DOC), or another file of old Office", _HINT_SAVE)


def _epub(content: bytes, names: list[str]) -> Kind:
    """An EPUB: one of this program or of Standard Ebooks, which have readers of their own, or another one."""
    place = next((name for name in sorted(names) if name.endswith(".opf")), None)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = None if place is None else archive.getinfo(place)
        if member is None or member.flag_bits & 1 or member.file_size > _LARGEST_PACKAGE:
            return _pandoc("epub")
        try:
            package = archive.read(member)
        except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
            raise damage_error(place or "", f"it cannot be unpacked ({error})") from error
    if b"standardebooks.org/ebooks" in package:
        return Kind(format=Format.XHTML, name="an EPUB of Standard Ebooks")
    if re.search(rb'name="generator" content="publisher ', package):
        return Kind(format=Format.OWN_EPUB, name="an EPUB that publisher made")
    return _pandoc("epub")


def _archive(content: bytes, name: str) -> Kind:
    """A ZIP file by the names and the first file in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damage_error(name, f"its ZIP container cannot be read ({error})") from error
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in content[:200]:
        return _pandoc("odt")
    if b"mimetypeapplication/epub+zip" in content[:200] or "META-INF/container.xml" in names:
        return _epub(content, names)
    if "[Content_Types].xml" in names or any(text.startswith("word/") for text in names):
        if any(text.startswith("xl/") for text in names):
            raise not_importable(name, "a spreadsheet", "copy what you need into a document")
        if any(text.startswith("ppt/") for text in names):
            raise not_importable(name, "a presentation", "copy what you need into a document")
        return Kind(format=Format.DOCX, name=_DOCX)
    if "Index/Document.iwa" in names:
        raise not_importable(name, "a Pages document", "export it as Word (DOCX) in Pages, and import that file")
    if "content.xml" in names:
        return _pandoc("odt")
    raise not_importable(name, "a ZIP file", "unpack it, and name the document in it")
