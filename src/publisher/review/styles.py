"""The styles of a document for review: the ones that Word knows by name, and those of this program."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.review.ooxml import Element, element, write

ID = "PublisherId"
"""Hidden words that say what a paragraph or a note is."""
PAGE = "PublisherPage"
"""The number of a page of the PDF that begins here."""
NUMBER = "PublisherNumber"
"""The number of a paragraph in the margin."""
MARK = "PublisherMark"
"""The mark of a note that is called again."""
CODE = "PublisherCode"
OWN = (ID, PAGE, NUMBER, MARK)
"""Character styles of what is no part of the text."""

_PARAGRAPHS = (
    ("Title", "Title", "40", 0),
    ("Subtitle", "Subtitle", "28", 0),
    ("Author", "Author", "26", 0),
    *((f"Heading{level}", f"heading {level}", str(36 - 3 * level), 0) for level in range(1, 7)),
    ("BodyText", "Body Text", "22", 0),
    ("Quote", "Quote", "22", 567),
    ("Attribution", "Attribution", "22", 567),
    ("Verse", "Verse", "22", 567),
    ("ListParagraph", "List Paragraph", "22", 567),
    ("Caption", "caption", "20", 0),
    ("SourceCode", "Source Code", "18", 284),
    ("Bibliography", "Bibliography", "20", 284),
    ("FootnoteText", "footnote text", "18", 0),
    ("CommentText", "annotation text", "18", 0),
)


def styles_part(series: Iterable[tuple[str, str]], language: str) -> bytes:
    """`word/styles.xml`; each series of notes, by id and title, has a paragraph style of its own."""
    root = element("styles")
    defaults = element("rPr", element("rFonts", ascii="Cambria", hAnsi="Cambria", cs="Cambria"))
    defaults.append(element("lang", val=language))
    root.append(element("docDefaults", element("rPrDefault", defaults)))
    root.append(_style("paragraph", "Normal", "Normal", default="1"))
    for identity, name, size, indent in _PARAGRAPHS:
        root.append(_paragraph(identity, name, size, indent))
    for identity, title in series:
        style = _style("paragraph", note_style(identity), f"Note {title}"[:200], based="FootnoteText")
        root.append(style)
    reference = element("rPr", element("vertAlign", val="superscript"))
    root.append(_style("character", "FootnoteReference", "footnote reference", properties=reference))
    root.append(_style("character", "CommentReference", "annotation reference"))
    root.append(_style("character", ID, "Publisher Id", properties=element("rPr", element("vanish"))))
    grey = (element("color", val="808080"), element("sz", val="16"))
    root.append(_style("character", PAGE, "Publisher Page", properties=element("rPr", *grey)))
    root.append(_style("character", NUMBER, "Publisher Number", properties=element("rPr", *map(_copy, grey))))
    raised = element("rPr", element("vertAlign", val="superscript"))
    root.append(_style("character", MARK, "Publisher Mark", properties=raised))
    mono = element("rPr", element("rFonts", ascii="Courier New", hAnsi="Courier New"))
    root.append(_style("character", CODE, "Publisher Code", properties=mono))
    return write(root)


def note_style(series: str) -> str:
    """The id of the paragraph style of a series of notes."""
    return f"Note{''.join(part.capitalize() for part in series.split('-'))}"


def _paragraph(identity: str, name: str, size: str, indent: int) -> Element:
    properties = element("pPr", element("spacing", before="60", after="60"))
    if identity.startswith("Heading"):
        properties.append(element("outlineLvl", val=str(int(identity[-1]) - 1)))
    if indent:
        properties.insert(1, element("ind", left=str(indent)))
    bold = [element("b")] if identity.startswith(("Heading", "Title")) else []
    return _style(
        "paragraph", identity, name, properties=element("rPr", *bold, element("sz", val=size)), paragraph=properties
    )


def _style(
    kind: str,
    identity: str,
    name: str,
    *,
    based: str = "Normal",
    properties: Element | None = None,
    paragraph: Element | None = None,
    **attributes: str,
) -> Element:
    made = element("style", element("name", val=name), type=kind, styleId=identity, **attributes)
    if kind == "paragraph" and identity != "Normal":
        made.append(element("basedOn", val=based))
    made.append(element("qFormat"))
    for item in (paragraph, properties):
        if item is not None:
            made.append(item)
    return made


def _copy(item: Element) -> Element:
    return element("color", val="808080") if item.tag.endswith("color") else element("sz", val="16")
