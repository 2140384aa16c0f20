"""The Containerfile: its steps, run in a new Debian."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def steps(root: Path) -> list[tuple[str, str]]:
    """The instructions of the file with their words, in order."""
    lines = (root / "Containerfile").read_text(encoding="utf-8").splitlines()
    return [(line.split()[0], line.partition(" ")[2]) for line in lines if line and not line.startswith("#")]


def test_file_installs_what_the_wheel_needs(root: Path) -> None:
    found = steps(root)
    assert [name for name, _ in found] == ["FROM", "RUN", "COPY", "RUN", "RUN", "USER", "WORKDIR", "ENTRYPOINT"]
    setup = (root / "tools" / "setup").read_text(encoding="utf-8")
    libraries = re.search(r'^    libraries="(.+)"$', setup, re.MULTILINE)
    assert libraries is not None
    assert set(libraries[1].split()) <= set(found[1][1].split())


@pytest.mark.nightly
def test_steps_give_a_command_that_builds_and_verifies(root: Path, tmp_path: Path) -> None:
    system = tmp_path / "system"
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm", system], check=True, capture_output=True)
    subprocess.run([root / "tools" / "dist", root / "dist"], check=True, capture_output=True)
    if CERTIFICATES.exists():  # a registry may be reached through one that this machine trusts
        (system / CERTIFICATES.relative_to("/")).parent.mkdir(parents=True, exist_ok=True)
    for name, words in steps(root):
        match name:
            case "RUN":
                inside(system, words)
                if CERTIFICATES.exists() and "ca-certificates" in words:
                    shutil.copy(CERTIFICATES, system / CERTIFICATES.relative_to("/"))
            case "COPY":
                *patterns, place = words.split()
                folder = system / place.strip("/")
                folder.mkdir(parents=True)
                for path in (path for pattern in patterns for path in root.glob(pattern)):
                    shutil.copy(path, folder)
    done = inside(system, "cd && publisher init e && publisher build e && publisher verify e", user="editor")
    assert done.count("identical to the output of publisher") == 4


def inside(system: Path, command: str, *, user: str = "root") -> str:
    """What a command prints in the new system."""
    variables = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    variables |= {"HOME": "/root" if user == "root" else f"/home/{user}"}
    variables |= {name: os.environ[name] for name in ("PIP_CERT",) if name in os.environ}
    words = ["chroot", f"--userspec={user}", str(system), "sh", "-c", command]
    done = subprocess.run(words, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
