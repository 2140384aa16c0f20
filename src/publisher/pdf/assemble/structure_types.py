"""Which structure type an element of the document has (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from publisher.pdf.assemble.origin import Origin

KINDS = {
    **{tag: tag.upper() for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "tr", "th", "td")},
    "section": "Sect",
    "article": "Art",
    "main": "Part",
    "blockquote": "BlockQuote",
    "pre": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    "svg": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "code": "Code",
    "q": "Quote",
}
RUBY = {"ruby": "Ruby", "rb": "RB", "rt": "RT"}
"""By their classes: characters with their reading, and what these are (14.8.4.4.2)."""
ROLES = {"doc-footnote": "Note", "doc-toc": "TOC"}


def kind(origin: Origin, pseudo: str) -> str:
    """The structure type of an element; what a style sheet adds to it is a Span."""
    if pseudo:
        return "Lbl" if pseudo == "marker" else "Span"
    if origin.role in ROLES:
        return ROLES[origin.role]
    if origin.tag == "a":
        return "Link" if "href" in origin.attributes else "Span"
    for name, type_ in RUBY.items():
        if origin.tag == "span" and name in origin.classes:
            return type_
    if origin.tag == "img" and "formula" in origin.classes:
        return "Formula"
    return KINDS.get(origin.tag) or ("Span" if origin.inline else "Div")
