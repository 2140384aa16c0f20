"""Formulas in documents: MathML on screens; in the PDF a place of the right size, with what is drawn there."""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup, escape

from publisher.mathematics.setting import FAMILY, FILE, SetFormula, set_formula, typeface
from publisher.model.inline import Formula, Inline, NoteCall, PageBreak
from publisher.model.publication import Publication, Section
from publisher.model.rendition import Asset
from publisher.model.target import Format
from publisher.model.walk import inlines_of, nest

_ROOT = "<math "
_BLANK = "images/formula.svg"
_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1" preserveAspectRatio="none"/>'
)
_ASIDE = 0.02
"""In ems, the room at the sides of a formula in a line, for slanting letters."""


def has_formulas(publication: Publication) -> bool:
    """Return whether a publication has formulas."""
    return any(map(_has_formulas, publication.sections))


def _has_formulas(section: Section) -> bool:
    parts = (section.blocks, *(note.blocks for note in section.notes))
    inlines = (*nest(section.title), *(inline for part in parts for inline in inlines_of(part)))
    return any(isinstance(inline, Formula) for inline in inlines)


def formula_assets(publication: Publication) -> tuple[Asset, ...]:
    """Return what a PDF needs for its formulas: their typeface, and what keeps their places."""
    if not has_formulas(publication):
        return ()
    return (
        Asset(href=f"fonts/{FILE}", media_type="font/ttf", content=typeface()),
        Asset(href=_BLANK, media_type="image/svg+xml", content=_DRAWING),
    )


def formula_sheets(publication: Publication, format_: Format) -> tuple[str, ...]:
    """Return the names of the style sheets for formulas; none if a publication has no formulas."""
    if not has_formulas(publication):
        return ()
    return ("formulas.css",) if format_ is Format.EPUB else ("formulas.css", "formulas-print.css")


def formula_on_screen(node: Formula) -> Markup:
    """Return a formula as MathML with its words."""
    return Markup(node.markup.replace(_ROOT, f'{_ROOT}alttext="{escape(node.text)}" ', 1))


def formula_on_paper(node: Formula) -> Markup:
    """Return the place of a formula, with what is drawn there."""
    made = set_formula(node.markup)
    size = f"width: {made.width + 2 * _ASIDE:.4f}em; height: {made.ascent + made.descent:.4f}em"
    raised = "" if node.display else f"; vertical-align: {-made.descent:.4f}em"
    kind = "formula display" if node.display else "formula"
    return Markup('<img class="{}" src="{}" alt="{}" style="{}{}" data-formula="{}"/>').format(
        kind, _BLANK, node.text, size, raised, _glyphs(made)
    )


def is_set_off(line: Iterable[Inline]) -> bool:
    """Return whether a paragraph is nothing but formulas that are set off."""
    nodes = [node for node in line if not isinstance(node, PageBreak | NoteCall)]
    shown = [node for node in nodes if not (getattr(node, "text", None) or "x").isspace()]
    return bool(shown) and all(isinstance(node, Formula) and node.display for node in shown)


def _glyphs(made: SetFormula) -> str:
    """A formula laid out, for the layout engine: the height of its baseline, its glyphs, its rules."""
    glyphs = [
        [glyph.number, glyph.character, glyph.x + _ASIDE, glyph.y, glyph.size, glyph.advance] for glyph in made.glyphs
    ]
    rules = [[rule.x + _ASIDE, rule.y, rule.width, rule.height] for rule in made.rules]
    values = {
        "family": FAMILY,
        "ascent": made.ascent,
        "width": made.width + 2 * _ASIDE,
        "glyphs": glyphs,
        "rules": rules,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
