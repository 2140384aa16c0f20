"""What the layout engine says on its log, as diagnostics: it continues where we must not."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from publisher.diagnostics import Diagnostic, Source, Span
from publisher.pdf.base_address import BASE

_LOGGERS = ("weasyprint", "fontTools")
_UNDRAWN = "Failed to render SVG image "
_POSITION = re.compile(r" at (\d+):(\d+)")


@dataclass(slots=True)
class Log:
    """The messages of one call of the engine."""

    messages: list[str] = field(default_factory=list)

    def diagnostics(self, sheet: Source | None = None) -> tuple[Diagnostic, ...]:
        """Each message as a diagnostic; those on a style sheet at their place in it."""
        return tuple(_diagnostic(message, sheet) for message in dict.fromkeys(self.messages))


class _Collector(logging.Handler):
    """A handler that keeps messages."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one message."""
        self.log.messages.append(record.getMessage())


@contextmanager
def capture() -> Iterator[Log]:
    """The log of the engine while this is open; nothing of it reaches the terminal."""
    log = Log()
    collector = _Collector(log)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger, logger.propagate, logger.level, logger.handlers[:]) for logger in loggers]
    for logger in loggers:
        logger.handlers[:] = [collector]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield log
    finally:
        for logger, propagate, level, handlers in before:
            logger.handlers[:] = handlers
            logger.propagate = propagate
            logger.setLevel(level)


def _diagnostic(message: str, sheet: Source | None) -> Diagnostic:
    if sheet is not None:
        return Diagnostic(
            code="S-001",
            message=f"the layout engine does not take this: {_lower(message)}",
            span=_span(message, sheet),
            hint="correct or remove the declaration; screen-only rules belong into a file named …screen.css",
        )
    if message.startswith(".notdef"):
        return Diagnostic(
            code="F-001",
            message=f"no typeface has the character {message.partition(': ')[2]}; a box would be printed",
            hint="replace it, or put a typeface that has it into the edition's folder fonts/",
        )
    if message.startswith(("Failed to load", "Error fetching")) or "Font-face" in message:
        return Diagnostic(
            code="D-002",
            message=f"a file that the pages need was not used: {_lower(message)}",
            hint="put the file into the edition's folder and name it as it is called there",
        )
    if message.startswith(_UNDRAWN):
        return Diagnostic(
            code="I-011",
            message=f"the layout engine cannot draw {message.removeprefix(_UNDRAWN).removeprefix(BASE)}",
            hint="save it again as a plain SVG, or as PNG",
        )
    return Diagnostic(code="D-001", message=f"the layout engine complains: {_lower(message)}")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _span(message: str, sheet: Source) -> Span:
    """The line of the style sheet that a message names, from its column on; the first line where it names none."""
    found = _POSITION.search(message)
    if not found:
        return sheet.line_span(1)
    line, column = (int(number) for number in found.groups())
    line = min(line, len(sheet.line_starts))
    whole = sheet.line_span(line)
    start = min(sheet.offset(line, column), whole.end)
    return sheet.span(start, whole.end)
