"""A folder that is full of traps: modules and programs that leave a mark if anything runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from publisher import doctor

ROOT = Path(__file__).parents[2]
BUILD_DATA = f"_sysconfigdata_{sys.abiflags}_{sys.platform}_{getattr(sys.implementation, '_multiarch', '')}"
OWN_MODULES = ("__future__", "publisher", "sitecustomize", "usercustomize", BUILD_DATA)
"""Modules that are imported and in no list of packages."""
OWN_PROGRAMS = ("bash", "cc", "dask", "gcc", "ld", "ldconfig", "npm", "objdump", "python3", "sh", "uname")
"""Programs that Python, its libraries or a shell might look for."""
PLACES = (".", ".tools/bin", "node_modules/.bin", ".venv/bin", "venv/bin", "bin")
"""Folders of the current folder in which programs lie."""
SCRIPTS = (
    ".puppeteerrc.cjs",
    ".tools/node_modules/@daisy/ace-cli/bin/ace.js",
    "node_modules/@daisy/ace-cli/bin/ace.js",
    "preload.js",
)
"""Programs in JavaScript that Node.js, Ace or Puppeteer might load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traps:
    """A folder with an edition and traps."""

    folder: Path
    canary: Path
    """The file that each trap adds a line to."""
    home: Path

    def run(self, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """What a command in the folder printed, and its status."""
        variables = {"HOME": str(self.home), "LANG": "C.UTF-8", **environment}
        return subprocess.run(words, cwd=self.folder, env=variables, capture_output=True, text=True, check=False)

    @property
    def sprung(self) -> list[str]:
        """The traps that ran."""
        return self.canary.read_text(encoding="utf-8").splitlines() if self.canary.exists() else []


def module_names() -> Iterator[str]:
    """The names of all modules that can be imported: the standard library, everything installed, and some more."""
    yield from sys.stdlib_module_names
    yield from (name for name in packages_distributions() if name.isidentifier())
    yield from OWN_MODULES


def program_names() -> set[str]:
    """The names of all programs that `doctor` and the validators ask for, and some more."""
    asked: set[str] = set(OWN_PROGRAMS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shutil.which", lambda name, **_: asked.add(name))
        doctor.examine()
    return asked


def _plant(traps: Traps) -> None:
    for name in module_names():
        mark = f"imported {name}"
        code = f"with open({str(traps.canary)!r}, 'a') as canary:\n    canary.write({mark + chr(10)!r})\n"
        (traps.folder / f"{name}.py").write_text(code, encoding="utf-8")
    for place in PLACES:
        (traps.folder / place).mkdir(parents=True, exist_ok=True)
        for name in program_names():
            path = traps.folder / place / name
            path.write_text(f'#!/bin/sh\necho "ran {place}/{name}" >>"{traps.canary}"\n', encoding="utf-8")
            path.chmod(0o755)
    for name in SCRIPTS:
        path = traps.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"require('fs').appendFileSync({str(traps.canary)!r}, 'ran {name}\\n')\n", encoding="utf-8")
        path.parent.parent.joinpath("package.json").write_text('{"version": "1.0.0"}', encoding="utf-8")
    for library in doctor.LIBRARIES:
        (traps.folder / library.files[0]).write_bytes(b"no library")


def lay_traps(top: Path) -> Traps:
    """A folder with an edition and traps all around it, below an empty folder."""
    traps = Traps(folder=top / "edition", canary=top / "canary", home=top / "home")
    shutil.copytree(ROOT / "tests" / "checks" / "clean", traps.folder)
    traps.home.mkdir()
    _plant(traps)
    return traps


def hostile_path(folder: Path) -> str:
    """A PATH with everything that leads into the current folder, and no program of the machine."""
    absolute = (folder, *(folder / place for place in PLACES if place != "bin"))
    return os.pathsep.join((".", "", *PLACES, *map(str, absolute), str(folder.parent)))
