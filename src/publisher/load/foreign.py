"""PDFs from elsewhere: whether they can be bound, how many pages they have, and what words stand on these.

What is wrong is told where `reader.yaml` names the file; a file that has to be repaired is not guessed at.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass

import pikepdf
import pypdfium2

from publisher.diagnostics import Span
from publisher.load.findings import Findings
from publisher.load.ranges import PlacedRanges
from publisher.model.reader import ForeignBody

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffd]")
"""What the text of a PDF may hold and no document of ours can."""
LINE_END_HYPHEN = "\x02"
"""What the reader of PDFs writes for a hyphen at a line end; the word goes on in the next line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What `reader.yaml` says of a PDF."""

    name: str
    """The file, as people see it."""
    span: Span
    """Where it is named."""
    pages: PlacedRanges | None
    first_folio: int | None
    with_text: bool | None


def foreign(content: bytes, wanted: Wanted, *, findings: Findings) -> ForeignBody | None:
    """The pages that are wanted of a PDF; None after noting C-011, C-012, C-013 or C-014."""
    count = _count(content, wanted, findings)
    if count is None:
        return None
    first, last = wanted.pages.ranges[0] if wanted.pages else (1, count)
    if last > count:
        findings.error(
            "C-014",
            f"{wanted.name} has {count} page{'' if count == 1 else 's'}, and page {last} is asked for",
            span=(wanted.pages.span if wanted.pages else None) or wanted.span,
            hint=f"pages are counted from the first of the file, whatever is printed on them: pages: 1-{count}",
        )
        return None
    try:
        texts, sizes = _texts(content, first, last), _sizes(content, first, last)
    except pypdfium2.PdfiumError as error:
        _note_damaged(wanted, findings, str(error))
        return None
    return ForeignBody(
        name=wanted.name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        first=first,
        last=last,
        count=count,
        first_folio=wanted.first_folio,
        texts=texts,
        sizes=sizes,
        with_text=wanted.with_text,
    )


def _count(content: bytes, wanted: Wanted, findings: Findings) -> int | None:
    """How many pages a PDF has; None after noting that it cannot be bound."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                _note_encrypted(wanted, findings)
                return None
            pages = len(pdf.pages)
            wrong = pdf.check_pdf_syntax() if pages else []
    except pikepdf.PasswordError:
        _note_encrypted(wanted, findings)
        return None
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        _note_damaged(wanted, findings, str(error) if content.startswith(b"%PDF-") else "it is no PDF")
        return None
    if wrong:
        _note_damaged(wanted, findings, wrong[0])
        return None
    if not pages:
        findings.error("C-013", f"{wanted.name} has no pages", span=wanted.span, hint="save it anew, with its pages")
        return None
    return pages


def _note_encrypted(wanted: Wanted, findings: Findings) -> None:
    findings.error(
        "C-012",
        f"{wanted.name} is encrypted, and its pages cannot be bound",
        span=wanted.span,
        hint="ask whoever holds the rights for a file without a password; or give a link instead: link: https://…",
    )


def _note_damaged(wanted: Wanted, findings: Findings, why: str) -> None:
    reason = re.sub(r"^.*?: ", "", why.partition("\n")[0]).rstrip(".") or "it cannot be read"
    findings.error(
        "C-011",
        f"{wanted.name} is damaged: {reason}",
        span=wanted.span,
        hint="get the file once more from where it comes from",
    )


def _texts(content: bytes, first: int, last: int) -> tuple[str, ...]:
    """The words of each page, as far as it has any."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        return tuple(_text(pdf, at) for at in range(first - 1, last))
    finally:
        pdf.close()


def _sizes(content: bytes, first: int, last: int) -> tuple[tuple[float, float], ...]:
    """Width and height of each page, as it is turned."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        return tuple((float(width), float(height)) for width, height in map(pdf.get_page_size, range(first - 1, last)))
    finally:
        pdf.close()


def _text(pdf: pypdfium2.PdfDocument, at: int) -> str:
    page = pdf[at]
    words = page.get_textpage()
    try:
        found = str(words.get_text_range())
    finally:
        words.close()
        page.close()
    joined = found.replace(f"{LINE_END_HYPHEN}\r\n", "").replace(f"{LINE_END_HYPHEN}\n", "")
    return UNPRINTABLE.sub("", joined.replace("\r\n", "\n").replace("\r", "\n")).strip()
