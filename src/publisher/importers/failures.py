"""Files that cannot be imported: what is wrong with them, and what to do."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError

NOTHING = "nothing was written"


def damage_error(name: str, reason: str) -> PublisherError:
    """W-002: a file that cannot be read."""
    return PublisherError(
        Diagnostic(
            code="W-002",
            message=f"{name} is damaged: {reason}",
            hint=f"open it in the program that made it, save it again, and import that file; {NOTHING}",
        )
    )


def encrypt(name: str) -> PublisherError:
    """W-003: a file with a password."""
    return PublisherError(
        Diagnostic(
            code="W-003",
            message=f"{name} is encrypted: it can be opened with its password alone",
            hint=f"save a copy without the password, and import the copy; {NOTHING}",
        )
    )


def too_much(name: str, reason: str) -> PublisherError:
    """W-004: a file that exceeds a limit."""
    return PublisherError(
        Diagnostic(
            code="W-004",
            message=f"{name} is too large to be imported: {reason}",
            hint=f"divide the document, or make its pictures smaller; {NOTHING}",
        )
    )


def not_importable(name: str, kind: str, hint: str) -> PublisherError:
    """W-001: a file of a kind that cannot be imported, or that is not what its name says."""
    return PublisherError(Diagnostic(code="W-001", message=f"{name} is {kind}", hint=f"{hint}; {NOTHING}"))


def wordless(name: str, words: str = "") -> PublisherError:
    """W-008: a file without words that can be in a text."""
    shown = " ".join(words.split())
    but = f"; it holds “{shown[:200]}”, which is left out" if shown else ""
    return PublisherError(
        Diagnostic(
            code="W-008",
            message=f"{name} has no words for a text{but}",
            hint=f"name a document with a text; {NOTHING}",
        )
    )


def missing_pandoc(name: str, kind: str) -> PublisherError:
    """W-006: Pandoc is needed and not installed."""
    return PublisherError(
        Diagnostic(
            code="W-006",
            message=f"{name} is {kind}, which is read by Pandoc, and Pandoc is not installed",
            hint="install it: pip install 'publisher[import]'; DOCX, TEI, plain text and references need no Pandoc",
        ),
        exit_code=ExitCode.MISSING,
    )
