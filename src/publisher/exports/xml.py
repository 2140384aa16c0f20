"""Elements with their text, and a document with the same bytes at each run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from publisher.diagnostics import Diagnostic, PublisherError


def root(name: str, namespace: str, *, others: Mapping[str, str] | None = None) -> etree._Element:
    """A root element in a namespace; `others` are further namespaces by their prefixes."""
    spaces: dict[Any, str] = {None: namespace, **(others or {})}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=spaces)


def child(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new element below another one and in its namespace, with its text.

    Raises `PublisherError` (O-011) if the text has a character that XML cannot hold.
    """
    space = etree.QName(parent).namespace
    made = etree.SubElement(parent, name if name.startswith("{") or not space else f"{{{space}}}{name}")
    try:
        made.text = text
        for key, value in attributes.items():
            made.set(key.rstrip("_"), value)
    except ValueError as error:
        raise PublisherError(_unwritable(text or " ".join(attributes.values()))) from error
    return made


def _unwritable(text: str) -> Diagnostic:
    return Diagnostic(
        code="O-011",
        message=f"“{text[:60]!r}” has a character that no XML file can hold",
        hint="delete it in edition.yaml; it is invisible, so type the words around it again",
    )


def document(element: etree._Element) -> bytes:
    """The bytes of a document: UTF-8, indented by two spaces."""
    etree.indent(element)
    return etree.tostring(element, encoding="utf-8", xml_declaration=True) + b"\n"
