"""Digests: of content, of what an output depends on, and of the code that makes it."""

from __future__ import annotations

import hashlib

import msgspec


def digest(*parts: str | bytes | memoryview) -> str:
    """Hex digest of a sequence of parts; the boundaries count."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def value_digest(value: object, *parts: str) -> str:
    """Digest of a frozen value (structs, tuples, strings, numbers, dates) and `parts`."""
    return digest(msgspec.msgpack.encode(value), *parts)
