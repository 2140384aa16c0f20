"""The files that are attached to a PDF (ISO 32000-1, 7.11.4), as far as they are few and small."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from publisher.verify.comparison.streams import TooLong, decode

MOST_FILES = 10_000
MOST_BYTES = 256 * 1024 * 1024
"""Of all files together."""
DEEPEST = 16
"""Levels of the tree of names."""


class Unsafe(Exception):
    """The attached files are too many, too large, or named twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One attached file."""

    name: str
    content: bytes


def attach(content: bytes) -> tuple[Attached, ...]:
    """The files that are attached to a PDF; none if it cannot be read. Raises `Unsafe`."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            return _files(pdf)
    except TooLong as error:
        raise Unsafe("they are too large") from error
    except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return ()


def _files(pdf: pikepdf.Pdf) -> tuple[Attached, ...]:
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, Dictionary) else None
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for name, file in _leaves(tree, 0):
        stream = file.EF.get("/F")
        if not isinstance(stream, Stream):
            continue
        if name in found:
            raise Unsafe(f"two have the name {name!r}")
        if len(found) >= MOST_FILES:
            raise Unsafe("they are too many")
        found[name] = decode(stream, most=left)[0]
        left -= len(found[name])
    return tuple(Attached(name=name, content=data) for name, data in found.items())


def _leaves(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The files below a node of the tree of names, whose keys are paths inside the edition's folder."""
    if not isinstance(node, Dictionary) or depth > DEEPEST:
        return
    entries = node.get("/Names")
    if isinstance(entries, Array):
        flat = list(entries)
        for key, item in zip(flat[::2], flat[1::2], strict=False):
            if isinstance(item, Dictionary) and "/EF" in item:
                yield str(key), item
    kids = node.get("/Kids")
    for kid in list(kids)[:MOST_FILES] if isinstance(kids, Array) else ():
        yield from _leaves(kid, depth + 1)
