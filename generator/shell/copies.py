"""The compressed copies of a release: made by workers from what was staged or kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.compression import compressed, copies, copy_fingerprint
from generator.output import Output, Run
from generator.shell.publish import Publication


class _Missing(Struct, frozen=True):
    """A copy that has to be made, and the file it is one of."""

    name: str
    fingerprint: str
    original: Path


def compressed_copies(publication: Publication, run: Run) -> Iterator[Output]:
    """One output for each copy of what the publication holds; to be taken when that is all.

    A copy whose file has not changed is kept like any other output.
    """
    missing: list[_Missing] = []
    for name, fingerprint in _wanted(publication.outputs).items():
        if publication.intact.get(name) == fingerprint:
            yield Output(name, fingerprint, None)
        else:
            original = publication.path_of(name.rpartition(".")[0])
            missing.append(_Missing(name, fingerprint, original))
    made = run(lambda: _compressed, missing)
    for copy, content in zip(missing, made, strict=True):
        yield Output(copy.name, copy.fingerprint, content)


def _wanted(outputs: Mapping[str, str]) -> dict[str, str]:
    """Copy → its fingerprint; a file the site has under that name anyway is no copy of ours."""
    return {
        copy: copy_fingerprint(copy, fingerprint)
        for name, fingerprint in outputs.items()
        for copy in copies(name)
        if copy not in outputs
    }


def _compressed(copy: _Missing) -> bytes:
    return compressed(copy.name, copy.original.read_bytes())
