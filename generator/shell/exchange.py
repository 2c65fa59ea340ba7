"""Puts one directory in the place of another in a single step."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux: renameat2
_RENAME_SWAP = 2  # macOS: renamex_np


def exchange(new: Path, current: Path) -> bool:
    """Swap two directories atomically; `False` where the system or disk cannot.

    Raises `OSError` when it can and the swap failed all the same.
    """
    library = ctypes.CDLL(None, use_errno=True)
    source, target = os.fsencode(new), os.fsencode(current)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        result = library.renameat2(_AT_FDCWD, source, _AT_FDCWD, target, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        result = library.renamex_np(source, target, _RENAME_SWAP)
    else:
        return False
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(current))


def replace_by_two_renames(new: Path, current: Path, aside: Path) -> None:
    """Where no swap exists: for an instant `current` is absent; `aside` holds it meanwhile.

    `recover` puts it back if the process dies in between.
    """
    current.rename(aside)
    try:
        new.rename(current)
    except BaseException:
        aside.rename(current)
        raise


def recover(current: Path, aside: Path) -> None:
    """Undo a replacement that was cut in half."""
    if aside.is_dir() and not current.exists():
        aside.rename(current)
