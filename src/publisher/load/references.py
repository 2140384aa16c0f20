"""`references.json`: a list of CSL-JSON records, each with an id of its own.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""

from __future__ import annotations

import json
import re

from publisher.diagnostics import Source, Span
from publisher.load.findings import Findings, suggestion
from publisher.load.yaml.json_nodes import UNPRINTABLE, Value, json_value
from publisher.model.reference import Reference

WORDS = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """
TYPES = tuple(WORDS.split())


def references(source: Source, *, findings: Findings) -> tuple[Reference, ...]:
    """The records of a file, in order, each with the place of its id.

    Notes R-001 (malformed JSON), R-002 (no record, or no id), R-003 (two with one id), R-004 (unknown type).
    """
    found: dict[str, Reference] = {}
    for entry in _records(source, findings=findings):
        reference = _reference(entry, findings=findings)
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


def _records(source: Source, *, findings: Findings) -> tuple[Value, ...]:
    """The entries of the list. Notes R-001 and R-002."""
    whole = json_value(source, code="R-001", remedy="export the file again", findings=findings)
    if whole is None:
        return ()
    if not isinstance(whole.value, list):
        findings.error("R-002", "a list of records expected", span=source.span(0, 1), hint="export it as CSL-JSON")
        return ()
    return whole.entries()


def _reference(entry: Value, *, findings: Findings) -> Reference | None:
    record, span = entry.value, entry.span
    key = record.get("id") if isinstance(record, dict) else None
    if not isinstance(record, dict) or isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip():
        findings.error("R-002", "a record without an id", span=_first_line(span), hint='add "id": "a-word-of-yours"')
        return None
    places = {name: member.span for name, member in entry.members().items()}
    place = _first_line(places["id"])
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
            span=_first_line(places["type"]) if kind else place,
            hint=suggestion(str(kind or "document"), TYPES),
        )
    return Reference(key=str(key), record=text, span=place)


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return span.source.span(span.start, span.end if end < 0 else end)
