"""The report of an import: what was dropped, changed and added, with its place in the source."""

from __future__ import annotations

import json
from collections.abc import Iterable

from publisher.diagnostics import amount
from publisher.importers.document import Entry, Kind
from publisher.importers.source import Request
from publisher.importers.verification import Comparison
from publisher.load.markdown.escaping import escape

_TITLES = {
    Kind.DROPPED: ("Left out", "These are in the source and not in the edition."),
    Kind.CHANGED: ("Changed", "These are in the edition in another form."),
    Kind.ADDED: ("Added", "These are in the edition and not in the source: look at each of them."),
}
_SHOWN = 400


def report_json(request: Request, entries: Iterable[Entry], comparison: Comparison) -> bytes:
    """The report for programs."""
    value = {
        "sources": [{"file": file.name, "sha256": file.digest, "kind": file.kind} for file in request.files],
        "date": request.date,
        "tool": request.tool,
        "words": {
            "source": comparison.source,
            "text": comparison.text,
            "notes": comparison.notes,
            "report": comparison.report,
            "lost": list(comparison.lost),
            "verified": comparison.is_verified,
        },
        "entries": [
            {"kind": entry.kind, "where": entry.where, "what": entry.what, "words": entry.words} for entry in entries
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def report_markdown(request: Request, entries: tuple[Entry, ...], comparison: Comparison) -> str:
    """The report for people."""
    lines = ["# Import report", ""]
    lines += [f"- {escape(file.name)}: {file.kind}, SHA-256 `{file.digest}`" for file in request.files]
    lines += [f"- imported on {request.date} by {request.tool}", "", *_words(comparison), ""]
    for kind, (title, explanation) in _TITLES.items():
        found = [entry for entry in entries if entry.kind is kind]
        lines += [f"## {title}", "", explanation if found else "Nothing.", ""]
        lines += [*map(_entry, found), ""] if found else []
    return "\n".join(lines).rstrip() + "\n"


def _words(comparison: Comparison) -> list[str]:
    if not comparison.is_verified:
        return ["The words of this kind of source are not counted by a second reader: compare the text yourself."]
    counts = (
        f"The source has {amount(comparison.source, 'word')}. The text and the metadata have "
        f"{amount(comparison.text, 'word')}, the notes {amount(comparison.notes, 'word')}, and this report lists "
        f"{amount(comparison.report, 'word')} that were left out or are in another form."
    )
    if not comparison.lost:
        return [f"{counts} No word of the source is missing."]
    return [f"{counts} These words of the source were found nowhere: {escape(' '.join(comparison.lost[:200]))}"]


def _entry(entry: Entry) -> str:
    words = " ".join(entry.words.split())
    shown = words[:_SHOWN] + ("…" if len(words) > _SHOWN else "")
    quoted = f": “{escape(shown)}”" if shown else ""
    return f"- {escape(entry.where)}: {escape(entry.what)}{quoted}"
