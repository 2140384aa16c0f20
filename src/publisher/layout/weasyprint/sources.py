"""Whether the installed engine is the one that its patches were written for: the digests of `patches`, compared.

The source is read as text, and the engine is not imported for it. This takes some milliseconds, once in a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from publisher.diagnostics import Diagnostic, Severity
from publisher.layout.weasyprint.patches import PATCHES, Patch, Target

PACKAGE = "weasyprint"
DIGITS = 16
"""How many digits of a digest are recorded."""
TESTED = "70.0"
"""The version of the engine that the digests were taken from."""
_LAYOUT = re.compile(r"[ \t]*(?:[)\]}#\r\n]|$)")
"""How a line begins that ends no definition, though it is not indented: closing brackets, comments, nothing."""

ReadSource = Callable[[str], str | None]
"""Returns the source text of a module by its name; None if it is not installed."""


@lru_cache(maxsize=64)
def installed_source(module: str) -> str | None:
    """Return the source text of a module of the installed engine, which is not imported; None without it."""
    try:
        found = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        return None
    place = module.replace(".", "/")
    for name in (f"{place}.py", f"{place}/__init__.py"):
        path = Path(str(found.locate_file(name)))
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def source_of(target: Target, read: ReadSource = installed_source) -> str | None:
    """Return the source text of a target, without decorators; None if there is no such definition."""
    module, _, path = target.defined.partition(":")
    text = read(module)
    for depth, name in enumerate(path.split(".")):
        text = None if text is None else _definition(text, name, indent="    " * depth)
    return text


def _definition(text: str, name: str, *, indent: str) -> str | None:
    """The source text of a function, class or value that is defined at some depth."""
    found = re.search(rf"^{indent}(?:(?:async )?def {name}\(|class {name}\b|{name} = ).*\n?", text, re.MULTILINE)
    if found is None:
        return None
    end = found.end()
    for line in text[end:].splitlines(keepends=True):
        inside = line.startswith((f"{indent} ", f"{indent}\t"))
        if not inside and not _LAYOUT.match(line.removeprefix(indent)):
            break
        end += len(line)
    return _without_trailing_comments(text[found.start() : end], indent)


def _without_trailing_comments(text: str, indent: str) -> str:
    """A definition without the lines behind it that belong to what follows."""
    lines = text.rstrip().splitlines()
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith(f"{indent}#")):
        lines.pop()
    return "\n".join(lines).lstrip()


def digest(target: Target, read: ReadSource = installed_source) -> str:
    """Return the digest of the source of a target as it is recorded; empty if there is no such definition."""
    source = source_of(target, read)
    return "" if source is None else sha256(source.encode()).hexdigest()[:DIGITS]


def changed_targets(patch: Patch, read: ReadSource = installed_source) -> tuple[Target, ...]:
    """Return the targets of a patch whose source is not the one that it was written for."""
    return tuple(target for target in patch.targets if digest(target, read) != target.digest)


def changed_engine(read: ReadSource = installed_source, *, version: str | None = None) -> Iterator[Diagnostic]:
    """Yield one warning (D-030) that names each patch whose targets have changed; nothing if all are as they were."""
    changed = {patch.name: found for patch in PATCHES if (found := changed_targets(patch, read))}
    if not changed:
        return
    targets = dict.fromkeys(target.defined for found in changed.values() for target in found)
    named, functions = ", ".join(changed), ", ".join(targets)
    yield Diagnostic(
        code="D-030",
        message=f"WeasyPrint {version or installed_version()} differs from {TESTED}, for which patches were written: "
        f"{named} (changed: {functions})",
        hint=f"pip install {PACKAGE}=={TESTED}, or look closely at the pages: the patches may do nothing, or harm",
        severity=Severity.WARNING,
    )


def installed_version() -> str:
    """Return the version of the installed engine; empty without it."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return ""
