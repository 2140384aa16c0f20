"""Every module of the package can be imported where Python has no `fcntl`, `resource` or POSIX flags, as on Windows."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.workspace import posix

LACKING = ("fcntl", "grp", "pwd", "resource", "termios")
NAMES = ("O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "fork", "geteuid", "getuid", "killpg")
SIGNALS = ("SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGPROF", "pthread_sigmask", "setitimer")
IMPORT = f"""
import ast, os, pkgutil, signal, sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
import publisher

here = Path(publisher.__file__).parent
for path in here.rglob("*.py"):  # what other packages need is their own affair: they are loaded before
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        imported = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        imported += [node.module] if isinstance(node, ast.ImportFrom) else []
        for name in imported:
            if name.partition(".")[0] not in ("publisher", *{LACKING}):
                with suppress(ImportError):
                    import_module(name)
for name in {LACKING}:
    sys.modules[name] = None
for module, names in ((os, {NAMES}), (signal, {SIGNALS})):
    for name in names:
        delattr(module, name)
found = [one.name for one in pkgutil.walk_packages(publisher.__path__, "publisher.")]
for name in found:
    if name.rpartition(".")[2] != "__main__":
        import_module(name)
print(len(found))
"""


def test_every_module_is_imported_without_posix(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], capture_output=True, text=True, timeout=600, check=False, cwd=root
    )
    assert done.returncode == 0, done.stderr
    modules = [path for path in (root / "src" / "publisher").rglob("*.py") if path.stem != "__init__"]
    assert int(done.stdout) > len(modules)


def test_a_lock_is_refused_as_on_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with (tmp_path / "file").open("w") as file, pytest.raises(OSError, match="upported") as raised:
        posix.lock(file.fileno(), wait=False)
    assert raised.value.errno == errno.ENOTSUP
