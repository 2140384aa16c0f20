"""Structure elements that know which element of the document they come from.

WeasyPrint builds the structure tree from its boxes and drops ids, roles and languages, and splits what runs over
a page end into several elements. Around the writing of a file, the one function through which its recursion goes
is wrapped, so that each structure element carries what it comes from under private keys; the binder uses these and
takes them away again. See `docs/decisions/0003-structure-identity.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.pdf import tags

SEQUENCE = "PublisherElement"
"""Number of the element in the document, from 0: the same for all parts of one that was split."""
TAG = "PublisherTag"
ATTRIBUTES = (
    ("id", "PublisherId"),
    ("role", "PublisherRole"),
    ("class", "PublisherClass"),
    ("lang", "PublisherLang"),
    ("start", "PublisherStart"),
    ("scope", "PublisherScope"),
)
"""Attribute of the document and private key of the structure element."""


def numbered(root: Element) -> dict[Element, int]:
    """The number of every element of a document; one that continues another gets the same number later."""
    return {element: number for number, element in enumerate(root.iter())}


@contextmanager
def identified(numbers: Mapping[Element, int]) -> Iterator[None]:
    """While this is open, every structure element written carries the private keys."""
    original = tags._build_box_tree

    def build(box: Any, *arguments: Any) -> Iterator[Any]:
        for structure in original(box, *arguments):
            _mark(structure, _element(box), numbers, box)
            yield structure

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


def _element(box: Any) -> Any:
    """The element that a box comes from; of an absolutely positioned one, the element of the box it stands for."""
    inner = getattr(box, "_box", None)
    return (inner if inner is not None else box).element


def _mark(structure: Any, element: Any, numbers: Mapping[Element, int], box: Any) -> None:
    """Writes the private keys, once: an element that wraps another was marked for the inner one."""
    if element is None or element not in numbers or SEQUENCE in structure:
        return
    inner = getattr(box, "_box", None)
    structure[SEQUENCE] = numbers[element]
    structure[TAG] = pydyf.String(str((inner if inner is not None else box).element_tag))
    for attribute, key in ATTRIBUTES:
        value = element.get(attribute)
        if value:
            structure[key] = pydyf.String(value)
