"""The wheel works by itself: in an empty environment, in a folder outside the project."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A wheel, and the environment into which it was installed."""

    wheel: Path
    environment: Path

    def run(self, *words: str | Path, at: Path) -> str:
        """What a program of the environment prints, run in a folder, with nothing set that it does not need."""
        program, *rest = words
        command = [self.environment / "bin" / program, *rest]
        variables = {"PATH": os.defpath, "HOME": str(at), "LANG": "C.UTF-8"}
        done = subprocess.run(command, cwd=at, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, built from the checkout, alone in an environment that borrows the pinned libraries.

    The checkout's own `.pth` file is not read there, so that nothing of the project comes from it.
    """
    place = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", place / "dist", root)
    (wheel,) = (place / "dist").glob("*.whl")
    venv.create(place / "env", symlinks=True)
    libraries = place / "env" / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = ("--python", place / "env" / "bin" / "python", "--disable-pip-version-check")
    _python("-m", "pip", *pip, "install", "--quiet", "--no-index", "--no-deps", "--force-reinstall", wheel)
    return Installed(wheel=wheel, environment=place / "env")


def _python(*words: str | Path) -> None:
    """Run the interpreter of the tests; fail with what it printed."""
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def shipped(root: Path, folder: str) -> set[str]:
    """The files of a folder of the checkout, below it."""
    top = root / folder
    made = {"__pycache__", ".mypy_cache", ".ruff_cache"}
    files = (path.relative_to(top) for path in top.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not made & set(path.parts)}


def test_wheel_carries_every_file_of_the_package_and_every_style(root: Path, installed: Installed) -> None:
    with ZipFile(installed.wheel) as archive:
        carried = {name for name in archive.namelist() if not name.partition("/")[0].endswith(".dist-info")}
    package = {f"publisher/{name}" for name in shipped(root, "src/publisher")}
    styles = {f"publisher/styles/{name}" for name in shipped(root, "styles")}
    assert styles
    assert carried == package | styles


def test_wheel_carries_the_licence(installed: Installed) -> None:
    with ZipFile(installed.wheel) as archive:
        (licence,) = (name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
        assert b"GNU AFFERO GENERAL PUBLIC LICENSE" in archive.read(licence)


@pytest.mark.parametrize("name", ["diagnostics/codes", "styles", "templates"])
def test_installed_wheel_finds_its_own_files_and_not_those_of_the_checkout(
    installed: Installed, tmp_path: Path, name: str
) -> None:
    code = f"from publisher.workspace import resources; print(resources({name!r}).root)"
    place = installed.run("python", "-c", code, at=tmp_path).strip()
    assert Path(place).is_relative_to(installed.environment)


def test_installed_wheel_starts_and_builds_an_edition_outside_the_project(installed: Installed, tmp_path: Path) -> None:
    installed.run("publisher", "init", "edition", at=tmp_path)
    installed.run("publisher", "build", "edition", "-f", "epub", "-f", "pdf", "-o", "finished", at=tmp_path)
    kinds = {path.suffix: path.read_bytes()[:4] for path in (tmp_path / "finished").iterdir()}
    assert kinds == {".epub": b"PK\3\4", ".pdf": b"%PDF", ".json": b"{\n  "}


def test_installed_wheel_runs_the_first_commands_of_readme(installed: Installed, tmp_path: Path, root: Path) -> None:
    section = (root / "README.md").read_text(encoding="utf-8").partition("## A first edition\n```sh\n")[2]
    lines = section.partition("```")[0].splitlines()
    commands = [line.partition("#")[0].split() for line in lines]
    assert [words[:2] for words in commands] == [["publisher", name] for name in ("init", "build", "verify")]
    for words in commands:
        shown = installed.run(*words, at=tmp_path)
    assert shown.count("identical to the output of publisher") == 2


def test_installed_wheel_runs_the_examples_for_python_and_the_plugin(
    installed: Installed, tmp_path: Path, root: Path
) -> None:
    installed.run("publisher", "init", "my-edition", at=tmp_path)
    installed.run("publisher", "init", "--reader", "my-reader", at=tmp_path)
    page = root / "docs" / "python.md"
    code = f"import doctest; print(doctest.testfile({str(page)!r}, module_relative=False, encoding='utf-8'))"
    assert installed.run("python", "-c", code, at=tmp_path).startswith("TestResults(failed=0, attempted=")
    pip = ("--python", installed.environment / "bin" / "python", "--disable-pip-version-check")
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    _python("-m", "pip", *pip, "install", *options, root / "examples" / "plugin")
    assert "headings" in installed.run("publisher", "export", "--help", at=tmp_path)
