"""Tokens that know where they are: markdown-it gives inline tokens no positions."""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

Rule = Callable[[StateInline, bool], bool]


def place_inlines(md: MarkdownIt) -> None:
    """Nothing; each inline rule of the parser then notes in `meta` where its tokens begin (`at`) and end (`end`).

    Text has no positions of its own: it is what is between the others.
    """
    names = md.get_active_rules()["inline"]
    for name, rule in zip(names, md.inline.ruler.getRules(""), strict=True):
        md.inline.ruler.at(name, _placing(rule))


def _placing(rule: Rule) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:
        before, at = len(state.tokens), state.pos
        found = rule(state, silent)
        if found and not silent and len(state.tokens) > before:
            for token in state.tokens[before:]:
                token.meta.setdefault("at", at)
            state.tokens[-1].meta.setdefault("end", state.pos)
        return found

    return placed
