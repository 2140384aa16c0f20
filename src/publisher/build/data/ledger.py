"""The ledger of rights as a file that a spreadsheet reads (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from publisher.model.credits import name_with_roles
from publisher.model.ledger import LedgerEntry
from publisher.model.rendition import Artifact

HEAD = (
    "kind",
    "unit",
    "reading",
    "title",
    "authors",
    "source",
    "copied",
    "status",
    "statement",
    "licence-url",
    "holder",
    "granted",
    "scope",
    "copies",
    "expires",
    "reason",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


def write_ledger(ledger: Iterable[LedgerEntry], *, name: str) -> Artifact:
    """The file, a line for each reading and picture."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(HEAD)
    lines.writerows(map(_row, ledger))
    return Artifact(name=name, content=text.getvalue().encode())


def _row(entry: LedgerEntry) -> tuple[str, ...]:
    rights = entry.entitlement
    values = (
        entry.kind,
        entry.unit,
        entry.slug,
        entry.title,
        "; ".join(name_with_roles(contributor, attributed="attributed") for contributor in entry.authors),
        entry.source,
        "yes" if entry.copied else "no",
        rights.status,
        rights.statement,
        rights.licence_url,
        rights.holder,
        rights.granted,
        rights.scope,
        None if rights.copies is None else str(rights.copies),
        rights.expires,
        rights.reason,
    )
    return tuple(f"'{value}" if value and value.startswith(FORMULA) else str(value or "") for value in values)
