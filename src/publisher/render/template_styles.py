"""The styles that an edition's own templates write: checked against the lists of `sanitize`, and written again.

What goes into a book of `<style>` and `style=""` is what was written from the parsed form. A waiver cannot allow a
property here: put it into a style sheet.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from publisher.diagnostics import Diagnostic, PublisherError, Source, Span
from publisher.sanitize.css import Fault, Sanitized, Why, address_of, display, sanitized_sheet, sanitized_style
from publisher.sanitize.css.write import flat

STYLE = "{http://www.w3.org/1999/xhtml}style"


def with_styles_written(
    root: etree._Element, text: str, *, own: Mapping[str, Source], name: str, folder: str, there: Collection[str]
) -> str:
    """The text of a document whose styles are written again; the text itself where it has none.

    `own` are the templates, `name` is that of the one that the document was made from; the document lies in `folder`,
    and `there` are the pictures that it may name. Raises `PublisherError` with each style that is not allowed.
    """
    found = tuple(_styles(root))
    if not found:
        return text
    faults: list[Diagnostic] = []
    for written, style in found:
        faults += (_diagnostic(fault, written, own, name) for fault in style.faults)
        faults += (_diagnostic(fault, written, own, name) for fault in _missing(style, folder, there))
    if faults:
        raise PublisherError(*dict.fromkeys(faults))
    for element in root.iter(etree.Element):
        if element.get("style") is not None:
            element.set("style", sanitized_style(str(element.get("style"))).text)
        if element.tag == STYLE:
            element.text = sanitized_sheet(element.text or "").text
    return str(etree.tostring(root.getroottree(), encoding="unicode")) + "\n"


def _styles(root: etree._Element) -> Iterator[tuple[str, Sanitized]]:
    """What a document has of styles, each as it was written and as it was parsed."""
    for element in root.iter(etree.Element):
        if element.get("style") is not None:
            written = str(element.get("style"))
            yield written, sanitized_style(written)
        if element.tag == STYLE:
            written = "".join(map(str, element.itertext()))
            yield written, sanitized_sheet(written)


def _missing(style: Sanitized, folder: str, there: Collection[str]) -> Iterator[Fault]:
    """An address of a picture that is not in the volume."""
    for token in flat(style.tokens):
        address = address_of(token) or ""
        if "images/" in address and posixpath.normpath(posixpath.join(folder, address)) not in there:
            words = f"this style names a file that is not in the volume: {display(address)}"
            yield Fault(why=Why.ADDRESS, words=words, line=token.source_line, column=token.source_column)


def _diagnostic(fault: Fault, written: str, own: Mapping[str, Source], name: str) -> Diagnostic:
    codes = {Why.SYNTAX: "S-001", Why.SIZE: "S-030"}
    message = f"this is no CSS: {fault.words}" if fault.why is Why.SYNTAX else fault.words
    return Diagnostic(
        code=codes.get(fault.why, "S-012"),
        message=message,
        span=_place(fault, written, own, name),
        hint="put styles into a style sheet of the edition; `publisher explain S-012` lists what they may have",
    )


def _place(fault: Fault, written: str, own: Mapping[str, Source], name: str) -> Span | None:
    """Where a fault is in a template, or its first line where the style is put together there."""
    ordered = sorted(own.items(), key=lambda item: item[0] != name)
    for _, source in ordered:
        at = source.text.find(written) if written.strip() else -1
        if at >= 0:
            lines = written.split("\n")
            before = sum(len(line) + 1 for line in lines[: fault.line - 1])
            start = min(at + before + fault.column - 1, at + len(written))
            return source.span(start, min(start + fault.length, at + len(written)))
    return ordered[0][1].line_span(1) if ordered else None
