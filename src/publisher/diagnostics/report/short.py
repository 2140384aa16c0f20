"""Diagnostics for text editors: one line each, as compilers print them."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.diagnostics import Diagnostic
from publisher.diagnostics.names import label
from publisher.diagnostics.report.order import Order, in_order, printed_diagnostics, unprinted_count
from publisher.diagnostics.report.visible import shorten, visible


def render(diagnostics: Iterable[Diagnostic], *, order: Order = in_order) -> str:
    """One line each, `path:line:col: error[CODE name]: message`, in order; empty if there is none.

    At most `order.PRINTED` of them are shown, errors first; a last line says how many more there are.
    """
    told = order(diagnostics)
    more = [words] if (words := unprinted_count(told)) else []
    return "".join(f"{line}\n" for line in (*map(_line, printed_diagnostics(told)), *more))


def _line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    message = visible(" ".join(shorten(diagnostic.message).splitlines()))
    return f"{place}{diagnostic.severity}[{label(diagnostic.code)}]: {message}"
