"""The inline rule for formulas between dollar signs, which become one token."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from publisher.mathematics.dollars import formula_at


def formula(state: StateInline, silent: bool) -> bool:
    """Whether a formula begins here; if so it becomes one token whose meta holds what it is."""
    found = formula_at(state.src[: state.posMax], state.pos) if state.src.startswith("$", state.pos) else None
    if found is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = found.tex
        token.meta["dollars"] = found
    state.pos = found.end
    return True
