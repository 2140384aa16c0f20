"""What is said where a file cannot be read or written."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError


def files_error(code: str, message: str, *, hint: str | None = None) -> PublisherError:
    """An error of the file system, exit code 4."""
    return PublisherError(Diagnostic(code=code, message=message, hint=hint), exit_code=ExitCode.FILES)
