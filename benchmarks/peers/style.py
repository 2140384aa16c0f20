"""The page that all peers set: trim, margins, typefaces and leading of publisher's default style."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

FACES = {
    "Source Serif Pro": ("font_source_serif_pro", "SourceSerifPro"),
    "Source Sans Pro": ("font_source_sans_pro", "SourceSansPro"),
}
"""The package that brings each typeface, and how its files are named."""

CSS = """
@page {
  size: 156mm 234mm; margin: 23mm 20mm 25mm 24mm;
  @top-center { content: string(running); font: italic 8.8pt "Source Serif Pro"; }
  @bottom-center { content: counter(page); font: 8.4pt "Source Sans Pro"; }
  @footnote { border-top: 0.4pt solid; padding-top: 1.6mm; margin-top: 4mm; }
}
html { font: 10.4pt/1.42 "Source Serif Pro"; hyphens: auto; text-align: justify; orphans: 2; widows: 2; }
body { margin: 0; }
h1 { font-size: 21pt; line-height: 1.2; break-before: page; string-set: running content(); }
h1 { hyphens: none; text-align: left; }
p { margin: 0; text-indent: 1.42em; }
h1 + p { text-indent: 0; }
.note { float: footnote; font-size: 7.8pt; line-height: 1.2622; text-indent: 0; }
.note::footnote-call { font-size: 0.7em; vertical-align: super; line-height: 0; }
"""


def font_files() -> tuple[Path, ...]:
    """The files of the typefaces that publisher sets with."""
    found: list[Path] = []
    for package, stem in FACES.values():
        spec = find_spec(package)
        assert spec is not None
        for folder in spec.submodule_search_locations or ():
            found += sorted(Path(folder).rglob(f"{stem}-*.otf"))
    return tuple(path for path in found if path.stem.split("-")[1] in ("Regular", "It", "Italic", "Semibold"))


def font_rules() -> str:
    """`@font-face` rules for the files."""
    return "\n".join(_rule(path) for path in font_files())


def _rule(path: Path) -> str:
    family = next(name for name, (_, stem) in FACES.items() if path.name.startswith(f"{stem}-"))
    kind = path.stem.split("-")[1]
    weight, style = (
        ("600", "normal") if kind == "Semibold" else ("400", "italic" if kind.startswith("It") else "normal")
    )
    return (
        f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"); '
        f"font-weight: {weight}; font-style: {style}; }}"
    )
