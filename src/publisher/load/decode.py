"""Bytes of a file to its text, in UTF-8 or in the encoding that is named, with every character that no book can print.

Only the text of an edition can be in another encoding than UTF-8.
"""

from __future__ import annotations

import re
import shlex

from publisher.diagnostics import Source
from publisher.load.encodings import CODECS, SINGLE_BYTE, UTF_8, guesses, is_utf_8, marked_encoding, unmark
from publisher.load.file_kinds import FileKind, recognise
from publisher.load.findings import Findings

CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]|\r(?!\n)"
)
"""Control characters, noncharacters (Unicode 16, §23.7) and carriage returns that end no line."""

PROSE = (".md", ".txt")
"""What the names of files with text for readers end in."""

LONGEST = 200_000
"""How many characters may be without a blank line: eighty pages."""

BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

TEMPLATES = ".j2"
"""How the names of templates end: these are web pages by right."""

SHOWN = 10
"""How many control characters of a file are shown one by one."""


def decode(
    content: bytes, *, name: str, findings: Findings, encoding: str = UTF_8, is_text: bool = False
) -> Source | None:
    """Return the source of a file, without a byte order mark; None if its bytes are not text.

    `encoding` is a name of `CODECS`; a file that `is_text` may be in any of them, and hints say how to name it.
    Notes files in another encoding or that are not plain text, control characters, and text that is too long without
    a blank line.
    """
    kind = None if name.endswith(TEMPLATES) else recognise(content, encoded=encoding != UTF_8)
    if kind is not None:
        _note_kind(content, kind, name=name, findings=findings, is_text=is_text)
        return None
    source = _decode(content, name=name, findings=findings, encoding=encoding, is_text=is_text)
    if source is None:
        return None
    if not is_text and _note_second_mark(source, findings=findings):
        return None
    return source if _printable(source, findings=findings) and _is_divided(source, findings=findings) else None


def _note_second_mark(source: Source, *, findings: Findings) -> bool:
    """Whether a file begins with more than one byte order mark, after noting T-002; in a text it is a character."""
    extra = len(source.text) - len(source.text.lstrip("\ufeff"))
    if extra:
        message = "the file begins with more than one byte order mark"
        findings.error("T-002", message, span=source.span(0, extra), hint="delete what precedes the words", fix="")
    return bool(extra)


def _decode(content: bytes, *, name: str, findings: Findings, encoding: str, is_text: bool) -> Source | None:
    """The text that the bytes hold; None after noting T-001 or E-021."""
    marked = marked_encoding(content)
    if encoding != UTF_8 and (marked not in (None, encoding.removesuffix("le").removesuffix("be"))):
        mark = f"it begins with the byte order mark of {marked.upper() if marked else ''}"
        _note_encoding(content, f"the file is not {encoding}: {mark}", name=name, findings=findings, better=marked)
        return None
    if CODECS[encoding] in SINGLE_BYTE and is_utf_8(content):
        message = f"the file is UTF-8, not {encoding}"
        _note_encoding(content, message, name=name, findings=findings, better=UTF_8)
        return None
    body, codec = unmark(content, CODECS[encoding])
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        if encoding == UTF_8:
            _note_bytes(body, error, name=name, findings=findings, is_text=is_text)
        else:
            _note_wrong(content, body, error, name=name, findings=findings, encoding=encoding)
        return None
    return Source(name=name, text=text, encoding=codec, content=None if encoding == UTF_8 else content)


def _note_kind(content: bytes, kind: FileKind, *, name: str, findings: Findings, is_text: bool) -> None:
    begin = content[:200].decode("utf-8", errors="replace")
    source = Source(name=name, text="" if CONTROL.search(begin) or "\ufffd" in begin else begin)
    advice = kind.advice if is_text or not kind.otherwise else kind.otherwise
    hint = advice.replace("FILE", shlex.quote(name))
    findings.error("T-020", f"{name} is {kind.name}, not text", span=source.span(0, 0), hint=hint)


