"""The fonts of an edition as files and as a style sheet: what `font_plan` needs of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.fonts.families import NORMAL_WIDTH, Family, FamilyFace, families, substitutions
from publisher.fonts.standalone import NoFont, standalone
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.render.font_plan import SANS, SERIF, Candidate, FontPlan, css_name, font_plan, quote
from publisher.render.font_spans import CLASS

RAISED = ".note-call { font-variant-position: normal; font-size: 0.75em; line-height: 0; vertical-align: 0.36em; }"
"""How calls of notes are raised if the font of the text has no raised figures."""
_WIDTHS = (
    *("ultra-condensed", "extra-condensed", "condensed", "semi-condensed", "normal"),
    *("semi-expanded", "expanded", "extra-expanded", "ultra-expanded"),
)
"""The words of CSS for `usWidthClass`, from 1."""


def own_fonts(publication: Publication) -> tuple[Asset, ...]:
    """The faces of the edition's fonts that something is set in, and the style sheet that declares and assigns them.

    Raises `PublisherError` (F-003) for a face that cannot be taken out of its file.
    """
    plan = font_plan(publication)
    if plan is None:
        return ()
    names = {candidate.name for candidate in plan.candidates}
    found = [family for family in families(publication.typefaces) if css_name(family) in names]
    everything = bool(publication.stylesheets)
    shipped = [
        (family, face, _asset(face))
        for family in found
        for face in (family.faces if everything else family.needed_faces())
    ]
    sheets = "\n".join(source.text for source in publication.stylesheets)
    rules = [
        rule for family, family_face, asset in shipped for rule in _declare(family, family_face, asset, sheets=sheets)
    ]
    raised = () if _raises_figures(plan, shipped) else (RAISED,)
    css = "\n".join((*rules, *_assign(plan, publication), *raised))
    sheet = Asset(href="styles/own-fonts.css", media_type="text/css", content=css.encode())
    return (*(asset for _, _, asset in shipped), sheet)


def _raises_figures(plan: FontPlan, shipped: Iterable[tuple[Family, FamilyFace, Asset]]) -> bool:
    """Whether every face of the text's family has raised figures (OpenType, `sups`)."""
    own = [asset.content for family, _, asset in shipped if css_name(family) == plan.text.name]
    return all("sups" in substitutions(content) for content in own)


def _asset(family_face: FamilyFace) -> Asset:
    content = _font(family_face)
    kind = "otf" if content[:4] == b"OTTO" else "ttf"
    several = len(family_face.typeface.faces) > 1
    number = (
        f"{family_face.file}-{family_face.typeface.faces.index(family_face.face) + 1}"
        if several
        else f"{family_face.file}"
    )
    return Asset(
        href=f"fonts/own-{number}.{kind}", media_type=f"font/{kind}", content=content, shown=family_face.typeface.path
    )


@lru_cache(maxsize=64)
def _font(family_face: FamilyFace) -> bytes:
    """The face as a font file. Raises `PublisherError` (F-003) if it cannot be made."""
    try:
        return standalone(family_face.typeface.content, index=family_face.face.index, axes=family_face.face.axes)
    except NoFont as error:
        raise PublisherError(
            Diagnostic(
                code="F-003",
                message=f"{family_face.typeface.path} {error}",
                span=Source(name=family_face.typeface.path, text="").span(0, 0),
                hint="put the font there as an OpenType or TrueType font (.otf, .ttf), or take the file away",
            )
        ) from error


def _declare(family: Family, family_face: FamilyFace, asset: Asset, *, sheets: str) -> tuple[str, ...]:
    """The rules that declare a face, under the name of its family too if a style sheet of the edition asks for that."""
    face = family_face.face
    weight = min(max(round(face.weight, -2), 100), 900)
    width = f" font-stretch: {_WIDTHS[face.width - 1]};" if face.width != NORMAL_WIDTH else ""
    style = "italic" if face.is_italic else "normal"
    names = (css_name(family), *((family.name,) if family.name in sheets else ()))
    return tuple(
        f"@font-face {{ font-family: {quote(name)}; font-weight: {weight}; font-style: {style};{width}"
        f" src: url(../{asset.href}); }}"
        for name in names
    )


def _assign(plan: FontPlan, publication: Publication) -> tuple[str, ...]:
    """The rules that say where each family is used."""
    tokens = [f"--serif: {plan.stack(_text_or(plan, SERIF), SERIF)};", f"--sans: {plan.stack(plan.sans, SANS)};"]
    if publication.fonts.text is not None:
        tokens.append(f"--text-face: {plan.stack(plan.text, SERIF)};")
    return (
        f":root {{ {' '.join(tokens)} }}",
        *(
            f".{CLASS}{candidate.key} {{ font-family: {plan.stack(candidate, SERIF)}; }}"
            for candidate in plan.candidates
        ),
        *(
            f'[lang|="{tag}"], html[lang|="{tag}"] > body {{ font-family: {plan.stack(candidate, SERIF)}; }}'
            for tag, candidate in plan.languages
        ),
    )


def _text_or(plan: FontPlan, name: str) -> Candidate:
    """The family of the text, unless it is one of the program: that of a name then."""
    house = {candidate.name: candidate for candidate in plan.candidates}
    return house[name] if plan.text.name in (SERIF, SANS) else plan.text
