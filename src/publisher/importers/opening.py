"""A file that was named on the command line, with what it is."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from publisher import workspace
from publisher.diagnostics import PublisherError
from publisher.importers.failures import not_importable, too_much
from publisher.importers.kinds import REFERENCES, kind_of
from publisher.importers.package import WHOLE
from publisher.importers.pandoc import syntax_tree
from publisher.importers.plugin_formats import as_tei, plugin_importer
from publisher.importers.source import Format, SourceFile
from publisher.workspace import Folder, NotThere, OutsideFolder

_NAMED = re.compile(rb'"([^"\\:\n]{1,200}\.(?:png|jpe?g|gif|webp|svg))"', re.IGNORECASE)
"""Names of pictures in a syntax tree or an XML file."""
_MOST = 2_000
_READ = frozenset((".opf", ".xhtml", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"))
"""Which files of a book are read, by the ends of their names."""


def open_source(path: Path) -> SourceFile:
    """The file, read and recognised; what Pandoc reads has its syntax tree.

    Raises `PublisherError`: O-001 if it cannot be read, W-001 to W-006; Z-002 if a plugin fails.
    """
    if path.is_dir():
        return _standard_ebook(path)
    content = workspace.read_file(path)
    name, digest = path.name, workspace.digest(content)
    if path.suffix.lower() in REFERENCES:
        return SourceFile(name=name, content=content, digest=digest, format=Format.TEXT, kind="a file of references")
    found = plugin_importer(name)
    if found is not None:
        plugin, importer = found
        tei = as_tei(content, name=name, plugin=plugin)
        return SourceFile(name=name, content=tei, digest=digest, format=Format.TEI, kind=importer.kind)
    kind = kind_of(content, name)
    tree = syntax_tree(content, name, kind) if kind.pandoc else b""
    return SourceFile(
        name=name,
        content=content,
        digest=digest,
        format=kind.format,
        kind=kind.name,
        tree=tree,
        pictures=_pictures(path, tree or content),
    )


def _pictures(path: Path, content: bytes) -> tuple[tuple[str, bytes], ...]:
    """The pictures next to a file that it names, in its own folder and below; none that others must not read."""
    if content.startswith(b"PK"):
        return ()
    folder = Folder(path.parent)
    found: dict[str, bytes] = {}
    for name in sorted({element.decode("utf-8", errors="replace") for element in _NAMED.findall(content)})[:_MOST]:
        with suppress(OutsideFolder, NotThere, PublisherError):
            picture = folder.read(unquote(name))
            if sum(map(len, found.values())) + len(picture) <= WHOLE:
                found[name] = picture
    return tuple(found.items())


def _standard_ebook(folder: Path) -> SourceFile:
    """The sources of a book of Standard Ebooks, https://standardebooks.org/contribute, packed as its EPUB would be."""
    name = folder.name or folder.resolve().name
    source = folder / "src" / "epub"
    if not (source / "content.opf").is_file():
        hint = "name a file; of Standard Ebooks, name the folder that has src/epub/content.opf"
        raise not_importable(name, "a folder, and not the source of a book of Standard Ebooks", hint)
    stream = io.BytesIO()
    whole = 0
    with zipfile.ZipFile(stream, "w") as archive:
        for place, content in workspace.contents_below(source):
            whole += len(content or b"")
            if whole > WHOLE:
                raise too_much(name, f"its files have more than {WHOLE:,} bytes")
            if content is not None and place.suffix in _READ:
                archive.writestr(zipfile.ZipInfo(place.as_posix()), content)
    packed = stream.getvalue()
    kind = "the source of a book of Standard Ebooks"
    return SourceFile(name=name, content=packed, digest=workspace.digest(packed), format=Format.XHTML, kind=kind)
