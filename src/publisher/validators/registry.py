"""The validators there are, for `doctor` and and for callers that want every result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from publisher.validators import ace, epub_rules, epubcheck, nu, pagevalidation, qpdf, verapdf
from publisher.validators.finding import Finding
from publisher.validators.process import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """A foreign program that gives verdicts."""

    name: str
    extensions: tuple[str, ...]
    """Extensions of the files that it can check."""
    needs: tuple[Need, ...]
    version: Callable[[], str | None]
    validate: Callable[[Path], tuple[Finding, ...]]

    @property
    def missing(self) -> tuple[Need, ...]:
        """What has to be installed before it can run."""
        return tuple(need for need in self.needs if need.locate() is None)


VALIDATORS = (
    Validator(
        name=epubcheck.NAME,
        extensions=(".epub",),
        needs=epubcheck.NEEDS,
        version=epubcheck.version,
        validate=epubcheck.validate,
    ),
    Validator(
        name=epub_rules.NAME,
        extensions=(".epub",),
        needs=epub_rules.NEEDS,
        version=epub_rules.version,
        validate=epub_rules.validate,
    ),
    Validator(name=ace.NAME, extensions=(".epub",), needs=ace.NEEDS, version=ace.version, validate=ace.validate),
    Validator(
        name=nu.NAME,
        extensions=(".epub", ".html", ".xhtml", ".css"),
        needs=nu.NEEDS,
        version=nu.version,
        validate=nu.validate,
    ),
    Validator(name=qpdf.NAME, extensions=(".pdf",), needs=qpdf.NEEDS, version=qpdf.version, validate=qpdf.validate),
    Validator(
        name=pagevalidation.NAME,
        extensions=(".pdf",),
        needs=pagevalidation.NEEDS,
        version=pagevalidation.version,
        validate=pagevalidation.validate,
    ),
    Validator(
        name=verapdf.NAME,
        extensions=(".pdf",),
        needs=verapdf.NEEDS,
        version=verapdf.version,
        validate=verapdf.validate,
    ),
)
