"""The pictures that figures show: inside the folder, of a type that every reading system knows, whole, not too large.

Types: EPUB 3.3, §3.2 Core media types, https://www.w3.org/TR/epub-33/#sec-core-media-types
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.svg import drawing
from publisher.model.block import Figure
from publisher.model.material import Image
from publisher.workspace import Folder, NotThere, OutsideFolder

PIXELS = 50_000_000
"""More than a page at 600 dots an inch; a picture with more slows every reading system down."""

TYPES = {
    "PNG": ("image/png", (".png",)),
    "JPEG": ("image/jpeg", (".jpg", ".jpeg")),
    "GIF": ("image/gif", (".gif",)),
    "WEBP": ("image/webp", (".webp",)),
    "SVG": ("image/svg+xml", (".svg",)),
}
"""Media types and file extensions."""


def images(figures: Iterable[Figure], *, folder: Folder, findings: Findings) -> tuple[Image, ...]:
    """The pictures of the figures, each file once, in the order of their first use.

    Notes I-001 (not there), I-002 (outside the folder), I-003 (no picture, or damaged), I-005 (too large),
    I-006 (a drawing that is not safe), I-007 (the name says another type).
    """
    first = {figure.path: figure for figure in reversed(tuple(figures))}
    found = (_image(figure, folder=folder, findings=findings) for figure in reversed(first.values()))
    return tuple(image for image in found if image is not None)


def _image(figure: Figure, *, folder: Folder, findings: Findings) -> Image | None:
    try:
        content = folder.read(figure.path)
    except OutsideFolder:
        _note_outside(figure, findings)
        return None
    except NotThere:
        findings.error(
            "I-001",
            f"there is no image “{figure.path}”",
            span=figure.span,
            hint="name it as seen from the folder of edition.yaml, with upper and lower case as the file has them",
        )
        return None
    if b"<svg" in content[:4096] or figure.path.lower().endswith(".svg"):
        return _drawing(figure, content, name=folder.shown(figure.path), findings=findings)
    return _picture(figure, content, findings=findings)


def _note_outside(figure: Figure, findings: Findings) -> None:
    """Says that a name leads out of the folder: by its words, or, where these look harmless, by a link."""
    leading = figure.path.startswith("/") or ":" in figure.path or ".." in figure.path.replace("\\", "/").split("/")
    findings.error(
        "I-002",
        f"the image “{figure.path}” "
        + ("lies outside the edition's folder" if leading else "is a link that leads out of the edition's folder"),
        span=figure.span,
        hint="copy it into the folder and name it from there: images/map.png"
        if leading
        else "put a copy of the file there instead of the link",
    )


def _picture(figure: Figure, content: bytes, *, findings: Findings) -> Image | None:
    """A picture made of pixels."""
    try:
        name, width, height = _decoded(content)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        findings.error(
            "I-005",
            f"the image “{figure.path}” has more than 50 million pixels",
            span=figure.span,
            hint="make it smaller",
        )
        return None
    except UnidentifiedImageError:
        _note_unusable(figure, "its type is not known" if content else "the file is empty", findings=findings)
        return None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        _note_unusable(figure, "it is damaged", findings=findings)
        return None
    image = Image(path=figure.path, media_type=name, content=content, width=width, height=height)
    return _named(figure, image, findings)


def _decoded(content: bytes) -> tuple[str, int, int]:
    """The type, the width and the height of a picture that was checked and decoded to its end."""
    known = [name for name in TYPES if name != "SVG"]
    with warnings.catch_warnings():
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        with Pillow.open(io.BytesIO(content), formats=known) as picture:
            if picture.width * picture.height > PIXELS:
                raise Pillow.DecompressionBombError
            picture.verify()
        with Pillow.open(io.BytesIO(content), formats=known) as picture:
            picture.load()
            return str(picture.format), picture.width, picture.height


def _drawing(figure: Figure, content: bytes, *, name: str, findings: Findings) -> Image | None:
    found = drawing(content)
    source = Source(name=name, text=content.decode("utf-8", errors="replace"))
    for fault in found.faults:
        findings.error(
            "I-006",
            f"the drawing may not be in a book: {fault.message}",
            span=source.line_span(min(fault.line, len(source.line_starts))),
            hint="save it as a plain, static SVG with everything embedded",
            related=() if figure.span is None else (("shown here", figure.span),),
        )
    if found.faults:
        return None
    image = Image(
        path=figure.path, media_type="SVG", content=content, width=found.width, height=found.height, shown=name
    )
    return _named(figure, image, findings)


def _named(figure: Figure, image: Image, findings: Findings) -> Image | None:
    """The image with its media type, if the name of its file says the same."""
    media_type, extensions = TYPES[image.media_type]
    suffix = PurePosixPath(figure.path).suffix.lower()
    if suffix not in extensions:
        findings.error(
            "I-007",
            f"“{figure.path}” holds {image.media_type}, but its name says otherwise",
            span=figure.span,
            hint=f"rename it to end in {extensions[0]}, here and in the folder",
        )
        return None
    return replace(image, media_type=media_type)


def _note_unusable(figure: Figure, problem: str, *, findings: Findings) -> None:
    findings.error(
        "I-003",
        f"“{figure.path}” is no picture that can be used ({problem})",
        span=figure.span,
        hint="use PNG, JPEG, GIF, WebP or SVG; save the picture again if it is damaged",
    )
