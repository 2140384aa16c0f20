"""Roles of contributors: codes that are not known, and what their hints say."""

from __future__ import annotations

import pytest

from publisher.diagnostics import Source
from publisher.load.config.relators import Relator
from publisher.load.findings import Findings
from publisher.load.yaml.nodes import Scalar


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("translator", "write trl (translator)"),
        ("Translator", "write trl (translator)"),
        ("TRL", "write trl (translator)"),
        ("tranlator", "write trl (translator)"),
        ("introduction", "write win (writer of introduction)"),
        ("trn", "write trl (translator)"),
        ("editor", "write edt (editor)"),
        ("edi", "write edt (editor)"),
        ("q", "write a code: aut (author), edt (editor), trl (translator), ill (illustrator)"),
        ("x" * 5_000, "write a code: aut (author)"),
    ],
)
def test_the_hint_names_the_code(written: str, hint: str) -> None:
    findings, source = Findings(), Source(name="edition.yaml", text=f"role: {written}")
    span = source.span(6, 6 + len(written))
    assert Relator().read(Scalar(text=written, plain=True, span=span), findings=findings) is None
    (error,) = findings.diagnostics
    assert (error.code, str(error.span)) == ("E-006", "edition.yaml:1:7")
    assert (error.hint or "").startswith(hint)
