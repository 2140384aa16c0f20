"""The document that is laid out, before the layout changes it: what each structure element of the PDF comes from."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "br",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "i",
            "ins",
            "kbd",
            "mark",
            "q",
            "s",
        ),
        *("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
    )
)
"""Elements that are inside a line."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Origin:
    """One element of the document."""

    tag: str
    """Its name without namespace."""
    attributes: dict[str, str] = field(repr=False)
    parent: Origin | None = field(repr=False)
    text: str = field(repr=False)
    """The text that is in it and in none of its children."""

    @property
    def id(self) -> str | None:
        """Its id."""
        return self.attributes.get("id")

    @property
    def role(self) -> str | None:
        """Its ARIA role."""
        return self.attributes.get("role")

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def inline(self) -> bool:
        """Whether it is inside a line."""
        return self.tag in INLINE

    @property
    def is_note(self) -> bool:
        """Whether it is the body of a note."""
        return self.role == "doc-footnote"

    @property
    def is_call(self) -> bool:
        """Whether it is the call of a note."""
        return self.role == "doc-noteref"

    @cached_property
    def language(self) -> str | None:
        """The language that it is in: its own, else that of what it is in."""
        own = self.attributes.get("lang") or self.attributes.get(XML_LANG)
        return own or (self.parent.language if self.parent else None)

    @property
    def lineage(self) -> Iterator[Self | Origin]:
        """The element and what it is in, outwards."""
        at: Origin | None = self
        while at is not None:
            yield at
            at = at.parent


def origins(root: ElementTree.Element) -> tuple[Origin, ...]:
    """The elements of an XHTML document in document order: the order in which the layout numbers them."""
    made: dict[ElementTree.Element, Origin] = {}
    parents = {child: element for element in root.iter() for child in element}
    for element in root.iter():
        parent = parents.get(element)
        made[element] = Origin(
            tag=str(element.tag).removeprefix(XHTML),
            attributes=dict(element.attrib),
            parent=made[parent] if parent is not None else None,
            text="".join((element.text or "", *(child.tail or "" for child in element))),
        )
    return tuple(made.values())
