"""The Nu HTML checker, which knows the HTML standard and CSS: https://validator.github.io/validator/.

It does not know EPUB's attributes, so these are blanked first; lines and columns stay as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from publisher.diagnostics import Severity
from publisher.validators.epub_rules import open_epub
from publisher.validators.finding import Finding
from publisher.validators.java import JAVA
from publisher.validators.process import (
    JAVA_OPTIONS,
    Need,
    failure,
    find_programs,
    last_words,
    npm_package,
    npm_remedy,
    run,
    scratch,
)

NAME = "nu"
SECONDS = 120
STACK = "-Xss8m"
"""Its HTML schema overflows the usual stack."""
STYLE_SHEET = ".css"
EPUB_ATTRIBUTE = re.compile(rb"""(?<=\s)epub:[\w-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')""")


def jar() -> Path | None:
    """The jar; None where the npm package is not installed."""
    package = npm_package("vnu-jar")
    return package / "build" / "dist" / "vnu.jar" if package else None


NEEDS = (
    JAVA,
    Need(name="the Nu HTML checker", locate=jar, remedy=npm_remedy("vnu-jar")),
)


def version() -> str | None:
    """The version installed; None where there is none."""
    package = npm_package("vnu-jar")
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]) if package else None


def validate(path: Path) -> tuple[Finding, ...]:
    """Return the errors and warnings of an HTML, XHTML or CSS file, or of all documents and style sheets of an EPUB.

    Raises L-010 and L-011.
    """
    java, archive = find_programs(NAME, *NEEDS)
    command = (java, *JAVA_OPTIONS, STACK, "-jar", archive, "--format", "json", "--stdout", "--exit-zero-always")
    with scratch() as folder:
        names = tuple(_unpack(path, into=folder))
        documents = [folder / name for name in names if not name.endswith(STYLE_SHEET)]
        sheets = [folder / name for name in names if name.endswith(STYLE_SHEET)]
        found = _check(command, documents, folder) if documents else ()
        return (*found, *_check((*command, "--css"), sheets, folder)) if sheets else found


def _check(command: Sequence[str | Path], files: Sequence[Path], folder: Path) -> tuple[Finding, ...]:
    """What the checker finds in files of one kind."""
    outcome = run((*command, *files), validator=NAME, seconds=SECONDS)
    try:
        return tuple(_findings(json.loads(outcome.stdout)["messages"], folder))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise failure(NAME, last_words(outcome)) from error


def without_epub_attributes(content: bytes) -> bytes:
    """The document with spaces where an `epub:` attribute was."""
    return EPUB_ATTRIBUTE.sub(lambda found: re.sub(rb"[^\n]", b" ", found[0]), content)


def _unpack(path: Path, *, into: Path) -> Iterator[str]:
    """The names of the documents and style sheets, copied into a folder; documents without their `epub:` attributes."""
    for name, content in _documents(path):
        copy = into / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content if name.endswith(STYLE_SHEET) else without_epub_attributes(content))
        yield name


def _documents(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files with their names, in an EPUB those that end in `.xhtml` or `.css`."""
    if path.suffix != ".epub":
        yield path.name, path.read_bytes()
        return
    with open_epub(path, validator=NAME) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", STYLE_SHEET)) and ".." not in name.split("/") and not name.startswith("/"):
                yield name, book.read(name)


def _findings(messages: list[dict[str, Any]], folder: Path) -> Iterator[Finding]:
    for message in messages:
        is_error = message["type"] != "info"
        if is_error or message.get("subType") == "warning":
            yield Finding(
                validator=NAME,
                rule="error" if is_error else "warning",
                message=message["message"],
                where=_where(message, folder),
                severity=Severity.ERROR if is_error else Severity.WARNING,
            )


def _where(message: dict[str, Any], folder: Path) -> str:
    """`EPUB/text/text.xhtml:12:34`: where what it objects to ends."""
    name = str(message.get("url", "")).partition(folder.name + "/")[2]
    position = (message[key] for key in ("lastLine", "lastColumn") if key in message)
    return ":".join(map(str, (name, *position)))
