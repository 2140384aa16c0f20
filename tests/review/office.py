"""LibreOffice without a window: it opens documents and saves them again, as a reviewer's program does."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

SECONDS = 240


def saved(files: Iterable[Path], folder: Path, *, form: str = "docx") -> list[Path]:
    """The files as LibreOffice saves them in a format; fails if it does not open or save one of them."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None, "install libreoffice-writer-nogui: tools/setup tests"
    profile = folder / "profile"
    output = folder / form
    given = list(files)
    words = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", form]
    done = subprocess.run(
        [*words, "--outdir", output, *given], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    made = [output / f"{path.stem}.{form}" for path in given]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, (missing, done.stdout, done.stderr)
    return made
