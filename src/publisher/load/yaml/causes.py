"""What an editor did in a line that is no YAML, and how the line is written correctly.

A parser names the character at which it gave up. The cause is often before it: YAML 1.2.2 allows no tabs in indentation
(6.1), takes “: ” in a plain value for a new key (7.3.3), and ends a quotation at the next mark (7.3.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"(?P<lead>[ ]*(?:- +)?)(?P<key>[\w-]+):[ \t]+(?P<value>\S.*?)[ \t\r]*$")
_TIGHT = re.compile(r"[ ]*(?:- +)?(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s/:][^:#]*?)(?P<rest>[ \t]*(?:#.*)?)$")
_WIDE = re.compile("[\u00a0\u2002\u2003\u2007\u2009\u202f]")
_NO_BREAK = re.compile(r"[\s\u00a0]*(?:-[\s\u00a0]+)?(?:[\w-]+:[\s\u00a0]*)?")
_DASH = re.compile(r"[ ]*([–—•·●▪][ \t\u00a0]*)(?=\S)")
_CURLY = "“”„‟«»‘’‚‹›"
_SPECIAL = "@`%&*!|>?"
_OPENING = "'\"[{"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a line is no YAML."""

    message: str
    hint: str
    start: int
    """Offset of the first character concerned, in the whole text."""
    end: int
    replacement: str | None = None
    """What is to be there, if only that can be meant."""


def cause(text: str, at: int) -> Cause | None:
    """Return the cause of a mistake that a parser noticed at an offset: in that line, or the nearest before with words.

    None if it is not known.
    """
    begin = text.rfind("\n", 0, at) + 1
    before = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    while before and not text[before:].partition("\n")[0].partition("#")[0].strip():
        before = text.rfind("\n", 0, before - 1) + 1
    lines = {start: text[start:].partition("\n")[0] for start in (begin, before)}
    for start, line in lines.items():
        if found := _tab(line, start, unit=_unit(text)) or _no_break(line, start) or _dash(line, start):
            return found
    for start, line in lines.items():
        above = _above(text, start)
        if found := _value(line, start) or _tight(line, start) or _indent(line, above, start):
            return found
    return None


def _above(text: str, start: int) -> str:
    """The nearest line above that holds something."""
    lines = (line for line in reversed(text[:start].splitlines()) if line.strip() and not line.lstrip().startswith("#"))
    return next(lines, "")


def _tab(line: str, start: int, *, unit: int) -> Cause | None:
    lead = line[: len(line) - len(line.lstrip())]
    if "\t" not in lead or not line.strip():
        return None
    return Cause(
        message="the line is indented with a tab",
        hint="indent it with spaces, as many as the lines around it",
        start=start,
        end=start + len(lead),
        replacement=lead.replace("\t", " " * unit),
    )


def _no_break(line: str, start: int) -> Cause | None:
    """No-break spaces where only plain ones divide: in the indentation, after the colon or hyphen of an entry."""
    found = _NO_BREAK.match(line)
    if found is None or not _WIDE.search(found[0]):
        return None
    return Cause(
        message="a no-break space divides nothing in YAML",
        hint="replace it by a plain space",
        start=start,
        end=start + found.end(),
        replacement=_WIDE.sub(" ", found[0]),
    )


def _dash(line: str, start: int) -> Cause | None:
    """An entry of a list that begins with a dash or a bullet, as word processors write it."""
    found = _DASH.match(line)
    if found is None:
        return None
    return Cause(
        message="an entry of a list begins with a hyphen, not with a dash or a bullet",
        hint="begin it with a hyphen and a space",
        start=start + found.start(1),
        end=start + found.end(),
        replacement="- ",
    )


def _unit(text: str) -> int:
    """How many spaces a level of indentation has in a file: those of its least indented line, else two."""
    leads = (len(found[1]) for found in re.finditer(r"(?m)^( +)[^\s#]", text))
    return min(leads, default=2)


def _value(line: str, start: int) -> Cause | None:
    """What is wrong with the value of a key."""
    found = _KEY.match(line)
    if found is None:
        return None
    value, place = found["value"], start + found.start("value")
    message = _wrong(value)
    if message is None:
        return None
    words = value.strip(_CURLY) if value[0] in _CURLY else _unquote(value)
    return Cause(
        message=message,
        hint=f"write {found['key']}: {quote(words)}",
        start=place,
        end=place + len(value),
        replacement=None if " #" in value else quote(words),
    )


def _wrong(value: str) -> str | None:
    """Why a value is no YAML; None if it may be some."""
    first, rest = value[0], value[1:]
    if first in _CURLY:
        return "curly quotation marks quote nothing in YAML"
    if first in "'\"" and first in rest[:-1].replace("\\" + first, "").replace(first * 2, ""):
        name = "apostrophe" if first == "'" else "quotation mark"
        return f"an {name} inside the quotation ends it" if first == "'" else f"a {name} inside the quotation ends it"
    if first in _SPECIAL:
        return f"a value that begins with “{first}” has another meaning in YAML"
    if first not in _OPENING and (": " in value or value.endswith(":")):
        return "a colon followed by a space begins a new key"
    return None


def _unquote(value: str) -> str:
    """The words of a value without the marks around it."""
    mark = value[0]
    return value[1:].removesuffix(mark) if mark in "'\"" else value


def quote(words: str) -> str:
    """Words as a value of YAML, in the marks that need least escaping."""
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return "'" + words.replace("'", "''") + "'"


def _indent(line: str, above: str, start: int) -> Cause | None:
    """A key whose indentation is not that of the keys next to it."""
    if not re.match(r"[ ]*[\w-]+:(?:\s|$)", line) or not above.strip():
        return None
    here, there = _depth(line), _depth(above.replace("- ", "  ", 1))
    opens = above.rstrip().endswith((":", "|", ">"))
    if here == there or (opens and here > there) or (here < there and not here):
        return None
    return Cause(
        message=f"the line is indented by {_spaces(here)}, and the line above by {_spaces(there)}",
        hint="keys that belong together begin in the same column",
        start=start,
        end=start + here + len(line.strip()),
    )


def _tight(line: str, start: int) -> Cause | None:
    found = _TIGHT.match(line)
    if found is None:
        return None
    return Cause(
        message="there is no space after the colon",
        hint=f"write {found['key']}: {found['value'].strip()}",
        start=start,
        end=start + found.start("rest"),
        replacement=f"{line[: found.start('value')]} {found['value'].strip()}",
    )


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _spaces(count: int) -> str:
    return "one space" if count == 1 else f"{count} spaces"
