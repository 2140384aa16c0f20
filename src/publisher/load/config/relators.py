"""The role of a contributor: a MARC relator code (https://www.loc.gov/marc/relators/relacode.html)."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from publisher.load.findings import Findings
from publisher.load.yaml.nodes import Node
from publisher.load.yaml.types import Json, Words, short
from publisher.model.relators import TERMS

USUAL = ("aut", "edt", "trl", "ill", "win", "com", "pht", "ctb")
"""Codes that hints name when nothing is like what was written."""
LONGEST = 60
"""How many characters a word has at most for which the nearest term is looked for."""


@dataclass(frozen=True, slots=True)
class Relator:
    """A MARC relator code."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """Return the code; None after noting E-006 if it is not known, with the code of the nearest term."""
        text = Words().read(node, findings=findings)
        if text is None or text in TERMS:
            return text
        message = f"“{short(text)}” is not a MARC relator code"
        findings.error("E-006", message, span=node.span, hint=_hint(text), fix=_exact(text))
        return None

    def schema(self) -> dict[str, Json]:
        """Return the codes as JSON Schema."""
        return {"enum": list(TERMS)}

    def blank(self) -> str:
        """Return the code of an author."""
        return "aut"


def _exact(text: str) -> str | None:
    """Return the code of which the term was written, or that was written in capitals."""
    word = " ".join(text.lower().split())
    return word if word in TERMS else {term.lower(): code for code, term in TERMS.items()}.get(word)


def _hint(text: str) -> str:
    """Return what to write instead: the code whose term is what was written, or nearest to it, or the nearest code."""
    word = " ".join(text.lower().split())
    terms = {term.lower(): code for code, term in TERMS.items()}
    code = word if word in TERMS else terms.get(word)
    if code is None and len(word) <= LONGEST:
        holding = (term for term in terms if len(word) > 3 and f" {term}".find(f" {word}") >= 0)
        begun = sorted(holding, key=lambda term: (terms[term] not in USUAL, len(term)))
        near = begun or get_close_matches(word, terms, n=1, cutoff=0.75)
        code = terms[near[0]] if near else _nearest_code(word)
    if code is None:
        return f"write a code: {', '.join(f'{item} ({TERMS[item].lower()})' for item in USUAL)}"
    return f"write {code} ({TERMS[code].lower()})"


def _nearest_code(word: str) -> str | None:
    """Return the code nearest to a mistyped one, the usual ones first."""
    if len(word) > 5:
        return None
    usual = get_close_matches(word, USUAL, n=1, cutoff=0.6)
    near = usual or get_close_matches(word, TERMS, n=1, cutoff=0.6)
    return near[0] if near else None
