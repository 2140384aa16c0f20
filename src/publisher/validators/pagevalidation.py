"""page-validation, which knows PDF/UA-1 and PDF/A and needs no other program: PyPI `page-validation`.

Its import name is `page`.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path

from publisher.diagnostics import Severity
from publisher.validators.finding import Finding
from publisher.validators.process import Need, failure, find_programs

NAME = "page-validation"
PROFILE = "ua1"
SECOND = b"<pdfuaid:part>2<"


def module() -> Path | None:
    """The Python package; None where it is not installed."""
    package = find_spec("page")
    return Path(package.origin) if package and package.origin else None


NEEDS = (Need(name="page-validation", locate=module, remedy="pip install page-validation"),)


def version() -> str | None:
    """The version installed; None where there is none."""
    try:
        return package_version("page-validation")
    except PackageNotFoundError:
        return None


def validate(path: Path, *, profile: str = PROFILE) -> tuple[Finding, ...]:
    """Where a PDF breaks a profile (`ua1`, `3a`, …; see its `ValidationProfile`); raises L-010 and L-011.

    It does not know PDF/UA-2, and finds nothing in a file that claims this.
    """
    find_programs(NAME, *NEEDS)
    if profile == PROFILE and SECOND in path.read_bytes():
        return ()
    import page

    try:
        report = page.validate_pdf(path, profile=profile)
    except (page.PageError, OSError) as error:
        raise failure(NAME, str(error)) from error
    return tuple(
        Finding(
            validator=NAME,
            rule=broken.rule_id,
            message=broken.message,
            where=_where(broken.object_id),
            severity=Severity.ERROR,
        )
        for broken in report.failures
        if not _mistaken(broken.rule_id, broken.object_id, path)
    )


def _mistaken(rule: str, object_id: object, path: Path) -> bool:
    """Whether it takes the last byte of a stream for a part of the line end behind it, where that byte is a CR.

    ISO 19005-3, 6.1.7.1, wants Length to be the number of bytes before the line end; that may be LF alone.
    """
    if not rule.endswith("STREAM-LENGTH-001"):
        return False
    number = getattr(object_id, "object_number", None)
    content = path.read_bytes()
    if number is None:  # it does not say which stream: an object stream has no number for it
        return b"\r\nendstream" in content
    stream = re.search(rb"\n%d \d+ obj\n.*?endstream" % number, content, re.DOTALL)
    return stream is not None and stream[0].endswith(b"\r\nendstream")


def _where(object_id: object) -> str:
    """`object 12 0`; empty where it names none."""
    number, generation = getattr(object_id, "object_number", None), getattr(object_id, "generation", None)
    return "" if number is None else f"object {number} {generation}"
