"""The list in which the loader gathers whatever it finds wrong, so that all of it is reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from publisher.diagnostics import Diagnostic, Fix, PublisherError, Span
from publisher.load.markdown.parser import Room


@dataclass(slots=True)
class Findings:
    """The errors found so far, in the order in which they were found."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    room: Room = field(default_factory=Room)
    """How much Markdown may still be read."""

    def error(
        self,
        code: str,
        message: str,
        *,
        span: Span | None,
        hint: str | None = None,
        related: tuple[tuple[str, Span], ...] = (),
        fix: str | Fix | None = None,
    ) -> None:
        """Record an error; `fix` is the change that corrects it, or the text that is to be in its span."""
        change = Fix(span=span, text=fix) if isinstance(fix, str) and span is not None else fix
        self.diagnostics.append(
            Diagnostic(
                code=code,
                message=message,
                span=span,
                hint=hint,
                related=related,
                fix=change if isinstance(change, Fix) else None,
            )
        )

    def settle(self) -> None:
        """Nothing where nothing was found; else raises `PublisherError` with everything, each thing once."""
        if self.diagnostics:
            raise PublisherError(*dict.fromkeys(self.diagnostics))


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """A hint that names the known word nearest to a mistyped one, or else all of them."""
    for near in nearest(word, known):
        return f"did you mean “{near}”?"
    return f"use one of: {', '.join(known)}" if len(known) <= 20 else "see the list of allowed values"


def nearest(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the known word nearest to a mistyped one; none if nothing is like it."""
    return tuple(get_close_matches(word, known, n=1, cutoff=0.6))


def only_meant(word: str, known: tuple[str, ...]) -> str | None:
    """Return the known word that a mistyped one can only mean: very like it, and no other one is like it."""
    near = get_close_matches(word, known, n=2, cutoff=0.75)
    return near[0] if len(near) == 1 else None
