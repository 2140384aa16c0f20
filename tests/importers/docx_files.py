"""DOCX files made of raw XML: a body, and whatever parts a test needs beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Untertitel"><w:name w:val="Subtitle"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Verse"><w:name w:val="Verse"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
ROOTS = {
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "comments": "w:comments",
    "commentsExtended": "w15:commentsEx",
    "header": "w:hdr",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph; what is no XML is a run of words."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(text if text.startswith("<") else run(text) for text in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def entry(text: str, *, level: int = 0, number: int = 1) -> str:
    """An entry of a list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def field(instruction: str, result: str) -> str:
    """A complex field."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    words = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + words + mark("separate") + run(result) + mark("end")


def comment(identity: int, text: str, *, author: str = "Jane Doe", paragraph_id: str = "") -> str:
    """A comment in `word/comments.xml`."""
    return (
        f'<w:comment w:id="{identity}" w:author="{author}" w:date="2026-01-0{identity % 9 + 1}T10:00:00Z">'
        f'<w:p w14:paraId="{paragraph_id}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
    )


def commented(identity: int, *inner: str) -> str:
    """Runs that a comment is about."""
    words = "".join(text if text.startswith("<") else run(text) for text in inner)
    return (
        f'<w:commentRangeStart w:id="{identity}"/>{words}<w:commentRangeEnd w:id="{identity}"/>'
        f'<w:r><w:commentReference w:id="{identity}"/></w:r>'
    )


def note_call(identity: int, kind: str = "footnote") -> str:
    """The call of a footnote."""
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def note(identity: int, text: str, kind: str = "footnote") -> str:
    """A footnote."""
    words = text if text.startswith("<") else run(text)
    return f'<w:{kind} w:id="{identity}"><w:p><w:r><w:{kind}Ref/></w:r>{words}</w:p></w:{kind}>'


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of a table."""
    inner = "".join(text if text.startswith("<") else paragraph(text) for text in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, look: str = 'w:firstRow="1"') -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr><w:tblLook {look}/></w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def picture(relation: str, *, alternative: str = "", width: int = 60) -> str:
    """A picture in a run; its width in millimetres."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 36000}" cy="1"/><wp:docPr id="1" name="x" '
        f'descr="{alternative}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{relation}"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def docx(
    *body: str,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    core: str = "",
    pictures: Mapping[str, bytes] | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A DOCX with a body, parts by their kinds, links by their ids, pictures by their ids, and other files."""
    given = {"styles": STYLES, "numbering": NUMBERING, **(parts or {})}
    relations = [_relation(f"p{kind}", kind, f"{kind}.xml") for kind in given]
    relations += [_relation(link, "hyperlink", target, external=True) for link, target in (links or {}).items()]
    relations += [_relation(text, "image", f"media/{text}.png") for text in pictures or {}]
    files: dict[str, bytes] = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _rels(_relation("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": _rels(*relations),
        "docProps/core.xml": f'<x xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</x>'.encode(),
    }
    files |= {
        f"word/{kind}.xml": f"<{ROOTS[kind]} {NAMES}>{xml}</{ROOTS[kind]}>".encode() for kind, xml in given.items()
    }
    files |= {f"word/media/{text}.png": content for text, content in (pictures or {}).items()}
    return zipped({**files, **(extra or {})})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _relation(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def _rels(*relations: str) -> bytes:
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{"".join(relations)}</Relationships>'.encode()
