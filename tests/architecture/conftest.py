"""The project's own source, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module of the package."""

    path: str
    """Path below `src/publisher`: `load/yaml/nodes.py`."""
    tree: ast.Module

    @property
    def part(self) -> str:
        """The package or module at the top that it belongs to: `load`, `pipeline`; empty for `publisher` itself."""
        first = self.path.partition("/")[0].removesuffix(".py")
        return "" if first == "__init__" else first

    def imported(self) -> frozenset[str]:
        """The modules that it imports, dotted; `from a import b` counts as `a.b`."""
        names: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path} imports relatively"
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
        return frozenset(names)


@pytest.fixture(scope="session")
def modules(root: Path) -> tuple[Module, ...]:
    """All modules of the package, sorted by path."""
    package = root / "src" / "publisher"
    return tuple(
        Module(path=path.relative_to(package).as_posix(), tree=ast.parse(path.read_bytes(), str(path)))
        for path in sorted(package.rglob("*.py"))
    )
