"""Makes the two PDFs that stand for pages from elsewhere: one with words, and one that is a picture of them.

Run it anywhere, with the environment of the project: .venv/bin/python examples/course-reader/make_pdf.py
"""

from __future__ import annotations

import io
from importlib.resources import files
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML

TITLE = "TREATY FOR THE RENUNCIATION OF WAR"
ARTICLES = (
    (
        "ARTICLE I",
        "The High Contracting Parties solemnly declare in the names of their respective peoples that they condemn "
        "recourse to war for the solution of international controversies, and renounce it, as an instrument of "
        "national policy in their relations with one another.",
    ),
    (
        "ARTICLE II",
        "The High Contracting Parties agree that the settlement or solution of all disputes or conflicts of whatever "
        "nature or of whatever origin they may be, which may arise among them, shall never be sought except by "
        "pacific means.",
    ),
)
FACE = files("font_source_serif_pro") / "files" / "SourceSerifPro-Regular.otf"
STYLE = f"""
@font-face {{ font-family: Text; src: url("{Path(str(FACE)).as_uri()}"); }}
"""
STYLE += """
@page { size: 156mm 234mm; margin: 30mm 26mm; @bottom-center { content: counter(page); font-family: Text; } }
body { font: 11pt/1.5 Text; text-align: justify; }
h1, h2 { font-weight: normal; }
h1 { font-size: 13pt; text-align: center; }
h2 { font-size: 11pt; text-align: center; }
section { break-after: page; }
"""
DOTS_AN_INCH = 150
"""What a scanner takes of a page of 156 by 234 mm."""


def born_digital() -> bytes:
    """A page for each article, with words that can be read and copied, and without tags."""
    sections = "".join(f"<section><h1>{TITLE}</h1><h2>{name}</h2><p>{text}</p></section>" for name, text in ARTICLES)
    html = f"<html lang=en><title>{TITLE.title()}</title><style>{STYLE}</style>{sections}</html>"
    made: bytes = HTML(string=html).write_pdf()
    return saved(pikepdf.open(io.BytesIO(made)))


def scanned() -> bytes:
    """A page that is a picture, slightly askew and grey, as a scanner gives it."""
    width, height = (round(side / 25.4 * DOTS_AN_INCH) for side in (156, 234))
    page = Image.new("L", (width, height), 250)
    pen = ImageDraw.Draw(page)
    y = 170
    for name, text in ARTICLES:
        for line in (TITLE if name == "ARTICLE I" else "", name, *wrapped(text, 46), ""):
            pen.text((150, y), line, fill=40, font=ImageFont.load_default(24))
            y += 38
    page = page.rotate(0.6, fillcolor=250)
    picture = io.BytesIO()
    page.save(picture, "PDF", resolution=DOTS_AN_INCH)
    return saved(pikepdf.open(picture))


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many characters at most."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file without what differs from one run to the next."""
    del pdf.docinfo
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    whole = io.BytesIO()
    pdf.save(whole, deterministic_id=True)
    return whole.getvalue()


def main() -> None:
    """Writes both beside this file."""
    folder = Path(__file__).parent / "pdfs"
    folder.mkdir(exist_ok=True)
    folder.joinpath("pact-of-paris.pdf").write_bytes(born_digital())
    folder.joinpath("pact-of-paris-scan.pdf").write_bytes(scanned())


if __name__ == "__main__":
    main()
