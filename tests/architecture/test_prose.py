"""Plain technical English: words that documentation, pages on codes and messages do not use, each with better ones.

Docstrings of the package are counted: their number of such words only falls.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

BETTER = {
    r"told|tells?|telling": "report, say, show",
    r"kept": "stored, retained, unchanged",
    r"stands?|stood|standing": "is, are, occurs, appears",
    r"whoever|nobody|anybody": "name the person, or use the passive",
    r"anew": "again",
    r"go(?:es|ing)? on|went on": "continues",
    r"besides?": "next to, at, as well as",
    r"mend(?:s|ed)?": "correct, fix",
    r"judges?|judged": "validator, validate",
    r"spoilt": "damaged",
    r"dress(?:es|ed)?": "apply to",
    r"wish(?:es)?": "request, target",
    r"the house's|of the house|house template": "built-in",
    r"passed over": "skipped, ignored",
    r"half told": "incomplete",
    r"witness|shelf|crew|strangers?": "the field's term",
    r"let stand": "waived, accepted",
    r"looked through|look through": "checked",
}
WORDS = re.compile("|".join(rf"\b(?:{words})\b" for words in BETTER), re.IGNORECASE)
WHERE_FOR_IF = re.compile(r"\bWhere (?:an?|the|no|you|it|this|that|there|something|nothing) [^.?]*, ")
"""A sentence that begins with a condition: `if` says that it is one."""
CODE = re.compile(r"^(```+).*?^\1$|^ {4}.*?$|`[^`\n]+`|“[^”]*”|\*[^*\n]+\*", re.MULTILINE | re.DOTALL)
"""What a page quotes: code, messages, words of a text."""
PRINTED = ("compose/", "model/relators.py", "scaffold/", "validate/leftovers.py", "importers/")
"""Modules whose strings are printed in books, or are the terms of a standard."""
DOCSTRINGS = 60
"""So many such words are in the docstrings of the package; lower it when you have removed some."""


class Parsed(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def path(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...


def pages(root: Path) -> list[Path]:
    """Return the pages that people read."""
    names = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
    return [
        *(root / name for name in names),
        *(root / "docs").glob("*.md"),
        *(root / "src/publisher/diagnostics/codes").glob("*.md"),
    ]


def strings(tree: ast.Module) -> Iterator[tuple[str, int, bool]]:
    """Yield each string of more than one word with its line, and whether it is a docstring."""
    docstrings = {
        id(first.value)
        for node in ast.walk(tree)
        if isinstance(body := getattr(node, "body", None), list)
        for first in body
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value, node.lineno, id(node) in docstrings


def better(word: str) -> str:
    """Return what to write instead of a word."""
    return next(instead for words, instead in BETTER.items() if re.fullmatch(words, word, re.IGNORECASE))


def test_pages_use_plain_technical_english(root: Path) -> None:
    found = [
        f"{page.relative_to(root)}: “{match[0]}”: write {better(match[0])}"
        for page in pages(root)
        for match in WORDS.finditer(CODE.sub("", page.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_a_condition_begins_with_if(root: Path) -> None:
    found = [
        f"{page.relative_to(root)}: {match[0]}"
        for page in pages(root)
        for match in WHERE_FOR_IF.finditer(CODE.sub("", page.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_messages_use_plain_technical_english(modules: tuple[Parsed, ...]) -> None:
    found = [
        f"{module.path}:{line}: “{match[0]}”: write {better(match[0])}"
        for module in modules
        if not module.path.startswith(PRINTED)
        for text, line, is_docstring in strings(module.tree)
        if not is_docstring
        for match in WORDS.finditer(CODE.sub("", text))
    ]
    assert found == []


def test_docstrings_lose_such_words(modules: tuple[Parsed, ...]) -> None:
    count = sum(
        len(WORDS.findall(text)) for module in modules for text, _, is_docstring in strings(module.tree) if is_docstring
    )
    assert count <= DOCSTRINGS, "a docstring has a word of BETTER; see the list for better ones"


@pytest.mark.parametrize("word", ["told", "goes on", "anew", "stands", "the house's", "beside"])
def test_the_list_finds_its_words(word: str) -> None:
    assert better(word)
    assert WORDS.search(f"This is {word} here.")