def _note_bytes(content: bytes, error: UnicodeDecodeError, *, name: str, findings: Findings, is_text: bool) -> None:
    before = len(content[: error.start].decode("utf-8"))
    source = Source(name=name, text=content.decode("utf-8", errors="replace"))
    shown = " ".join(f"{byte:02X}" for byte in content[error.start : error.end])
    hint = "open the file in its own encoding (often Windows-1252) and save it as UTF-8"
    found = [f"{guess} ({words})" for guess, words in guesses(content)][:3] if is_text else []
    if found:
        hint = f"add “encoding: …” below “file:” with its encoding, or save it as UTF-8; likely: {', '.join(found)}"
    message = f"not UTF-8: byte {shown} at offset {error.start}"
    findings.error("T-001", message, span=source.span(before, before + 1), hint=hint)


def _note_wrong(
    content: bytes, body: bytes, error: UnicodeDecodeError, *, name: str, findings: Findings, encoding: str
) -> None:
    """Note E-021 for bytes that the named encoding does not have."""
    codec = error.encoding
    before = body[: error.start].decode(codec, errors="ignore")
    source = Source(name=name, text=before + "\ufffd" + body[error.end :].decode(codec, errors="replace"))
    shown = " ".join(f"{byte:02X}" for byte in body[error.start : error.end][:4])
    offset = error.start + len(content) - len(body)
    better = UTF_8 if is_utf_8(content) else None
    found = [f"{guess} ({words})" for guess, words in guesses(content) if guess != encoding][:3]
    hint = f"name another encoding; likely: {', '.join(found)}" if found else "name another encoding"
    findings.error(
        "E-021",
        f"the file is not {encoding}: byte {shown} at offset {offset}",
        span=source.span(len(before), len(before) + 1),
        hint=f"write encoding: {better}" if better else hint,
    )


def _note_encoding(content: bytes, message: str, *, name: str, findings: Findings, better: str | None) -> None:
    """Note E-021 for a file whose bytes show that it is in another encoding than the named one."""
    body, codec = unmark(content, CODECS[better or UTF_8])
    text = body.decode(codec, errors="replace")
    source = Source(name=name, text=text)
    at = next((at for at, character in enumerate(text) if ord(character) > 0x7F), 0)
    findings.error("E-021", message, span=source.span(at, at + 1), hint=f"write encoding: {better}")


def _printable(source: Source, *, findings: Findings) -> bool:
    found = [match.start() for match in CONTROL.finditer(source.text)] if CONTROL.search(source.characters) else []
    hint = "delete it: no book can print it"
    if source.encoding == CODECS["latin-1"]:
        hint = "write encoding: windows-1252, which has quotation marks and dashes there"
    if len(found) > 1 and "\n" not in source.text and all(source.text[at] == "\r" for at in found):
        findings.error(
            "T-005",
            "the lines end with carriage returns alone, as on old Macintoshes",
            span=source.span(found[0], found[0] + 1),
            hint="open the file in a text editor and save it with the line ends of Unix or Windows",
        )
        return False
    for offset in found[:SHOWN]:
        more = len(found) - SHOWN if offset == found[:SHOWN][-1] else 0
        findings.error(
            "T-005",
            f"control character U+{ord(source.text[offset]):04X}" + (f" (and {more} more)" if more > 0 else ""),
            span=source.span(offset, offset + 1),
            hint=hint,
        )
    return not found


def _is_divided(source: Source, *, findings: Findings) -> bool:
    """Whether text for readers is divided by blank lines often enough to be set in pages."""
    if not source.name.endswith(PROSE) or len(source.text) <= LONGEST:
        return True
    begin = 0
    for end, after in (*((blank.start(), blank.end()) for blank in BLANK_LINE.finditer(source.text)), (None, 0)):
        length = (len(source.text) if end is None else end) - begin
        if length > LONGEST:
            findings.error(
                "T-008",
                f"{length:,} characters without a blank line, more than {LONGEST:,}",
                span=source.span(begin, begin + 1),
                hint="divide it: a blank line ends a paragraph",
            )
            return False
        begin = after
    return True
