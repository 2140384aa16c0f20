"""What is said of the mistakes in YAML that people make who do not know it."""

from __future__ import annotations

import pytest

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.yaml.nodes import Mapping, Scalar, tree

MISTAKES = [
    ("subtitle: 'It's mine'", "an apostrophe inside the quotation ends it", 'write subtitle: "It\'s mine"'),
    (
        'subtitle: "So "called" it"',
        "a quotation mark inside the quotation ends it",
        "write subtitle: 'So \"called\" it'",
    ),
    ("title: Thoreau: A Life", "a colon followed by a space begins a new key", 'write title: "Thoreau: A Life"'),
    ("- name: Anon: a poet", "a colon followed by a space begins a new key", 'write name: "Anon: a poet"'),
    ("title: “On Reading: Proofs”", "curly quotation marks quote nothing in YAML", 'write title: "On Reading: Proofs"'),
    ("title: „Eins: Zwei“", "curly quotation marks quote nothing in YAML", 'write title: "Eins: Zwei"'),
    (
        "source:\n\tfile: a.txt",
        "the line is indented with a tab",
        "indent it with spaces, as many as the lines around it",
    ),
    (
        "source:\n  file: a.txt\n   sha256: 12",
        "indented by 3 spaces, and the line above by 2",
        "begin in the same column",
    ),
    (
        "source:\n   file: a.txt\n  sha256: 12",
        "indented by 2 spaces, and the line above by 3",
        "begin in the same column",
    ),
    ("title: @home", "a value that begins with “@” has another meaning in YAML", 'write title: "@home"'),
    ("title: `code`", "a value that begins with “`” has another meaning in YAML", 'write title: "`code`"'),
    (
        "source:\n\u00a0\u00a0file: a.txt\n  sha256: 12",
        "a no-break space divides nothing in YAML",
        "replace it by a plain space",
    ),
    ("title:\u00a0A\nlanguage: en", "a no-break space divides nothing in YAML", "replace it by a plain space"),
    (
        "contributors:\n  – name: A\n    role: aut",
        "begins with a hyphen, not with a dash or a bullet",
        "begin it with a hyphen and a space",
    ),
    (
        "contributors:\n  • name: A\n    role: aut",
        "begins with a hyphen, not with a dash or a bullet",
        "begin it with a hyphen and a space",
    ),
    ("language:en-GB   # BCP 47: en\ndate: 2026", "there is no space after the colon", "write language: en-GB"),
    ("title: 100\ndate:2026-01-01\nlanguage: en", "there is no space after the colon", "write date: 2026-01-01"),
]


@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CR LF"])
def test_the_cause_is_named_and_the_line_is_written_correctly(text: str, message: str, hint: str, end: str) -> None:
    source = Source(name="edition.yaml", text=f"# A comment\n{text}\n".replace("\n", end))
    findings = Findings()
    assert tree(source, start=0, end=len(source.text), findings=findings) is None
    (found,) = findings.diagnostics
    assert found.code == "E-002"
    assert message in found.message
    assert found.hint is not None
    assert hint in found.hint


@pytest.mark.parametrize("text", [mistake[0] for mistake in MISTAKES if mistake[2].startswith("write ")])
def test_what_the_hint_says_is_yaml(text: str) -> None:
    source = Source(name="edition.yaml", text=text)
    findings = Findings()
    tree(source, start=0, end=len(text), findings=findings)
    (found,) = findings.diagnostics
    assert found.hint is not None
    written = found.hint.removeprefix("write ")
    again = tree(Source(name="x", text=written), start=0, end=len(written), findings=Findings())
    assert isinstance(again, Mapping)
    assert isinstance(again.pairs[0].value, Scalar)
