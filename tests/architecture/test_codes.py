"""Every error code has its page, and every page its error."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

CODE = re.compile(r"[A-Z]-\d{3}")


class Parsed(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def tree(self) -> ast.Module: ...


def raised(modules: tuple[Parsed, ...]) -> Iterator[str]:
    """Every code that stands in the source as a string of its own."""
    for module in modules:
        for node in ast.walk(module.tree):
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


def test_every_page_begins_with_its_code_and_a_title(pages: dict[str, str]) -> None:
    wrong = [code for code, text in pages.items() if not re.match(rf"# {code} · \S.*\n\n\S", text)]
    assert wrong == []


def test_every_page_is_short(pages: dict[str, str]) -> None:
    long = {code: lines for code, text in pages.items() if not 5 <= (lines := len(text.splitlines())) <= 40}
    assert long == {}
