"""Faults that have one correct answer, corrected in the files of an edition; its text is never changed.

A diagnostic carries the change that corrects it (`Diagnostic.fix`). Files are written whole or not at all.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from publisher.diagnostics import Diagnostic, Fix, PublisherError
from publisher.workspace import read_file
from publisher.workspace.rewriting import rewrite

ROUNDS = 50
"""How often a folder is checked again, since a file of YAML shows one fault at a time."""
YAML = "E-002"
"""What is reported of a file that is no YAML."""

Check = Callable[[], tuple[Diagnostic, ...]]
"""Everything that a check finds now."""


@dataclass(slots=True, kw_only=True)
class Fixing:
    """One run over the files of an edition or a reader."""

    protected: Callable[[], frozenset[Path]]
    """The files of texts, which are never changed; asked again in each round."""
    originals: dict[Path, bytes] = field(default_factory=dict)
    """What each changed file was."""
    given_up: set[Path] = field(default_factory=set)
    """Files that no change has made into YAML, and that are as they were."""

    def run(self, check: Check) -> tuple[Diagnostic, ...]:
        """Apply every certain fix until there is none left; return what is still found.

        Raises `PublisherError` with exit code 4 if a file cannot be written; each file is whole then.
        """
        found = check()
        for _ in range(ROUNDS):
            changes = self._changes(_everything(found), certain=True)
            if not changes:
                break
            for path, fixes in changes.items():
                self._write(path, fixes)
            found = check()
        return self._revert(found, check)

    def is_confirmed(self, found: Iterable[Diagnostic], ask: Callable[[Diagnostic], bool]) -> bool:
        """Apply the fixes that somebody confirms, one at a time; return whether one was applied."""
        uncertain = [
            diagnostic
            for diagnostic in _everything(found)
            if diagnostic.fix is not None and not diagnostic.fix.is_certain
        ]
        agreed = [
            diagnostic for diagnostic in uncertain if self._changes([diagnostic], certain=False) and ask(diagnostic)
        ]
        changes = self._changes(agreed, certain=False)
        for path, fixes in changes.items():
            self._write(path, fixes)
        return bool(changes)

    def diff(self) -> str:
        """Return what was changed, as a unified diff."""
        return "".join(
            line
            for path, before in self.originals.items()
            for line in _diff(path, before.decode("utf-8", "replace"), read_file(path).decode("utf-8", "replace"))
        )

    def _changes(self, found: Iterable[Diagnostic], *, certain: bool) -> dict[Path, list[Fix]]:
        """The fixes of each file that may be changed; of those that overlap, the first."""
        protected, changes = self.protected(), dict[Path, list[Fix]]()
        for diagnostic in found:
            fix = diagnostic.fix
            if fix is None or fix.is_certain is not certain:
                continue
            path = Path(fix.span.source.name)
            if path.resolve() in protected or path in self.given_up or not _is_as_read(path, fix):
                continue
            others = changes.setdefault(path, [])
            if all(fix.span.end < item.span.start or item.span.end < fix.span.start for item in others):
                others.append(fix)
        return {path: fixes for path, fixes in changes.items() if fixes}

    def _write(self, path: Path, fixes: list[Fix]) -> None:
        before = read_file(path)
        text = fixes[0].span.source.text
        for fix in sorted(fixes, key=lambda item: item.span.start, reverse=True):
            text = text[: fix.span.start] + fix.text + text[fix.span.end :]
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        rewrite(path, before=before, after=mark + text.encode("utf-8"))
        self.originals.setdefault(path, before)

    def _revert(self, found: tuple[Diagnostic, ...], check: Check) -> tuple[Diagnostic, ...]:
        """Give up files that still are no YAML: they become what they were."""
        broken = {
            Path(diagnostic.span.source.name)
            for diagnostic in _everything(found)
            if diagnostic.code == YAML and diagnostic.span
        }
        lost = [path for path in self.originals if path in broken]
        for path in lost:
            rewrite(path, before=read_file(path), after=self.originals.pop(path))
            self.given_up.add(path)
        return self.run(check) if lost else found


def _everything(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics, and those beneath them."""
    for diagnostic in found:
        yield diagnostic
        yield from _everything(diagnostic.beneath)


def _is_as_read(path: Path, fix: Fix) -> bool:
    """Whether a file still has the text that was checked."""
    try:
        return read_file(path).removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace") == fix.span.source.text
    except PublisherError:
        return False


def _diff(path: Path, before: str, after: str) -> Iterator[str]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in unified_diff(old, new, fromfile=path.as_posix(), tofile=path.as_posix(), n=1):
        yield line if line.endswith("\n") else f"{line}\n"
