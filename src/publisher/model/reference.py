"""References as CSL-JSON holds them (https://docs.citationstyles.org/en/stable/specification.html)."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One CSL-JSON record, stored as the JSON text that a CSL processor reads."""

    key: str
    """Its `citation-key`, else its `id`."""
    record: str
    """The record as canonical JSON text (sorted keys)."""
    span: Span
    aliases: tuple[str, ...] = ()
    """Other keys by which it can be cited: an `id` next to a `citation-key`, BibLaTeX's `ids`."""
    passed_over: tuple[str, ...] = ()
    """Fields of its file that are not known."""
