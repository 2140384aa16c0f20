"""Files of word processors and of the web that were given as text, recognised by their first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAVE = "open it in its program, choose “Save as” and “Word document (DOCX)”, and import that: publisher import"
_IMPORT = "make Markdown of it: publisher import FILE NEW-FOLDER"
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
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
    """What to do about it; `FILE` stands for its name."""


def recognised(content: bytes) -> FileKind | None:
    """Return the kind of a file that is no text, whatever its name is; None if it may be text."""
    begin = content[:_SEEN].removeprefix(b"\xef\xbb\xbf")
    if begin.startswith(b"PK\x03\x04"):
        return _archive(content)
    found = (FileKind(name=name, advice=advice) for name, advice, pattern in _PATTERNS if pattern.match(begin))
    return next(found, None)


def _archive(content: bytes) -> FileKind:
    """A ZIP file, by the names and the first file in it (ECMA-376-2; OpenDocument 1.3, part 2; EPUB 3.3, 4.2)."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
        return FileKind(name="a LibreOffice document (ODT)", advice=_IMPORT)
    if b"mimetypeapplication/epub+zip" in content[:200]:
        return FileKind(name="an EPUB", advice=_IMPORT)
    if b"word/" in content:
        return FileKind(name="a Word document (DOCX)", advice=_IMPORT)
    if b"Index/Document.iwa" in content:
        return FileKind(name="a Pages document", advice=_SAVE)
    return FileKind(name="a ZIP file", advice="unpack it, and name the file with the text")


_PATTERNS: tuple[tuple[str, str, re.Pattern[bytes]], ...] = (
    ("a document in Rich Text Format (RTF)", _IMPORT, re.compile(rb"\{\\rtf")),
    ("an old Word document (DOC)", _SAVE, re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("a PDF", "import the document that it was made of; in a course reader a PDF can be a reading", _PDF),
    ("a web page (HTML)", _IMPORT, _HTML),
    ("an XML file", _IMPORT, _XML),
    ("a LaTeX file", _IMPORT, _LATEX),
    ("text in UTF-16", "open it in a text editor and save it as UTF-8", re.compile(rb"\xff\xfe|\xfe\xff")),
)
"""The other kinds: the name, what to do, and how the file begins."""
