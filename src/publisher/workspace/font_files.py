"""The font files that are installed on this computer, where operating systems keep them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc"})
MOST = 20_000
"""How many files are looked at."""
_OF_USERS = (".fonts", ".local/share/fonts", "Library/Fonts", "AppData/Local/Microsoft/Windows/Fonts")
_OF_SYSTEMS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts", "/usr/share/texlive/texmf-dist/fonts"),
    *("/run/current-system/sw/share/X11/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts"),
)


def font_files() -> tuple[Path, ...]:
    """The font files of the user and of the system, sorted, each once; as many as `MOST`.

    The folders are those of the XDG Base Directory Specification, of TeX, macOS and Windows.
    """
    found: dict[Path, None] = {}
    for folder in dict.fromkeys(_folders()):
        for path in _below(folder):
            found[path] = None
            if len(found) >= MOST:
                return tuple(found)
    return tuple(found)


def _folders() -> Iterator[Path]:
    home = Path("~").expanduser()
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    yield from (data / "fonts",) if data.is_absolute() else ()
    yield from (home / name for name in _OF_USERS)
    shared = os.environ.get("XDG_DATA_DIRS", "").split(os.pathsep)
    yield from (Path(text) / "fonts" for text in shared if Path(text).is_absolute())
    yield from map(Path, _OF_SYSTEMS)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place) / name for name in sorted(names) if Path(name).suffix.lower() in SUFFIXES)
