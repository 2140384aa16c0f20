"""An edition's own pages as one document: what WeasyPrint sets alone to be compared with the whole build."""

from __future__ import annotations

import re
from pathlib import Path

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.render import render_pdf
from publisher.workspace import Folder

_BODY = re.compile(r"<body[^>]*>(?P<inner>.*)</body>", re.DOTALL)


def one_document(folder: Path, source: Path) -> Path:
    """The path of an HTML document with all sections of an edition, its style sheets and typefaces beside it."""
    publication = pipeline.check(BuildRequest(folder=Folder(source))).publication
    assert publication is not None
    rendition = render_pdf(publication)
    for asset in (*rendition.dress.stylesheets, *rendition.dress.assets):
        path = folder / asset.href
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content)
    links = "".join(f'<link rel="stylesheet" href="{stylesheet.href}"/>' for stylesheet in rendition.dress.stylesheets)
    bodies = (found["inner"] for section in rendition.sections if (found := _BODY.search(section.document)))
    body = "".join(bodies).replace('href="volume#', 'href="#')
    page = folder / "one.html"
    page.write_text(
        f'<!DOCTYPE html><html lang="{publication.metadata.language}"><head><meta charset="utf-8"/>'
        f"<title>One</title>{links}<style>body > section {{ break-before: right }}</style></head>"
        f"<body>{body}</body></html>",
        encoding="utf-8",
    )
    return page
