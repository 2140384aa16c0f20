"""Bytes of a file to its text, UTF-8 and nothing else, with every character that no book can print shown."""

from __future__ import annotations

import codecs
import re
import shlex

from publisher.diagnostics import Source
from publisher.load.file_kinds import FileKind, recognised
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
"""How many characters may stand without a blank line: eighty pages."""

BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

TEMPLATES = ".j2"
"""How the names of templates end: these are web pages by right."""

SHOWN = 10
"""How many control characters of a file are shown one by one."""


def decode(content: bytes, *, name: str, findings: Findings) -> Source | None:
    """Return the source of a file, without a byte order mark; None if its bytes are not text.

    Notes files that are not UTF-8 or not plain text, control characters, and text that is too long without a
    blank line.
    """
    kind = None if name.endswith(TEMPLATES) else recognised(content)
    if kind is not None:
        _note_kind(content, kind, name=name, findings=findings)
        return None
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(name=name, text=content.decode("utf-8"))
    except UnicodeDecodeError as error:
        _note_bytes(content, error, name=name, findings=findings)
        return None
    return source if _printable(source, findings=findings) and _divided(source, findings=findings) else None


def _note_kind(content: bytes, kind: FileKind, *, name: str, findings: Findings) -> None:
    begin = content[:200].decode("utf-8", errors="replace")
    source = Source(name=name, text="" if CONTROL.search(begin) or "\ufffd" in begin else begin)
    hint = kind.advice.replace("FILE", shlex.quote(name))
    findings.error("T-020", f"{name} is {kind.name}, not text", span=source.span(0, 0), hint=hint)


def _note_bytes(content: bytes, error: UnicodeDecodeError, *, name: str, findings: Findings) -> None:
    before = len(content[: error.start].decode("utf-8"))
    source = Source(name=name, text=content.decode("utf-8", errors="replace"))
    shown = " ".join(f"{byte:02X}" for byte in content[error.start : error.end])
    findings.error(
        "T-001",
        f"not UTF-8: byte {shown} at offset {error.start}",
        span=source.span(before, before + 1),
        hint="open the file in its own encoding (often Windows-1252) and save it as UTF-8",
    )


def _printable(source: Source, *, findings: Findings) -> bool:
    found = [match.start() for match in CONTROL.finditer(source.text)] if CONTROL.search(source.characters) else []
    for offset in found[:SHOWN]:
        more = len(found) - SHOWN if offset == found[:SHOWN][-1] else 0
        findings.error(
            "T-005",
            f"control character U+{ord(source.text[offset]):04X}" + (f" (and {more} more)" if more > 0 else ""),
            span=source.span(offset, offset + 1),
            hint="delete it: no book can print it",
        )
    return not found


def _divided(source: Source, *, findings: Findings) -> bool:
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
