"""Text as braille cells, by the program lou_translate of liblouis (https://liblouis.io/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.validators.process import Need, find_programs, last_words, program, run

NAME = "liblouis"
TABLES: Mapping[str, tuple[str, str]] = {
    "cs": ("cs-g1.ctb", "cs-g1.ctb"),
    "da": ("da-dk-g16.ctb", "da-dk-g26.ctb"),
    "de": ("de-g1.ctb", "de-g2.ctb"),
    "el": ("el.ctb", "el.ctb"),
    "en": ("en-ueb-g1.ctb", "en-ueb-g2.ctb"),
    "es": ("es-g1.ctb", "es-g2.ctb"),
    "fi": ("fi.utb", "fi.utb"),
    "fr": ("fr-bfu-comp6.utb", "fr-bfu-g2.ctb"),
    "hu": ("hu-hu-g1.ctb", "hu-hu-g2.ctb"),
    "it": ("it-it-comp6.utb", "it-it-comp6.utb"),
}
"""The tables of languages: uncontracted, and contracted where there is such a table."""
ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American Braille ASCII: the character of each combination of the dots 1 to 6, dot 1 counting least."""
FIRST, FULL = 0x2800, 63
LONGEST = 400
"""How many characters the program gets in a line."""
SECONDS = 300
SUPERSCRIPT = ";9"
"""What precedes a raised number in Unified English Braille."""
LOU = Need(
    name="the program lou_translate",
    locate=lambda: program("lou_translate"),
    remedy="sudo apt-get install liblouis-bin   (Fedora: liblouis-utils, macOS: brew install liblouis)",
)


def table_of(language: str, *, grade: int) -> str | None:
    """The table of a language; None if there is none."""
    tables = TABLES.get(language.partition("-")[0].lower())
    return None if tables is None else tables[grade - 1]


def translate(texts: Iterable[str], *, table: str) -> Mapping[str, str]:
    """Each text in Braille ASCII; characters that the table does not know are full cells.

    Raises `PublisherError` with exit code 3 if liblouis is missing (L-010), and L-011 if it fails.
    """
    (place,) = find_programs(NAME, LOU)
    chunks = {text: _chunks(text) for text in dict.fromkeys(texts)}
    lines = tuple(dict.fromkeys(line for parts in chunks.values() for line in parts))
    if not lines:
        return {}
    command = (place, "--forward", f"unicode.dis,{table}")
    outcome = run(command, validator=NAME, seconds=SECONDS, stdin="".join(f"{line}\n" for line in lines))
    found = outcome.stdout.split("\n")[: len(lines)]
    if outcome.status or len(found) < len(lines):
        words = last_words(outcome)
        raise PublisherError(Diagnostic(code="L-011", message=f"{NAME} gave no braille: {words}", hint=LOU.remedy))
    cells = dict(zip(lines, map(_ascii, found), strict=True))
    return {text: " ".join(cells[line] for line in parts) for text, parts in chunks.items()}


def unknown_characters(texts: Iterable[str], *, table: str) -> tuple[str, ...]:
    """The characters that a table has no cells for, in order."""
    known = {character for text in texts for character in text if not character.isascii() and not character.isspace()}
    characters = sorted(known)
    if not characters:
        return ()
    (place,) = find_programs(NAME, LOU)
    command = (place, "--forward", f"unicode.dis,{table}")
    outcome = run(command, validator=NAME, seconds=SECONDS, stdin="".join(f"{item}\n" for item in characters))
    found = outcome.stdout.split("\n")
    return tuple(
        item for item, line in zip(characters, found, strict=False) if any(ord(cell) > FIRST + FULL for cell in line)
    )


def without_braille(characters: tuple[str, ...]) -> Diagnostic:
    """The warning (U-021) that there are characters without braille."""
    shown = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in characters[:12])
    more = f" and {len(characters) - 12} more" if len(characters) > 12 else ""
    return Diagnostic(
        code="U-021",
        message=f"the braille table has no cells for {shown}{more}; they are full cells (dots 123456)",
        hint="mark the language of the passage, as in [λόγος]{lang=el}, or write the words in other characters",
        severity=Severity.WARNING,
    )


def _chunks(text: str) -> tuple[str, ...]:
    """The text in lines that are short enough, broken at spaces."""
    lines: list[str] = []
    for word in re.sub(r"[\x00-\x1f\x7f]", " ", text).split():
        parts = [word[at : at + LONGEST] for at in range(0, len(word), LONGEST)]
        for part in parts:
            if lines and len(lines[-1]) + len(part) < LONGEST:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return tuple(lines)


def _ascii(cells: str) -> str:
    """Braille cells of Unicode in Braille ASCII."""
    return "".join(_character(ord(cell)) for cell in cells.strip("\r\n"))


def _character(cell: int) -> str:
    if cell in (0x20, FIRST):
        return " "
    return ASCII[cell - FIRST] if FIRST <= cell <= FIRST + FULL else ASCII[FULL]


def label(text: str) -> str:
    """The label of a print page in Braille ASCII: digits with their sign, letters as they are."""
    digits = str.maketrans("1234567890", "ABCDEFGHIJ")
    return re.sub(r"[0-9]+", lambda found: f"#{found[0].translate(digits)}", text.upper())
