"""A small sound edition, read from words so that its spans are real."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown as read_markdown
from publisher.model.agreement import Agreement, Force, Provision
from publisher.model.apparatus import Note, Selector, Series
from publisher.model.edition import Edition
from publisher.model.inline import Reference
from publisher.model.output import Output
from publisher.model.settings import Provenance, Rights, RightsStatus, Settings
from publisher.model.target import Format
from publisher.model.text import Text

YAML = Source(name="edition.yaml", text="series:\nnotes/one.md\n")


@pytest.fixture
def markdown() -> Callable[[str], Text]:
    """Reads Markdown in which nothing is wrong by itself."""

    def read(words: str) -> Text:
        findings = Findings()
        text = read_markdown(Source(name="text.md", text=words), figures=[], findings=findings)
        assert findings.diagnostics == []
        return text

    return read


@pytest.fixture
def note(markdown: Callable[[str], Text]) -> Callable[[str], Note]:
    """A note with the id `one`."""
    source = Source(name="notes.md", text="## one\n\n> x\n\nWords.\n")

    def write(words: str) -> Note:
        return Note(
            id="one",
            series="editorial",
            selector=Selector(exact="x"),
            blocks=markdown(words).blocks,
            kind=None,
            span=source.line_span(1),
            lemma_span=source.line_span(3),
        )

    return write


@pytest.fixture
def agreement() -> Agreement:
    """An agreement with one provision."""
    span = Source(name="agreement.md", text="id: istanbul\n").line_span(1)
    return Agreement(
        id="istanbul",
        title="Charter",
        short="Charter",
        date="1999",
        place="Istanbul",
        parties=(),
        kind=(),
        force=Force.DRAFT,
        force_note=(),
        document=(),
        published=(),
        date_note=(),
        blocks=(),
        provisions=(Provision(id="8", label=(), blocks=(), span=span),),
        span=span,
    )


@pytest.fixture
def reference() -> Reference:
    """A record with the key `key`."""
    return Reference(key="key", record="{}", span=Source(name="references.json", text="[]").span(0, 1))


@pytest.fixture
def edition(
    markdown: Callable[[str], Text], note: Callable[[str], Note], agreement: Agreement, reference: Reference
) -> Edition:
    """An edition in which everything that is named is there."""
    return Edition(
        settings=settings(),
        text=markdown("Words."),
        front=(),
        back=(),
        notes=(note("See [@key]."),),
        agreements=(agreement,),
        references=(reference,),
        images=(),
    )


def settings() -> Settings:
    """Settings with one series."""
    return Settings(
        title="T",
        subtitle=None,
        short_title="T",
        language="en",
        identifier="urn:x:y",
        isbn=None,
        contributors=(),
        publisher=None,
        place=None,
        date="2026-11-24",
        statement=None,
        description=None,
        subjects=(),
        provenance=Provenance(
            file="a.txt", sha256="", first_paragraph_is_title=False, published=None, url=None, statement=None
        ),
        rights=Rights(status=RightsStatus.UNKNOWN, statement="", apparatus=None, licence_url=None),
        series=(Series(id="editorial", title="Notes", file="notes/one.md"),),
        front=(),
        back=(),
        agreements=(),
        agreements_title="Agreements",
        references=None,
        citation_style="chicago-author-date",
        output=Output(name="a", formats=(Format.EPUB,), page_width="1in", page_height="1in", paragraph_numbers=True),
        source=YAML,
    )
