"""Source files without what is marked for another audience: blocks and notes of Markdown, readings of `reader.yaml`.

Whole lines are removed and no other character is changed, so that what remains reads as before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.fenced_block import NAME
from publisher.load.markdown.parser import Node, Room, attributes, document
from publisher.load.yaml.nodes import Mapping, Pair, Scalar, Sequence, tree
from publisher.model.target import MARKED, Audience, is_for

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
CLOSING = re.compile(r"[\s>]*:{3,}\s*")
BRACES = re.compile(r"\{[^{}]*\}")
ENTRY = re.compile(r"\s*-\s+")


class Uncuttable(Exception):
    """A file from which nothing can be removed line by line."""


def cut_markdown(text: str, audience: Audience, *, without: Container[str] = ()) -> str:
    """The text without blocks and notes that are for others, and without the notes that have these ids."""
    lines = LINE.findall(text)
    removed: set[int] = set()
    filled: dict[int, str] = {}
    for first, last in _blocks(document(text, Room()), lines, audience):
        removed.update(range(first, last))
        prefix = re.match(r"[ \t>]*", lines[first])
        filled[first] = (prefix[0].rstrip() if prefix else "") + "\n"
    for first, last in _notes(document(text, Room()), len(lines), audience, without):
        removed.update(range(first, last))
        filled = {line: words for line, words in filled.items() if not first <= line < last}
    return "".join(
        filled.get(number, "") if number in removed else line for number, line in enumerate(lines) if line or number
    )


def _blocks(node: Node, lines: list[str], audience: Audience) -> Iterator[tuple[int, int]]:
    """The first and the last line of each block for others, the line after it excluded."""
    for child in node.children:
        if child.type != NAME or child.map is None:
            yield from _blocks(child, lines, audience)
        elif _is_for_others(_attributes(child.info).get("audience"), audience):
            first, last = child.map
            closed = last < len(lines) and CLOSING.fullmatch(lines[last])
            yield first, last + 1 if closed else last
        else:
            yield from _blocks(child, lines, audience)


def _attributes(words: str) -> dict[str, str]:
    """What the braces of an opening line say, behind a kind or alone."""
    found = BRACES.search(words)
    return {} if found is None else attributes(found[0])


def _notes(node: Node, end: int, audience: Audience, without: Container[str]) -> Iterator[tuple[int, int]]:
    """The same for notes: each has a heading of the second level."""
    headings = [child for child in node.children if child.type == "heading" and child.tag in ("h1", "h2") and child.map]
    for at, heading in enumerate(headings):
        inline = heading.children[0] if heading.children else None
        marks = inline.meta.get("attributes") if inline is not None else None
        given = attributes(marks[0]) if marks else {}
        named = inline.content.strip() if inline is not None else ""
        if heading.tag == "h2" and (_is_for_others(given.get("audience"), audience) or named in without):
            following = headings[at + 1].map if at + 1 < len(headings) else None
            assert heading.map is not None
            yield heading.map[0], following[0] if following else end


def _is_for_others(word: str | None, audience: Audience) -> bool:
    return word in MARKED and not is_for(audience, Audience(word))


def cut_reader(text: str, audience: Audience) -> str:
    """The text of a `reader.yaml` without the readings that are for others.

    Raises `Uncuttable` if one does not have lines of its own.
    """
    source = Source(name="reader.yaml", text=text)
    node = tree(source, start=0, end=len(text), findings=Findings())
    lines = LINE.findall(text)
    removed: set[int] = set()
    for pair in _lists_of_readings(node):
        entries = pair.value.entries if isinstance(pair.value, Sequence) else ()
        cut = [
            entry
            for entry in entries
            if isinstance(entry, Mapping) and _is_for_others(_value(entry, "audience"), audience)
        ]
        for mapping in cut:
            removed.update(_entry_lines(text, lines, mapping.span.start))
        if cut and len(cut) == len(entries):
            removed.add(_line_of(text, pair.key_span.start))
    return "".join(line for number, line in enumerate(lines) if number not in removed)


def _lists_of_readings(node: Mapping | None) -> Iterator[Pair]:
    units = next((pair.value for pair in node.pairs if pair.key == "units"), None) if node else None
    for unit in units.entries if isinstance(units, Sequence) else ():
        if isinstance(unit, Mapping):
            yield from (pair for pair in unit.pairs if pair.key == "readings")


def _value(node: Mapping, key: str) -> str | None:
    found = next((pair.value for pair in node.pairs if pair.key == key), None)
    return found.text if isinstance(found, Scalar) else None


def _line_of(text: str, at: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:at]))


def _entry_lines(text: str, lines: list[str], start: int) -> range:
    """The lines of an entry of a list, with the comments directly above it."""
    number = _line_of(text, start)
    before = text[sum(map(len, lines[:number])) : start]
    if not ENTRY.fullmatch(before):
        raise Uncuttable(lines[number].strip())
    dash = len(before) - len(before.lstrip())
    first, last = number, number + 1
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > dash):
        last += 1
    return range(first, last)


def cut_references(text: str, before: str, after: str) -> str:
    """CSL-JSON without the entries that are cited before a cut and no longer after it."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(entries, list):
        return text
    left = [entry for entry in entries if not (_is_cited(entry, before) and not _is_cited(entry, after))]
    return text if len(left) == len(entries) else json.dumps(left, ensure_ascii=False, indent=2) + "\n"


def _is_cited(entry: object, text: str) -> bool:
    key = str(entry.get("id")) if isinstance(entry, dict) else ""
    return bool(key) and re.search(rf"@{re.escape(key)}(?![\w-])", text) is not None
