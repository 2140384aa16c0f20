"""What an edition brings next to its manuscript: templates, style sheets, typefaces, an ICC profile."""

from __future__ import annotations

from dataclasses import replace

from publisher.diagnostics import Source
from publisher.fonts.font_file import FontFile, font_file
from publisher.load.assets.icc import profile_fault
from publisher.load.loading import Loading
from publisher.load.yaml.types import Placed
from publisher.model.assets import Typeface
from publisher.model.profile import ColourProfile


def colour_profile(placed: Placed | None, loading: Loading) -> ColourProfile | None:
    """The ICC profile that edition.yaml names. Notes E-014 where nothing can be printed with it."""
    content = None if placed is None else loading.read(placed)
    if placed is None or content is None:
        return None
    fault = profile_fault(content)
    if fault:
        hint = "ask the printer for the ICC profile of press and paper; the file often ends in .icc"
        loading.findings.error("E-014", f"“{placed.text}” {fault}", span=placed.span, hint=hint)
    return ColourProfile(shown=placed.text, content=content, span=placed.span)


KINDS = {
    "otf": "font/otf",
    "ttf": "font/ttf",
    "ttc": "font/collection",
    "otc": "font/collection",
    "woff2": "font/woff2",
}
"""The media types of font files by the ends of their names (RFC 8081)."""


def typefaces(loading: Loading) -> tuple[Typeface, ...]:
    """The font files that the edition brings, with their faces, in the order of their names.

    The first file that exceeds a limit ends the reading of fonts: the files after it have neither faces nor faults.
    """
    kinds = ((name, KINDS.get(name.rpartition(".")[2].lower())) for name in loading.folder.matching("fonts/**/*"))
    typefaces: list[Typeface] = []
    spent = False
    for name, kind in ((name, kind) for name, kind in kinds if kind is not None):
        content = loading.read(Placed(name))
        if content is None:
            continue
        file = FontFile() if spent else font_file(content)
        spent = spent or file.is_spent
        typefaces.append(
            Typeface(
                path=loading.folder.shown(name),
                media_type=kind,
                content=content,
                faces=tuple(face if face.family else replace(face, family=_stem(name)) for face in file.faces),
                axes=file.axes,
                instances=file.instances,
                fault=file.fault,
            )
        )
    return tuple(typefaces)


def _stem(name: str) -> str:
    """The name of a font without one: that of its file."""
    return name.rpartition("/")[2].rpartition(".")[0]


def bring(pattern: str, loading: Loading) -> tuple[Source, ...]:
    """The templates or style sheets that the edition brings, in the order of their names."""
    sources = (loading.source(Placed(name)) for name in loading.folder.matching(pattern))
    return tuple(source for source in sources if source is not None)
