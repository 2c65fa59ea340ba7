"""`_headers` and `_redirects` as static hosts (Netlify, Cloudflare Pages and others) read them."""

from __future__ import annotations

from generator.hosting.served import FOREVER, PAGES, TYPES, Hosted

_FOREVER = ("assets", "og")


def headers(site: Hosted) -> str:
    """Blocks of a path and its headers; of two that match, hosts add both."""
    told = "".join(f"  {name}: {value}\n" for name, value in site.headers.items())
    kept = "".join(f"{site.base}/{folder}/*\n  Cache-Control: {FOREVER}\n" for folder in _FOREVER)
    pages = f"{site.base}/*/\n  Cache-Control: {PAGES}\n"
    kinds = "".join(
        f"{site.base}/{place}{name}\n  Content-Type: {kind}; charset=utf-8\n"
        for name, kind in TYPES
        for place in ("", "category/*/")
    )
    texts = f"{site.base}/*/index.txt\n  Content-Type: text/plain; charset=utf-8\n"
    return f"{site.base}/*\n{told}{kept}{pages}{kinds}{texts}"


def redirects(site: Hosted) -> str:
    """One line for each old address."""
    return "".join(f"{old} {new} 301\n" for old, new in site.redirects)
