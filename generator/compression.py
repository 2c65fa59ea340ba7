"""Compressed copies of text files, for hosts that send a file as it lies there.

Made once for a release and with all patience; a host that compresses on the fly sends more bytes.
"""

from __future__ import annotations

from generator.fingerprint import digest

_TEXTS = (".css", ".html", ".js", ".json", ".md", ".svg", ".txt", ".webmanifest", ".xml")
GZIP, BROTLI = ".gz", ".br"
_LEVELS = {GZIP: 9, BROTLI: 11}


def copies(destination: str) -> tuple[str, ...]:
    """Where the compressed copies of a file go; none of what is compressed already."""
    if not destination.endswith(_TEXTS):
        return ()
    return tuple(f"{destination}{suffix}" for suffix in (BROTLI, GZIP))


def copy_fingerprint(copy: str, fingerprint: str) -> str:
    """Of a copy, from that of the file: what it holds and what compressed it."""
    import brotli  # only a release needs it

    suffix = copy[-len(GZIP) :]
    return digest(fingerprint, suffix, str(_LEVELS[suffix]), brotli.__version__)


def compressed(copy: str, content: bytes) -> bytes:
    """The bytes of a copy; the same on every machine, because gzip's clock is set to 0."""
    if copy.endswith(BROTLI):
        import brotli

        return brotli.compress(content, mode=brotli.MODE_TEXT, quality=_LEVELS[BROTLI])
    import gzip

    return gzip.compress(content, _LEVELS[GZIP], mtime=0)
