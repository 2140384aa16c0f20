"""The judges there are, for `doctor` and for whoever wants every verdict."""

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
    judges: tuple[str, ...]
    """Extensions of the files that it can judge."""
    needs: tuple[Need, ...]
    version: Callable[[], str | None]
    judge: Callable[[Path], tuple[Finding, ...]]

    @property
    def missing(self) -> tuple[Need, ...]:
        """What has to be installed before it can judge."""
        return tuple(need for need in self.needs if need.locate() is None)


VALIDATORS = (
    Validator(
        name=epubcheck.NAME,
        judges=(".epub",),
        needs=epubcheck.NEEDS,
        version=epubcheck.version,
        judge=epubcheck.validate,
    ),
    Validator(
        name=epub_rules.NAME,
        judges=(".epub",),
        needs=epub_rules.NEEDS,
        version=epub_rules.version,
        judge=epub_rules.validate,
    ),
    Validator(name=ace.NAME, judges=(".epub",), needs=ace.NEEDS, version=ace.version, judge=ace.validate),
    Validator(
        name=nu.NAME, judges=(".epub", ".html", ".xhtml", ".css"), needs=nu.NEEDS, version=nu.version, judge=nu.validate
    ),
    Validator(name=qpdf.NAME, judges=(".pdf",), needs=qpdf.NEEDS, version=qpdf.version, judge=qpdf.validate),
    Validator(
        name=pagevalidation.NAME,
        judges=(".pdf",),
        needs=pagevalidation.NEEDS,
        version=pagevalidation.version,
        judge=pagevalidation.validate,
    ),
    Validator(
        name=verapdf.NAME,
        judges=(".pdf",),
        needs=verapdf.NEEDS,
        version=verapdf.version,
        judge=verapdf.validate,
    ),
)
