"""A file that was named on the command line, with what it is."""

from __future__ import annotations

from pathlib import Path

from publisher import workspace
from publisher.importers.kinds import REFERENCES, kind_of
from publisher.importers.pandoc import syntax_tree
from publisher.importers.source import Format, SourceFile


def opened(path: Path) -> SourceFile:
    """The file, read and recognised; what Pandoc reads has its syntax tree.

    Raises `PublisherError`: O-001 if it cannot be read, W-001 to W-006.
    """
    content = workspace.read_file(path)
    name, digest = path.name, workspace.digest(content)
    if path.suffix.lower() in REFERENCES:
        return SourceFile(name=name, content=content, digest=digest, format=Format.TEXT, kind="a file of references")
    kind = kind_of(content, name)
    tree = syntax_tree(content, name, kind) if kind.pandoc else b""
    return SourceFile(name=name, content=content, digest=digest, format=kind.format, kind=kind.name, tree=tree)
