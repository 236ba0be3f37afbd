"""The version, without loading anything of the program's own."""

from __future__ import annotations


def version() -> str:
    """The version that is installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("qiantai")
    except PackageNotFoundError:
        from qiantai import __version__

        return __version__
