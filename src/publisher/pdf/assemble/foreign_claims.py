"""Whether a page from elsewhere lets a file say of itself that it is PDF/A-3a and PDF/UA-1.

No one can promise that for files of others; a page on which something is that these standards rule out, or that
cannot be known from here, takes the claim from the whole file (ISO 19005-3, 6.2; ISO 14289-1, 7.21).
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

from publisher.pdf.read.content.instructions import instructions

_GREY_AND_RGB = frozenset({"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"})

_BEYOND = frozenset((b"k", b"K", b"sh"))
"""Operators that paint in CMYK, or with a shading."""


def allows_claims(form: pikepdf.Object) -> bool:
    """Whether a form, and every form in it, has embedded fonts that say what they show, and no transparency or CMYK."""
    return all(_is_plain(item) for item in _forms(form))


def _forms(form: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The form and every form in it, each once."""
    waiting, seen = [form], {form.objgen}
    while waiting:
        found = waiting.pop()
        yield found
        for resource in _resources(found, "/XObject"):
            if resource.get("/Subtype") == Name.Form and resource.objgen not in seen:
                seen.add(resource.objgen)
                waiting.append(resource)


def _resources(form: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    yield from dict(form.get("/Resources", Dictionary()).get(kind, Dictionary()).items()).values()


def _is_plain(form: pikepdf.Object) -> bool:
    images = [resource for resource in _resources(form, "/XObject") if resource.get("/Subtype") == Name.Image]
    return (
        "/Group" not in form
        and all(map(_is_told, _resources(form, "/Font")))
        and all(map(_is_opaque, _resources(form, "/ExtGState")))
        and all("/SMask" not in image and _is_grey_or_rgb(image.get("/ColorSpace")) for image in images)
        and not any(operator in _BEYOND for operator, _ in instructions(form.read_bytes()))
    )


def _is_told(font: pikepdf.Object) -> bool:
    """Whether a font is embedded, and says what its glyphs mean."""
    descendants = font.get("/DescendantFonts")
    descriptor = (font if descendants is None else descendants[0]).get("/FontDescriptor", Dictionary())
    return "/ToUnicode" in font and any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


def _is_opaque(state: pikepdf.Object) -> bool:
    alphas = [float(state.get(key, 1)) for key in ("/ca", "/CA")]
    return alphas == [1, 1] and str(state.get("/SMask", "/None")) == "/None" and "/TR" not in state


def _is_grey_or_rgb(space: pikepdf.Object | None) -> bool:
    if space is None:
        return True
    kind = space[0] if isinstance(space, pikepdf.Array) else space
    return str(kind) in _GREY_AND_RGB
