"""The pipeline calls the stages in order and gathers what they find; the stages here are stand-ins."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import make_dataclass, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import publisher.build.archive_sources  # with its own stages, before these are replaced
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.model.output import Output
from publisher.model.profile import ColourProfile, Profile, Profiles
from publisher.model.rendition import Artifact, PdfOutput
from publisher.model.target import Format
from publisher.model.typesetting import NO_TYPESETTING
from publisher.workspace import Folder

LOST = Diagnostic(code="N-900", message="lemma not found")
UNKNOWN = Diagnostic(code="R-900", message="no such reference")
NO_GLYPH = Diagnostic(code="F-900", message="no typeface has it")
DOUBT = Diagnostic(code="R-901", message="nothing cites it", severity=Severity.WARNING)


class Stages:
    """What the stand-ins do, and the calls that they got."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.doubts: tuple[Diagnostic, ...] = ()
        self.missing_glyphs: tuple[Diagnostic, ...] = ()
        self.raising: dict[str, Diagnostic] = {}
        self.profiles = Profiles(wanted=(Profile.SCREEN,))

    def call(self, name: str, value: object = None) -> Any:
        """Notes the call; raises if the stage is to raise."""
        self.calls.append(name)
        if name in self.raising:
            raise PublisherError(self.raising[name])
        return value

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Notes that the pipeline tells of a stage."""
        self.calls.append(f"[{name}]")
        yield


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    """Stand-ins in the place of all stages."""
    stages = Stages()
    output = Output(
        name="a",
        formats=(Format.EPUB, Format.PDF),
        page_width="156mm",
        page_height="234mm",
        paragraph_numbers=True,
        profiles=stages.profiles,
    )
    source = SimpleNamespace(name="here/edition.yaml")
    provenance = SimpleNamespace(names=())
    settings = SimpleNamespace(date="2026-11-24", output=output, waivers=(), source=source, provenance=provenance)
    cover = SimpleNamespace(design=None)
    text = SimpleNamespace(source=SimpleNamespace(files=()))
    edition = SimpleNamespace(page_map=None, settings=settings, cover=cover, files=(), text=text)
    annotated = SimpleNamespace(edition=edition, anchors=(), elsewhere=())
    fields = {
        "output": output,
        "metadata": SimpleNamespace(identifier="urn:a", generator="publisher"),
        "images": (),
        "accessibility": "facts",
        "page_map": None,
        "cover": cover,
        "ledger": (),
        "colour_profile": ColourProfile(shown="press.icc", content=b""),
        "unverified": (),
        "typesetting": NO_TYPESETTING,
        "printer": None,
        "files": (),
    }
    composed = make_dataclass("Composed", fields, namespace={"made_for": lambda publication, profile: publication})
    publication = composed(**fields)

    def artifact(rendition: object, *, name: str, moment: str) -> Artifact:
        stages.call(f"write {name} {rendition} {moment}")
        return Artifact(name=name, content=str(rendition).encode())

    def pdf(render: Callable[[object, object, object], object], *, executor: object, name: str, moment: str) -> object:
        made = artifact(render({}, None, None), name=name, moment=moment)
        return SimpleNamespace(artifact=made, page_starts=("page 1",), misplaced=(), divided=(), sizes=(), left=())

    def pdfs(
        render: Callable[[object, object, object], object],
        *,
        executor: object,
        finishes: tuple[PdfOutput, ...],
        moment: str,
    ) -> object:
        pages = render({}, None, None)
        names = (pdf_output.name for pdf_output in finishes)
        written = ((name, artifact(pages, name=name, moment=moment)) for name in names)
        return tuple(
            SimpleNamespace(
                artifact=item, page_starts=(f"page 1 of {name}",), misplaced=(), divided=(), sizes=(), left=()
            )
            for name, item in written
        )

    def unasked(*_: object, **__: object) -> object:
        raise AssertionError("an edition without a cover of its own asks for none")

    modules: dict[str, dict[str, Callable[..., Any]]] = {
        "load": {"load_edition": lambda folder, *, freezing: stages.call("load", edition)},
        "validate": {
            "warnings": lambda edition: stages.call("warnings", stages.doubts),
            "validate": lambda edition: stages.call("validate"),
        },
        "annotate": {"annotate": lambda edition: stages.call("annotate", annotated), "crossings": lambda anchors: ()},
        "compose": {
            "compose": lambda annotated, *, moment, audience: stages.call(f"compose {moment}", publication),
            "in_print": lambda publication: publication,
            "with_page_starts": lambda publication, starts: (
                (stages.call(f"with {starts[0]}", "with_page_starts"), "urn:a#pdf") if starts else (publication, None)
            ),
            "with_accessibility": lambda publication, measured: stages.call(f"with {measured}", publication),
            "other_pages": unasked,
            "with_page_breaks": lambda publication, starts: stages.call(f"with {starts[0]}", "with_page_starts"),
        },
        "render": {
            "render_pdf": lambda publication, *, profile, **known: stages.call(f"render pdf for {profile}", "pages"),
            "attached_sources": lambda publication: (),
            "crowded_margins": lambda publication, profiles: (),
            "render_epub": lambda publication, *, cover, page_break_source, draft=None: stages.call(
                f"render epub {page_break_source} {cover}", "documents"
            ),
            "render_cover": lambda publication: stages.call("render cover", "cover"),
            "shipped_files": unasked,
            "undrawn": lambda error, publication: error,
            "unread_lines": lambda publication, profiles: (),
        },
        "render.builtin": {"text_face": lambda: "house face"},
        "render.accessibility": {"accessibility": lambda statement, *, generator: ()},
        "validate.accessibility": {
            "measure": lambda rendition, *, paged: f"facts of {rendition}, {'paged' if paged else 'not paged'}",
            "without_appearance": lambda measured, publication: measured,
            "demand_earned": lambda rendition, *, claimed: stages.call(f"claims of {rendition} are earned"),
        },
        "validate.covers": {"check_cover": lambda edition: ()},
        "validate.fonts": {"check_fonts": lambda edition: ()},
        "validate.drawn_words": {"check_drawn_words": lambda edition, *, house: ()},
        "compose.cover": {"front_planned": unasked},
        "render.covers": {"render_front": unasked},
        "pdf.press.cover": {"demand_fit": unasked},
        "validate.glyphs": {"check_glyphs": lambda edition, *, house: stages.call("glyphs", stages.missing_glyphs)},
        "build.data.accessibility": {
            "write_accessibility": lambda statement, *, properties, name, folder: Artifact(
                name=name, content=folder.encode()
            )
        },
        "pdf.raster": {"paint_cover": lambda pdf, *, width: f"{width} pixels of {pdf.decode()}"},
        "workers.executor": {"SerialExecutor": object},
        "layout.document": {"write_pdf": pdf, "write_pdfs": pdfs},
        "preflight": {"preflight": lambda content, *, name, least_bleed, standard: stages.call(f"preflight {name}")},
        "epub.write.container": {"write_epub": artifact},
        "verify": {
            "verify": lambda publication, artifacts, *, executor, shipped, site: stages.call("verify"),
            "verify_whole": lambda edition, publication, *, audience: stages.call("verify whole"),
        },
    }
    for name, functions in modules.items():
        module = ModuleType(f"publisher.{name}")
        vars(module).update(functions)
        if "." not in name:  # modules of a stage that are not replaced are found
            module.__path__ = [str(Path(*publisher.__path__) / name)]
        monkeypatch.setitem(sys.modules, f"publisher.{name}", module)
        if "." not in name:
            monkeypatch.setattr(publisher, name, module, raising=False)
    return stages


HERE = Folder(Path())


def test_stages_run_in_order_and_are_told_of(stages: Stages) -> None:
    built = pipeline.build(BuildRequest(folder=HERE, progress=stages))
    assert stages.calls == [
        "[Reading the edition]",
        "load",
        "[Checking what it refers to]",
        "warnings",
        "validate",
        "glyphs",
        "[Placing the notes]",
        "annotate",
        "[Composing the volume]",
        "compose 2026-11-24T00:00:00Z",
        "[Measuring accessibility]",
        "render epub None b''",
        "with facts of documents, paged",
        "[Setting the PDF]",
        "render pdf for screen",
        "write a.pdf pages 2026-11-24T00:00:00Z",
        "[Making the EPUB]",
        "with page 1 of a.pdf",
        "render cover",
        "write cover.pdf cover 2026-11-24T00:00:00Z",
        "render epub urn:a#pdf 1600 pixels of cover",
        "claims of documents are earned",
        "write a.epub documents 2026-11-24T00:00:00Z",
        "[Reading back what was built]",
        "verify whole",
        "verify",
    ]
    assert [artifact.name for artifact in built.volume.artifacts] == ["a.epub", "a.pdf", "a.accessibility.json"]
    assert built.volume.artifacts[-1].content == b"here"


ALL = (Profile.SCREEN, Profile.ARCHIVE, Profile.PRINT)


def test_screen_and_archive_are_one_layout_and_the_epub_counts_printed_pages(stages: Stages) -> None:
    built = pipeline.build(BuildRequest(folder=HERE, profiles=ALL))
    laid_out = [call for call in stages.calls if re.match(r"render pdf|write a.*pdf|preflight", call)]
    assert laid_out == [
        "render pdf for screen",
        "write a.pdf pages 2026-11-24T00:00:00Z",
        "write a.archive.pdf pages 2026-11-24T00:00:00Z",
        "render pdf for print",
        "write a.print.pdf pages 2026-11-24T00:00:00Z",
        "preflight a.print.pdf",
    ]
    assert "with page 1 of a.print.pdf" in stages.calls
    names = [artifact.name for artifact in built.volume.artifacts]
    assert names == ["a.epub", "a.pdf", "a.archive.pdf", "a.print.pdf", "a.accessibility.json"]


@pytest.mark.parametrize(("form", "absent"), [(Format.EPUB, "a.pdf"), (Format.PDF, "a.epub")])
def test_only_the_format_asked_for_is_built(stages: Stages, form: Format, absent: str) -> None:
    built = pipeline.build(BuildRequest(folder=HERE, formats=(form, form)))
    assert [artifact.name for artifact in built.volume.artifacts] == [f"a.{form}", "a.accessibility.json"]
    assert not [call for call in stages.calls if absent in call]
    assert "with facts of documents, not paged" in stages.calls


def test_an_epub_alone_has_no_page_list(stages: Stages) -> None:
    pipeline.build(BuildRequest(folder=HERE, formats=(Format.EPUB,)))
    assert "with page 1" not in stages.calls
    assert "render epub None 1600 pixels of cover" in stages.calls


def test_the_moment_is_that_of_the_epoch_where_it_is_set(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    pipeline.build(BuildRequest(folder=HERE))
    assert "compose 1970-01-01T00:00:00Z" in stages.calls


def test_what_validating_and_placing_find_is_raised_together(stages: Stages) -> None:
    stages.doubts = (DOUBT,)
    stages.missing_glyphs = (NO_GLYPH,)
    stages.raising = {"validate": UNKNOWN, "annotate": LOST}
    with pytest.raises(PublisherError) as raised:
        pipeline.check(BuildRequest(folder=HERE))
    assert raised.value.diagnostics == (DOUBT, UNKNOWN, NO_GLYPH, LOST)


def test_an_error_of_validating_alone_stops_before_composing(stages: Stages) -> None:
    stages.raising = {"validate": UNKNOWN}
    with pytest.raises(PublisherError) as raised:
        pipeline.build(BuildRequest(folder=HERE))
    assert raised.value.diagnostics == (UNKNOWN,)
    assert not [call for call in stages.calls if call.startswith("compose")]


def test_warnings_come_with_the_volume(stages: Stages) -> None:
    stages.doubts = (DOUBT,)
    assert pipeline.build(BuildRequest(folder=HERE)).diagnostics == (DOUBT,)


def test_strict_raises_warnings_as_errors_when_every_stage_has_reported(stages: Stages) -> None:
    stages.doubts = (DOUBT,)
    with pytest.raises(PublisherError) as raised:
        pipeline.build(BuildRequest(folder=HERE, strict=True))
    assert [found.severity for found in raised.value.diagnostics] == [Severity.ERROR]
    assert stages.calls[-1] == "verify"


@pytest.mark.parametrize("stage", ["claims of documents are earned", "verify whole", "verify"])
@pytest.mark.parametrize("strict", [False, True])
def test_warnings_come_with_the_error_of_a_later_stage(stages: Stages, stage: str, strict: bool) -> None:
    stages.doubts = (DOUBT,)
    stages.raising = {stage: LOST}
    with pytest.raises(PublisherError) as raised:
        pipeline.build(BuildRequest(folder=HERE, strict=strict))
    severity = Severity.ERROR if strict else Severity.WARNING
    assert raised.value.diagnostics == (replace(DOUBT, severity=severity), LOST)


def test_what_edition_yaml_wants_printed_counts_the_pages_of_an_epub_beside_a_pdf_for_the_screen(
    stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Profiles(wanted=(Profile.PRINT,))
    monkeypatch.setattr(Profiles, "leading", lambda self, asked: printed.wanted[0])
    built = pipeline.build(BuildRequest(folder=HERE, profiles=(Profile.SCREEN,)))
    assert "with page 1 of a.print.pdf" in stages.calls
    assert [artifact.name for artifact in built.volume.artifacts] == ["a.epub", "a.pdf", "a.accessibility.json"]


def test_without_an_epub_nothing_is_laid_out_that_is_not_asked_for(stages: Stages) -> None:
    pipeline.build(BuildRequest(folder=HERE, formats=(Format.PDF,), profiles=(Profile.PRINT,)))
    assert "render pdf for screen" not in stages.calls
