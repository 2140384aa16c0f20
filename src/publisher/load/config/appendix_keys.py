"""`agreements` and `documents`: their files, and whether each of them begins a page."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.load.findings import Findings
from publisher.load.yaml.formats import FILE
from publisher.load.yaml.nodes import Mapping, Node
from publisher.load.yaml.schema import Keys, Record, Values, default
from publisher.load.yaml.types import Json, OneOf, PatternOrList, Placed
from publisher.model.settings import Each

_FILES = PatternOrList(FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendixFiles:
    """The files of an appendix, as a pattern or a list names them."""

    files: tuple[Placed, ...] = ()
    each: Each = Each.RUN


class AppendixKeys(Keys):
    """`agreements` or `documents` as a mapping."""

    files = default("files", _FILES, absent=(), about="a pattern or a list of files")
    each = default("each", OneOf(Each), absent=Each.RUN, about="page: each begins a page; run: one follows the other")


def _appendix(given: Values) -> AppendixFiles:
    return AppendixFiles(files=given[AppendixKeys.files], each=given[AppendixKeys.each])


APPENDIX_RECORD = Record(keys=AppendixKeys.all(), build=_appendix, empty=AppendixFiles())


@dataclass(frozen=True, slots=True)
class Appendix:
    """A pattern, a list of files, or a mapping that has one of these; its own pattern if it names no files."""

    pattern: str

    def read(self, node: Node, *, findings: Findings) -> AppendixFiles | None:
        """The files, and whether each begins a page."""
        if not isinstance(node, Mapping):
            files = _FILES.read(node, findings=findings)
            return None if files is None else AppendixFiles(files=files)
        found = APPENDIX_RECORD.read(node, findings=findings)
        if found is None or any(pair.key == AppendixKeys.files.name for pair in node.pairs):
            return found
        return AppendixFiles(files=(Placed(self.pattern, node.span),), each=found.each)

    def schema(self) -> dict[str, Json]:
        """Any of the three."""
        return {"anyOf": [_FILES.schema(), APPENDIX_RECORD.schema()]}

    def blank(self) -> AppendixFiles:
        """No files."""
        return AppendixFiles()
