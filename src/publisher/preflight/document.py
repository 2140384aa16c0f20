"""A PDF as a printer opens it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.preflight.painted import Painted, painted


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A PDF that was opened, and what its pages paint."""

    name: str
    pdf: pikepdf.Pdf
    labels: tuple[str, ...]
    """The label of every page."""
    paint: tuple[Painted, ...]
    """What each page paints."""
    least_bleed: float
    """In points."""

    @property
    def grey(self) -> bool:
        """Whether it is meant for a press that knows grey only."""
        intents = self.pdf.Root.get("/OutputIntents", ())
        return any(int(one.get("/DestOutputProfile", Dictionary()).get("/N", 4)) == 1 for one in intents)

    def fault(self, code: str, message: str, *, page: int | None = None, hint: str | None = None) -> Diagnostic:
        """What is wrong, on the page with this index or with the whole."""
        where = self.name if page is None else f"{self.name}, page {self.labels[page]}"
        return Diagnostic(code=code, message=f"{where}: {message}", hint=hint)


@contextmanager
def opened(content: bytes, *, name: str, least_bleed: float) -> Iterator[Printed]:
    """A PDF, opened; raises `PublisherError`: X-011 where it is encrypted, X-001 where it cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise _refusal("X-011", f"{name}: the file is encrypted")
            yield Printed(
                name=name,
                pdf=pdf,
                labels=tuple(page.label for page in pdf.pages),
                paint=tuple(painted(page) for page in pdf.pages),
                least_bleed=least_bleed,
            )
    except pikepdf.PasswordError as error:
        raise _refusal("X-011", f"{name}: the file is encrypted, and asks for a password") from error
    except pikepdf.PdfError as error:
        raise _refusal("X-001", f"{name}: it cannot be read as a PDF: {error}") from error


def _refusal(code: str, message: str) -> PublisherError:
    return PublisherError(
        Diagnostic(code=code, message=message, hint="build it again: publisher build --profile print"),
        exit_code=ExitCode.UNPROVED,
    )
