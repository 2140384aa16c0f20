"""An edition whose text is not the one that was recorded: an error, and yet everything else in it can be looked at."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.edition import Edition


class AlteredText(PublisherError):
    """Only the record of the text is wrong; the edition is held, so that the same run can check everything else."""

    def __init__(self, *diagnostics: Diagnostic, edition: Edition) -> None:
        """Take the diagnostics and the edition whose recorded checksum is wrong."""
        super().__init__(*diagnostics)
        self.edition = edition


def is_all(diagnostics: list[Diagnostic], about_record: list[Diagnostic]) -> bool:
    """Whether every error is about the record of the text (T-004, or a sha256 that is missing or malformed)."""
    return bool(about_record) and all(diagnostic in about_record for diagnostic in diagnostics)
