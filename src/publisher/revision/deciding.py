"""Findings and answers to the decisions that are written into the files of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from publisher.model.apparatus import Selector
from publisher.revision.classify import Candidate, Comparison, Finding, State, describe
from publisher.revision.saving import Decisions


class Accept(StrEnum):
    """What is decided without a question."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    ALL = "all"


class Verdict(StrEnum):
    """What an editor says of a lemma, if it is not one of the candidates."""

    LATER = "later"
    ORPHAN = "orphan"


Answer = Candidate | Verdict
ACCEPTED = {
    Accept.UNCHANGED: frozenset({State.UNCHANGED}),
    Accept.MOVED: frozenset({State.UNCHANGED, State.MOVED}),
    Accept.ALL: frozenset({State.UNCHANGED, State.MOVED, State.CHANGED, State.GONE}),
}
"""The states that each of them decides: never one with several candidates."""


def usual(finding: Finding, accept: Accept) -> Answer:
    """What is decided of a finding without asking anyone."""
    if finding.state not in ACCEPTED[accept]:
        return Verdict.LATER
    return Verdict.ORPHAN if finding.state is State.GONE else finding.candidates[0]


def decide(comparison: Comparison, answers: Mapping[tuple[str, int], Answer]) -> Decisions:
    """The decisions that answers make, by the id of the note and the number of its lemma.

    A note becomes an orphan if all its lemmas have lost their words; one that has others still waits for its editor.
    """
    lemmas: dict[tuple[str, int], Selector] = {}
    orphans: set[str] = set()
    is_complete = True
    for note, findings in _by_note(comparison.findings).items():
        given = [answers[note, item.quoted.nth] for item in findings]
        if all(item is Verdict.ORPHAN for item in given):
            orphans.add(note)
            continue
        for finding, answer in zip(findings, given, strict=True):
            if isinstance(answer, Verdict):
                is_complete = False
                continue
            selector = _selector(finding, answer, comparison.folded.text)
            if selector is not None:
                lemmas[note, finding.quoted.nth] = selector
    return Decisions(lemmas=lemmas, orphans=orphans, is_complete=is_complete)


def _selector(finding: Finding, answer: Candidate, text: str) -> Selector | None:
    """How the note must quote a passage; None if it quotes that and nothing else."""
    if finding.state in (State.UNCHANGED, State.MOVED) and answer == finding.candidates[0]:
        return finding.selector
    return describe(text, answer)


def _by_note(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    notes: dict[str, list[Finding]] = {}
    for finding in findings:
        notes.setdefault(finding.note.id, []).append(finding)
    return notes
