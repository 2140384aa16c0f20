"""The record of a build, `NAME.proof.json`: how its volume was made, from what, and which files it made."""

from __future__ import annotations

from collections.abc import Iterable

from publisher import workspace
from publisher.build.checked import Checked
from publisher.build.data.proof_file import write_proof_file
from publisher.cache.fingerprint import libraries
from publisher.model.proof_file import Making, ProofFile
from publisher.model.rendition import Artifact


def proof_file(checked: Checked, artifacts: Iterable[Artifact], *, making: Making, name: str, program: str) -> Artifact:
    """The record of a build that has made these artifacts, as one more of them."""
    record = ProofFile(
        making=making,
        program=program,
        libraries=libraries(),
        sources={path: workspace.digest(content) for path, content in checked.sources().items()},
        artifacts={one.name: workspace.digest(one.content) for one in artifacts},
    )
    return write_proof_file(record, name=name)
