"""Paths as forges match them with the files of a repository."""

from __future__ import annotations

from os.path import normpath, relpath


def repository_path(path: str) -> str:
    """Return a path from the working directory, without `./`; one elsewhere stays absolute.

    A name that is not a path, such as that of standard input, stays as it is.
    """
    if not path.startswith(("/", "./", "../")) and "/./" not in path:
        return path
    found = normpath(path)
    if not found.startswith("/"):
        return found
    inside = relpath(found)
    return found if inside.startswith("..") else inside
