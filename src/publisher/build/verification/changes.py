"""What has changed since a file was built, by its record: files of the edition, versions of programs."""

from __future__ import annotations

from collections.abc import Mapping

from publisher import workspace
from publisher.build.checked import Checked
from publisher.model.proof_file import ProofFile
from publisher.workspace import Folder, NotThere, OutsideFolder


def changed_sources(record: ProofFile, checked: Checked) -> tuple[str, ...]:
    """The files of the edition that were changed, added or removed since, each in a few words."""
    now = {path: workspace.digest(content) for path, content in checked.sources().items()}
    changed = []
    for path in sorted(record.sources.keys() | now.keys()):
        if path not in now:
            changed.append(f"{path} is no longer read")
        elif path not in record.sources:
            changed.append(f"{path} is new")
        elif now[path] != record.sources[path]:
            changed.append(f"{path} has other bytes")
    return tuple(changed)


def changed_files(record: ProofFile, folder: Folder) -> tuple[str, ...]:
    """The same for an edition that cannot be loaded: the files that were changed or removed since."""
    changed = []
    for path, digest in sorted(record.sources.items()):
        try:
            if workspace.digest(folder.read(path)) != digest:
                changed.append(f"{path} has other bytes")
        except (NotThere, OutsideFolder):
            changed.append(f"{path} is not there")
    return tuple(changed)


def changed_versions(record: ProofFile, program: str, libraries: Mapping[str, str]) -> str:
    """The programs of which another version has made a file, in a few words; empty if there is none."""
    if record.program != program:
        return f"made by {record.program}, and this is {program}"
    others = [
        f"{name} {record.libraries[name]} (here {libraries.get(name, 'none')})"
        for name in sorted(record.libraries)
        if record.libraries[name] != libraries.get(name)
    ]
    return f"made with {', '.join(others)}" if others else ""
