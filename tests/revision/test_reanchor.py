"""What becomes of notes in a text that was changed: certain places, questions, and nothing in between."""

from __future__ import annotations

import random
import time

import pytest

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.plain_text import plain_text
from publisher.load.notes import notes as read_notes
from publisher.model.apparatus import Note
from publisher.model.text import Text
from publisher.revision.align import align
from publisher.revision.classify import Finding, State, classify
from publisher.revision.deciding import Accept, Verdict, usual
from publisher.selectors.match import match

BEFORE = (
    "The conference was opened by its host on a cold morning. In the first year the ministers met in Vienna, and they "
    "agreed on very little.\n\n"
    "Nobody had prepared a draft. In the second year the ministers met in Paris, and the press was not admitted.\n\n"
    "A long silence followed, which the newspapers of the time explained in their own way.\n"
)


def text(content: str) -> Text:
    source = Source(name="text.txt", text=content)
    return plain_text(source, first_paragraph_is_title=False, findings=Findings())


def notes(*lemmas: str) -> tuple[Note, ...]:
    content = "\n".join(f"## n{number}\n\n> {lemma}\n\nSaid.\n" for number, lemma in enumerate(lemmas))
    findings = Findings()
    found = read_notes(Source(name="notes.md", text=content), series="s", figures=[], findings=findings)
    assert not findings.diagnostics
    return found


def finding(before: str, after: str, lemma: str) -> Finding:
    (found,) = classify(notes(lemma), now=text(after), before=text(before)).findings
    return found


def words(found: Finding, after: str) -> list[str]:
    plain = " ".join(text(after).plain.split())
    return [plain[candidate.start : candidate.end] for candidate in found.candidates]


@pytest.mark.parametrize(
    ("change", "lemma", "state", "quoted"),
    [
        (("", ""), "the ministers met in Vienna", State.UNCHANGED, None),
        (("on a cold morning", "on one of the coldest mornings"), "the ministers met in Vienna", State.UNCHANGED, None),
        (("first year", "first two years"), "the ministers met in Vienna", State.UNCHANGED, None),
        (("agreed on very little", "agreed on a little"), "agreed on very little", State.CHANGED, "agreed on a little"),
        (("first year", "third year"), "In the first year **the ministers met**", State.UNCHANGED, "the ministers met"),
        (("press", "cold morning"), "cold morning", State.UNCHANGED, "cold morning"),
        (("followed, which", "followed which"), "silence followed, which", State.CHANGED, "silence followed which"),
    ],
    ids=["nothing", "before", "beside", "inside", "context", "now twice", "a comma"],
)
def test_a_note_follows_its_words(change: tuple[str, str], lemma: str, state: State, quoted: str | None) -> None:
    after = BEFORE.replace(*change, 1) if change[0] else BEFORE
    found = finding(BEFORE, after, lemma)
    assert found.state is state
    if quoted is None:
        assert found.selector is None
    else:
        assert found.selector is not None
        assert found.selector.exact == quoted
        (place,) = match(" ".join(text(after).plain.split()), found.selector)
        assert (place.start, place.end) == (found.candidates[0].start, found.candidates[0].end)


def test_a_passage_that_moved_with_its_surroundings_is_found() -> None:
    first, second, third = BEFORE.strip().split("\n\n")
    after = f"{third}\n\n{second} And so it went for many years, as everybody will remember.\n\n{first}\n"
    found = finding(BEFORE, after, "the press was not admitted")
    assert found.state in (State.UNCHANGED, State.MOVED)
    assert usual(found, Accept.MOVED) == found.candidates[0]
    found = finding(BEFORE, after, "the ministers met in Vienna")
    assert found.state in (State.UNCHANGED, State.MOVED)
    assert words(found, after) == ["the ministers met in Vienna"]


