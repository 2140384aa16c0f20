"""What is left of the environment and of Python's path once the program is isolated."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher import isolation
from publisher.validators.process import run

SAYS = (
    "import sys; from publisher.isolation import isolate; isolate(); import json, os; "
    "print(json.dumps({'variables': dict(os.environ), 'path': sys.path, 'safe': sys.flags.safe_path, "
    "'cache': sys.pycache_prefix}))"
)
KEPT: dict[str, tuple[str, str | None]] = {
    "an empty entry": ("PATH=:/usr/bin:", "/usr/bin"),
    "the current folder": ("PATH=.:/usr/bin:bin:./x", "/usr/bin"),
    "nothing absolute": ("PATH=.", os.defpath),
    "an empty search path": ("PATH=", os.defpath),
    "the current folder, absolute": ("PATH={here}:/usr/bin", "/usr/bin"),
    "tools of the current folder, absolute": (
        "PATH={here}/.tools/bin:{here}/node_modules/.bin:{here}/.venv/bin:/usr/bin",
        "/usr/bin",
    ),
    "another folder of the user": ("PATH=/home/x/bin:/usr/bin", "/home/x/bin:/usr/bin"),
    "libraries, empty entry": ("LD_LIBRARY_PATH=:/usr/lib", "/usr/lib"),
    "libraries, semicolon": ("LD_LIBRARY_PATH=/usr/lib;", "/usr/lib"),
    "libraries, the program's folder": ("LD_LIBRARY_PATH=$ORIGIN/../x", None),
    "a library loaded first": ("LD_PRELOAD=./libx.so", None),
    "modules": ("PYTHONPATH=:lib:/nonexistent", "/nonexistent"),
    "compiled modules": ("PYTHONPYCACHEPREFIX=cache", None),
    "user's modules": ("PYTHONUSERBASE=base", None),
    "the user's folder": ("HOME=.", None),
    "cache": ("XDG_CACHE_HOME=cache", None),
    "cache, absolute": ("XDG_CACHE_HOME=/nonexistent/cache", "/nonexistent/cache"),
    "OpenSSL": ("OPENSSL_CONF=openssl.cnf", None),
    "Dask": ("DASK_CONFIG=dask", None),
    "Bash": ("BASH_ENV=./rc", None),
    "Node.js": ("NODE_OPTIONS=--require ./x.js", None),
    "packages of Node.js": ("NODE_PATH=node_modules:/usr/lib/node_modules", "/usr/lib/node_modules"),
    "Java": ("JAVA_TOOL_OPTIONS=-javaagent:x.jar", None),
    "classes": ("CLASSPATH=.:x.jar", None),
    "Ghostscript": ("GS_LIB=.", None),
    "temporary files": ("TMPDIR=tmp", "{here}/tmp"),
}
"""A variable, and what is left of it; `{here}` is the current folder."""


def isolated(folder: Path, *options: str, **environment: str) -> dict[str, object]:
    """What a process says of itself after it is isolated in a folder."""
    command = [sys.executable, *options, "-c", SAYS]
    outcome = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    said: dict[str, object] = json.loads(outcome.stdout)
    return said


@pytest.mark.parametrize(("setting", "left"), KEPT.values(), ids=KEPT.keys())
def test_a_variable_keeps_what_is_absolute(setting: str, left: str | None, tmp_path: Path) -> None:
    name, _, value = setting.replace("{here}", str(tmp_path)).partition("=")
    variables = isolated(tmp_path, **{name: value})["variables"]
    assert isinstance(variables, dict)
    assert variables.get(name) == (left and left.replace("{here}", str(tmp_path)))
    assert variables["PYTHONSAFEPATH"] == "1"


def test_the_current_folder_is_not_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    said = isolated(tmp_path, PYTHONPATH=f":lib:{tmp_path}", PYTHONPYCACHEPREFIX="cache", HOME=".")
    path = said["path"]
    assert isinstance(path, list)
    assert [entry for entry in path if not Path(entry).is_absolute() or Path(entry).is_relative_to(tmp_path)] == []
    assert said["cache"] is None


def test_an_installation_in_the_current_folder_stays_on_the_path() -> None:
    package = Path(isolation.__file__).parents[1]
    path = isolated(package)["path"]
    assert isinstance(path, list)
    assert str(package) in path


def test_python_that_ignores_the_environment_begins_anew_with_a_safe_path(tmp_path: Path) -> None:
    assert isolated(tmp_path, "-E")["safe"]
    assert not isolated(tmp_path)["safe"]


def test_a_deleted_folder_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    script = f"cd {folder} && rmdir {folder} && exec {sys.executable} -P -c '{SAYS.replace(chr(39), chr(34))}'"
    folder.mkdir()
    outcome = subprocess.run(["sh", "-c", script], env={"PATH": ".:/usr/bin:/bin"}, capture_output=True, check=True)
    assert json.loads(outcome.stdout)["variables"]["PATH"] == "/usr/bin:/bin"


def test_libraries_are_loaded_outside_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with isolation.OutsideCurrentFolder():
        assert Path.cwd() == Path(isolation.NEUTRAL_FOLDER)
    assert Path.cwd() == tmp_path


def test_a_program_runs_in_a_neutral_folder_with_few_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NODE_OPTIONS", "--require ./x.js")
    monkeypatch.setenv("CLASSPATH", ".")
    monkeypatch.setenv("PATH", f".:{tmp_path}:/usr/bin")
    (tmp_path / "says.py").write_text(
        "import json, os, sys; print(json.dumps([os.getcwd(), sys.argv, dict(os.environ)]))"
    )
    folder, words, variables = json.loads(run((sys.executable, Path("says.py")), validator="x", seconds=20).stdout)
    assert (folder, words) == (isolation.NEUTRAL_FOLDER, [str(tmp_path / "says.py")])
    assert variables["PATH"] == "/usr/bin"
    assert {"NODE_OPTIONS", "CLASSPATH"} & set(variables) == set()
