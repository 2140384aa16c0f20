"""The words of a source, counted by readers that share nothing with those of the import, and found again in the result.

They know just enough of each format to see its words: no styles, no structure.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from publisher.importers.source import Format, SourceFile

_WORD = re.compile(r"[^\W_]+")
_FORMULA = re.compile("[²³¹ʰ-ʸˠ-ˤᴬ-ᵪᶜ-ᶿ\u2070-\u209c\u2102-\u2149ⱼ\U0001d400-\U0001d7ff]")
"""Letters of the mathematical alphabets, and raised and lowered ones."""
_ANNOTATION = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
"""A formula of MathML once more, in another form."""
_RUNNING = re.compile(r"<office:master-styles\b.*?</office:master-styles>", re.DOTALL)
"""The running headers and footers of a document of LibreOffice."""
_FALLBACK = re.compile(r"<mc:Fallback\b[^>]*>.*?</mc:Fallback>", re.DOTALL)
_TOKEN = re.compile(
    r"<(?:\w+:)?(?P<text>t|delText)(?:\s[^>]*)?(?<!/)>(?P<words>[^<]*)<"
    r"|<(?:\w+:)?(?P<space>p|br|cr|tab|tc|txbxContent|footnoteReference|endnoteReference|ins|del|moveFrom|moveTo|vanish|num|den|e|sub|sup|deg)(?=[\s/>])"
    r"|</(?:\w+:)?(?P<end>p|tc|txbxContent|rt|rubyBase|ins|del|moveFrom|moveTo)>"
    r"|<(?:\w+:)?(?P<hyphen>noBreakHyphen)\b"
    r"|<(?:\w+:)?(?P<soft>softHyphen)\b"
)
_PARTS = re.compile(r"word\d*/(?:[^/]*document\d*|footnotes\d*|endnotes\d*|comments\d*|header\d*|footer\d*)\.xml")
_TAGS = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<data>.*?)\]\]>|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>|<(?P<tag>[^>]*)>", re.DOTALL
)
_RTF = re.compile(
    r"(?P<open>\{)(?P<skip>\\\*(?!\\(?:footnote|annotation))|\\(?:fonttbl|colortbl|stylesheet|info|pict|listtable)\b)?"
    r"|(?P<close>\})|\\'(?P<hex>[0-9a-fA-F]{2})|\\u(?P<unicode>-?\d+) ?\??|\\(?P<word>[a-z]+)-?\d* ?|\\[^a-z]"
    r"|(?P<words>[^\\{}]+)"
)
_COMMANDS = re.compile(
    r"\\(?:begin|end|label|ref|cite\w*|usepackage|documentclass|bibliography\w*|includegraphics)\*?(?:\[[^\]]*\])?\{[^}]*\}"
    r"|(?<!\\)%[^\n]*|\\[A-Za-z]+|<[\w:-]+>|#(?:set|show|let|import)\b[^\n]*|#[\w.-]+|\A---\n.*?\n---\n",
    re.DOTALL,
)
_INLINE_WORDS = """
    a abbr b bdi bdo big cite code data dfn em font i kbd mark q s samp small span strong sub sup time tt u var wbr
    hi emph foreign name persName placeName orgName title ref seg c w pc
    supplied unclear ex lb gap date num rs term gloss
    mentioned soCalled distinct milestone anchor
    text:span text:a text:bookmark text:bookmark-start text:bookmark-end text:soft-page-break
