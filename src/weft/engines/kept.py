"""Where compiled code is kept: under a name made of all the code that may be in it.

Numba looks at the file of a function alone. So what it kept went on running after a
change to a file that the function calls into, and could no longer be read once a class
that it takes lived elsewhere: a newer Weft in the place of an older one met both.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba import config, njit
from numba.core.caching import (
    InTreeCacheLocator,
    UserProvidedCacheLocator,
    UserWideCacheLocator,
)

Function = Callable[..., Any]


@cache
def _folder(folder: Path) -> bytes:
    digest = sha256()
    for file in sorted(folder.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()


def code_of(function: Function) -> str:
    """Give a digest of the folders of a function and of the compiled ones it calls."""
    called = (getattr(each, "py_func", None) for each in function.__globals__.values())
    files = {inspect.getfile(each) for each in (function, *filter(None, called))}
    folders = sorted({Path(file).parent for file in files})
    return sha256(b"".join(map(_folder, folders))).hexdigest()[:12]


class _Whole:
    """Names what is kept by its code, and clears away what older code left."""

    def __init__(self, function: Function, file: str) -> None:
        super().__init__(function, file)  # type: ignore[call-arg]
        self._code = code_of(function)
        self._stem = f"{Path(file).stem}.{function.__qualname__}"

    def get_disambiguator(self) -> str:
        """Give what tells this code from others of its name."""
        return self._code

    def ensure_cache_path(self) -> None:
        """Make the folder; what was kept there of older code goes."""
        super().ensure_cache_path()  # type: ignore[misc]
        folder = Path(self.get_cache_path())  # type: ignore[attr-defined]
        for old in folder.glob(f"{self._stem}-*.nb?"):
            if self._code not in old.name:
                with suppress(OSError):  # of somebody else, or gone by now
                    old.unlink()


class InTree(_Whole, InTreeCacheLocator):
    """Beside the code."""


class UserWide(_Whole, UserWideCacheLocator):
    """With the user."""


class UserProvided(_Whole, UserProvidedCacheLocator):
    """Where the user said, by NUMBA_CACHE_DIR."""


_PLACES = ",".join(
    f"{place.__module__}.{place.__name__}"
    for place in (UserProvided, InTree, UserWide)  # in the order they are tried
)


def keep(function: Function, **options: Any) -> Function:
    """Compile a function, and keep it where one of the places can be written."""
    settings: Any = config  # made from the environment, so that no type tells of it
    others, settings.CACHE_LOCATOR_CLASSES = settings.CACHE_LOCATOR_CLASSES, _PLACES
    try:
        made: Function = njit(cache=True, **options)(function)
    except RuntimeError:
        made = njit(**options)(function)
    finally:
        settings.CACHE_LOCATOR_CLASSES = others
    return made
