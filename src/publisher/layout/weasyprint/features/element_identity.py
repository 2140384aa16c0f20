"""Structure elements that know which element of the document they come from.

WeasyPrint builds the structure tree from its boxes and drops ids, roles and languages, and splits what runs over
a page end into several elements. Around the writing of a file, the one function through which its recursion goes
is wrapped, so that each structure element carries what it comes from under private keys; the binder uses these and
takes them away again. See `docs/decisions/0003-structure-identity.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

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


def number_elements(root: Element) -> dict[Element, int]:
    """The number of every element of a document; one that continues another gets the same number later."""
    return {element: number for number, element in enumerate(root.iter())}


def identity_hooks(numbers: Mapping[Element, int]) -> tuple[Hook, ...]:
    """Return the hook by which every structure element that is written carries the private keys."""

    def build(proceed: Callable[..., Iterator[Any]], box: Any, *arguments: Any) -> Iterator[Any]:
        for structure in proceed(box, *arguments):
            _mark(structure, _element(box), numbers, box)
            yield structure

    return (around(patches.STRUCTURE, build),)


def _element(box: Any) -> Any:
    """The element that a box comes from; of an absolutely positioned one, the element of the box it represents."""
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
