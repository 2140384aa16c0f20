"""What cannot be printed as it is: D-007."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.page import name_pages


@dataclass(slots=True, kw_only=True)
class Unprintable:
    """What was found on the pages."""

    labels: tuple[str, ...]
    """The label of every page."""
    found: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """The pages, counted from 0, on which something was found, by what it is and what can be done."""

    def note(self, page: int, what: str, hint: str) -> None:
        """Takes down what is on the page with this index."""
        self.found.setdefault((what, hint), []).append(page)

    def settle(self) -> None:
        """Raises `PublisherError` where anything was found: each thing once, with its pages."""
        if self.found:
            found = (
                Diagnostic(code="D-007", message=f"{self._named(pages)}: {what}", hint=hint)
                for (what, hint), pages in self.found.items()
            )
            raise PublisherError(*found, exit_code=ExitCode.CONTENT)

    def _named(self, pages: list[int]) -> str:
        """The pages in words: `pages 3–5 and 9 cannot be printed as they are`."""
        are = "it is" if len(set(pages)) == 1 else "they are"
        return f"{name_pages(pages, self.labels)} cannot be printed as {are}"
