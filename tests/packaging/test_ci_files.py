"""The action for GitHub and the job for GitLab: their commands, run as the files have them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

STUB = '#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n'


def commands(root: Path, server: str) -> list[str]:
    """The commands of a server's file, in order."""
    yaml = YAML(typ="safe")
    if server == "github":
        action: Any = yaml.load(root / ".github" / "actions" / "publish" / "action.yml")
        return [step["run"] for step in action["runs"]["steps"] if "run" in step]
    job: Any = yaml.load(root / ".gitlab" / "publisher.yml")
    return [*job[".publisher"]["before_script"], *job[".publisher"]["script"]]


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """The variables of a machine whose installers only note what they are asked for."""
    for name in ("sudo", "apt-get", "pipx"):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(STUB, encoding="utf-8")
        path.chmod(0o755)
    programs = f"{tmp_path / 'bin'}:{Path(sys.executable).parent}:{os.defpath}"
    given = {"EDITION": "my-edition", "STRICT": "true", "SOURCE": "/source", "PUBLISHER": "/source"}
    places = {"HOME": str(tmp_path), "CALLS": str(tmp_path / "calls"), "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    return {"PATH": programs, **given, **places}


def run(lines: list[str], at: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the lines as servers do: in one shell that ends with the first that fails."""
    script = "\n".join(("set -eo pipefail", *lines))
    return subprocess.run(["bash", "-c", script], cwd=at, env=variables, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("server", ["github", "gitlab"])
def test_edition_is_checked_built_and_verified(
    server: str, root: Path, tmp_path: Path, machine: dict[str, str]
) -> None:
    run(["publisher init my-edition"], tmp_path, machine)
    done = run(commands(root, server), tmp_path, machine)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("identical to the output of publisher") == 4
    assert (tmp_path / "output" / "on-reading-proofs.pdf").exists()
    calls = (tmp_path / "calls").read_text(encoding="utf-8")
    assert "libpango-1.0-0" in calls
    assert "pipx install /source" in calls


@pytest.mark.parametrize("server", ["github", "gitlab"])
def test_edition_with_errors_ends_the_job(server: str, root: Path, tmp_path: Path, machine: dict[str, str]) -> None:
    run(["publisher init my-edition"], tmp_path, machine)
    notes = tmp_path / "my-edition" / "notes" / "editorial.md"
    notes.write_text(notes.read_text(encoding="utf-8").replace("They read aloud", "They read alowd"), encoding="utf-8")
    done = run(commands(root, server), tmp_path, machine)
    assert done.returncode == 1
    assert "notes/editorial.md" in done.stderr
    assert not (tmp_path / "output").exists()


def test_names_of_folders_cannot_run_commands(root: Path) -> None:
    for line in commands(root, "github"):
        assert "${{" not in line, "GitHub pastes expressions into the script: pass them as variables"
