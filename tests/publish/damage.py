"""What may happen to a project between two builds without an editor: to its cache, to its site."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from generator.shell import cache, manifest
from tests.harness import Site


class Damage:
    """Spoils the cache or the published tree of a site; remembers older ones to bring back."""

    def __init__(self, site: Site, source: random.Random) -> None:
        self.site = site
        self.random = source
        self._cache = cache.folder(site.root)
        self._old_cache = site.root.with_name("old.cache")
        self._old_site = site.root.with_name("old-site")

    def keep_copies(self) -> None:
        shutil.rmtree(self._old_cache, ignore_errors=True)
        shutil.copytree(self._cache, self._old_cache)
        shutil.rmtree(self._old_site, ignore_errors=True)
        shutil.copytree(self.site.target, self._old_site)

    # -- the cache ----------------------------------------------------------------------

    def lose_cache(self) -> None:
        shutil.rmtree(self._cache)

    def lose_part_of_cache(self) -> None:
        self._part(self._cache).unlink()

    def cut_cache(self) -> None:
        part = self._part(self._cache)
        content = part.read_bytes()
        part.write_bytes(content[: self.random.randrange(len(content))])

    def flip_cache(self) -> None:
        part = self._part(self._cache)
        content = bytearray(part.read_bytes())
        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        part.write_bytes(content)

    def other_version_of_cache(self) -> None:
        for part in self._cache.iterdir():
            part.write_bytes(b"yuqi-cache-0\n" + part.read_bytes()[13:])

    def older_cache(self) -> None:
        if self._old_cache.exists():
            shutil.rmtree(self._cache)
            shutil.copytree(self._old_cache, self._cache)

    def older_part_of_cache(self) -> None:
        if self._old_cache.exists():
            shutil.copy(self._part(self._old_cache), self._cache)

    def _part(self, place: Path) -> Path:
        return self.random.choice(sorted(place.iterdir()))

    # -- the published tree -------------------------------------------------------------

    def change_page(self) -> None:
        path = self._page()
        content = path.read_bytes()
        path.unlink()  # another inode: the copies of older sites stay as they are
        path.write_bytes(content.replace(b"<", b"&lt;", 1))

    def remove_page(self) -> None:
        self._page().unlink()

    def add_stray(self) -> None:
        self._page().with_name(f"stray{self.random.randrange(100)}.html").write_bytes(b"stray")

    def lose_site(self) -> None:
        shutil.rmtree(self.site.target)

    def older_site(self) -> None:
        if self._old_site.exists():
            shutil.rmtree(self.site.target)
            shutil.copytree(self._old_site, self.site.target)

    def _page(self) -> Path:
        names = sorted(manifest.read(self.site.target) or {})
        present = [name for name in names if (self.site.target / name).is_file()]
        return self.site.target / self.random.choice(present)


DAMAGES = (
    *("lose_cache", "cut_cache", "flip_cache", "other_version_of_cache", "older_cache"),
    *("lose_part_of_cache", "older_part_of_cache"),
    *("change_page", "remove_page", "add_stray", "lose_site", "older_site"),
)
