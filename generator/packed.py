"""Values kept as their bytes.

A site has thousands of articles, and most of what is known of each is wanted once: as one piece
of bytes it takes a fifth of the memory, goes from process to process and to the disk as it is,
and is read in microseconds.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec.msgpack import Decoder, Encoder

Value = TypeVar("Value")


class Packing(Generic[Value]):
    """Packs and unpacks the values of one type (structs, tuples, strings, numbers, dates)."""

    def __init__(self, kind: type[Value]) -> None:
        self._encoder, self._decoder = Encoder(), Decoder(kind)

    def pack(self, value: Value) -> bytes:
        return self._encoder.encode(value)

    def unpack(self, packed: bytes) -> Value:
        return self._decoder.decode(packed)
