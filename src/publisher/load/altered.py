"""An edition whose text is not the one that was recorded: an error, and yet everything else in it can be looked at."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.edition import Edition

CODE = "T-004"


class AlteredText(PublisherError):
    """T-004 and nothing else, with the edition as it stands; what else is wrong with it is told in the same run."""

    def __init__(self, *diagnostics: Diagnostic, edition: Edition) -> None:
        super().__init__(*diagnostics)
        self.edition = edition


def is_all(diagnostics: list[Diagnostic]) -> bool:
    """Whether the altered text is all that was found wrong."""
    return {one.code for one in diagnostics} == {CODE}
