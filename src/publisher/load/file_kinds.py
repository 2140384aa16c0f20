"""Files of word processors and of the web that were given as text, recognised by their first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SAVE = "open it in its program, choose “Save as” and “Word document (DOCX)”, and import that: publisher import"
_IMPORT = "make Markdown of it: publisher import FILE NEW-FOLDER"
_UNPACK = "unpack it, and name the file with the text"
_PICTURE = "if it shows the pages of a text, recognise its words (OCR) in another program, and name the text file"
_SAVE_AS = "open it in a text editor and save it as UTF-8"
_UTF_16 = f"add “encoding: utf-16” below “file:”, or {_SAVE_AS}"
_PICTURES = (
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a(?=.{0,20}\x00)|RIFF....WEBP|II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00"
    rb"|....ftyp(?:heic|heix|avif|mif1)|\x00\x00\x00\x0cjP  |AT&TFORM"
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:head|body|div|p|h[1-6]|table|article|section|meta|title|center|font)"
    rb"(?:\s[^<>]*)?>(?=.*</)",
    re.IGNORECASE | re.DOTALL,
)
"""A web page without its head: a tag at the beginning, and a closing one behind it."""
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:TEI|teiCorpus|office:document|w:document)[\s>:]", re.DOTALL
)
_PDF = re.compile(rb"%PDF-")
_LATEX = re.compile(rb"\s*(?:%[^\n]*\n\s*)*\\(?:documentclass|documentstyle)\b")
_SEEN = 4096
"""In how many bytes from the beginning a kind is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What a file is, if it is neither plain text nor Markdown."""

    name: str
    """For people, with its article: `a Word document`."""
    advice: str
    """What to do about it; `FILE` represents its name."""
    otherwise: str = ""
    """What to do instead if it is not the text of an edition."""


def recognise(content: bytes, *, encoded: bool = False) -> FileKind | None:
    """Return the kind of a file that is no text, whatever its name is; None if it may be text.

    If it is `encoded`, it may be text in another encoding than UTF-8.
    """
    begin = content[:_SEEN].removeprefix(b"\xef\xbb\xbf")
    if begin.startswith(b"PK\x03\x04"):
        return _archive(content)
    patterns = _PATTERNS if encoded else (*_PATTERNS, *_ENCODED)
    found = (FileKind(name=name, advice=advice) for name, advice, pattern in patterns if pattern.match(begin))
    kind = next(found, None)
    return replace(kind, otherwise=_SAVE_AS) if kind and kind.advice == _UTF_16 else kind


def _archive(content: bytes) -> FileKind:
    """A ZIP file, by the names and the first file in it (ECMA-376-2; OpenDocument 1.3, part 2; EPUB 3.3, 4.2)."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
        return FileKind(name="a LibreOffice document (ODT)", advice=_IMPORT)
    if b"mimetypeapplication/epub+zip" in content[:200]:
        return FileKind(name="an EPUB", advice=_IMPORT)
    if b"word/" in content:
        return FileKind(name="a Word document (DOCX)", advice=_IMPORT)
    if b"Index/Document.iwa" in content or b"index.apxl" in content or b"Index.zip" in content:
        return FileKind(name="a Pages document", advice=_SAVE)
    if b"xl/workbook" in content or b"ppt/presentation" in content:
        return FileKind(name="an Excel or PowerPoint file", advice="copy its words into a text file, and name that")
    return FileKind(name="a ZIP file", advice=_UNPACK)


_PATTERNS: tuple[tuple[str, str, re.Pattern[bytes]], ...] = (
    ("a document in Rich Text Format (RTF)", _IMPORT, re.compile(rb"\{\\rtf")),
    ("an old Word document (DOC)", _SAVE, re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("a PDF", "import the document that it was made of; in a course reader a PDF can be a reading", _PDF),
    ("a web page (HTML)", _IMPORT, _HTML),
    ("a web page (HTML)", _IMPORT, _FRAGMENT),
    ("an XML file", _IMPORT, _XML),
    ("a LaTeX file", _IMPORT, _LATEX),
    ("a picture", _PICTURE, re.compile(_PICTURES, re.DOTALL)),
    ("a compressed file (gzip)", _UNPACK, re.compile(rb"\x1f\x8b")),
    ("a compressed file (bzip2)", _UNPACK, re.compile(rb"BZh[1-9]1AY&SY")),
    ("a compressed file (xz)", _UNPACK, re.compile(rb"\xfd7zXZ\x00")),
    ("a compressed file (zstd)", _UNPACK, re.compile(rb"\x28\xb5\x2f\xfd")),
    ("a compressed file (7z or RAR)", _UNPACK, re.compile(rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07")),
    ("a drawing (SVG)", _PICTURE, re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)),
    (
        "a font",
        "name the file with the text; fonts belong into the folder fonts/",
        re.compile(rb"(?:OTTO|ttcf|\x00\x01\x00\x00)\x00|wOF[F2](?:OTTO|\x00\x01\x00\x00)"),
    ),
)
"""The other kinds: the name, what to do, and how the file begins."""
_ENCODED = (
    (
        "text in UTF-16",
        _UTF_16,
        re.compile(rb"\xff\xfe|\xfe\xff|(?:[\t\n\r -~]\x00){8}|(?:\x00[\t\n\r -~]){8}"),
    ),
)
"""Text in an encoding that has to be named."""
