"""No command imports or runs anything from the folder that it is run in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.security.traps import ROOT, Traps, hostile_path, program_names

from publisher.cli.program import COMMANDS
from publisher.diagnostics import ExitCode

PUBLISHER = Path(sys.prefix) / "bin" / "publisher"
CALLED = "import sys; sys.argv[0] = 'publisher'; from publisher.cli import main; main()"
EARLY = ("_distutils_hack", "publisher", "sitecustomize", "usercustomize")
PRINT = ("--profile", "screen", "--profile", "print")
LINES: dict[str, tuple[tuple[str, ...], ExitCode]] = {
    "init": (("init", "new"), ExitCode.DONE),
    "import": (("import", "text.md", "imported"), ExitCode.DONE),
    "check": (("check", "--conformance", "--require", "all"), ExitCode.MISSING),
    "build": (("build", "-j", "2", "-f", "epub", "-f", "pdf", *PRINT), ExitCode.DONE),
    "build-all": (("build-all", "new", "-j", "2", "-o", "all"), ExitCode.DONE),
    "accept": (("accept", "--yes"), ExitCode.DONE),
    "reanchor": (("reanchor", "--accept", "unchanged"), ExitCode.DONE),
    "fonts": (("fonts",), ExitCode.DONE),
    "import-review": (("import-review", "reviewed.docx"), ExitCode.USAGE),
    "export": (("export", "annotations", "-o", "exported"), ExitCode.DONE),
    "verify": (("verify",), ExitCode.DONE),
    "cite": (("cite", "the"), ExitCode.CONTENT),
    "proof": (("proof", ".", "output/edition.pdf"), ExitCode.DONE),
    "cover": (("cover", "--pages", "80"), ExitCode.DONE),
    "impose": (("impose", "output/edition.pdf"), ExitCode.DONE),
    "preflight": (("preflight", "output/edition.print.pdf"), ExitCode.DONE),
    "explain": (("explain", "S-010"), ExitCode.DONE),
    "schema": (("schema",), ExitCode.DONE),
    "lsp": (("lsp", "--help"), ExitCode.DONE),
    "doctor": (("doctor",), ExitCode.DONE),
    "clean": (("clean",), ExitCode.DONE),
    "completion": (("completion", "bash"), ExitCode.DONE),
    "watch": (("watch",), ExitCode.DONE),
    "preview": (("preview", "--no-browser"), ExitCode.DONE),
}
"""A line that makes each command do its work, and the status that it ends with."""


ENDLESS = ("watch", "preview")
"""The commands that end at a signal; they get it after some seconds."""
TIMEOUT = ("/usr/bin/timeout", "--preserve-status", "12")


def test_every_command_has_a_line() -> None:
    assert set(LINES) == {entry.name for entry in COMMANDS}


def test_the_programs_that_are_looked_for_are_found() -> None:
    assert {"qpdf", "java", "gs", "node", "chromium"} <= program_names()


def test_no_command_runs_what_lies_in_the_current_folder(traps: Traps) -> None:
    path = hostile_path(traps.folder)
    for name, (words, status) in LINES.items():
        outcome = traps.run(*(TIMEOUT if name in ENDLESS else ()), PUBLISHER, *words, PATH=path)
        assert traps.sprung == [], name
        assert outcome.returncode == status, (name, outcome.stdout, outcome.stderr)


@pytest.mark.parametrize(
    "environment",
    [
        {"PATH": "/usr/bin:/bin"},
        {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": ":/usr/lib"},
        {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": ".;/usr/lib", "NODE_OPTIONS": "--require ./preload.js"},
        {"PATH": "", "PYTHONPATH": "modules:/nonexistent", "TMPDIR": "output", "XDG_CACHE_HOME": "."},
    ],
    ids=["usual", "empty entry of libraries", "relative folder of libraries", "relative folder of modules"],
)
def test_no_variable_leads_into_the_current_folder(environment: dict[str, str], traps: Traps) -> None:
    _move_modules(traps.folder)
    for words in (("doctor",), ("check",)):
        outcome = traps.run(PUBLISHER, *words, **environment)
        assert traps.sprung == [], words
        assert outcome.returncode == ExitCode.DONE, outcome.stderr
    assert not (traps.folder / "publisher").exists()


def test_workers_import_nothing_from_the_current_folder(traps: Traps) -> None:
    """Also if Python was started so that it and its children take the current folder, or ignore the environment."""
    (traps.folder / "publisher.py").unlink()
    build = ("build", "-j", "2", "-f", "pdf", "--no-cache")
    for python in ((sys.executable, "-c", CALLED), (sys.executable, "-E", PUBLISHER)):
        outcome = traps.run(*python, *build, PATH=hostile_path(traps.folder))
        assert traps.sprung == []
        assert outcome.returncode == ExitCode.DONE, outcome.stderr


def test_every_module_of_a_build_has_a_trap(traps: Traps) -> None:
    """The traps are laid for what can be imported; this holds them against what a build does import."""
    listed = "print(*(name for name, one in sys.modules.items() if getattr(one, '__spec__', None)), file=sys.stderr)"
    code = f"import atexit, sys; atexit.register(lambda: {listed}); {CALLED}"
    outcome = traps.run(sys.executable, "-P", "-c", code, "build", "-j", "1", "-f", "pdf", "--no-cache")
    imported = {name.partition(".")[0] for name in outcome.stderr.split()}
    assert {name for name in imported if not (traps.folder / f"{name}.py").exists()} == set()
    assert {"subprocess", "weasyprint", "publisher"} <= imported


@pytest.mark.nightly
def test_validators_load_nothing_from_the_current_folder(traps: Traps) -> None:
    """With all validators: Java, Node.js, Puppeteer and Chromium have ways of their own into the current folder."""
    path = f".::{ROOT}/.tools/bin:/usr/bin:/bin"
    outcome = traps.run(PUBLISHER, "check", "--conformance", "--require", "all", PATH=path, CLASSPATH=".", GS_LIB=".")
    assert traps.sprung == []
    assert outcome.returncode == ExitCode.DONE, outcome.stdout


def _move_modules(folder: Path) -> None:
    """Move the modules to a folder of their own, without those that Python imports before the program begins."""
    (folder / "modules").mkdir()
    for path in folder.glob("*.py"):
        early = path.stem in sys.stdlib_module_names or path.stem in EARLY
        path.unlink() if early else path.rename(folder / "modules" / path.name)
