"""References as CSL-JSON holds them (https://docs.citationstyles.org/en/stable/specification.html)."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One CSL-JSON record, kept as the JSON text that a CSL processor reads."""

    key: str
    """Its `id`."""
    record: str
    """The record as canonical JSON text (sorted keys)."""
    span: Span
