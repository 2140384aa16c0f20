"""Plain text with hard-wrapped lines, and the texts of Project Gutenberg, to the document model.

https://www.gutenberg.org/attic/volunteers_faq.html#V.100 says how Project Gutenberg writes italics, verse and notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from publisher.importers.document import (
    PLAIN,
    Block,
    Call,
    Document,
    Entry,
    Footnote,
    Format,
    Heading,
    Kind,
    Line,
    Metadata,
    Paragraph,
    Rule,
    Stanza,
    Words,
)
from publisher.importers.languages import localize
from publisher.importers.source import Format as FileFormat
from publisher.importers.source import SourceFile

_FLAGS = re.IGNORECASE | re.MULTILINE
_START = re.compile(r"^\*\*\*\s*START OF (?:THE|THIS) PROJECT GUTENBERG[^*]{0,500}\*\*\*[ \t]*$", _FLAGS)
_END = re.compile(r"^\s*(?:\*\*\*\s*END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg)", _FLAGS)
_FIELD = re.compile(r"^(Title|Author|Language):\s*(.*(?:\n[ \t]+\S.*)*)", _FLAGS)
_NUMBER = re.compile(r"(?:eBook|EBook|Etext)\s*#?\s*(\d+)")
_HEADING = re.compile(
    r"(?:(?:chapter|book|part|volume|vol\.?|letter|act|scene|canto|section|stave|preface|introduction|prologue|epilogue|"
    r"contents|appendix|footnotes|conclusion|dedication|illustrations)\b.{0,70}|[IVXLC]{1,8}\.?|\d{1,3}\.?)",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"(?<![\w_])_(?=\S)([^_]{1,2000}?)(?<=\S)_(?![\w_])")
_RULE = re.compile(r"\s*(?:\*\s*){3,}|\s*[-—_=]{3,}\s*")
_FOOTNOTE = re.compile(r"\[(?:Footnote|Note)\s+(\w{1,5}):\s*(.*)\]", re.IGNORECASE | re.DOTALL)
_CALL = re.compile(r"\[(\d{1,4}|[A-Z])\]")
_ILLUSTRATION = re.compile(r"\s*\[Illustration(?::\s*(?P<words>.*?))?\]\s*", re.IGNORECASE | re.DOTALL)
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "italian": "it", "spanish": "es", "portuguese": "pt",
    "dutch": "nl", "latin": "la", "greek": "el", "finnish": "fi", "swedish": "sv", "danish": "da", "polish": "pl",
    "russian": "ru", "chinese": "zh", "hungarian": "hu", "esperanto": "eo", "catalan": "ca", "norwegian": "no",
}  # fmt: skip
_WRAPPED = 40
"""Lines of hard-wrapped prose are at least so long, in the middle."""


def read_plain_text(file: SourceFile) -> Document:
    """The document in a plain text, or in one of Project Gutenberg."""
    text, encoding = _decode(file.content)
    reader = PlainText(is_gutenberg=file.format is FileFormat.GUTENBERG)
    if encoding != "utf-8":
        reader.report(Kind.CHANGED, "the whole file", f"its encoding, {encoding}, is UTF-8 now")
    metadata = Metadata()
    if reader.is_gutenberg:
        text, metadata = reader.body_of(text)
    blocks = tuple(reader.blocks(text))
    counted = (Entry(kind=Kind.CHANGED, where="text", what=f"{what}: {count}") for what, count in reader.counts.items())
    document = Document(
        blocks=blocks,
        metadata=metadata,
        footnotes=tuple(reader.footnotes.values()),
        entries=(*reader.entries, *counted),
    )
    return localize(document, metadata.language)


def _decode(content: bytes) -> tuple[str, str]:
    """The text, and the encoding that it has."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\r\n", "\n"), "latin-1"


