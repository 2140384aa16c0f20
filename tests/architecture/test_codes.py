"""Every error code has its page, and every page its error."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from publisher.diagnostics.codes import HEADINGS
from publisher.diagnostics.names import NAMES

CODE = re.compile(r"[A-Z]-\d{3}")
MOST_CODES = 4
"""So many codes a docstring may name."""
REGISTRY = "diagnostics/names.py"


class Parsed(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def path(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...


def raised(modules: tuple[Parsed, ...]) -> Iterator[str]:
    """Yield every code that the source has as a string of its own, outside of the registry of names."""
    for module in modules:
        for node in ast.walk(module.tree) if module.path != REGISTRY else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node.value


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """The text of each page by its code."""
    folder = root / "src" / "publisher" / "diagnostics" / "codes"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def test_every_code_has_a_page(modules: tuple[Parsed, ...], pages: dict[str, str]) -> None:
    assert sorted(set(raised(modules)) - pages.keys()) == []


def test_every_page_is_about_a_code_that_is_raised(modules: tuple[Parsed, ...], pages: dict[str, str]) -> None:
    assert sorted(pages.keys() - set(raised(modules))) == []


def test_every_code_has_a_name_of_its_own(pages: dict[str, str]) -> None:
    unnamed = sorted(pages.keys() - NAMES.keys())
    assert unnamed == [], f"give each new code a name in src/publisher/{REGISTRY}, such as lemma-not-found: {unnamed}"
    assert sorted(NAMES.keys() - pages.keys()) == [], "names of codes that have no page"
    assert list(NAMES) == sorted(NAMES), "the registry is sorted by code"
    assert len(set(NAMES.values())) == len(NAMES), "two codes have one name"
    wrong = [name for name in NAMES.values() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 40]
    assert wrong == [], "a name is written in kebab case, of at most 40 characters"


def test_every_page_begins_with_its_code_its_name_and_a_title(pages: dict[str, str]) -> None:
    wrong = [
        f"{code}: its first line has to be “# {code} {NAMES.get(code, 'NAME')} · title”, with a blank line after it"
        for code, text in pages.items()
        if not re.match(rf"# {code} {NAMES.get(code)} · \S.*\n\n\S", text)
    ]
    assert wrong == []


def test_every_page_has_the_same_headings(pages: dict[str, str]) -> None:
    for code, text in pages.items():
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(HEADINGS), f"{code}: its headings are {HEADINGS}"
        sections = re.split(r"^## .+\n", text, flags=re.MULTILINE)[1:]
        assert all(section.strip() for section in sections), f"{code}: a section is empty"
        assert re.search(r"^    +\S", sections[1], re.MULTILINE), f"{code}: its example is no block"


def test_every_page_is_short(pages: dict[str, str]) -> None:
    long = {code: lines for code, text in pages.items() if not 10 <= (lines := len(text.splitlines())) <= 60}
    assert long == {}


def test_docstrings_have_no_long_lists_of_codes(modules: tuple[Parsed, ...]) -> None:
    """`publisher explain` and docs/codes.md list all codes; a list by hand is soon wrong."""
    long = [
        f"{module.path}: {getattr(node, 'name', '')}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and len(set(CODE.findall(ast.get_docstring(node) or ""))) > MOST_CODES
    ]
    assert long == []
