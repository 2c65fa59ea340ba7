"""Whether what a host sends compressed is what it sends plain."""

from __future__ import annotations

import gzip
import zlib

from generator.audit.document import Findings, Site
from generator.compression import BROTLI, GZIP
from generator.messages import finding


def copy_findings(site: Site) -> Findings:
    """Compressed copies that hold something else than the file beside them."""
    for path in site.files:
        original, suffix = path[: -len(GZIP)], path[-len(GZIP) :]
        if suffix not in (GZIP, BROTLI) or original not in site.files:
            continue
        if _decompressed(site.files[path], suffix) != site.files[original]:
            yield finding("audit-copy", path, original=original)


def _decompressed(content: bytes, suffix: str) -> bytes | None:
    """`None` for what is no compressed file at all."""
    import brotli  # most sites that are looked at have no copies

    try:
        return gzip.decompress(content) if suffix == GZIP else brotli.decompress(content)
    except (OSError, EOFError, zlib.error, brotli.error):
        return None
