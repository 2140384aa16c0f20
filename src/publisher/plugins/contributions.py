"""The values that a plugin returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publisher.diagnostics import Severity, Span
from publisher.model.edition import Edition
from publisher.model.publication import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """Reads the files of another program: `publisher import` uses it for names that end in one of its suffixes."""

    suffixes: tuple[str, ...]
    """Lower-case ends of file names: `.fountain`."""
    kind: str
    """What such a file is, with its article: `a screenplay in Fountain`."""
    tei: Callable[[bytes], bytes]
    """Turns the bytes of a file into a document of TEI P5. It runs in a child process with limits.

    It raises `ValueError` with the reason if the bytes are no such file.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a check of a plugin reports."""

    message: str
    """What is wrong, in a sentence without a full stop, lower case first."""
    span: Span | None = None
    """Where; take it from the part of the edition that is wrong."""
    hint: str | None = None
    """What to do."""
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule of a press or a course: `publisher check` runs it for editions that name the plugin."""

    name: str
    """What it is about, in a few words: `spelling of place names`."""
    findings: Callable[[Edition], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format of another program: `publisher export NAME`."""

    name: str
    """The word after `publisher export`: letters, digits and hyphens."""
    summary: str
    """One line for `publisher export --help`."""
    files: Callable[[Publication], Iterable[tuple[str, bytes]]]
    """Names and bytes of the files to write; names without folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """A style sheet for editions that name the plugin; it comes after those of publisher, before the edition's own."""

    name: str
    """`house.css` for both formats; `house.print.css` or `house.screen.css` for one, `house.press.css` for printers."""
    css: str
    """Checked like an edition's own: S-012 reports what is not allowed."""