"""
_INLINE = frozenset(_INLINE_WORDS.split())
"""The names of tags that divide no word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How many words there are, and which of the source are nowhere."""

    source: int
    text: int
    notes: int
    report: int
    lost: tuple[str, ...]
    is_verified: bool


def compare(files: Iterable[SourceFile], *, text: str, notes: str, report: str) -> Comparison:
    """The words of the files compared with those of text, notes and report."""
    sources = [source_words(file) for file in files]
    wanted = Counter(words_in("\n".join(source for source in sources if source is not None)))
    parts = [Counter(words_in(item)) for item in (text, notes, report)]
    found = parts[0] + parts[1] + parts[2]
    missing = wanted - found
    letters = "".join(words_in("\n".join((text, notes, report)))) if missing else ""
    lost = tuple(word for word in missing.elements() if word not in letters)
    return Comparison(
        source=wanted.total(),
        text=parts[0].total(),
        notes=parts[1].total(),
        report=parts[2].total(),
        lost=lost,
        is_verified=all(source is not None for source in sources),
    )


def words_in(text: str) -> list[str]:
    """The words of a text; letters of formulas are plain ones."""
    return _WORD.findall(_FORMULA.sub(lambda found: normalize("NFKC", found[0]), normalize("NFC", text)))


def source_words(file: SourceFile) -> str | None:
    """The words of a file with white space between them; None of a kind that only its own reader can read."""
    match file.format:
        case Format.DOCX:
            return "\n".join(_docx(file.content))
        case Format.TEI:
            return _tagless(file.content.decode("utf-8", errors="replace"))
        case Format.GUTENBERG | Format.TEXT:
            return file.content.decode("utf-8", errors="replace")
        case Format.PANDOC | Format.OWN_EPUB | Format.XHTML:
            return _foreign(file)


def _docx(content: bytes) -> Iterator[str]:
    """The words of each part of a DOCX that has words."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if _PARTS.fullmatch(name):
                yield _words_of_xml(archive.read(name).decode("utf-8", errors="replace"))


def _words_of_xml(text: str) -> str:
    parts: list[str] = []
    for found in _TOKEN.finditer(_FALLBACK.sub("", text)):
        if found["text"]:
            parts.append(html.unescape(found["words"]))
        elif found["space"] or found["end"]:
            is_call = (found["space"] or "").endswith("Reference")
            parts.append("" if is_call else "\n")
        else:
            parts.append("\u2011" if found["hyphen"] else "\u00ad")
    return "".join(parts)


def _foreign(file: SourceFile) -> str | None:
    """The words of the formats that Pandoc reads, as far as they are marked up by tags."""
    if file.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            names = [name for name in archive.namelist() if name.endswith(("content.xml", ".xhtml", ".html"))]
            texts = [archive.read(name).decode("utf-8", errors="replace") for name in names]
            if "styles.xml" in archive.namelist():
                texts += _RUNNING.findall(archive.read("styles.xml").decode("utf-8", errors="replace"))
            return "\n".join(map(_tagless, texts))
    if re.match(rb"\s*(<\?xml|<!doctype html|<html|<!--)", file.content[:500], re.IGNORECASE):
        return _tagless(file.content.decode("utf-8", errors="replace"))
    if file.content.lstrip().startswith(b"{\\rtf"):
        return _rtf(file.content.decode("cp1252", errors="replace"))
    return _mark(file.content.decode("utf-8", errors="replace"))


def _rtf(text: str) -> str:
    """The words of a text in RTF 1.9: without the groups that are tables of fonts and the like."""
    parts: list[str] = []
    skipped = [False]
    for found in _RTF.finditer(text):
        if found["open"]:
            skipped.append(skipped[-1] or bool(found["skip"]))
        elif found["close"]:
            skipped = skipped[:-1] or [False]
        elif not skipped[-1]:
            parts.append(_rtf_words(found))
    return "".join(parts)


def _rtf_words(found: re.Match[str]) -> str:
    if found["hex"]:
        return bytes((int(found["hex"], 16),)).decode("cp1252", errors="replace")
    if found["unicode"]:
        return chr(int(found["unicode"]) % 65_536)
    if found["word"]:
        return "\n" if found["word"] in ("par", "line", "tab", "cell", "row", "sect", "page", "footnote") else ""
    return found["words"] or ""


def _mark(text: str) -> str:
    """The words of a text in LaTeX, Typst or Markdown: without the names of commands and what they are set to.

    What is left may have words that no one reads, such as keys; they are in the report.
    """
    body = text.partition("\\begin{document}")[2] or text
    return _COMMANDS.sub(" ", body)


def _tagless(text: str) -> str:
    """The words of marked-up text: each tag that is not one of words is white space."""
    text = re.sub(r"<(head|script|style)\b.*?</\1>", " ", text, flags=re.DOTALL) if "<html" in text[:2000] else text
    text = _ANNOTATION.sub(" ", text) if "<annotation" in text else text

    def blank(found: re.Match[str]) -> str:
        if found["data"] is not None:
            return found["data"]
        name = (found["tag"] or " ").strip("/").split()
        is_call = name[:1] == ["a"] and "noteref" in found["tag"]
        return "" if name and name[0] in _INLINE and not is_call else " "

    return html.unescape(_TAGS.sub(blank, text))
