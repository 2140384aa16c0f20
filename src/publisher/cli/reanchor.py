"""`publisher reanchor`: the notes of an edition follow a text that was changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from publisher.cli.accept import asks
from publisher.cli.edition_folder import folder_argument
from publisher.cli.types import NearestChoice
from publisher.diagnostics import ExitCode
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.load.recorded import Recorded
    from publisher.revision.classify import Candidate, Comparison, Finding
    from publisher.revision.deciding import Answer
    from publisher.revision.saving import Decisions

SHOWN = 200
"""How many notes are shown without `--json`."""
NAMES = {
    "unchanged": "unchanged",
    "moved": "moved",
    "changed": "the words were changed",
    "candidates": "which passage is meant?",
    "gone": "the words are gone",
}


@click.command()
@folder_argument
@click.option("--from", "origin", metavar="FILE|COMMIT|PDF", help="The earlier text, if it is not found by itself.")
@click.option(
    "--accept",
    type=NearestChoice(["unchanged", "moved", "all"]),
    help="Decide without questions. all: also take changed words, and move notes without words to the orphans.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of each note as JSON.")
@click.pass_context
def reanchor(context: click.Context, folder: Folder, origin: str | None, accept: str | None, as_json: bool) -> None:
    """Make the notes of an edition follow a text that was changed.

    DIR is the folder with edition.yaml; without it, the current folder or its folder `book`.
    The earlier and the present text are compared word by word. Each note is unchanged; or moved with
    what is around it; or its words were changed; or several passages may be meant; or its words are
    gone. On a terminal you are asked about each note that is not unchanged. A passage that is only
    similar is never taken without a question, with --accept neither.
    The quotations in the files of notes are written again, with more context if their words have
    become ambiguous; the rest of the files is unchanged. Notes without words are moved to
    notes/SERIES.orphans.md. If nothing is left to decide, the sha256 in edition.yaml is that of the
    present text.
    The earlier text is a file, a commit or tag of Git, or a PDF with the profile `archive`. Without
    --from it is looked for in the cache of this computer and in Git by the recorded sha256; if neither
    has it, the notes are looked for by their quotations alone.
    The exit status is 0 if nothing is left to decide, 1 if something is.

    \b
    Examples:
      publisher reanchor
      publisher reanchor --from HEAD~3 my-edition
      publisher reanchor --from article-2024.txt --accept moved
      publisher reanchor --from output/edition.archive.pdf --accept all
      publisher reanchor --json
    """
    from publisher.load.recorded import load_recorded
    from publisher.revision.classify import classify
    from publisher.revision.deciding import decide
    from publisher.revision.origins import earlier_text
    from publisher.revision.saving import save
    from publisher.revision.store import texts_stored

    if not folder.matching("edition.yaml"):
        raise click.UsageError("Name the folder of an edition: the notes of a reader belong to its editions.")
    with texts_stored(folder.root):
        recorded = load_recorded(folder)
        before = earlier_text(recorded, origin)
        old = None if before is None else recorded.text_from(before.contents)
        comparison = classify(recorded.notes_on_text, now=recorded.text, before=old)
        how = "the quotations alone: the earlier text is not known" if before is None else before.origin
        if not as_json:
            click.echo(_summary(recorded, comparison, how))
        answers = _answers(recorded, comparison, accept=accept, as_json=as_json)
        decisions = decide(comparison, answers)
        written: tuple[str, ...] = ()
        if accept or (asks() and not as_json):
            written = save(recorded, decisions)
        if as_json:
            click.echo(_json(recorded, comparison, decisions, how, written))
        _conclude(context, recorded, decisions, written)


def _conclude(context: click.Context, recorded: Recorded, decisions: Decisions, written: tuple[str, ...]) -> None:
    """Say what was written and what is left; the exit status is 1 if something is."""
    for name in written:
        click.echo(f"{name} was written.", err=True)
    is_pending = not decisions.is_complete or (not written and bool(decisions.lemmas or decisions.orphans))
    if not decisions.is_complete:
        click.echo("Some notes wait for a decision: run the command again on a terminal.", err=True)
    elif not written and (is_pending or not recorded.is_current):
        click.echo("Nothing was written: decide on a terminal, or with --accept.", err=True)
        is_pending = True
    if is_pending:
        context.exit(ExitCode.CONTENT)


def _summary(recorded: Recorded, comparison: Comparison, how: str) -> str:
    """What was compared, and how many notes are in each state."""
    from publisher.revision.classify import State

    counts = Counter(finding.state for finding in comparison.findings)
    longer = sum(finding.selector is not None for finding in comparison.findings if finding.state is State.UNCHANGED)
    parts = [f"{counts[state]:,} {state}" for state in State if counts[state]]
    more = f"; {longer:,} of them need more context" if longer else ""
    found = ", ".join(parts) or "no notes"
    return f"{recorded.text.source.name}, compared with {how}\n{found}{more}"


def _answers(
    recorded: Recorded, comparison: Comparison, *, accept: str | None, as_json: bool
) -> Mapping[tuple[str, int], Answer]:
    """What is decided of each lemma: as `--accept` says, else as the editor answers."""
    from publisher.revision.classify import State
    from publisher.revision.deciding import Accept, usual

    level = Accept(accept) if accept else Accept.UNCHANGED
    answers: dict[tuple[str, int], Answer] = {}
    shown = 0
    for finding in comparison.findings:
        answer = usual(finding, level)
        if finding.state is not State.UNCHANGED and not as_json:
            shown += 1
            if shown <= SHOWN or (asks() and not accept):
                click.echo(_describe(finding, comparison))
            if asks() and not accept:
                answer = _ask(finding, comparison)
        answers[finding.note.id, finding.quoted.nth] = answer
    if shown > SHOWN and (accept or not asks()):
        click.echo(f"… and {shown - SHOWN:,} more; --json lists all")
    return answers


def _describe(finding: Finding, comparison: Comparison) -> str:
    """A note with its words as they were, and the passages that may be meant."""
    from publisher.diagnostics.report.visible import visible
    from publisher.revision.classify import context

    lines = [f"\n{finding.quoted.lemma.span}: {finding.note.id}: {NAMES[finding.state]}"]
    lines.append(f"    was:  [{visible(finding.quoted.words)}]")
    text = comparison.folded.text
    is_sole = len(finding.candidates) == 1
    for number, candidate in enumerate(finding.candidates, 1):
        label = "now:" if is_sole else f"{number:>3}:"
        alike = "" if candidate.likeness == 100 else f"  ({candidate.likeness:.0f} % alike)"
        lines.append(f"    {label} {visible(context(text, candidate.start, candidate.end))}{alike}")
    return "\n".join(lines)


def _ask(finding: Finding, comparison: Comparison) -> Answer:
    """What the editor answers about a lemma."""
    from publisher.revision.deciding import Verdict

    count = len(finding.candidates)
    ways = [*(["(a)ccept"] if count == 1 else []), *([f"(1–{count}) pick"] if count > 1 else [])]
    ways += ["(e)dit", "(o)rphan", "(l)ater"]
    while True:
        answer = click.prompt(", ".join(ways), default="l", show_default=False).strip().lower()
        if answer in ("l", "later"):
            return Verdict.LATER
        if answer in ("o", "orphan"):
            return Verdict.ORPHAN
        if answer in ("a", "accept") and count == 1:
            return finding.candidates[0]
        if answer.isdigit() and 1 <= int(answer) <= count:
            return finding.candidates[int(answer) - 1]
        if answer in ("e", "edit"):
            edited = _edit(comparison.folded.text)
            if edited is not None:
                return edited


def _edit(text: str) -> Candidate | None:
    """The passage with words that the editor types; None if the text does not have them once, which is said."""
    from publisher.revision.classify import Candidate
    from publisher.selectors.fold import fold
    from publisher.selectors.match import starts

    words = fold(click.prompt("Words of the text", default="", show_default=False)).strip()
    found = list(starts(text, words)) if words else []
    if len(found) == 1:
        return Candidate(start=found[0], end=found[0] + len(words), likeness=100.0)
    if words:
        many = f"is in the text {len(found)} times; write more of it" if found else "is not in the text"
        click.echo(f"“{words}” {many}.")
    return None


def _json(recorded: Recorded, comparison: Comparison, decisions: Decisions, how: str, written: tuple[str, ...]) -> str:
    """Every finding, for programs."""
    from publisher.revision.classify import context

    text = comparison.folded.text
    notes = [
        {
            "note": finding.note.id,
            "series": finding.note.series,
            "lemma": finding.quoted.nth,
            "place": str(finding.quoted.lemma.span),
            "state": str(finding.state),
            "words": finding.quoted.words,
            "candidates": [
                {
                    "words": text[candidate.start : candidate.end],
                    "context": context(text, candidate.start, candidate.end),
                    "likeness": candidate.likeness,
                }
                for candidate in finding.candidates
            ],
            "rewritten": (finding.note.id, finding.quoted.nth) in decisions.lemmas,
            "orphan": finding.note.id in decisions.orphans,
        }
        for finding in comparison.findings
    ]
    value = {
        "text": recorded.text.source.name,
        "compared-with": how,
        "complete": decisions.is_complete,
        "written": list(written),
        "notes": notes,
    }
    return json.dumps(value, ensure_ascii=False, indent=2)
