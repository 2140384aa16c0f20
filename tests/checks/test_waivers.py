"""A warning may be waived with a reason; an error may not; a waiver without use is reported."""

from __future__ import annotations

import pytest

from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.diagnostics.sink import Look, Waiver
from publisher.validate.waivers import waive

TEXT = Source(name="book/article.txt", text="one\ntwo\n")
DOUBT = Diagnostic(code="T-006", message="invisible", span=TEXT.line_span(2), severity=Severity.WARNING)
WRONG = Diagnostic(code="T-004", message="another text", span=TEXT.line_span(1))


def waiver(code: str, where: str | None = None) -> Waiver:
    return Waiver(code=code, reason="It is so.", where=where, span=None)


@pytest.mark.parametrize("where", [None, "article.txt", "article.txt:2", "book/article.txt:2"])
def test_a_warning_is_waived_everywhere_or_at_its_place(where: str | None) -> None:
    assert waive((WRONG, DOUBT), waivers=(waiver("T-006", where),)) == (WRONG,)


@pytest.mark.parametrize("where", ["article.txt:1", "notes.md", "cle.txt"])
def test_a_waiver_for_another_place_waives_nothing_and_is_reported(where: str) -> None:
    doubt, unused = waive((DOUBT,), waivers=(waiver("T-006", where),))
    assert doubt is DOUBT
    assert (unused.code, unused.severity) == ("E-020", Severity.WARNING)
    assert unused.message == f"the waiver is of no use: T-006 is not found in {where}"


def test_an_error_is_never_waived() -> None:
    wrong, unused = waive((WRONG,), waivers=(waiver("T-004"),))
    assert wrong is WRONG
    assert unused.message.endswith("T-004 is an error, which no waiver silences")


def test_one_waiver_may_serve_several_warnings() -> None:
    assert waive((DOUBT, DOUBT), waivers=(waiver("T-006"),)) == ()


def test_waivers_for_pages_count_for_pages_and_no_others() -> None:
    loose = Diagnostic(code="P-007", message="a loose line", span=TEXT.line_span(1), severity=Severity.WARNING)
    waivers = (waiver("P-007", "article.txt:1"), waiver("T-006"))
    assert waive((DOUBT,), waivers=waivers) == ()
    assert waive((loose,), waivers=waivers, looks=(Look.PROOF,)) == ()
    (unused,) = waive((), waivers=waivers, looks=(Look.PROOF,))
    assert unused.message == "the waiver is of no use: P-007 is not found in article.txt:1"
