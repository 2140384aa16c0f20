"""What cannot be printed as it is: D-007."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError


@dataclass(slots=True, kw_only=True)
class Unprintable:
    """What was found on the pages."""

    labels: tuple[str, ...]
    """The label of every page."""
    found: list[Diagnostic] = field(default_factory=list)

    def note(self, page: int, what: str, hint: str) -> None:
        """Takes down what stands on the page with this index."""
        message = f"page {self.labels[page]} cannot be printed as it is: {what}"
        self.found.append(Diagnostic(code="D-007", message=message, hint=hint))

    def settle(self) -> None:
        """Raises `PublisherError` where anything was found."""
        if self.found:
            raise PublisherError(*dict.fromkeys(self.found), exit_code=ExitCode.CONTENT)
