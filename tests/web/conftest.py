"""One edition with everything in it, built as a web edition once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.build.web import sites
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.model.web import DOWNLOADS
from publisher.render import shipped_files
from publisher.verify import Site, verify
from publisher.verify.web.check import web_faults, web_files
from publisher.workspace import Folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A web edition and what it is proved against."""

    artifact: Artifact
    publication: Publication
    site: Site

    @property
    def files(self) -> Mapping[str, bytes]:
        """Its files by their paths."""
        with zipfile.ZipFile(io.BytesIO(self.artifact.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def web(root: Path) -> Built:
    """The web edition of the edition that has one of everything."""
    request = BuildRequest(folder=Folder(root / "tests" / "editions" / "everything"), formats=(Format.WEB,))
    built = pipeline.build(request)
    artifact = next(item for item in built.artifacts if item.name.endswith(".web.zip"))
    settings = pipeline.load(request).settings
    publication = built.volume.publication
    return Built(artifact=artifact, publication=publication, site=sites(publication, settings=settings))


Faults = Callable[[Mapping[str, bytes]], tuple[Diagnostic, ...]]


@pytest.fixture(scope="session")
def faults(web: Built) -> Faults:
    """What the proof says of other files in the place of those of the web edition.

    The books in it are proved again only if they are not those that the build has proved.
    """
    own = web.files
    expected = web.site(web.publication, own)

    def found(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
        artifact = Artifact(name=web.artifact.name, content=packed(files))
        try:
            if all(files.get(name) == own[name] for name in own if name.startswith(DOWNLOADS)):
                read = web_files(artifact.content)
                return tuple(web_faults(read, web.publication, artifact=artifact.name, expected=expected))
            verify(web.publication, (artifact,), shipped=shipped_files, site=web.site)
        except PublisherError as error:
            return error.diagnostics
        return ()

    return found


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
