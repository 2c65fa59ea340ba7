"""Templates as Python has compiled them, kept between builds: compiling takes longer than using."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Takes the code of a template from an earlier build; `kept` is what the next one needs.

    `texts` are all templates of now, `code` the digest of the generator, its libraries
    included. Jinja itself refuses what another version of Python has compiled.
    """

    def __init__(self, known: Mapping[str, bytes], texts: Mapping[str, str], code: str) -> None:
        self._code = code
        names = (
            self._key(self.get_cache_key(name, name), self.get_source_checksum(text))
            for name, text in texts.items()
        )
        self.kept = {name: known[name] for name in names if name in known}

    def _key(self, key: str, checksum: str) -> str:
        return f"{key}{checksum}{self._code}"

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self.kept.get(self._key(bucket.key, bucket.checksum))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[self._key(bucket.key, bucket.checksum)] = bucket.bytecode_to_string()
