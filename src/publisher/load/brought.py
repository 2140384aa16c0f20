"""What an edition brings beside its manuscript: templates, style sheets, typefaces, an ICC profile."""

from __future__ import annotations

from publisher.diagnostics import Source
from publisher.load.colour_profile import profile_fault
from publisher.load.kinds import Placed
from publisher.load.loading import Loading
from publisher.model.material import Typeface
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


def typefaces(loading: Loading) -> tuple[Typeface, ...]:
    """The font files that the edition brings, in the order of their names."""
    kinds = (("otf", "font/otf"), ("ttf", "font/ttf"))
    found = ((name, kind) for suffix, kind in kinds for name in loading.folder.matching(f"fonts/**/*.{suffix}"))
    read = ((name, kind, loading.read(Placed(name))) for name, kind in sorted(found))
    return tuple(
        Typeface(path=loading.folder.shown(name), media_type=kind, content=content)
        for name, kind, content in read
        if content is not None
    )


def brought(pattern: str, loading: Loading) -> tuple[Source, ...]:
    """The templates or style sheets that the edition brings, in the order of their names."""
    sources = (loading.source(Placed(name)) for name in loading.folder.matching(pattern))
    return tuple(source for source in sources if source is not None)
