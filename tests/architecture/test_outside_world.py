"""Files, clock, environment and chance are reached through workspace.py alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Protocol

MODULES = frozenset(
    {
        "fcntl",
        "getpass",
        "glob",
        "locale",
        "multiprocessing",
        "os",
        "platform",
        "random",
        "secrets",
        "shutil",
        "socket",
        "subprocess",
        "tempfile",
        "time",
        "urllib.request",
    }
)
"""Modules whose results depend on when, where and by whom they are called."""

CALLS = frozenset(
    {
        "cwd",
        "getenv",
        "glob",
        "home",
        "iterdir",
        "mkdir",
        "now",
        "open",
        "read_bytes",
        "read_text",
        "rglob",
        "today",
        "unlink",
        "utcnow",
        "uuid1",
        "uuid4",
        "write_bytes",
        "write_text",
    }
)
"""Functions and methods of the same kind."""

EXCEPTIONS: dict[str, frozenset[str]] = {
    # turns the standard output to /dev/null when the reader of a pipe has gone, as Python's documentation advises
    "cli/program.py": frozenset({"open", "os"}),
    # says what the machine has: which system, which programs
    "doctor.py": frozenset({"platform", "shutil"}),
    # Pillow's own `open`, on bytes that were read already
    "load/images.py": frozenset({"open"}),
}
"""What else may reach outside, and for what."""


class Parsed(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def path(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...
    def imported(self) -> frozenset[str]: ...


def called(tree: ast.Module) -> Iterator[str]:
    """The last part of the name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def outside(module: Parsed) -> set[str]:
    """What of the outside world a module reaches for."""
    imported = {part for name in module.imported() for part in (name, name.partition(".")[0])}
    return (imported & MODULES) | (set(called(module.tree)) & CALLS)


def test_only_workspace_and_stated_exceptions_reach_outside(modules: tuple[Parsed, ...]) -> None:
    found = {module.path: reached for module in modules if (reached := outside(module))}
    del found["workspace.py"]
    beyond = {path: names for path, reached in found.items() if (names := reached - EXCEPTIONS.get(path, frozenset()))}
    assert beyond == {}


def test_no_exception_outlives_its_reason(modules: tuple[Parsed, ...]) -> None:
    found = {module.path: outside(module) for module in modules}
    stale = {path: names for path, stated in EXCEPTIONS.items() if (names := stated - found.get(path, set()))}
    assert stale == {}
