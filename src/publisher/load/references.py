"""`references.json`: a list of CSL-JSON records, each with an id of its own.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from publisher.diagnostics import Source, Span
from publisher.load.findings import Findings, suggestion
from publisher.model.reference import Reference

WORDS = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """
TYPES = tuple(WORDS.split())
NO_SPACE = re.compile(r"[^ \t\r\n]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NoNumber(ValueError):
    """NaN or Infinity, which JSON has not."""


def _refuse_constant(name: str) -> NoReturn:
    raise NoNumber(name)


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def references(source: Source, *, findings: Findings) -> tuple[Reference, ...]:
    """The records of a file, in order, each with the place of its id.

    Notes R-001 (malformed JSON), R-002 (no record, or no id), R-003 (two with one id), R-004 (unknown type).
    """
    found: dict[str, Reference] = {}
    for record, span in _records(source, findings=findings):
        reference = _reference(record, span=span, findings=findings)
        if reference is None:
            continue
        if reference.key in found:
            findings.error(
                "R-003",
                f"two records have the id “{reference.key}”",
                span=reference.span,
                hint="delete one of them, or give it another id",
                related=(("first here", found[reference.key].span),),
            )
        found.setdefault(reference.key, reference)
    return tuple(found.values())


def _records(source: Source, *, findings: Findings) -> Iterator[tuple[object, Span]]:
    """Each entry of the list with its place. Notes R-001 and R-002."""
    try:
        whole: object = DECODER.decode(source.text)
    except json.JSONDecodeError as error:
        _note_malformed(source, at=error.pos, problem=error.msg, findings=findings)
        return
    except (ValueError, RecursionError) as error:
        _note_malformed(source, at=0, problem=_in_words(error), findings=findings)
        return
    if not isinstance(whole, list):
        findings.error("R-002", "a list of records expected", span=source.span(0, 1), hint="export it as CSL-JSON")
        return
    at = _behind_space(source.text, 0) + 1
    for _ in whole:
        at = _behind_space(source.text, at)
        record, end = DECODER.raw_decode(source.text, at)
        yield record, source.span(at, end)
        at = source.text.find(",", end) + 1


def _in_words(error: Exception) -> str:
    """Why a file that is JSON cannot be read: a constant that JSON has not, or something beyond all measure."""
    match error:
        case NoNumber():
            return str(error)
        case RecursionError():
            return "lists or records stand too deep in each other"
        case _:
            return "a number has too many digits"


def _behind_space(text: str, at: int) -> int:
    """The first offset from `at` on that holds no white space."""
    found = NO_SPACE.search(text, at)
    return len(text) if found is None else found.start()


def _note_malformed(source: Source, *, at: int, problem: str, findings: Findings) -> None:
    at = min(at, max(len(source.text) - 1, 0))
    findings.error(
        "R-001",
        f"malformed JSON: {problem}",
        span=source.span(at, min(at + 1, len(source.text))),
        hint="look for a missing comma, quotation mark or bracket here or just before; or export the file again",
    )


def _reference(record: object, *, span: Span, findings: Findings) -> Reference | None:
    key = record.get("id") if isinstance(record, dict) else None
    if not isinstance(record, dict) or isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip():
        findings.error("R-002", "a record without an id", span=_first_line(span), hint='add "id": "a-word-of-yours"')
        return None
    place = _value_place(span, "id")
    text = json.dumps(record | {"id": str(key)}, ensure_ascii=False, sort_keys=True)
    if UNPRINTABLE.search(text) or re.search(r"\\u00[01]|\\[bf]", text):
        findings.error(
            "R-002",
            "the record holds a character that no book can print",
            span=place,
            hint="delete its \\u… or \\b, \\f",
        )
        return None
    if record.get("type") not in TYPES:
        kind = record.get("type")
        shown = f"unknown type “{kind}”" if kind else "the record has no type"
        findings.error(
            "R-004",
            shown,
            span=_value_place(span, "type") if kind else place,
            hint=suggestion(str(kind or "document"), TYPES),
        )
    return Reference(key=str(key), record=text, span=place)


def _value_place(span: Span, name: str) -> Span:
    """Where the value of a key stands in a record."""
    found = re.compile(rf'"{name}"\s*:\s*("(?:[^"\\]|\\.)*"|[^,\s}}]+)').search(span.source.text, span.start, span.end)
    return _first_line(span) if found is None else span.source.span(found.start(1), found.end(1))


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span.source.span(span.start, span.end if end < 0 else end)
