"""Files, clock, environment and chance are reached through `workspace` alone."""

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
        "Path.cwd",
        "Path.home",
        "getenv",
        "glob",
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
    # says what the machine has: which system
    "doctor.py": frozenset({"platform"}),
    # removes from the environment what leads into the current folder, before anything else is imported
    "isolation.py": frozenset({"open", "os"}),
    # reads what makes volumes beside what their editors wrote: the program itself, the lists of what is installed
    "cache/fingerprint.py": frozenset({"iterdir", "os", "read_bytes"}),
    # the standard streams, opened before anything else is imported that `--help` need not wait for
    "cli/streams.py": frozenset({"open", "os"}),
    # the styles and locales of CSL, and the processor, which are part of what is installed
    "csl/styles.py": frozenset({"iterdir", "read_text"}),
    "csl/engine.py": frozenset({"read_text"}),
    # child processes of this program, and how much memory they take
    "workers/limited.py": frozenset({"open", "os", "read_bytes"}),
    "workers/forked.py": frozenset({"os"}),
    # this program's own code in child processes, which are started in one file; pipes to them
    "workers/child.py": frozenset({"os", "open", "subprocess"}),
    "workers/frames.py": frozenset({"os"}),
    "workers/pool.py": frozenset({"os"}),
    "workers/gateway.py": frozenset({"os", "time"}),
    # how long a cluster makes no progress
    "workers/cluster.py": frozenset({"time"}),
    # the cache of laid-out sections, in the user's cache folder
    "cache/store.py": frozenset({"open", "os", "unlink"}),
    "cache/folder.py": frozenset({"mkdir", "open", "os"}),
    # pikepdf's own `open`, on bytes in memory
    # pikepdf's own `open`, on bytes in memory, and `read_bytes`, of a stream inside a PDF
    "pdf/foreign/": frozenset({"open", "read_bytes"}),
    "pdf/assemble/": frozenset({"open", "read_bytes"}),
    "preflight/": frozenset({"open", "read_bytes"}),
    "verify/comparison/": frozenset({"open", "read_bytes"}),
    # pikepdf's own `open`, on bytes in memory
    "pdf/impose/sheets.py": frozenset({"open"}),
    "pdf/press/cover.py": frozenset({"open"}),
    "pdf/press/older.py": frozenset({"read_bytes"}),
    # the source of the installed engine, which is part of what is installed
    "layout/weasyprint/sources.py": frozenset({"read_text"}),
    # Pillow's own `open`, on bytes of an address or of a picture
    "layout/weasyprint/fetch.py": frozenset({"open"}),
    "layout/weasyprint/features/deep_grey.py": frozenset({"open"}),
    # foreign programs, which are started in one file, and the files that are exchanged with them
    # OCRmyPDF and Tesseract, which a child with limits runs in a folder of its own
    "ocr/program.py": frozenset(
        {"glob", "open", "os", "read_bytes", "read_text", "shutil", "subprocess", "write_bytes", "write_text"}
    ),
    "validators/": frozenset({"mkdir", "os", "read_bytes", "read_text", "shutil", "subprocess", "write_bytes"}),
    # the pictures of inks that Ghostscript leaves in a folder of its own
    "validators/ghostscript.py": frozenset({"iterdir", "open"}),
    # pikepdf's own `open`, on bytes in memory
    "proof/highlight/": frozenset({"open"}),
    # the `open` of a ZIP file in memory; the file that Pandoc reads, in a folder that is gone afterwards
    "importers/package.py": frozenset({"open"}),
    "importers/pandoc/__init__.py": frozenset({"write_bytes"}),
    # the process in which the jobs of a preview begin, copies of it, and pipes to them
    "preview/host.py": frozenset({"os", "read_bytes", "write_text"}),
    # Pillow's own `open`, on bytes that were read already
    "load/assets/pictures.py": frozenset({"open"}),
}
"""What else (a module, or a package with a slash) may reach outside, and for what."""


class Parsed(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def path(self) -> str: ...
    @property
    def tree(self) -> ast.Module: ...
    def imported(self) -> frozenset[str]: ...


def called(tree: ast.Module) -> Iterator[str]:
    """The last part of the name of everything that is called; for a method of `Path` itself, both."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr
            if isinstance(node.func.value, ast.Name):
                yield f"{node.func.value.id}.{node.func.attr}"


def outside(module: Parsed) -> set[str]:
    """What of the outside world a module reaches for."""
    imported = {part for name in module.imported() for part in (name, name.partition(".")[0])}
    return (imported & MODULES) | (set(called(module.tree)) & CALLS)


def stated(path: str) -> frozenset[str]:
    """What a module may reach for."""
    return frozenset().union(*(names for place, names in EXCEPTIONS.items() if path.startswith(place)))


def test_only_workspace_and_stated_exceptions_reach_outside(modules: tuple[Parsed, ...]) -> None:
    found = {module.path: outside(module) for module in modules if not module.path.startswith("workspace/")}
    assert {path: beyond for path, reached in found.items() if (beyond := reached - stated(path))} == {}


def test_processes_are_started_in_few_files(modules: tuple[Parsed, ...]) -> None:
    starters = [module.path for module in modules if outside(module) & {"subprocess", "multiprocessing"}]
    # what recognises words, within a child with limits; third-party programs; this program's own code
    assert starters == ["ocr/program.py", "validators/process.py", "workers/child.py"]


def test_no_exception_outlives_its_reason(modules: tuple[Parsed, ...]) -> None:
    reached = [(module.path, outside(module)) for module in modules]
    in_use = {place: set().union(*(names for path, names in reached if path.startswith(place))) for place in EXCEPTIONS}
    assert {place: stale for place, names in EXCEPTIONS.items() if (stale := names - in_use[place])} == {}
