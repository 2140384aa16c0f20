"""Refuses what an edition's own template writes and no book may have: scripts, events, foreign elements, addresses.

Allowed are the elements and attributes of XHTML that say what words are, and of the NCX; the contents of `<style>` and
`style=""` are checked with the style sheets. https://www.w3.org/TR/epub-33/#sec-xhtml,
https://html.spec.whatwg.org/multipage/indices.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from publisher.diagnostics import Diagnostic, PublisherError, Source, Span

DEEPEST = 100
"""So many elements may be in each other: the layout of the PDF takes hardly more."""
MOST = 20
"""So many faults of one document are reported."""
XHTML = "http://www.w3.org/1999/xhtml"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_EPUB = "{http://www.idpf.org/2007/ops}"
_XHTML_ELEMENTS = (
    "a abbr address article aside b bdi blockquote body br caption cite code col colgroup data dd del dfn div dl "
    "dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i img ins kbd li link main mark "
    "meta nav ol p pre q rb rp rt rtc ruby s samp section small span strong style sub sup table tbody td tfoot th "
    "thead time title tr u ul var wbr"
)
_NCX_ELEMENTS = (
    "ncx head meta docTitle docAuthor text navMap navPoint navLabel content navList navTarget navInfo pageList "
    "pageTarget"
)
_ATTRIBUTES = (
    "abbr alt charset cite class colspan content datetime dir headers height href hreflang id lang media name "
    "playOrder property rel reversed role rowspan scope span src start style title translate type value version "
    "width"
)
ELEMENTS: Mapping[str, frozenset[str]] = {
    XHTML: frozenset(_XHTML_ELEMENTS.split()),
    NCX: frozenset(_NCX_ELEMENTS.split()),
}
"""The elements of each namespace that a document may have."""
ATTRIBUTES = frozenset(_ATTRIBUTES.split()) | {f"{_XML}lang", f"{_XML}space", f"{_EPUB}type", f"{_EPUB}prefix"}
"""The attributes that an element may have, and those that begin with `aria-` or `data-`; `hidden` is for lists."""
ADDRESSES = ("src", "cite")
"""Attributes that name a file of the book."""
_IGNORED = re.compile(r"[\x00-\x20]+")
"""What readers of addresses leave out, https://url.spec.whatwg.org/#concept-basic-url-parser."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_OUTWARD = re.compile(r"(?i)(https?://|mailto:)")
_HINT = "take it out of the template; a book is read where nothing runs and no network is"


def check_doctype(text: str, *, own: Mapping[str, Source], name: str) -> None:
    """Raise `PublisherError` (S-020) if a document declares anything, such as entities, before it is parsed."""
    declared = text.partition("<!DOCTYPE")[2].partition(">")[0]
    if "[" in declared or "SYSTEM" in declared or "PUBLIC" in declared:
        message = "a document may not declare entities or elements of its own, or name who does"
        raise PublisherError(_diagnostic(message, "<!DOCTYPE", own=own, name=name))


def check_markup(root: etree._Element, *, own: Mapping[str, Source], name: str) -> None:
    """Raise `PublisherError` with each S-020 of a document, at its place in the templates `own`.

    `name` is that of the template that the document was made from.
    """
    faults = dict.fromkeys(_faults(root))
    if faults:
        found = list(faults)[:MOST]
        raise PublisherError(*(_diagnostic(message, sought, own=own, name=name) for message, sought in found))


def _faults(root: etree._Element) -> Iterator[tuple[str, str]]:
    """What is wrong in a document, each with the words to look for in the templates."""
    for sibling in (*root.itersiblings(preceding=True), *root.itersiblings()):
        yield from _instruction(sibling)
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "pi")):
        if event == "pi":
            yield from _instruction(node)
            continue
        depth += 1 if event == "start" else -1
        if event == "start":
            if depth > DEEPEST:
                yield f"more than {DEEPEST} elements are nested", f"<{etree.QName(node).localname}"
                return
            yield from _element(node)


def _instruction(node: etree._Element) -> Iterator[tuple[str, str]]:
    if isinstance(node, etree._ProcessingInstruction):
        yield f"a document may not have the instruction <?{node.target!s}?>", f"<?{node.target!s}"
    elif isinstance(node, etree._Entity):
        yield f"a document may not have the entity {node.text!s}", str(node.text)


def _element(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = etree.QName(element)
    if name.localname not in ELEMENTS.get(name.namespace or "", ()):
        yield f"no book may have an element <{name.localname}>", f"<{name.localname}"
        return
    for attribute, value in element.attrib.items():
        yield from _attribute(name.localname, str(attribute), _IGNORED.sub("", str(value)))
    if name.localname == "link" and element.get("rel") != "stylesheet":
        yield "a document may be linked with style sheets only", "<link"


def _attribute(element: str, attribute: str, value: str) -> Iterator[tuple[str, str]]:
    name = etree.QName(attribute).localname
    if attribute == "hidden" and element == "nav":
        return
    if attribute not in ATTRIBUTES and not attribute.startswith(("aria-", "data-")):
        yield f"no element <{element}> may have an attribute “{name}”", f"{name}="
    elif attribute in ADDRESSES and (_SCHEME.match(value) or value.startswith(("/", "\\"))):
        yield f"an element <{element}> names a file outside of the book: {value[:60]}", value[:30]
    elif attribute == "href" and not _is_allowed(element, value):
        yield f"a link leads where no book may lead: {value[:60]}", value[:30]


def _is_allowed(element: str, address: str) -> bool:
    """Whether a link may have an address: inside the book, and from words also on the web and to write to."""
    if element == "a" and _OUTWARD.match(address):
        return True
    return not _SCHEME.match(address) and not address.startswith(("/", "\\"))


def _diagnostic(message: str, sought: str, *, own: Mapping[str, Source], name: str) -> Diagnostic:
    return Diagnostic(code="S-020", message=message, span=_place(sought, own, name), hint=_HINT)


def _place(sought: str, own: Mapping[str, Source], name: str) -> Span | None:
    """Where the words are in a template; its first line if they are put together there."""
    ordered = sorted(own.items(), key=lambda item: item[0] != name)
    for _, source in ordered:
        at = source.text.find(sought)
        if at >= 0:
            return source.span(at, at + len(sought))
    return ordered[0][1].line_span(1) if ordered else None
