"""Diagnostics for text editors: one line each, as compilers print them."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.diagnostics import Diagnostic
from publisher.reporting.order import Order, ordered
from publisher.reporting.visible import visible


def render(diagnostics: Iterable[Diagnostic], *, order: Order = ordered) -> str:
    """One line each, `path:line:col: error[CODE]: message`, in order; empty where there is none."""
    return "".join(f"{_line(diagnostic)}\n" for diagnostic in order(diagnostics))


def _line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    message = visible(" ".join(diagnostic.message.splitlines()))
    return f"{place}{diagnostic.severity}[{diagnostic.code}]: {message}"