@dataclass(slots=True, kw_only=True)
class PlainText:
    """Reads paragraphs between blank lines."""

    is_gutenberg: bool
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    """The labels of the footnotes that the text defines, each once."""

    def report(self, kind: Kind, where: str, what: str, words: str = "") -> None:
        """Add an entry to the report."""
        self.entries.append(Entry(kind=kind, where=where, what=what, words=words))

    def count(self, what: str, number: int = 1) -> None:
        """Count a change that can be frequent."""
        self.counts[what] = self.counts.get(what, 0) + number

    def body_of(self, text: str) -> tuple[str, Metadata]:
        """The text between the header and the licence of Project Gutenberg, and what the header says."""
        start = _START.search(text)
        head, body = (text[: start.end()], text[start.end() :]) if start else ("", text)
        end = _END.search(body)
        body, licence = (body[: end.start()], body[end.start() :]) if end else (body, "")
        self.report(Kind.CHANGED, "header", "the header is in edition.yaml, as far as it has keys", head)
        if licence:
            self.report(Kind.DROPPED, "end", "the licence of Project Gutenberg; edition.yaml names it", licence)
        given = {found[1].lower(): " ".join(found[2].split()) for found in _FIELD.finditer(head)}
        number = _NUMBER.search(head)
        language = given.get("language", "").lower()
        title, _, subtitle = given.get("title", "").partition(": ")
        return body, Metadata(
            title=title,
            subtitle=subtitle,
            authors=(given["author"],) if given.get("author") else (),
            language=_LANGUAGES.get(language.split(",")[0].strip(), ""),
            url=f"https://www.gutenberg.org/ebooks/{number[1]}" if number else "",
            statement=f"From Project Gutenberg, eBook {number[1]}." if number else "From Project Gutenberg.",
            rights="In the public domain in the United States, as Project Gutenberg states.",
            rights_status="public-domain",
        )

    def blocks(self, text: str) -> Iterator[Block]:
        """The blocks of a text."""
        stretches = list(re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text))
        labels = [found[1] for match in stretches if (found := _FOOTNOTE.fullmatch(match[0].strip()))]
        self.labels = frozenset(labels) if self.is_gutenberg and len(set(labels)) == len(labels) else frozenset()
        lengths = [len(line) for match in stretches for line in match[0].split("\n")[:-1]]
        is_wrapped = bool(lengths) and median(lengths) >= _WRAPPED and max(lengths) < 2 * median(lengths)
        is_wrapped = is_wrapped or (self.is_gutenberg and bool(lengths))
        before = 0
        for stretch in stretches:
            gap = text.count("\n", before, stretch.start())
            before = stretch.end()
            lines = stretch[0].split("\n")
            yield from self._block(lines, gap, is_wrapped=is_wrapped)

    def _block(self, lines: list[str], gap: int, *, is_wrapped: bool) -> Iterator[Block]:
        whole = "\n".join(lines)
        joined = " ".join(line.strip() for line in lines)
        if _RULE.fullmatch(whole):
            yield Rule()
        elif self.is_gutenberg and (found := _ILLUSTRATION.fullmatch(whole)):
            words = " ".join((found["words"] or "").split())
            self.report(Kind.DROPPED, "text", "a picture that is not in the file", f"Illustration {words}".strip())
        elif (note := _FOOTNOTE.fullmatch(whole.strip())) and note[1] in self.labels:
            self._footnote(note)
        elif self.is_gutenberg and gap >= 3 and self._is_heading(lines, joined):
            yield Heading(level=2, line=self._line(joined))
        elif len(lines) > 1 and all(line.startswith("  ") for line in lines):
            indent = min(len(line) - len(line.lstrip(" ")) for line in lines)
            yield Stanza(lines=tuple(self._line(line[indent:]) for line in lines))
        elif is_wrapped:
            if len(lines) > 1:
                self.count("line ends inside paragraphs are spaces", len(lines) - 1)
            yield Paragraph(line=self._line(joined))
        else:
            yield from (Paragraph(line=self._line(line.strip())) for line in lines)

    def _is_heading(self, lines: list[str], joined: str) -> bool:
        """Whether a short paragraph after several blank lines is a heading."""
        if len(lines) > 3 or len(joined) > 90:
            return False
        is_upper = joined.upper() == joined and any(map(str.isalpha, joined))
        return is_upper or _HEADING.fullmatch(joined.strip("_ ")) is not None

    def _footnote(self, found: re.Match[str]) -> None:
        label = found[1]
        paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", found[2]))
        blocks = tuple(Paragraph(line=self._line(paragraph, is_note=True)) for paragraph in paragraphs if paragraph)
        self.footnotes[label] = Footnote(label=label, blocks=blocks)
        self.report(Kind.CHANGED, "text", f"note {label} is a footnote", f"Footnote {label} {label}")

    def _line(self, text: str, *, is_note: bool = False) -> Line:
        """Words with `_italics_`, and the calls of footnotes that were read before or come later."""
        if not self.is_gutenberg:
            return (Words(text=text),)
        found: list[Words | Call] = []
        at = 0
        for match in _ITALIC.finditer(text):
            found += self._called(text[at : match.start()], PLAIN, is_note=is_note)
            found += self._called(match[1], Format(italic=True), is_note=is_note)
            at = match.end()
        return (*found, *self._called(text[at:], PLAIN, is_note=is_note))

    def _called(self, text: str, style: Format, *, is_note: bool) -> Iterator[Words | Call]:
        at = 0
        for match in () if is_note else _CALL.finditer(text):
            if match[1] in self.labels:
                yield Words(text=text[at : match.start()].rstrip(), format=style)
                yield Call(label=match[1])
                at = match.end()
        yield Words(text=text[at:], format=style)
