"""Names: a verb for a function, a noun for a value."""

from __future__ import annotations

import ast
import re

import pytest
from tests.architecture.conftest import Module

# fmt: off
IRREGULAR = frozenset({
    "begun", "bound", "brought", "built", "chosen", "drawn", "forbidden", "found", "frozen", "given", "grown",
    "held", "hidden", "kept", "known", "laid", "left", "lost", "made", "meant", "met", "overridden", "paid",
    "retold", "rewritten", "said", "seen", "sent", "shown", "spoken", "stood", "taken", "told", "torn", "understood",
    "woven", "written",
})
# fmt: on
"""Participles that do not end in -ed."""
VERBS = frozenset({"bleed", "embed", "exceed", "feed", "need", "proceed", "seed", "shed", "speed"})
"""Words in -ed that are no participles."""
PRONOUNS = frozenset({"one", "ones", "those", "these", "them"})


def is_participle(name: str) -> bool:
    """Whether a name is a participle and nothing else."""
    word = name.strip("_")
    return "_" not in word and word not in VERBS and (word in IRREGULAR or re.search("..ed$", word) is not None)


def test_functions_are_not_named_by_participles(modules: tuple[Module, ...]) -> None:
    """Methods may be: a property is a value."""
    functions = (
        (module.path, node.name)
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [found for found in functions if is_participle(found[1])] == []


def test_variables_are_not_pronouns(modules: tuple[Module, ...]) -> None:
    names = (
        (module.path, node.arg if isinstance(node, ast.arg) else node.id)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.arg | ast.Name)
    )
    assert {found for found in names if found[1] in PRONOUNS} == set()


@pytest.mark.parametrize(
    ("name", "expected"), [("_told", True), ("numbered", True), ("embed", False), ("cited_lines", False)]
)
def test_a_participle_is_known_by_its_form(name: str, expected: bool) -> None:
    assert is_participle(name) is expected
