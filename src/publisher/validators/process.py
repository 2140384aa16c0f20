"""Finds and runs foreign programs; the only place that starts one.

A program comes from the installation or from an absolute entry of PATH. It runs in a neutral folder, with absolute
paths as arguments and with few variables, so that nothing next to the files that it validates can make it load code: no
`.puppeteerrc.cjs` or `.hotspotrc` of the current folder, no NODE_OPTIONS, CLASSPATH or GS_LIB.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.isolation import NEUTRAL_FOLDER, installation, search_path
from publisher.workspace.tempdir import scratch_folder

JAVA_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A virtual machine that lives for seconds starts faster with these."""
VARIABLES = (
    "DYLD_FALLBACK_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "HOME",
    "JAVA_HOME",
    "LANG",
    "LD_LIBRARY_PATH",
    "LOGNAME",
    "TEMP",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "XDG_RUNTIME_DIR",
)
"""The variables that a program gets in addition to PATH. What names files is absolute, as `isolation` leaves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that has to be installed before a validator can run."""

    name: str
    """As people know it: `a Java runtime`."""
    locate: Callable[[], Path | None]
    """Where it is; None where it is not installed."""
    remedy: str
    """What to run to get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a program left behind."""

    status: int
    stdout: str
    stderr: str
    content: bytes = b""
    """The bytes of `stdout`, for what is no text in UTF-8."""


def find_programs(validator: str, *needs: Need) -> tuple[Path, ...]:
    """The places of everything needed, in order; raises L-010 for each that is missing, exit code 3."""
    found = tuple(need.locate() for need in needs)
    places = tuple(place for place in found if place is not None)
    if len(places) < len(needs):
        missing = (need for need, place in zip(needs, found, strict=True) if place is None)
        raise PublisherError(*(_missing(validator, need) for need in missing), exit_code=ExitCode.MISSING)
    return places


def program(*names: str) -> Path | None:
    """The first of these programs that the installation has, or an absolute folder of PATH; None if there is none."""
    places = os.pathsep.join((*map(str, tool_folders()), search_path(os.environ.get("PATH", os.defpath))))
    return next((Path(found) for name in names if (found := shutil.which(name, path=places))), None)


def tool_folders() -> tuple[Path, ...]:
    """Where the installation has programs: `.tools/bin` of a checkout, and the folder of its Python."""
    top = installation()
    checkout = () if top is None else (Path(top, ".tools", "bin"),)
    return (*checkout, Path(sys.prefix, "bin"))


def npm_package(name: str) -> Path | None:
    """The folder of an npm package: in `.tools` of a checkout, else next to Node.js (`npm install --global`)."""
    top, node = installation(), program("node")
    checkout = () if top is None else (Path(top, ".tools", "node_modules"),)
    beside = () if node is None else (node.resolve().parents[1] / "lib" / "node_modules",)
    packages = (folder / name for folder in (*checkout, *beside))
    return next((package for package in packages if (package / "package.json").is_file()), None)


def npm_remedy(name: str) -> str:
    """The command that installs an npm package where `npm_package` finds it."""
    top = installation()
    place = "--global" if top is None else f"--prefix {Path(top, '.tools')}"
    return f"npm install {place} --ignore-scripts {name}"


def run(
    command: Sequence[str | Path],
    *,
    validator: str,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> Outcome:
    """What the program left behind, in the C locale; raises L-011 if it does not start or takes too long.

    It reads `stdin` from its standard input, nothing if that is None.

    A `Path` in the command is made absolute, since the program runs in another folder.
    """
    words = [str(word.absolute()) if isinstance(word, Path) else word for word in command]
    variables = {**_variables(), "LC_ALL": "C.UTF-8", **(environment or {})}
    try:
        started = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=variables,
            cwd=NEUTRAL_FOLDER,
            process_group=0,
        )
    except OSError as error:
        raise failure(validator, f"{words[0]} does not start: {error.strerror}") from error
    with started:
        try:
            stdout, stderr = started.communicate(None if stdin is None else stdin.encode(), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise failure(validator, f"it was not done after {seconds:g} seconds") from error
        finally:
            _end(started)
    return Outcome(status=started.returncode, stdout=_text(stdout), stderr=_text(stderr), content=stdout)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with scratch_folder() as folder:
        yield folder


def failure(validator: str, message: str) -> PublisherError:
    """L-011: the validator came to no verdict."""
    return PublisherError(
        Diagnostic(
            code="L-011",
            message=f"{validator} came to no verdict: {message}",
            hint="try again; `publisher doctor` shows whether it has everything that it needs",
        ),
        exit_code=ExitCode.UNPROVED,
    )


def last_words(outcome: Outcome) -> str:
    """The last line that a program printed, for a message about its failure."""
    lines = (outcome.stderr.strip() or outcome.stdout.strip()).splitlines()
    return lines[-1] if lines else f"it ended with status {outcome.status}"


def _variables() -> dict[str, str]:
    """What a program sees of the environment."""
    known = {name: os.environ[name] for name in VARIABLES if name in os.environ}
    return {**known, "PATH": search_path(os.environ.get("PATH", os.defpath)), "PYTHONSAFEPATH": "1"}


def _end(started: subprocess.Popen[bytes]) -> None:
    """Ends whatever is left of the program and of those that it started."""
    try:
        os.killpg(started.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _missing(validator: str, need: Need) -> Diagnostic:
    return Diagnostic(code="L-010", message=f"{validator} needs {need.name}, which is not installed", hint=need.remedy)
