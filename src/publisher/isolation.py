"""Keeps the program and its child processes from loading code out of the folder that a command runs in.

An edition comes from other people, and commands run inside its folder. Python, the loader of shared libraries and the
search for programs all fall back to the current folder if a path in the environment is empty or relative. This module
removes such entries before anything else is imported; so it may import only what Python itself has loaded already, and
not even `__future__`. See https://docs.python.org/3/using/cmdline.html#envvar-PYTHONSAFEPATH and `man 8 ld.so`.
"""

import os
import sys

LOADER_LISTS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH")
"""Lists of folders that the loader of shared libraries reads once, when a process starts."""
LOADER_FILES = ("LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES")
"""Lists of libraries that it loads then; a name without a slash is looked up in the folders of the system."""
LISTS = (
    "CLASSPATH",
    "DYLD_FALLBACK_FRAMEWORK_PATH",
    "GCONV_PATH",
    "GIO_EXTRA_MODULES",
    "GS_LIB",
    "NODE_PATH",
    "PATH",
    "PYTHONPATH",
    "XDG_CONFIG_DIRS",
    "XDG_DATA_DIRS",
)
"""Lists of folders that are read later, by this process or by those that it starts."""
PLACES = (
    "BASH_ENV",
    "DASK_CONFIG",
    "ENV",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",
    "GIO_MODULE_DIR",
    "HOME",
    "JAVA_HOME",
    "OPENSSL_CONF",
    "OPENSSL_ENGINES",
    "OPENSSL_MODULES",
    "PYTHONEXECUTABLE",
    "PYTHONHOME",
    "PYTHONPYCACHEPREFIX",
    "PYTHONSTARTUP",
    "PYTHONUSERBASE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
)
"""Single files and folders. A relative one is unset: what reads it has a default."""
TEMPORARY = ("TMPDIR", "TEMP", "TMP")
"""The folder for temporary files. A relative one is made absolute, since child processes run elsewhere."""
OPTIONS = ("NODE_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "GS_OPTIONS")
"""Options that make other programs load code. Unset, since no list can say which of them are harmless."""
_TOOL_FOLDERS = frozenset({os.curdir, ".tools", "node_modules", ".venv", "venv"})
"""Folders of the current folder that no program is taken from, even if an absolute entry of PATH names them."""
NEUTRAL_FOLDER = os.path.abspath(os.sep)
"""The folder that other programs run in: no other person can write to it, and there is none above it."""


def isolate() -> None:
    """Remove every way from this process, and from those that it starts, to code in the current folder.

    Starts the program again if the loader of shared libraries has read such a path already, or if Python ignores the
    environment and so would not protect its child processes (`-E`).
    """
    current = _current_folder()
    relative = _relative_python_folders(current)
    late = _clean_environment()
    if sys.flags.ignore_environment and not sys.flags.safe_path:
        late = True
    if late and sys.executable:
        os.execve(sys.executable, [sys.executable, "-P", *sys.orig_argv[1:]], os.environ)
    if sys.pycache_prefix and not os.path.isabs(sys.pycache_prefix):
        sys.pycache_prefix = None
    sys.path[:] = [entry for entry in sys.path if _is_trusted(entry, current=current, relative=relative)]


def search_path(path: str | None = None) -> str:
    """The folders that programs are looked for in: the absolute ones of `path` (by default, of PATH).

    `.tools`, `node_modules` and `.venv` of the current folder are left out, unless the program is installed there.
    """
    current = _current_folder()
    entries = (os.environ.get("PATH", "") if path is None else path).split(os.pathsep)
    return os.pathsep.join(entry for entry in entries if os.path.isabs(entry) and not _is_current_tool(entry, current))


def installation() -> str | None:
    """The top folder of the checkout that the program runs from; None if it was installed from a wheel."""
    source = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    top = os.path.dirname(source)
    is_checkout = os.path.basename(source) == "src" and os.path.isfile(os.path.join(top, "pyproject.toml"))
    return top if is_checkout else None


class OutsideCurrentFolder:
    """While this is open, the current folder is the neutral one.

    For importing native libraries by name: macOS looks for them in the current folder too (`man 3 dlopen`).
    """

    def __enter__(self) -> None:
        """Change to the neutral folder."""
        self._before = os.open(os.curdir, os.O_RDONLY) if hasattr(os, "fchdir") else None
        if self._before is not None:
            os.chdir(NEUTRAL_FOLDER)

    def __exit__(self, *error: object) -> None:
        """Change back to the folder of before."""
        if self._before is not None:
            os.fchdir(self._before)
            os.close(self._before)


def _clean_environment() -> bool:
    """Remove what leads to the current folder; says whether the loader of shared libraries has read such a path."""
    late = False
    os.environ["PYTHONSAFEPATH"] = "1"
    for name in LISTS:
        _keep(name, search_path(os.environ.get(name, "")))
    if "PATH" not in os.environ:
        os.environ["PATH"] = os.defpath
    for name in LOADER_LISTS:
        listed = os.environ.get(name, "").replace(";", os.pathsep).split(os.pathsep)
        late |= _keep(name, os.pathsep.join(text for text in listed if os.path.isabs(text)))
    for name in LOADER_FILES:
        named = os.environ.get(name, "").replace(os.pathsep, " ").split()
        late |= _keep(name, os.pathsep.join(text for text in named if os.path.isabs(text) or os.sep not in text))
    for name in PLACES:
        _keep(name, os.environ[name] if os.path.isabs(os.environ.get(name, "")) else "")
    for name in TEMPORARY:
        _keep(name, os.path.abspath(os.environ[name]) if os.environ.get(name) else "")
    for name in OPTIONS:
        _keep(name, "")
    return late


def _keep(name: str, value: str) -> bool:
    """Set a variable, or unset it if the value is empty; says whether that changes anything."""
    before = os.environ.get(name, "")
    if value:
        os.environ[name] = value
    else:
        os.environ.pop(name, None)
    return before != value


def _is_trusted(entry: str, *, current: str | None, relative: tuple[str, ...]) -> bool:
    """Whether modules may be imported from an entry of `sys.path`."""
    if not os.path.isabs(entry):
        return False
    place = os.path.realpath(entry)
    if place in _installed_folders():
        return True
    if place == current:
        is_site = os.path.basename(place) in ("site-packages", "dist-packages")
        return is_site and any(_is_below(place, text) for text in (sys.prefix, sys.base_prefix))
    return not any(place == text or _is_below(place, text) for text in relative)


def _installed_folders() -> frozenset[str]:
    """The folders of the standard library and of this package, which may be the current one."""
    package = os.path.dirname(os.path.dirname(__file__))
    library = os.path.dirname(os.__file__)
    return frozenset(map(os.path.realpath, (package, library, os.path.join(library, "lib-dynload"))))


def _relative_python_folders(current: str | None) -> tuple[str, ...]:
    """The folders that Python added to its path from relative names in the environment."""
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    home = (os.path.join(os.environ["HOME"], ".local"),) if os.environ.get("HOME") else ()
    listed = (*named, os.environ.get("PYTHONUSERBASE", ""), *home)
    relative = (item for item in listed if item and not os.path.isabs(item))
    return () if current is None else tuple(os.path.realpath(os.path.join(current, item)) for item in relative)


def _is_current_tool(entry: str, current: str | None) -> bool:
    """Whether an absolute entry is the current folder or one of its folders of tools, and not the installation's."""
    if current is None:
        return False
    place = os.path.realpath(entry)
    if place != current and not _is_below(place, current):
        return False
    top = installation()
    ours = (sys.prefix, *((os.path.join(top, ".tools"),) if top else ()))
    if any(_is_below(place, our) for our in ours):
        return False
    return os.path.relpath(place, current).split(os.sep)[0] in _TOOL_FOLDERS


def _is_below(place: str, folder: str) -> bool:
    """Whether a path without links is below a folder."""
    return place.startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep)


def _current_folder() -> str | None:
    """The current folder without links; None if it has been deleted."""
    try:
        return os.path.realpath(os.getcwd())
    except OSError:
        return None