LOOKALIKES = {
    "the sentence is cut, a similar one remains": (
        BEFORE,
        BEFORE.replace("In the first year the ministers met in Vienna, and they agreed on very little.", ""),
        "the ministers met in Vienna",
    ),
    "the sentence is another, its words are elsewhere": (
        BEFORE,
        BEFORE.replace("met in Vienna", "gathered in Graz", 1) + "\nMuch later the ministers met in Vienna again.\n",
        "the ministers met in Vienna",
    ),
    "the place in front is cut, and the same words follow": (
        "The ministers met in Vienna. The ministers met in Paris. They went home.\n",
        "The ministers met in Paris. They went home.\n",
        "The ministers met in Vienna",
    ),
    "one of two refrains is cut": (
        "And the rain fell.\n\nOne came home early.\n\nAnd the rain fell.\n\nTwo came late.\n",
        "One came home early.\n\nAnd the rain fell.\n\nTwo came late.\n",
        "**And the rain fell.** One",
    ),
    "a sentence is doubled": (
        "He saw it. She waited for the train. They left.\n",
        "He saw it. She waited for the train. She waited for the train. They left.\n",
        "She waited for the train",
    ),
    "the second of two equal sentences is cut": (
        "He saw it. She waited. She waited. They left.\n",
        "He saw it. She waited. They left.\n",
        "He saw it. **She waited.**",
    ),
    "the whole paragraph is another one with the same words in it": (
        "Long ago there lived a queen who held the key to the tower and gave it to nobody at all.\n",
        "Yesterday my neighbour, a plumber by trade, said: who held the key to the garden? It was me.\n",
        "who held the key to the",
    ),
    "the paragraph is copied": (
        f"{BEFORE}\nAn end.\n",
        f"{BEFORE}\n{BEFORE}\nAn end.\n",
        "Nobody had prepared a draft",
    ),
    "the words came from a sentence that was there": (
        "Article 5 binds the parties in peace. Article 6 binds the parties in war.\n",
        "Article 6 binds the parties in war.\n",
        "Article 5 binds the parties",
    ),
    "the sentence is cut and a similar one is new": (
        BEFORE,
        BEFORE.replace(" Nobody had prepared a draft.", "").replace("Nobody had prepared a draft. ", "")
        + "\nIn the end nobody has prepared the draft.\n",
        "Nobody had prepared a draft",
    ),
    "a quotation whose context went to another sentence": (
        "In Vienna the ministers met twice, and it rained a little. In Paris they stayed at home for a week.\n",
        "In Linz the ministers met twice, and it rained a little. In Vienna the ministers met and stayed for a week.\n",
        "In Vienna **the ministers met**",
    ),
}


@pytest.mark.parametrize(("before", "after", "lemma"), LOOKALIKES.values(), ids=LOOKALIKES)
def test_a_similar_sentence_never_wins_by_itself(before: str, after: str, lemma: str) -> None:
    found = finding(before, after, lemma)
    assert found.state is State.CANDIDATES, words(found, after)
    assert found.candidates
    assert all(usual(found, level) is Verdict.LATER for level in Accept)


def test_words_that_nothing_is_like_are_gone() -> None:
    after = BEFORE.replace("A long silence followed, which the newspapers of the time explained in their own way.", "")
    found = finding(BEFORE, after, "the newspapers of the time explained")
    assert found.state is State.GONE
    assert usual(found, Accept.MOVED) is Verdict.LATER
    assert usual(found, Accept.ALL) is Verdict.ORPHAN


def test_without_an_earlier_text_the_quotations_decide() -> None:
    lemmas = ("the ministers met in Vienna", "the ministers met", "the ministers met in Rome", "zebras and xylophones")
    found = classify(notes(*lemmas), now=text(BEFORE), before=None).findings
    states = [item.state for item in found]
    assert states == [State.UNCHANGED, State.CANDIDATES, State.CANDIDATES, State.GONE]


def test_every_run_of_an_alignment_is_of_equal_words_in_order() -> None:
    chance = random.Random(7)
    for _ in range(60):
        old = [chance.choice("abcdefgh") for _ in range(chance.randrange(400))]
        new = list(old)
        for _ in range(chance.randrange(12)):
            at = chance.randrange(len(new) + 1)
            new[at : at + chance.randrange(4)] = [chance.choice("abcxyz") for _ in range(chance.randrange(5))]
        found = align(" ".join(old), " ".join(new))
        end = (0, 0)
        for block in found.blocks:
            assert old[block.old : block.old + block.length] == new[block.new : block.new + block.length]
            assert block.length > 0
            assert block.old >= end[0]
            assert block.new >= end[1]
            end = block.old + block.length, block.new + block.length
            assert found.forward(block.old) == block.new
            assert found.backward(block.new) == block.old


def _large(count: int, notes_count: int) -> tuple[str, str, tuple[Note, ...]]:
    """A text of so many words, what became of it, and notes about it."""
    chance = random.Random(3)
    vocabulary = [f"w{number}" for number in range(20_000)]
    old = [
        chance.choice(vocabulary[:200]) if chance.random() < 0.5 else chance.choice(vocabulary) for _ in range(count)
    ]
    new = list(old)
    for _ in range(count // 400):
        at = chance.randrange(len(new))
        new[at : at + chance.randrange(3)] = chance.choices(vocabulary, k=chance.randrange(3))
    starts = sorted(chance.sample(range(0, count - 10, 10), notes_count))
    lemmas = notes(*(" ".join(old[at : at + 6]) for at in starts))
    return " ".join(old), " ".join(new), lemmas


@pytest.mark.parametrize(
    ("count", "amount", "seconds"),
    [(100_000, 500, 4), pytest.param(1_000_000, 5_000, 10, marks=pytest.mark.nightly)],
)
def test_a_long_text_with_many_notes_takes_seconds(count: int, amount: int, seconds: float) -> None:
    before, after, lemmas = _large(count, amount)
    old, new = text(before), text(after)
    start = time.process_time()
    found = classify(lemmas, now=new, before=old).findings
    assert time.process_time() - start < seconds
    assert len(found) == amount
    assert sum(item.state is State.UNCHANGED for item in found) > 0.95 * amount
