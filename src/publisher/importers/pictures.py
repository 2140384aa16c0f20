"""Which pictures an edition can have, by the bytes with which files begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from publisher.diagnostics import Severity, Source
from publisher.importers.document import Block, Entry, Kind, Listing, Part, Picture, Quotation, Terms, text_of
from publisher.load.assets.images import images
from publisher.load.findings import Findings
from publisher.model.block import Figure
from publisher.workspace import Folder

_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<(?:\w+:)?svg[\s>]", re.DOTALL)

_UNKNOWN = "only PNG, JPEG, GIF, WebP and SVG can be used"


def picture_kind(content: bytes) -> str | None:
    """The extension of a picture that an edition can have; None if it can have none such."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return "svg" if _SVG.match(content[:4096]) else None


def usable_pictures(
    blocks: tuple[Block, ...], pictures: tuple[tuple[str, bytes], ...], *, where: str = "text"
) -> tuple[tuple[Block, ...], tuple[tuple[str, bytes], ...], list[Entry]]:
    """The blocks without pictures that cannot be read, the pictures that they show, and what was left out."""
    if not set(_display(blocks)):
        return blocks, (), []
    contents = dict(pictures)
    refused = faults(contents)
    reasons = {name: refused.get(name) for name in contents}
    lost: list[Entry] = []

    def kept(inner: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(found for block in inner for found in _kept(block))

    def _kept(block: Block) -> Iterator[Block]:
        if isinstance(block, Picture):
            reason = reasons.get(block.file, "it is not in the file")
            if reason is None:
                yield block
                return
            what = f"the picture {block.file} (“{block.alternative}”): {reason}"
            lost.append(Entry(kind=Kind.DROPPED, where=where, what=what, words=text_of(block.caption)))
        elif isinstance(block, Quotation | Part):
            yield replace(block, blocks=kept(block.blocks))
        elif isinstance(block, Listing):
            yield replace(block, entries=tuple(map(kept, block.entries)))
        elif isinstance(block, Terms):
            yield replace(block, entries=tuple((term, tuple(map(kept, said))) for term, said in block.entries))
        else:
            yield block

    found = kept(blocks)
    shown = set(_display(found))
    return found, tuple((name, content) for name, content in pictures if name in shown), lost


def _display(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Picture():
                yield block.file
            case Quotation() | Part():
                yield from _display(block.blocks)
            case Listing():
                for entry in block.entries:
                    yield from _display(entry)
            case Terms():
                for _, said in block.entries:
                    for item in said:
                        yield from _display(item)
            case _:
                pass


@dataclass(frozen=True, slots=True)
class _Pictures(Folder):
    """The pictures of a document as if they were in a folder."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """The bytes of a picture."""
        return self.contents[name]


def faults(contents: dict[str, bytes]) -> dict[str, str]:
    """Why each picture that an edition cannot have is refused, in the words of `check`."""
    found = {name: _UNKNOWN for name, content in contents.items() if picture_kind(content) is None}
    rest = [name for name in contents if name not in found]
    if not rest or not _note(rest, contents):
        return found
    return found | {name: noted for name in rest if (noted := _note([name], contents))}


def _note(names: list[str], contents: dict[str, bytes]) -> str:
    """What `check` finds wrong with pictures; empty if it finds nothing."""
    findings = Findings()
    source = Source(name="", text="")
    figures = [Figure(path=name, alternative="x", span=source.span(0, 0)) for name in names]
    images(figures, folder=_Pictures(Path(), None, contents), findings=findings)
    return "; ".join(diagnostic.message for diagnostic in findings.diagnostics if diagnostic.severity is Severity.ERROR)
