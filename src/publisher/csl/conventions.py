"""Conventions of a language that styles written for American English leave out: order of dates, articles in sorting.

The styles say `month, day` in so many words, so a locale cannot set `26 January`; CSL sorts titles with their articles.
https://docs.citationstyles.org/en/stable/specification.html#date-part
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ARTICLES: Mapping[str, tuple[str, ...]] = {
    "af": ("die", "'n", "’n"),
    "ca": ("el", "la", "els", "les", "l’", "l'", "un", "una"),
    "da": ("den", "det", "de", "en", "et"),
    "de": ("der", "die", "das", "ein", "eine"),
    "en": ("the", "a", "an"),
    "es": ("el", "la", "los", "las", "lo", "un", "una"),
    "fr": ("le", "la", "les", "l’", "l'", "un", "une"),
    "ga": ("an", "na"),
    "gl": ("o", "a", "os", "as", "un", "unha"),
    "hu": ("a", "az", "egy"),
    "it": ("il", "lo", "la", "i", "gli", "le", "l’", "l'", "un", "uno", "una", "un’", "un'"),
    "nb": ("den", "det", "de", "en", "et", "ei"),
    "nl": ("de", "het", "een", "’t", "'t", "’n", "'n"),
    "nn": ("den", "det", "dei", "ein", "ei", "eit"),
    "no": ("den", "det", "de", "en", "et", "ei"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "sv": ("den", "det", "de", "en", "ett"),
}
"""The articles that a list passes over at the beginning of a title, by the primary subtag of its language."""

Tree = Mapping[str, Any]
"""An element of a style or locale as citeproc-js reads it: `name`, `attrs`, `children`."""


def with_dates_of(style: Tree, locale: Tree) -> Tree:
    """The style with month and day in the order of the locale, with its marks between them.

    Only dates are changed that a style writes as month and day, or as month, day and year; the rest has an order of the
    style's own.
    """
    parts = _parts_of(locale)
    return _localize(style, parts) if parts else style


def _parts_of(locale: Tree) -> tuple[Tree, ...]:
    """The parts of the date in words of a locale; none if the locale has no such date."""
    for child in locale["children"]:
        if isinstance(child, Mapping) and child["name"] == "date" and child["attrs"].get("form") == "text":
            return tuple(child["children"])
    return ()


def _localize(node: Tree, parts: tuple[Tree, ...]) -> Tree:
    children = [_localize(child, parts) if isinstance(child, Mapping) else child for child in node["children"]]
    if node["name"] == "date" and "form" not in node["attrs"]:
        children = _ordered_parts(children, parts)
    return {**node, "children": children}


def _ordered_parts(own: list[Any], parts: tuple[Tree, ...]) -> list[Any]:
    """The parts of a date in the order of a locale; those of the style if it has an order that is no American one."""
    names = [part["attrs"].get("name") for part in own if isinstance(part, Mapping)]
    if names not in (["month", "day"], ["month", "day", "year"]) or len(names) != len(own):
        return own
    by_name = {part["attrs"]["name"]: part["attrs"] for part in own}
    wanted = [part["attrs"] for part in parts if part["attrs"].get("name") in names]
    if len(wanted) != len(names):
        return own
    last = len(wanted) - 1
    return [
        _date_part(
            item,
            by_name[item["name"]],
            prefix=by_name[names[0]].get("prefix", "") if not at else item.get("prefix", ""),
            suffix=(item.get("suffix", "").partition(" ")[0].strip(",") + by_name[names[-1]].get("suffix", ""))
            if at == last
            else item.get("suffix", ""),
        )
        for at, item in enumerate(wanted)
    ]


def _date_part(locale: Mapping[str, str], style: Mapping[str, str], *, prefix: str, suffix: str) -> Tree:
    """A part with the form that the style asks for, else that of the locale, and with these marks around it."""
    form = {"form": style["form"]} if "form" in style else {}
    values = {**locale, **style, **form, "prefix": prefix, "suffix": suffix}
    return {"name": "date-part", "attrs": {key: value for key, value in values.items() if value}, "children": []}
