"""The pictures that figures show: inside the folder, of a type that every reading system knows, whole, not too large.

Types: EPUB 3.3, §3.2 Core media types, https://www.w3.org/TR/epub-33/#sec-core-media-types
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple, assert_never

from publisher.diagnostics import Source
from publisher.load.assets.pictures import Fault, Picture, read_pictures
from publisher.load.findings import Findings
from publisher.model.assets import Image
from publisher.model.block import Figure
from publisher.sanitize.svg import Drawing, drawing
from publisher.workspace import Folder, NotThere, OutsideFolder

MOST_STEPS = 30_000
"""How many steps all drawings of an edition may take, each as often as it is shown, and those of `BYTES_A_STEP`."""
BYTES_A_STEP = 150
"""For so many bytes of its drawings an edition may have one step more."""

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

    Notes pictures that do not exist, are outside of the folder, damaged, too large, unsafe or named wrongly, and
    those that take too long to draw or to decode.
    Pictures are decoded in a child process, see `publisher.load.assets.pictures`.
    """
    figures = tuple(figures)
    first = {figure.path: figure for figure in reversed(figures)}
    read = ((figure, _content(figure, folder=folder, findings=findings)) for figure in reversed(first.values()))
    contents = {figure: content for figure, content in read if content is not None}
    pixels = [figure for figure, content in contents.items() if not _is_drawing(figure, content)]
    drawings = {figure: drawing(content) for figure, content in contents.items() if _is_drawing(figure, content)}
    embedded = [(figure, *pair) for figure, found in drawings.items() for pair in found.pictures]
    read_at_once = read_pictures([*(contents[figure] for figure in pixels), *(item for _, item, _ in embedded)])
    pictures = dict(zip(pixels, read_at_once, strict=False))
    damaged: dict[Figure, list[int]] = {}
    for (figure, _, line), picture in zip(embedded, read_at_once[len(pixels) :], strict=True):
        if picture is None or picture.fault:
            damaged.setdefault(figure, []).append(line)
    _note_steps(figures, {figure.path: found for figure, found in drawings.items()}, findings=findings)
    found = (
        _picture(figure, content, pictures[figure], findings=findings)
        if figure in pictures
        else _drawing(figure, content, _Read(drawings[figure], damaged.get(figure, []), folder), findings=findings)
        for figure, content in contents.items()
    )
    return tuple(image for image in found if image is not None)


class _Read(NamedTuple):
    """A drawing as it was read."""

    drawing: Drawing
    damaged: list[int]
    """The lines of pictures in it that cannot be used."""
    folder: Folder


def _note_steps(figures: tuple[Figure, ...], drawings: Mapping[str, Drawing], *, findings: Findings) -> None:
    """Notes I-010 at the figure with which the drawings of an edition become too many."""
    room = MOST_STEPS + sum(len(item.content) for item in drawings.values()) // BYTES_A_STEP
    for figure in figures:
        room -= drawings[figure.path].steps if figure.path in drawings else 0
        if room < 0:
            findings.error(
                "I-010",
                f"the drawings up to “{figure.path}” take too long to draw",
                span=figure.span,
                hint="show fewer drawings, or save this one as PNG",
            )
            return


def _content(figure: Figure, *, folder: Folder, findings: Findings) -> bytes | None:
    """The bytes of a picture's file; None after noting I-001 or I-002."""
    try:
        return folder.read(figure.path)
    except OutsideFolder:
        _note_outside(figure, findings)
    except NotThere:
        findings.error(
            "I-001",
            f"there is no image “{figure.path}”",
            span=figure.span,
            hint="name it as seen from the folder of edition.yaml, with upper and lower case as the file has them",
        )
    return None


def _is_drawing(figure: Figure, content: bytes) -> bool:
    return b"<svg" in content[:4096] or figure.path.lower().endswith(".svg")


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


def _picture(figure: Figure, content: bytes, found: Picture | None, *, findings: Findings) -> Image | None:
    """A picture made of pixels; None after noting why it cannot be used."""
    if found is None:
        return None
    if found.fault is not None:
        _note_fault(figure, content, found.fault, findings)
        return None
    image = Image(path=figure.path, media_type=found.format, content=content, width=found.width, height=found.height)
    return _name(figure, image, findings)


def _note_fault(figure: Figure, content: bytes, fault: Fault, findings: Findings) -> None:
    """Says why a picture cannot be used."""
    match fault:
        case Fault.LARGE:
            code, message, hint = "I-005", "has more than 50 million pixels", "make it smaller"
        case Fault.LARGE_WEBP:
            code, message = "I-005", "has more than 20 million pixels, in a WebP"
            hint = "make it smaller, or save it as a PNG or JPEG"
        case Fault.UNKNOWN:
            _note_unusable(figure, "its type is not known" if content else "the file is empty", findings=findings)
            return
        case Fault.DAMAGED:
            _note_unusable(figure, "it is damaged", findings=findings)
            return
        case Fault.SLOW | Fault.MEMORY | Fault.CRASHED:
            why = {Fault.SLOW: "decoding it takes too long", Fault.MEMORY: "decoding it takes too much memory"}
            code, message = "I-020", f"cannot be used: {why.get(fault, 'a library that decodes pictures fails on it')}"
            hint = "open it in an image editor and save it as a PNG or JPEG that is not progressive"
        case Fault.TOGETHER:
            code, message = "I-021", "and the pictures before it unpack to too much data"
            hint = "make the pictures smaller: a full page in good print needs about 9 million pixels"
        case _:
            assert_never(fault)
    findings.error(code, f"the image “{figure.path}” {message}", span=figure.span, hint=hint)


def _drawing(figure: Figure, content: bytes, read: _Read, *, findings: Findings) -> Image | None:
    """A drawing, rebuilt; what is shipped is never what was read."""
    found, name = read.drawing, read.folder.shown(figure.path)
    source = Source(name=name, text=content.decode("utf-8", errors="replace"))
    faults = [(fault.message, fault.line, fault.is_size) for fault in found.faults]
    faults += [("a picture in it is damaged, too large, or of an unknown type", line, False) for line in read.damaged]
    for message, line, is_size in faults:
        findings.error(
            "I-010" if is_size else "I-006",
            f"the drawing {'takes too long to draw' if is_size else 'may not be in a book'}: {message}",
            span=source.line_span(min(line, len(source.line_starts))),
            hint="simplify it, or save it as PNG"
            if is_size
            else "save it as a plain, static SVG with everything embedded",
            related=() if figure.span is None else (("shown here", figure.span),),
        )
    if faults:
        return None
    image = Image(
        path=figure.path,
        media_type="SVG",
        content=found.content,
        width=found.width,
        height=found.height,
        shown=name,
        source=content,
    )
    return _name(figure, image, findings)


def _name(figure: Figure, image: Image, findings: Findings) -> Image | None:
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
